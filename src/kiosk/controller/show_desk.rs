//! The state as a view: the desk's quick actions.

use super::show_order::number_words;
use super::show_staff::{leave_it, paper_facts, paper_name, print_again, staff_ways};
use super::view::{self, Choice, Fact};
use super::{Action, Controller, Keeper};
use crate::domain::{Fen, Outcome, PrintJobId};
use crate::kiosk::desk::{DayEnd, NumberView, OrderPapers};
use crate::kiosk::protocol::{ShownOrder, StaffView};
use crate::kiosk::words::{self, Lang};

impl Controller {
    pub(super) fn show_staff_keys(&self, view: &StaffView) -> view::List {
        let lang = self.lang;
        let key = |zh: &str, en: &str, action| Choice::new(lang.pick(zh, en), action);
        let open = match lang {
            Lang::Zh => format!("还有 {} 单", view.open.len()),
            Lang::En => format!("{} open", view.open.len()),
        };
        let sales = match (view.held_back, lang) {
            (None, Lang::Zh) => {
                key("今天停卖", "", Action::Sales).note(format!("还剩 {} 份", view.left))
            }
            (None, Lang::En) => {
                key("", "Stop selling", Action::Sales).note(format!("{} left", view.left))
            }
            (Some(held), Lang::Zh) => key("恢复售卖", "", Action::Sales)
                .note(format!("停卖中，留着 {held} 份"))
                .chosen(true),
            (Some(held), Lang::En) => key("", "Sell again", Action::Sales)
                .note(format!("stopped, {held} kept back"))
                .chosen(true),
        };
        let soon = view.upkeep.first().map(|need| words::upkeep(lang, *need));
        let keys = [
            key("今天的号", "Numbers", Action::StaffNumbers).note(open),
            key("打印", "Printing", Action::Papers)
                .note(lang.pick("打印机和单子", "printers, papers")),
            sales,
            key("再打一张", "Print again", Action::ReprintNumber)
                .note(lang.pick("按号码找", "by its number")),
            key("今天结束", "Close the day", Action::DayEnd)
                .note(lang.pick("算账、备份", "sums and backup")),
            self.paper_switch(),
        ];
        view::List {
            text: soon.unwrap_or_else(|| lang.pick("做什么？", "What shall be done?").to_owned()),
            rows: self.clock_key(view).into_iter().chain(keys).collect(),
            // Seen only while there is something to install.
            next: view
                .updates
                .then(|| key("更新", "Update", Action::Updates))
                .into_iter()
                .collect(),
        }
    }

    pub(super) fn show_sales(&self, view: &StaffView) -> view::Facts {
        let lang = self.lang;
        let no = Choice::new(lang.pick("不用", "No"), Action::Back);
        match view.held_back {
            None => view::Facts {
                headline: lang.pick("今天不再卖了？", "Sell nothing more today?").to_owned(),
                rows: Vec::new(),
                text: match lang {
                    Lang::Zh => format!(
                        "停卖以后，没有订的人今天不能再订。已经订好的都照做。剩下的 {} 份留着，可以恢复。",
                        view.left
                    ),
                    Lang::En => format!(
                        "Nobody can order for today any more. What is ordered is cooked. The {} portions left are kept and can be sold again.",
                        view.left
                    ),
                },
                ways: vec![no, Choice::new(lang.pick("停卖", "Stop selling"), Action::Confirm)],
            },
            Some(held) => view::Facts {
                headline: lang.pick("恢复售卖？", "Sell again?").to_owned(),
                rows: Vec::new(),
                text: match lang {
                    Lang::Zh => format!("今天又可以订了，还有 {held} 份。"),
                    Lang::En => format!("Today can be ordered again: {held} portions."),
                },
                ways: vec![no, Choice::new(lang.pick("恢复", "Sell again"), Action::Confirm)],
            },
        }
    }

    pub(super) fn show_order_papers_list(&self, view: &OrderPapers) -> view::List {
        let lang = self.lang;
        let rows = view.papers.iter().map(|paper| {
            Choice::new(paper_name(lang, paper), Action::Paper(paper.id))
                .note(words::paper_state(lang, paper.state))
        });
        view::List {
            text: match (view.papers.is_empty(), lang) {
                (false, Lang::Zh) => "再打哪一张？".to_owned(),
                (false, Lang::En) => "Which paper?".to_owned(),
                (true, Lang::Zh) => format!(
                    "{} 号现在没有可以再打的单子：还在等打印，或者这一餐已经过了。",
                    view.number
                ),
                (true, Lang::En) => format!(
                    "No. {} has no paper to print again: it still waits for the printer, or its meal is over.",
                    view.number
                ),
            },
            rows: rows.collect(),
            next: Vec::new(),
        }
    }

    pub(super) fn show_order_paper(&self, view: &OrderPapers, id: PrintJobId) -> view::Facts {
        let lang = self.lang;
        let Some(paper) = view.papers.iter().find(|paper| paper.id == id) else {
            return view::Facts::default();
        };
        let doubt = lang.pick(
            "可能已经有一张了。新的一张上面有“可能重复”，旧的请收掉。",
            "There may be one already. The new one is marked 可能重复; throw the old one away.",
        );
        paper_facts(lang, paper, doubt, vec![leave_it(lang), print_again(lang)])
    }

    pub(super) fn show_number(&self, view: &NumberView) -> view::Facts {
        let lang = self.lang;
        let order = &view.order;
        let mut rows = self.order_facts(&ShownOrder { order: order.clone(), changeable: false });
        let mut ways = staff_ways(lang, order);
        if let Some(visit) = &view.visit {
            // The day is today, and the money is what the door brought.
            rows.truncate(3);
            rows.remove(0);
            rows.push(Fact {
                name: lang.pick("门口", "Door").to_owned(),
                value: words::visited(lang, visit.outcome, &visit.left_with),
            });
            rows.push(Fact {
                name: lang.pick("收到", "Cash").to_owned(),
                value: words::money(lang, visit.cash),
            });
            ways.insert(0, Choice::new(lang.pick("更正", "Correct"), Action::Correct));
        }
        view::Facts {
            headline: number_words(lang, order.number, words::state(lang, order.state)),
            rows,
            text: String::new(),
            ways,
        }
    }

    pub(super) fn show_correct(&self, view: &NumberView) -> view::List {
        let lang = self.lang;
        let seen = view.visit.as_ref();
        let row = |outcome: Outcome, keeper: Option<Keeper>| {
            let left_with = keeper.map_or("", |k| k.zh());
            let now = seen.is_some_and(|v| v.outcome == outcome && v.left_with == left_with);
            Choice::new(
                words::visited(lang, outcome, left_with),
                Action::Corrected(outcome, keeper),
            )
            .note(if now { lang.pick("现在记的", "on record") } else { "" })
            .chosen(now)
        };
        let mut rows = vec![row(Outcome::Delivered, None)];
        rows.extend(Keeper::ALL.iter().map(|keeper| row(Outcome::LeftWith, Some(*keeper))));
        rows.extend([row(Outcome::NoAnswer, None), row(Outcome::Refused, None)]);
        view::List {
            text: match lang {
                Lang::Zh => format!("{} 号，其实是怎样的？", view.order.number),
                Lang::En => format!("No. {}: what really happened?", view.order.number),
            },
            rows,
            next: Vec::new(),
        }
    }

    pub(super) fn show_correct_question(
        &self,
        view: &NumberView,
        outcome: Outcome,
        keeper: Option<Keeper>,
    ) -> view::Facts {
        let lang = self.lang;
        let before = view
            .visit
            .as_ref()
            .map(|v| words::visited(lang, v.outcome, &v.left_with))
            .unwrap_or_default();
        let fact = |zh: &str, en: &str, value| Fact { name: lang.pick(zh, en).to_owned(), value };
        let after = words::visited(lang, outcome, keeper.map_or("", |k| k.zh()));
        let asks_cash = outcome.meal_stayed() && view.at_the_door > Fen::ZERO;
        let ways = if asks_cash {
            let amount = words::money(lang, view.at_the_door);
            vec![
                Choice::new(lang.pick("没收到钱", "No cash"), Action::CorrectCash(false)),
                Choice::new(
                    match lang {
                        Lang::Zh => format!("收到 {amount}"),
                        Lang::En => format!("Got {amount}"),
                    },
                    Action::CorrectCash(true),
                ),
            ]
        } else {
            vec![Choice::new(lang.pick("更正", "Correct"), Action::CorrectCash(false))]
        };
        let text = match outcome {
            Outcome::NoAnswer => lang.pick(
                "楼组长会去看一看。饭钱不收，收过的退还。",
                "The building leader will look in. The meal is not charged; money taken is given back.",
            ),
            _ if outcome.meal_stayed() => "",
            _ => lang.pick(
                "饭钱不收，收过的退还。",
                "The meal is not charged; money taken is given back.",
            ),
        };
        view::Facts {
            headline: match lang {
                Lang::Zh => format!("{} 号，改成这样？", view.order.number),
                Lang::En => format!("No. {}: put right?", view.order.number),
            },
            rows: vec![fact("原来记的", "Was", before), fact("改成", "Now", after)],
            text: text.to_owned(),
            ways,
        }
    }

    pub(super) fn show_day_end(&self, view: &DayEnd) -> view::Facts {
        let lang = self.lang;
        if !view.closed && !view.obstacles.is_empty() {
            return view::Facts {
                headline: lang.pick("还不能结束", "Not yet").to_owned(),
                rows: Vec::new(),
                text: words::obstacles(lang, &view.obstacles),
                ways: vec![Choice::new(lang.pick("再看一次", "Look again"), Action::DayEnd)],
            };
        }
        let fact = |zh: &str, en: &str, value| Fact { name: lang.pick(zh, en).to_owned(), value };
        let mut rows = vec![
            fact("吃了", "Served", words::portions(lang, view.served)),
            fact("现金", "Cash", words::money(lang, view.cash)),
            fact("账户", "Accounts", words::money(lang, view.account)),
        ];
        for (zh, en, amount) in [("其他", "Other", view.other), ("还欠", "Owed", view.owed)] {
            if amount != Fen::ZERO {
                rows.push(fact(zh, en, words::money(lang, amount)));
            }
        }
        let (headline, text, way) = if view.closed {
            (
                lang.pick("今天已经结束了", "The day is closed").to_owned(),
                String::new(),
                Choice::new(lang.pick("好的", "All right"), Action::Back),
            )
        } else {
            let left = view.not_collected;
            let text = match (left, lang) {
                (0, Lang::Zh) => "结束以后，今天的就不能再改了。".to_owned(),
                (0, Lang::En) => "Nothing of today can be changed afterwards.".to_owned(),
                (_, Lang::Zh) => format!("{left} 单没人来取，会记下。结束以后不能再改。"),
                (_, Lang::En) => {
                    format!("Not collected: {left}. Nothing can be changed afterwards.")
                }
            };
            (
                lang.pick("今天就到这里？", "Close the day?").to_owned(),
                text,
                Choice::new(lang.pick("今天结束", "Close the day"), Action::Confirm),
            )
        };
        view::Facts { headline, rows, text, ways: vec![way] }
    }
}

//! The state as a view: the days ahead on one grid, their sum, and what became of each.

use super::action::Action;
use super::page::WeekPage;
use super::view::{self, Choice, Fact, WhyNot};
use super::{Controller, TextSize};
use crate::counter::WeekDay;
use crate::domain::calendar::weekday_zh;
use crate::domain::{Fen, Fulfilment, Payment, Portions, ServiceDate};
use crate::kiosk::protocol::{DayOutcome, DayResult};
use crate::kiosk::words::{self, Lang};

impl Controller {
    pub(super) fn show_week_grid(&self, week: &WeekPage) -> view::Week {
        let lang = self.lang;
        let today = self.today.as_ref().map(|t| t.today);
        let days = week.days.iter().map(|day| Fact {
            name: day_words(lang, day, today),
            value: words::dishes(lang, &day.menu, day.preferences.substitute),
        });
        let cells = week
            .days
            .iter()
            .flat_map(|day| Fulfilment::ALL.iter().map(move |way| cell(lang, week, day, *way)));
        let form = if week.form_printed {
            Choice::new(lang.pick("正在打印", "Printing"), Action::PrintForm).open(false)
        } else {
            Choice::new(lang.pick("打印填写单", "Paper form"), Action::PrintForm)
        };
        view::Week {
            days: days.collect(),
            cells: cells.collect(),
            form: vec![form],
            ready: !week.ticks.is_empty(),
        }
    }

    /// The sum of the ticks in one line.
    pub(super) fn week_so_far(&self, week: &WeekPage) -> String {
        let lang = self.lang;
        let count = week.ticks.len();
        if count == 0 {
            return lang.pick("要哪天，就按一下那天。", "Touch the days you want.").to_owned();
        }
        let mut parts = Vec::new();
        if let Some(known) = &self.session.person {
            parts.push(known.resident.masked_name());
        }
        parts.push(match lang {
            Lang::Zh => format!("{count} 天"),
            Lang::En if count == 1 => "1 day".to_owned(),
            Lang::En => format!("{count} days"),
        });
        parts.push(words::money(lang, week.total()));
        parts.join(" · ")
    }

    pub(super) fn show_week_confirm(&self, week: &WeekPage) -> view::Confirm {
        let lang = self.lang;
        // Large words leave room for fewer of them.
        let crowd = if self.look.size == TextSize::Large { 2 } else { 0 };
        let named = dishes_with_room(lang, week.ticks.len() + crowd);
        let mut rows: Vec<Fact> = week
            .ticked()
            .map(|(day, way)| {
                let mut said = vec![
                    // English has no room for the long word.
                    lang.pick(words::way(lang, way), short_way(lang, way)).to_owned(),
                    words::count(lang, day.portions),
                    words::short_money(lang, day.price),
                ];
                // Wishes that not every day has are said with their day.
                if day.preferences.substitute {
                    said.push(lang.pick("换菜", "other dish").to_owned());
                }
                let mut value = said.join(" · ");
                let dishes = words::dish_names(lang, &day.menu, day.preferences.substitute);
                let dishes: Vec<String> = dishes.into_iter().take(named).collect();
                if !dishes.is_empty() {
                    value = format!("{value}\n{}", dishes.join(lang.pick("、", ", ")));
                }
                Fact { name: weekday(lang, day.date), value }
            })
            .collect();
        if let Some((day, _)) = week.ticked().next() {
            let mut wishes = day.preferences.clone();
            wishes.substitute = false;
            let mut value = words::preferences(lang, &wishes);
            if let (true, Some(known)) = (
                week.ticks.iter().any(|(_, way)| *way == Fulfilment::Delivery),
                &self.session.person,
            ) {
                value = format!("{value} · {}", words::door(lang, &known.resident.door));
            }
            rows.push(Fact { name: lang.pick("要求", "Wishes").to_owned(), value });
        }
        let total = week.total();
        let delivered = week.ticks.iter().all(|(_, way)| *way == Fulfilment::Delivery);
        let way = if delivered { Fulfilment::Delivery } else { Fulfilment::EatIn };
        view::Confirm {
            rows,
            total: words::money(lang, total),
            payments: self.show_payments(total, week.payment),
            payment: match week.payment {
                Payment::Later => {
                    lang.pick("每天拿到饭时付现金", "in cash with each meal").to_owned()
                }
                Payment::FromAccount => {
                    super::show_order::payment_words(lang, week.payment, way).to_owned()
                }
            },
            warning: String::new(),
        }
    }

    /// The two ways to pay, where the account holds enough.
    pub(super) fn show_payments(&self, total: Fen, chosen: Payment) -> Vec<Choice> {
        let lang = self.lang;
        let from_account = chosen == Payment::FromAccount;
        match &self.session.person {
            Some(known) if known.balance >= total && total > Fen::ZERO => vec![
                Choice::new(lang.pick("账户付", "Account"), Action::Pay(Payment::FromAccount))
                    .note(match lang {
                        Lang::Zh => format!("余额 {}", words::money(lang, known.balance)),
                        Lang::En => format!("holds {}", words::money(lang, known.balance)),
                    })
                    .chosen(from_account),
                Choice::new(lang.pick("付现金", "Cash"), Action::Pay(Payment::Later))
                    .note(lang.pick("取餐时付", "pay later"))
                    .chosen(!from_account),
            ],
            _ => Vec::new(),
        }
    }

    pub(super) fn show_week_done(&self, results: &[DayResult]) -> view::Facts {
        let lang = self.lang;
        let placed =
            results.iter().filter(|day| matches!(day.outcome, DayOutcome::Placed(_))).count();
        let headline = match (lang, placed == results.len()) {
            (Lang::Zh, true) => format!("{placed} 天都订好了"),
            (Lang::En, true) => format!("All {placed} days are ordered"),
            (Lang::Zh, false) => format!("订好 {placed} 天，{} 天没有订成", results.len() - placed),
            (Lang::En, false) => {
                format!("{placed} ordered, {} not", results.len() - placed)
            }
        };
        let text = if placed == 0 {
            lang.pick(
                "没有收钱。可以订别的日子，或叫人帮忙。",
                "Nothing was paid. Choose other days, or ask the staff.",
            )
        } else {
            lang.pick(
                "每天一张小票，正在打印，请拿好。",
                "There is a slip for each day; please take them.",
            )
        };
        view::Facts {
            headline,
            rows: results.iter().map(|day| result_row(lang, day)).collect(),
            text: text.to_owned(),
            ways: vec![Choice::new(lang.pick("好了，回首页", "Done"), Action::StartOver)],
        }
    }
}

fn result_row(lang: Lang, day: &DayResult) -> Fact {
    let way = short_way(lang, day.way);
    let no = |why: &str| match lang {
        Lang::Zh => format!("! 没有订成：{why}"),
        Lang::En => format!("! Not ordered: {why}"),
    };
    let value = match &day.outcome {
        DayOutcome::Placed(order) => {
            let (number, total) = (order.number, words::short_money(lang, order.total));
            match lang {
                Lang::Zh => format!("{number} 号 · {way} · {total}"),
                Lang::En => format!("No. {number} · {way} · {total}"),
            }
        }
        DayOutcome::Refused(refusal) => no(&words::not_ordered(lang, refusal)),
        DayOutcome::Failed => no(lang.pick("机器出了点问题", "something went wrong")),
    };
    Fact { name: date_short(lang, day.date), value }
}

/// The way of eating where there is little room.
const fn short_way(lang: Lang, way: Fulfilment) -> &'static str {
    match way {
        Fulfilment::EatIn => lang.pick("堂食", "Eat in"),
        Fulfilment::TakeAway => lang.pick("自取", "Pick up"),
        Fulfilment::Delivery => lang.pick("外送", "Deliver"),
    }
}

/// How many dishes of each day the question has room for, by the number of days; the grid named
/// them all.
const fn dishes_with_room(lang: Lang, days: usize) -> usize {
    match (lang, days) {
        (_, 0..=1) | (Lang::Zh, 2) => 3,
        (Lang::Zh, 3..=4) | (Lang::En, 2) => 1,
        _ => 0,
    }
}

/// One way on one day.
fn cell(lang: Lang, week: &WeekPage, day: &WeekDay, way: Fulfilment) -> Choice {
    let word = short_way(lang, way);
    let on = date_short(lang, day.date);
    let choice = Choice::new(word, Action::Tick(day.date, way)).label(format!("{on} {word}"));
    let mut numbers = day.ordered.iter().filter(|o| o.fulfilment == way).map(|o| o.number);
    if let Some(number) = numbers.next() {
        let text = match lang {
            Lang::Zh => format!("{number}号"),
            Lang::En => format!("No. {number}"),
        };
        let label = format!("{on} {word} {text}");
        return Choice { text, label, ..choice.note(lang.pick("已订", "ordered")) };
    }
    let why = if day.ordered.is_empty() {
        day.obstacle(way).map(WhyNot::from)
    } else {
        Some(WhyNot::Ordered)
    };
    let ticked = week.ticks.contains(&(day.date, way));
    choice.chosen(ticked).open(why.is_none())
}

fn day_words(lang: Lang, day: &WeekDay, today: Option<ServiceDate>) -> String {
    let date = date_short(lang, day.date);
    let date = match (today == Some(day.date), lang) {
        (true, Lang::Zh) => format!("今天 {date}"),
        (true, Lang::En) => format!("Today, {date}"),
        (false, _) => date,
    };
    let shut = Fulfilment::ALL.iter().all(|way| day.obstacle(*way).is_some());
    let why = day.obstacle(Fulfilment::EatIn).filter(|_| shut && day.ordered.is_empty());
    if let Some(why) = why {
        return format!("{date} · {}", words::why_not(lang, why.into()));
    }
    // The reason is not for everybody who can see the screen.
    if day.paused.is_some() {
        return format!("{date} · {}", lang.pick("这天不来", "away"));
    }
    if day.portions > Portions::ONE {
        return format!("{date} · {}", words::count(lang, day.portions));
    }
    date
}

/// The weekday, which is enough to tell the days of a week apart.
fn weekday(lang: Lang, date: ServiceDate) -> String {
    match lang {
        Lang::Zh => weekday_zh(date.0.weekday()).to_owned(),
        Lang::En => date.0.strftime("%a").to_string(),
    }
}

/// `周二 24日`, `Tue 24`.
fn date_short(lang: Lang, date: ServiceDate) -> String {
    match lang {
        Lang::Zh => {
            format!("{} {}日", weekday_zh(date.0.weekday()), date.0.day())
        }
        Lang::En => date.0.strftime("%a %-d").to_string(),
    }
}

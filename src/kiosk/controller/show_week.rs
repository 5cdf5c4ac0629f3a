//! The state as a view: as last time, and the days ahead on one grid.

use super::Controller;
use super::action::Action;
use super::page::WeekPage;
use super::view::{self, Choice, Fact, WhyNot};
use crate::counter::WeekDay;
use crate::domain::{Fen, Fulfilment, Habit, Payment, Portions};
use crate::kiosk::protocol::{DayOutcome, DayResult};
use crate::kiosk::words::{self, Lang};

/// The most days whose dishes the question has room for.
const DISHES_OF: usize = 4;

impl Controller {
    /// The first tile of a known person, at most one.
    pub(super) fn show_as_last(&self) -> Vec<Choice> {
        let lang = self.lang;
        let Some(proposal) = self.proposal() else { return Vec::new() };
        let tile = Choice::new(lang.pick("老样子", "As usual"), Action::AsLast);
        vec![match proposal {
            Ok(p) => {
                let each = self.menu().and_then(|m| m.prices.get(&self.category()).copied());
                let total = each.unwrap_or_default() * i64::from(p.portions.get());
                let habit = Habit {
                    fulfilment: p.fulfilment,
                    portions: p.portions,
                    preferences: p.preferences,
                };
                tile.note(format!("{} · {}", habit_words(lang, &habit), words::money(lang, total)))
            }
            Err(why) => tile.note(words::why_not(lang, (&why).into())).open(false),
        }]
    }

    /// Among the options the tile stands where strangers choose a price group.
    pub(super) fn show_as_last_option(&self) -> Vec<Choice> {
        let lang = self.lang;
        let Some(Ok(p)) = self.proposal() else { return Vec::new() };
        let count = words::count(lang, p.portions);
        let note = if p.preferences.is_plain() {
            count
        } else {
            format!("{count} · {}", words::preferences(lang, &p.preferences))
        };
        vec![Choice::new(lang.pick("老样子", "As usual"), Action::AsLast).note(note)]
    }

    /// What to know before saying yes: what is not as last time, and what is ordered already.
    pub(super) fn confirm_warning(&self) -> String {
        let lang = self.lang;
        let date = self.today.as_ref().map(|t| t.date);
        let mut said: Vec<String> =
            self.session.draft.differs.iter().map(|d| words::difference(lang, d)).collect();
        let standing = self.session.person.iter().flat_map(|known| &known.standing);
        let numbers: Vec<String> = standing
            .filter(|order| Some(order.date) == date && !order.state.is_final())
            .map(|order| order.number.to_string())
            .collect();
        if !numbers.is_empty() {
            let numbers = numbers.join(lang.pick("、", ", "));
            said.push(match lang {
                Lang::Zh => format!("您这天已经订了 {numbers} 号，这是再订一份。"),
                Lang::En => format!("You have {numbers} for this day; this is one more."),
            });
        }
        said.join(lang.pick("", " "))
    }

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
        let short = week.ticks.len() > DISHES_OF;
        let mut rows: Vec<Fact> = week
            .ticked()
            .map(|(day, way)| {
                let mut said = vec![
                    words::way(lang, way).to_owned(),
                    words::count(lang, day.portions),
                    words::money(lang, day.price),
                ];
                // Wishes that not every day has are said with their day.
                if day.preferences.substitute {
                    said.push(lang.pick("换菜", "other dish").to_owned());
                }
                let mut value = said.join(" · ");
                if !short {
                    let dishes = words::dishes(lang, &day.menu, day.preferences.substitute);
                    value = format!("{value}\n{dishes}");
                }
                Fact { name: short_day(lang, day), value }
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
    let way = words::way(lang, day.way);
    let value = match &day.outcome {
        DayOutcome::Placed(order) => match lang {
            Lang::Zh => {
                format!("{} 号 · {way} · {}", order.number, words::money(lang, order.total))
            }
            Lang::En => {
                format!("No. {} · {way} · {}", order.number, words::money(lang, order.total))
            }
        },
        DayOutcome::Refused(refusal) => {
            let why = words::refusal(lang, refusal).headline;
            match lang {
                Lang::Zh => format!("! 没有订成：{why}"),
                Lang::En => format!("! Not ordered: {why}"),
            }
        }
        DayOutcome::Failed => lang
            .pick("! 没有订成：机器出了点问题", "! Not ordered: something went wrong")
            .to_owned(),
    };
    Fact { name: date_short(lang, day.date), value }
}

/// One way on one day.
fn cell(lang: Lang, week: &WeekPage, day: &WeekDay, way: Fulfilment) -> Choice {
    let word = match way {
        Fulfilment::EatIn => lang.pick("堂食", "Eat here"),
        Fulfilment::TakeAway => lang.pick("自取", "Pick up"),
        Fulfilment::Delivery => lang.pick("外送", "Delivery"),
    };
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

/// Way, count and wishes in one line.
fn habit_words(lang: Lang, habit: &Habit) -> String {
    let mut parts = vec![words::way(lang, habit.fulfilment).to_owned()];
    if habit.portions > Portions::ONE || habit.preferences.is_plain() {
        parts.push(words::count(lang, habit.portions));
    }
    if !habit.preferences.is_plain() {
        parts.push(words::preferences(lang, &habit.preferences));
    }
    parts.join(" · ")
}

fn day_words(lang: Lang, day: &WeekDay, today: Option<crate::domain::ServiceDate>) -> String {
    let date = date_short(lang, day.date);
    let date = match (today == Some(day.date), lang) {
        (true, Lang::Zh) => format!("今天 {date}"),
        (true, Lang::En) => format!("Today, {date}"),
        (false, _) => date,
    };
    if day.portions > Portions::ONE {
        return format!("{date} · {}", words::count(lang, day.portions));
    }
    date
}

fn short_day(lang: Lang, day: &WeekDay) -> String {
    date_short(lang, day.date)
}

/// `周二 24日`, `Tue 24`.
fn date_short(lang: Lang, date: crate::domain::ServiceDate) -> String {
    match lang {
        Lang::Zh => {
            format!("{} {}日", crate::domain::calendar::weekday_zh(date.0.weekday()), date.0.day())
        }
        Lang::En => date.0.strftime("%a %-d").to_string(),
    }
}

//! The state as a view: volunteers and staff.

use super::page::{HandIn, Said};
use super::view::{self, Choice, Fact};
use super::{Action, Controller, Keeper};
use crate::domain::{Fen, Outcome, RoundState};
use crate::kiosk::protocol::OnDuty;
use crate::kiosk::words::{self, Lang};

impl Controller {
    pub(super) fn show_duty(&self) -> view::Ways {
        let lang = self.lang;
        view::Ways {
            text: lang.pick("这里是值班人员用的。", "This page is for those on duty.").to_owned(),
            ways: vec![
                Choice::new(lang.pick("志愿者", "Volunteer"), Action::Volunteer)
                    .note(lang.pick("拿单、交回", "take slip, hand in")),
                Choice::new(lang.pick("工作人员", "Staff"), Action::Staff)
                    .note(lang.pick("叫号、收钱", "numbers, cash")),
            ],
        }
    }

    pub(super) fn show_round(&self, on_duty: &OnDuty) -> view::Facts {
        let lang = self.lang;
        let surname = crate::domain::resident::surname(&on_duty.volunteer.name);
        let Some(round) = &on_duty.round else {
            return view::Facts {
                headline: match lang {
                    Lang::Zh => format!("{surname}＊，您好"),
                    Lang::En => format!("Hello, {surname}＊"),
                },
                rows: Vec::new(),
                text: lang
                    .pick(
                        "还没有您的路线。外送截止以后才排，请稍等。",
                        "There is no round for you yet. It is planned after the delivery cut-off.",
                    )
                    .to_owned(),
                ways: vec![Choice::new(lang.pick("好的", "All right"), Action::StartOver)],
            };
        };
        let fact =
            |zh: &str, en: &str, value: String| Fact { name: lang.pick(zh, en).to_owned(), value };
        let collect: Fen = round.stops.iter().map(|s| s.collect).sum();
        let doors = match lang {
            Lang::Zh => format!("{} 家", round.stops.len()),
            Lang::En => format!("{} doors", round.stops.len()),
        };
        let rows = vec![
            fact("谁送", "Who", format!("{surname}＊")),
            fact("送多少", "Carry", format!("{doors} · {}", words::portions(lang, on_duty.meals))),
            fact("多久", "Time", minutes(lang, round.duration_s)),
            fact("收现金", "Cash", words::money(lang, collect)),
        ];
        let (state, text, way) = match round.state {
            RoundState::Planned => (
                lang.pick("等您出发", "ready to go"),
                lang.pick("先拿好饭和路线单。", "Take the meals and the slip first."),
                Choice::new(lang.pick("拿单出发", "Take slip"), Action::TakeSlip),
            ),
            RoundState::Out => (
                lang.pick("正在送", "under way"),
                lang.pick("回来以后按“交回”。", "When you are back, press “Hand in”."),
                Choice::new(lang.pick("交回", "Hand in"), Action::HandIn),
            ),
            RoundState::HandedIn => (
                lang.pick("已交回", "handed in"),
                lang.pick("辛苦了，都记好了。", "Thank you, all is recorded."),
                Choice::new(lang.pick("好的", "All right"), Action::StartOver),
            ),
            RoundState::Withdrawn => (
                lang.pick("已换新路线", "replaced"),
                lang.pick("请找工作人员拿新的路线单。", "Please ask the staff for the new slip."),
                Choice::new(lang.pick("好的", "All right"), Action::StartOver),
            ),
        };
        let headline = match lang {
            Lang::Zh => format!("第 {} 轮 · {state}", round.number),
            Lang::En => format!("Round {} · {state}", round.number),
        };
        view::Facts { headline, rows, text: text.to_owned(), ways: vec![way] }
    }

    pub(super) fn show_hand_in(&self, hand_in: &HandIn) -> view::List {
        let lang = self.lang;
        let rows = hand_in.round.stops.iter().zip(&hand_in.said).enumerate();
        view::List {
            text: lang
                .pick(
                    "只按没有送到的，其余算送到。",
                    "Touch only what failed; the rest counts as delivered.",
                )
                .to_owned(),
            rows: rows
                .map(|(index, (stop, said))| {
                    let number = match lang {
                        Lang::Zh => format!("{} 号", stop.number),
                        Lang::En => format!("No. {}", stop.number),
                    };
                    let door = words::door(lang, &stop.door);
                    Choice::new(door, Action::Stop(index))
                        .note(format!("{number} · {}", said_words(lang, *said, stop.collect)))
                        .label(number)
                        .chosen(said.outcome != Outcome::Delivered || !said.cash)
                        .open(stop.visited.is_none())
                })
                .collect(),
            next: vec![Choice::new(lang.pick("写好了", "All noted"), Action::Next)],
        }
    }

    pub(super) fn show_stop(&self, hand_in: &HandIn, index: usize) -> view::Stop {
        let lang = self.lang;
        let (Some(stop), Some(said)) = (hand_in.round.stops.get(index), hand_in.said.get(index))
        else {
            return view::Stop::default();
        };
        let outcomes = [Outcome::Delivered, Outcome::LeftWith, Outcome::NoAnswer, Outcome::Refused];
        let keepers = if said.outcome == Outcome::LeftWith { &Keeper::ALL[..] } else { &[] };
        let cash = if stop.collect > Fen::ZERO && said.outcome.meal_stayed() {
            let amount = words::money(lang, stop.collect);
            vec![
                Choice::new(
                    match lang {
                        Lang::Zh => format!("收到 {amount}"),
                        // Four outcomes and this share a narrow row.
                        Lang::En => format!("Got ￥{}", stop.collect),
                    },
                    Action::Cash(true),
                )
                .chosen(said.cash),
                Choice::new(lang.pick("没收到钱", "No cash"), Action::Cash(false))
                    .chosen(!said.cash),
            ]
        } else {
            Vec::new()
        };
        view::Stop {
            headline: format!("{} · {}", stop.number, words::door(lang, &stop.door)),
            outcomes: outcomes
                .into_iter()
                .map(|o| {
                    Choice::new(words::outcome(lang, o), Action::Outcome(o))
                        .chosen(o == said.outcome)
                })
                .collect(),
            keepers: keepers
                .iter()
                .map(|k| {
                    Choice::new(words::keeper(lang, *k), Action::LeftWith(*k))
                        .chosen(said.keeper == Some(*k))
                })
                .collect(),
            cash,
        }
    }

    pub(super) fn show_hand_in_sum(&self, hand_in: &HandIn) -> view::Facts {
        let lang = self.lang;
        let fact = |name: &str, value: String| Fact { name: name.to_owned(), value };
        let doors =
            |outcome: Outcome| hand_in.said.iter().filter(|said| said.outcome == outcome).count();
        let cash: Fen = hand_in
            .round
            .stops
            .iter()
            .zip(&hand_in.said)
            .filter(|(_, said)| said.cash && said.outcome.meal_stayed())
            .map(|(stop, _)| stop.collect)
            .sum();
        let mut rows: Vec<Fact> = Outcome::ALL
            .iter()
            .filter(|o| doors(**o) > 0 || **o == Outcome::Delivered)
            .map(|o| {
                let count = doors(*o);
                let value = match lang {
                    Lang::Zh => format!("{count} 家"),
                    Lang::En if count == 1 => "1 door".to_owned(),
                    Lang::En => format!("{count} doors"),
                };
                fact(words::outcome(lang, *o), value)
            })
            .collect();
        rows.push(fact(lang.pick("交现金", "Cash"), words::money(lang, cash)));
        view::Facts {
            headline: match lang {
                Lang::Zh => format!("第 {} 轮", hand_in.round.number),
                Lang::En => format!("Round {}", hand_in.round.number),
            },
            rows,
            text: if doors(Outcome::NoAnswer) > 0 {
                lang.pick(
                    "无人应门的，楼组长会去看一看。",
                    "Where nobody answered, the building leader will look in.",
                )
                .to_owned()
            } else {
                String::new()
            },
            ways: vec![Choice::new(lang.pick("全部交回", "Hand all in"), Action::Confirm)],
        }
    }
}

fn said_words(lang: Lang, said: Said, collect: Fen) -> String {
    let mut text = match said.keeper {
        Some(keeper) => match lang {
            Lang::Zh => format!("{}代收", words::keeper(lang, keeper)),
            Lang::En => format!("Left: {}", words::keeper(lang, keeper)),
        },
        None => words::outcome(lang, said.outcome).to_owned(),
    };
    if collect > Fen::ZERO && said.outcome.meal_stayed() && !said.cash {
        text.push_str(lang.pick(" · 没收到钱", " · no cash"));
    }
    text
}

fn minutes(lang: Lang, seconds: u32) -> String {
    format!("{} {}", seconds.div_ceil(60), lang.pick("分钟", "min"))
}

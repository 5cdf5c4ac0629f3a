//! Orders left half done, for staff: the list, one of them, and that somebody asked.

use super::page::Page;
use super::view::{self, Choice, Fact, Toast};
use super::{Action, Controller, Purpose};
use crate::counter::HalfDone;
use crate::kiosk::protocol::{Request, StaffView};
use crate::kiosk::words::{self, Lang};

impl Controller {
    pub(super) fn touched_unfinished(&mut self, action: &Action) {
        match (self.page().clone(), action) {
            (Page::StaffList(view), Action::UnfinishedOrders) if !view.unfinished.is_empty() => {
                self.push(Page::Unfinished(view));
            }
            (Page::Unfinished(view), Action::Unfinished(id)) if find(&view, *id).is_some() => {
                self.push(Page::UnfinishedOne(view, *id));
            }
            (Page::UnfinishedOne(_, id), Action::FollowedUp) => {
                self.ask(Purpose::FollowUp, Request::FollowedUp(id));
            }
            _ => {}
        }
    }

    /// Somebody was asked: the list again, as long as it has others.
    pub(super) fn asked_after(&mut self, view: StaffView) {
        self.show_staff(view.clone());
        if !view.unfinished.is_empty() {
            self.push(Page::Unfinished(view));
        }
        self.toast = Some(Toast::Noted);
    }

    pub(super) fn show_unfinished(&self, view: &StaffView) -> view::List {
        let lang = self.lang;
        let rows = view.unfinished.iter().map(|(at, half)| {
            let order = &half.record.order;
            let note = format!(
                "{} · {} · {}",
                words::date(lang, order.date),
                words::way(lang, order.fulfilment),
                words::count(lang, order.portions)
            );
            let text = format!("{at} {}", who(lang, half));
            // Two may have left in the same minute.
            let label = format!("{text} {}", half.record.id);
            Choice::new(text, Action::Unfinished(half.record.id)).note(note).label(label)
        });
        view::List {
            text: lang
                .pick(
                    "这些没有订完，不会做。问一问，要就帮着订。",
                    "Begun and not ordered; nothing is cooked. Please ask.",
                )
                .to_owned(),
            rows: rows.collect(),
            next: Vec::new(),
        }
    }

    pub(super) fn show_unfinished_one(&self, view: &StaffView, id: i64) -> view::Facts {
        let lang = self.lang;
        let Some((at, half)) = find(view, id) else { return view::Facts::default() };
        let order = &half.record.order;
        let fact =
            |zh: &str, en: &str, value: String| Fact { name: lang.pick(zh, en).to_owned(), value };
        view::Facts {
            headline: format!("{at} {}", who(lang, half)),
            rows: vec![
                fact("哪天", "Day", words::date(lang, order.date)),
                fact("怎么吃", "How", words::way(lang, order.fulfilment).to_owned()),
                fact("几份", "Meals", words::portions(lang, u32::from(order.portions.get()))),
                fact("要求", "Wishes", words::preferences(lang, &order.preferences)),
                fact("到哪里", "Left at", words::reached(lang, order.reached).to_owned()),
            ],
            text: String::new(),
            ways: vec![
                Choice::new(lang.pick("还没有问", "Not yet"), Action::Back),
                Choice::new(lang.pick("问过了", "Asked"), Action::FollowedUp),
            ],
        }
    }
}

fn find(view: &StaffView, id: i64) -> Option<&(String, HalfDone)> {
    view.unfinished.iter().find(|(_, half)| half.record.id == id)
}

/// The masked name and the door, or that nobody knows.
fn who(lang: Lang, half: &HalfDone) -> String {
    match &half.who {
        Some((name, door)) => format!("{name} {}", words::door(lang, door)),
        None => lang.pick("不知道是谁", "unknown").to_owned(),
    }
}

//! What time it is, asked of the staff when the machine does not know.

use jiff::Span;
use jiff::civil::DateTime;

use super::page::Page;
use super::view::{self, Choice};
use super::{Action, Controller, Purpose};
use crate::domain::ServiceDate;
use crate::kiosk::protocol::{Request, StaffView};
use crate::kiosk::words::{self, Lang};

/// The steps by which the time is put right: minutes, and their words.
const STEPS: [(i32, &str, &str); 4] = [
    (24 * 60, "一天", "1 day"),
    (60, "一小时", "1 hour"),
    (10, "十分钟", "10 minutes"),
    (1, "一分钟", "1 minute"),
];

impl Controller {
    /// Touches of the page; says whether it took one.
    pub(super) fn touched_clock(&mut self, action: &Action) -> bool {
        match (self.page().clone(), action) {
            (Page::StaffMenu(StaffView { clock: Some(at), .. }), Action::Clock) => {
                self.push(Page::Clock(at));
            }
            (Page::Clock(at), Action::MoveClock(minutes)) => {
                let moved = at.checked_add(Span::new().minutes(*minutes)).unwrap_or(at);
                if let Some(page) = self.pages.last_mut() {
                    *page = Page::Clock(moved);
                }
            }
            (Page::Clock(at), Action::Confirm) => {
                self.ask(Purpose::Clock, Request::ConfirmClock(at));
            }
            _ => return false,
        }
        true
    }

    /// The key on the staff's page, while nobody knows the time.
    pub(super) fn clock_key(&self, view: &StaffView) -> Option<Choice> {
        let at = view.clock?;
        let key = Choice::new(self.lang.pick("核对时间", "Clock"), Action::Clock);
        Some(key.note(in_words(self.lang, at)).chosen(true))
    }

    pub(super) fn show_clock(&self, at: DateTime) -> view::List {
        let lang = self.lang;
        let step = |(minutes, zh, en): (i32, &str, &str)| {
            let (early, late) = (
                lang.pick("往前 ", "Earlier by ").to_owned() + lang.pick(zh, en),
                lang.pick("往后 ", "Later by ").to_owned() + lang.pick(zh, en),
            );
            [
                Choice::new(early, Action::MoveClock(-minutes)),
                Choice::new(late, Action::MoveClock(minutes)),
            ]
        };
        view::List {
            text: match lang {
                Lang::Zh => format!("现在是 {}，对吗？", in_words(lang, at)),
                Lang::En => format!("Is it {} now?", in_words(lang, at)),
            },
            rows: STEPS.into_iter().flat_map(step).collect(),
            next: vec![Choice::new(lang.pick("对，开始点餐", "Yes, take orders"), Action::Confirm)],
        }
    }
}

/// `2026 年 11月25日 周三 10:12`.
fn in_words(lang: Lang, at: DateTime) -> String {
    let day = words::date(lang, ServiceDate(at.date()));
    let time = at.time().strftime("%-H:%M");
    match lang {
        Lang::Zh => format!("{} 年 {day} {time}", at.year()),
        Lang::En => format!("{day} {}, {time}", at.year()),
    }
}

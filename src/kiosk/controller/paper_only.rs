//! Orders on paper: what the screen does while the clubhouse can't take any on it.

use super::page::{Draft, Notice, Page};
use super::view::{self, Choice};
use super::{Action, Controller, Purpose};
use crate::kiosk::words;
use crate::paper_only::PaperOnly;

/// Seconds between two looks whether orders can be taken again.
pub const TRY_EVERY_S: u32 = 10;

/// Why the screen takes no orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// The reason.
    pub why: PaperOnly,
    /// Whether the person at the screen was just about to order: nothing came of it.
    pub lost: bool,
}

impl Controller {
    /// No orders for now. Who is ordering learns it at once; who is on duty goes on.
    pub(super) fn stop_orders(&mut self, purpose: Purpose, why: PaperOnly) {
        let ordering = matches!(
            self.page(),
            Page::Options
                | Page::Confirm
                | Page::Door(_)
                | Page::Floor(..)
                | Page::Flat(..)
                | Page::Week(_)
                | Page::WeekConfirm(_)
        );
        let placing = matches!(purpose, Purpose::Place | Purpose::PlaceWeek);
        let lost = placing || ordering || self.paper_only.is_some_and(|before| before.lost);
        self.paper_only = Some(Stopped { why, lost });
        match purpose {
            _ if placing || ordering || matches!(self.page(), Page::Slides(_)) => {
                // Held in memory until it can be written down: the staff ask after it.
                self.keep_what_is_left();
                self.pages.truncate(1);
                self.session.draft = Draft::default();
                self.help_open = false;
            }
            // Nobody waits for these.
            Purpose::Refresh | Purpose::WeekAgain | Purpose::Slide | Purpose::Help => {}
            Purpose::Ticket => self.toast = Some(view::Toast::TicketRefused),
            other => self.notice(Notice::Failed(other)),
        }
    }

    /// Orders are taken again.
    pub(super) fn resume_orders(&mut self) {
        self.paper_only = None;
    }

    pub(super) fn show_paper_only(&self, stopped: Stopped) -> view::PaperOnly {
        let lang = self.lang;
        view::PaperOnly {
            headline: words::paper_only_headline(lang).to_owned(),
            lost: if stopped.lost { words::nothing_ordered(lang) } else { "" }.to_owned(),
            text: words::paper_only_text(lang).to_owned(),
            staff: words::paper_only_reason(lang, stopped.why).to_owned(),
            ways: vec![
                Choice::new(lang.pick("值班", "Duty"), Action::Duty),
                Choice::new(lang.pick("叫号", "Called"), Action::Called),
                Choice::new(lang.pick("叫人帮忙", "Call staff"), Action::CallStaff),
            ],
        }
    }

    /// The staff's switch to paper and back.
    pub(super) fn paper_switch(&self) -> Choice {
        let on = self.paper_only.is_some_and(|stopped| stopped.why == PaperOnly::Staff);
        let (zh, en) = if on {
            ("恢复机器点餐", "Take orders again")
        } else {
            ("改用纸点餐", "Orders on paper")
        };
        let note = if on {
            ("首页请大家到窗口", "people go to the window")
        } else {
            ("机器不收新订单", "no new orders here")
        };
        Choice::new(self.lang.pick(zh, en), Action::PaperOnly(!on))
            .note(self.lang.pick(note.0, note.1))
            .chosen(on)
    }
}

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
            Page::Options | Page::Confirm | Page::Door(_) | Page::Floor(..) | Page::Flat(..)
        );
        let placing = purpose == Purpose::Place;
        let lost = placing || ordering || self.paper_only.is_some_and(|before| before.lost);
        self.paper_only = Some(Stopped { why, lost });
        match purpose {
            _ if placing || ordering || matches!(self.page(), Page::Slides(_)) => {
                self.pages.truncate(1);
                self.session.draft = Draft::default();
                self.help_open = false;
            }
            // Nobody waits for these.
            Purpose::Refresh | Purpose::Slide | Purpose::Help => {}
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
}

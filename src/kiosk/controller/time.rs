//! Passing seconds: who has left, what was not answered, what is out of date.

use super::page::{Notice, Page};
use super::{Controller, Purpose, TRY_EVERY_S};

/// Seconds without a touch before the person is asked whether they are there.
pub const ASK_AFTER_S: u32 = 60;
/// Seconds they have to answer.
pub const ANSWER_WITHIN_S: u32 = 20;
/// Seconds a finished page stays.
pub const DONE_STAYS_S: u32 = 30;
/// Seconds after which a request is called unanswered.
pub const NO_ANSWER_AFTER_S: u32 = 20;
/// Seconds between two looks at the day while nobody is there.
pub const REFRESH_EVERY_S: u32 = 15;
/// Seconds a short message stays.
const TOAST_STAYS_S: u32 = 8;

/// Counts the seconds since the last touch, the last look at the day, and of the short message.
#[derive(Debug, Default)]
pub struct IdleClock {
    idle: u32,
    since_refresh: u32,
    toast: u32,
}

impl IdleClock {
    /// Seconds since the last touch.
    pub fn idle_s(&self) -> u32 {
        self.idle
    }

    /// Somebody is there.
    pub fn touched(&mut self) {
        self.idle = 0;
    }
}

impl Controller {
    pub(super) fn passed(&mut self, seconds: u32) {
        let busy = self.busy();
        self.clock.since_refresh = self.clock.since_refresh.saturating_add(seconds);
        self.clock.idle = if busy { 0 } else { self.clock.idle.saturating_add(seconds) };
        self.tick_toast(seconds);
        if !busy {
            self.tick_undo(seconds);
        }
        self.tick_waiting(seconds);
        self.tick_voice(seconds);
        self.tick_calls(seconds);
        let told = self.paper_only.is_some_and(|stopped| stopped.lost);
        let read = (self.is_end_page() || told) && self.clock.idle >= DONE_STAYS_S;
        let left = self.somebody_was_here() && self.clock.idle >= ASK_AFTER_S + ANSWER_WITHIN_S;
        if read || left {
            self.clock.touched();
            self.start_over();
        }
        self.tick_blank(seconds);
        if !self.is_dark() {
            self.tick_slides(seconds);
        }
        let every = if self.paper_only.is_some() { TRY_EVERY_S } else { REFRESH_EVERY_S };
        if self.clock.since_refresh >= every
            && matches!(self.page(), Page::Home | Page::Called | Page::Slides(_))
        {
            self.clock.since_refresh = 0;
            self.write_down();
            self.refresh();
        }
    }

    fn tick_toast(&mut self, seconds: u32) {
        if self.toast.is_none() {
            self.clock.toast = 0;
            return;
        }
        self.clock.toast = self.clock.toast.saturating_add(seconds);
        if self.clock.toast >= TOAST_STAYS_S {
            self.clock.toast = 0;
            self.toast = None;
        }
    }

    fn tick_waiting(&mut self, seconds: u32) {
        let visit = self.visit;
        let mut unanswered: Option<Purpose> = None;
        for waiting in &mut self.waiting {
            waiting.seconds = waiting.seconds.saturating_add(seconds);
            if waiting.seconds >= NO_ANSWER_AFTER_S && !waiting.late {
                waiting.late = true;
                if waiting.visit == visit && waiting.purpose.holds_the_screen() {
                    unanswered = Some(waiting.purpose);
                }
            }
        }
        if let Some(purpose) = unanswered {
            self.notice(Notice::NoAnswer(purpose));
        }
    }

    fn is_end_page(&self) -> bool {
        matches!(
            self.page(),
            Page::Done(_)
                | Page::WeekDone(_)
                | Page::Notice(Notice::Cancelled(_) | Notice::HandedIn(..) | Notice::DayEnded(_))
        )
    }

    /// Whether the person has gone on from the first screen.
    fn is_elsewhere(&self) -> bool {
        self.pages.len() > 1 && !matches!(self.page(), Page::Slides(_))
    }

    pub(super) fn somebody_was_here(&self) -> bool {
        self.is_elsewhere()
            || self.help_open
            || self.session.person.is_some()
            || self.session.date.is_some()
            // The way back to today may have failed.
            || self.today.as_ref().is_some_and(|today| today.date != today.today)
            || self.display_changed()
            || self.voice_changed()
            || self.paper_only.is_some_and(|stopped| stopped.lost)
    }

    /// Seconds until the screen is given to the next person, once that is near.
    pub(super) fn seconds_to_answer(&self) -> Option<u32> {
        let asked = self.somebody_was_here() && !self.is_end_page() && !self.busy();
        // On the first screen nothing can be lost: it changes back without asking.
        (asked && self.is_elsewhere() && self.clock.idle >= ASK_AFTER_S)
            .then(|| (ASK_AFTER_S + ANSWER_WITHIN_S).saturating_sub(self.clock.idle))
    }

    /// Seconds a finished page still stays.
    pub(super) fn seconds_done(&self) -> u32 {
        DONE_STAYS_S.saturating_sub(self.clock.idle)
    }
}

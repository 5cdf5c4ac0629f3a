//! Blanking: a screen before which nobody has been for long is black, and its light goes out.
//!
//! Where a sensor sees that somebody is there the screen stays on; where none does, touches and
//! cards are all that is known. Whoever comes near or touches finds the first screen at once, and
//! that touch does nothing else.

use super::page::Page;
use super::{Controller, Effect};

/// What is known of somebody being there.
#[derive(Debug, Default)]
pub(super) struct Blank {
    /// Seconds with nobody there until the screen goes dark; 0 for never.
    after_s: u32,
    /// What the sensor last said; nothing before its first word.
    there: Option<bool>,
    /// Seconds since the last sign of somebody.
    alone_s: u32,
    dark: bool,
}

impl Controller {
    /// The same with a screen that goes dark after so many seconds with nobody there; 0 for never.
    #[must_use]
    pub fn with_blanking(mut self, after_s: u32) -> Self {
        self.set_blanking(after_s);
        self
    }

    /// Sets after how many seconds with nobody there the screen goes dark; 0 for never.
    pub fn set_blanking(&mut self, after_s: u32) {
        self.blank.after_s = after_s;
    }

    /// Whether the screen is black.
    pub fn is_dark(&self) -> bool {
        self.blank.dark
    }

    /// The sensor sees somebody.
    pub(super) fn seen(&mut self) {
        self.blank.there = Some(true);
        self.light_up();
        self.somebody_came();
    }

    /// The sensor sees nobody any more: the seconds count from here.
    pub(super) fn nobody_there(&mut self) {
        self.blank.there = Some(false);
        self.blank.alone_s = 0;
    }

    /// A sign of somebody, or something to show: the screen is on. Says whether it was dark.
    pub(super) fn light_up(&mut self) -> bool {
        self.blank.alone_s = 0;
        let dark = std::mem::take(&mut self.blank.dark);
        if dark {
            self.effects.push(Effect::Light(true));
            self.refresh();
        }
        dark
    }

    pub(super) fn tick_blank(&mut self, seconds: u32) {
        if self.blank.dark || self.blank.after_s == 0 {
            return;
        }
        if self.blank.there == Some(true) || self.busy() {
            self.blank.alone_s = 0;
            return;
        }
        self.blank.alone_s = self.blank.alone_s.saturating_add(seconds);
        if self.blank.alone_s >= self.blank.after_s && self.may_go_dark() {
            self.blank.dark = true;
            self.effects.push(Effect::Light(false));
        }
    }

    /// Nobody's page is open, and no number is being called. Without a sensor those who wait for
    /// a number that stands at the window can't be seen: for them it stays on.
    fn may_go_dark(&self) -> bool {
        let waited_for = self.blank.there.is_none()
            && self.today.as_ref().is_some_and(|today| !today.called.is_empty());
        matches!(self.page(), Page::Home | Page::Slides(_))
            && !self.somebody_was_here()
            && self.being_called().is_empty()
            && !waited_for
    }
}

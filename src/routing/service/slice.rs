//! Slices of a search's time: one stage after another under one control.

use crate::routing::{Control, Progress};

/// The part of a control's time between two shares of it.
pub(super) struct Slice<'c> {
    control: &'c dyn Control,
    from: f64,
    to: f64,
}

impl<'c> Slice<'c> {
    pub(super) fn new(control: &'c dyn Control, from: f64, to: f64) -> Self {
        Self { control, from, to }
    }
}

impl Control for Slice<'_> {
    fn elapsed_fraction(&self) -> Option<f64> {
        let elapsed = self.control.elapsed_fraction()?;
        Some(((elapsed - self.from) / (self.to - self.from)).max(0.0))
    }

    fn cancelled(&self) -> bool {
        self.control.cancelled()
    }

    fn progress(&self, progress: &Progress) {
        self.control.progress(progress);
    }
}

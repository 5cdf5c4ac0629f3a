//! Slices of a search's time: one stage after another under one control.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::routing::{Control, Progress};

/// The part of a control's time between two shares of it.
pub(super) struct Slice<'c> {
    control: &'c dyn Control,
    from: f64,
    to: f64,
    /// Ends as soon as every door is served, if so wished.
    once_served: bool,
    served: AtomicBool,
}

impl<'c> Slice<'c> {
    pub(super) fn new(control: &'c dyn Control, from: f64, to: f64) -> Self {
        Self { control, from, to, once_served: false, served: AtomicBool::new(false) }
    }

    /// Ends the slice as soon as every door is served.
    pub(super) fn until_served(self, once_served: bool) -> Self {
        Self { once_served, ..self }
    }
}

impl Control for Slice<'_> {
    fn elapsed_fraction(&self) -> Option<f64> {
        let elapsed = self.control.elapsed_fraction()?;
        Some(((elapsed - self.from) / (self.to - self.from)).max(0.0))
    }

    fn cancelled(&self) -> bool {
        self.control.cancelled() || (self.once_served && self.served.load(Ordering::Relaxed))
    }

    fn progress(&self, progress: &Progress) {
        if progress.left_out == 0 {
            self.served.store(true, Ordering::Relaxed);
        }
        self.control.progress(progress);
    }
}

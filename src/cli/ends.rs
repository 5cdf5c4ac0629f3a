//! What ends the kiosk.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::panel_watch::Power;

/// Whether the running kiosk is to end.
#[derive(Clone)]
pub struct Ends {
    /// It was told to.
    pub stop: Arc<AtomicBool>,
    /// A part of it ended on its own.
    pub fallen: Arc<AtomicBool>,
    /// The power is going.
    pub power: Power,
}

impl Ends {
    /// Whether any of them has come.
    pub fn reached(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
            || self.fallen.load(Ordering::Relaxed)
            || self.power.is_gone()
    }
}

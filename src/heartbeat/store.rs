//! The store's pulse: it is read often and written rarely, as a card has only so many writes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Pulse;
use crate::store::{Store, StoreError};

/// How often the store is read.
const READ: Duration = Duration::from_secs(5);
/// How soon it notices that everything ends.
const NOTICE: Duration = Duration::from_millis(200);

/// Asks the store whether it still answers.
pub struct StorePulse {
    store: Store,
    pulse: Pulse,
    /// How long a write that went well is believed.
    believed: Duration,
    /// Set while the store is held by somebody: then only a write tells that it is free again.
    held: bool,
}

impl StorePulse {
    /// The pulse of a store; a write of anybody within `believed` saves one of its own.
    pub fn new(store: Store, pulse: Pulse, believed: Duration) -> Self {
        Self { store, pulse, believed, held: false }
    }

    /// Asks once. A full, read-only or failing disk is an answer: people are sent to the window
    /// meanwhile, and a restart mends none of it. No answer, or a lock that nobody lets go of, is a
    /// silence: a restart ends whatever in this program holds it.
    pub fn ask(&mut self) {
        let written = self.store.written_within(self.believed);
        let answer = if self.held || !written { self.store.probe() } else { self.store.touch() };
        self.held = matches!(answer, Err(StoreError::Busy));
        if !self.held {
            self.pulse.beat();
        }
    }

    /// Asks until everything ends.
    pub fn run(mut self, stopping: &AtomicBool) {
        let every = READ.min(self.believed / 2);
        while !stopping.load(Ordering::Relaxed) {
            self.ask();
            let asked = Instant::now();
            while asked.elapsed() < every && !stopping.load(Ordering::Relaxed) {
                std::thread::sleep(NOTICE.min(every));
            }
        }
    }
}

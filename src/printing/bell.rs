//! Wakes the print workers as soon as a paper is written.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A bell that many may ring and many may wait for.
#[derive(Clone, Default)]
pub struct Bell {
    shared: Arc<(Mutex<u64>, Condvar)>,
}

impl Bell {
    /// Wakes everyone who waits.
    pub fn ring(&self) {
        let (rings, waiting) = &*self.shared;
        *rings.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        waiting.notify_all();
    }

    /// How often it rang so far.
    pub fn rings(&self) -> u64 {
        *self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it has rung since `heard`, at most `timeout`.
    pub fn wait(&self, heard: u64, timeout: Duration) {
        let (rings, waiting) = &*self.shared;
        let guard = rings.lock().unwrap_or_else(PoisonError::into_inner);
        drop(waiting.wait_timeout_while(guard, timeout, |rings| *rings == heard));
    }
}

//! Whether every part still ticks: a named pulse each, and what systemd's watchdog is told of them.
//!
//! systemd ends and restarts a program that has not fed its watchdog for `WatchdogSec`. It is fed
//! only while the screen's event loop, the store, every printer's worker and the clock have all
//! beaten within their allowed silence, so that no part can stand still behind the others.

mod feeder;
mod store;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub use feeder::{Fed, Feeder};
pub use store::StorePulse;

/// The watchdog's time where systemd does not say one; that of the shipped unit.
const USUAL: Duration = Duration::from_secs(20);

/// All pulses of the running program.
#[derive(Clone)]
pub struct Heartbeat {
    shared: Arc<Shared>,
}

struct Shared {
    /// Time since some moment in the past; it never goes back.
    now: Box<dyn Fn() -> Duration + Send + Sync>,
    watchdog: Duration,
    pulses: Mutex<Vec<Known>>,
}

/// A pulse as the heart knows it.
struct Known {
    name: String,
    allowed: Duration,
    /// Milliseconds of the heart's time.
    last: Arc<AtomicU64>,
}

/// One part's sign of life.
#[derive(Clone)]
pub struct Pulse {
    heart: Heartbeat,
    last: Arc<AtomicU64>,
}

/// A part that has not beaten for longer than it may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The part.
    pub name: String,
    /// How long it has been silent.
    pub since: Duration,
}

impl Heartbeat {
    /// A heart on the machine's own time, with the watchdog's time of the unit that runs this.
    pub fn of_the_machine() -> Self {
        let started = Instant::now();
        let watchdog = sd_notify::watchdog_enabled().unwrap_or(USUAL);
        Self::new(watchdog, move || started.elapsed())
    }

    /// A heart on a clock of its own. Allowed silences are counted in the watchdog's time.
    pub fn new(watchdog: Duration, now: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        let pulses = Mutex::new(Vec::new());
        Self { shared: Arc::new(Shared { now: Box::new(now), watchdog, pulses }) }
    }

    /// The watchdog's time.
    pub fn watchdog(&self) -> Duration {
        self.shared.watchdog
    }

    /// Watches a part that may be silent for `allowed`; now counts as its first beat. A part that
    /// ends without another word is silent from then on.
    pub fn pulse(&self, name: impl Into<String>, allowed: Duration) -> Pulse {
        let last = Arc::new(AtomicU64::new(self.millis()));
        let known = Known { name: name.into(), allowed, last: last.clone() };
        self.shared.pulses.lock().unwrap_or_else(PoisonError::into_inner).push(known);
        Pulse { heart: self.clone(), last }
    }

    /// The screen's event loop: half the watchdog's time, for somebody stands in front of it.
    pub fn screen(&self) -> Pulse {
        self.pulse("screen", self.watchdog() / 2)
    }

    /// The store: a write may wait five seconds for another one, and slow cards take their time.
    pub fn store(&self) -> Pulse {
        self.pulse("store", self.watchdog() * 4)
    }

    /// A printer's worker: it beats at each look at the device, and a device that stands in the
    /// middle of a picture is looked at for up to 22 seconds.
    pub fn printer(&self, name: &str) -> Pulse {
        self.pulse(format!("printer {name}"), self.watchdog() * 4)
    }

    /// The clock, which plans the day's rounds for `planning` at most.
    pub fn clock(&self, planning: Duration) -> Pulse {
        self.pulse("clock", self.watchdog() * 4 + planning)
    }

    /// The parts that have been silent for too long.
    pub fn silent(&self) -> Vec<Silence> {
        let now = self.millis();
        let pulses = self.shared.pulses.lock().unwrap_or_else(PoisonError::into_inner);
        pulses
            .iter()
            .filter_map(|known| {
                let last = known.last.load(Ordering::Relaxed);
                let since = Duration::from_millis(now.saturating_sub(last));
                (since > known.allowed).then(|| Silence { name: known.name.clone(), since })
            })
            .collect()
    }

    fn millis(&self) -> u64 {
        u64::try_from((self.shared.now)().as_millis()).unwrap_or(u64::MAX)
    }
}

impl Pulse {
    /// The part is alive.
    pub fn beat(&self) {
        self.last.store(self.heart.millis(), Ordering::Relaxed);
    }
}

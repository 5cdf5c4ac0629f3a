//! The clock, the stop button and the progress line of a planning command.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::routing::{Control, Progress};

/// How often the progress line is written.
const PROGRESS: Duration = Duration::from_millis(200);

static CANCELLED: AtomicBool = AtomicBool::new(false);

/// Watches one step of the command.
pub(super) struct Watch {
    started: Instant,
    limit: Duration,
    /// When the progress line was last written; `None` when stderr is no terminal.
    told: Option<Mutex<Instant>>,
}

/// Makes Ctrl-C end the search with the best plan so far.
pub(super) fn listen() {
    // Without a handler Ctrl-C just ends the process: no plan, but nothing lost either.
    let _ = ctrlc::set_handler(|| CANCELLED.store(true, Ordering::Relaxed));
}

impl Watch {
    /// A step that began at `started` and ends after `limit`.
    pub(super) fn new(started: Instant, limit: Duration) -> Self {
        let told = std::io::stderr().is_terminal().then(|| Mutex::new(started));
        Self { started, limit, told }
    }

    /// Takes the progress line away.
    pub(super) fn end(&self) {
        if self.told.is_some() {
            eprint!("\r{:70}\r", "");
        }
    }
}

impl Control for Watch {
    fn elapsed_fraction(&self) -> Option<f64> {
        Some(self.started.elapsed().as_secs_f64() / self.limit.as_secs_f64())
    }

    fn cancelled(&self) -> bool {
        CANCELLED.load(Ordering::Relaxed)
    }

    fn progress(&self, progress: &Progress) {
        let Some(Ok(mut told)) = self.told.as_ref().map(Mutex::try_lock) else { return };
        if told.elapsed() >= PROGRESS {
            *told = Instant::now();
            let (s, p) = (self.started.elapsed().as_secs_f64(), progress);
            eprint!(
                "\r{s:6.1} s  cost {:>9}  left out {:>4}  trials {}   ",
                p.cost, p.left_out, p.iterations
            );
        }
    }
}

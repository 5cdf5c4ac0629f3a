//! Feeds systemd's watchdog while nobody is silent, and says who is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{Heartbeat, Silence};

/// What `systemctl status` says while all is well; an update is healthy once it reads this.
const SERVING: &str = "serving: screen, store, printers and clock answer";
/// How soon the feeder notices that everything ends.
const NOTICE: Duration = Duration::from_millis(200);

/// What a look at the pulses came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fed {
    /// Whether the watchdog is fed.
    pub feed: bool,
    /// The words for `systemctl status`, if they are others than before.
    pub status: Option<String>,
}

/// Looks at the pulses, and tells systemd.
pub struct Feeder {
    heart: Heartbeat,
    silent: Vec<String>,
    status: String,
}

impl Feeder {
    /// The feeder of a heart.
    pub fn new(heart: Heartbeat) -> Self {
        Self { heart, silent: Vec::new(), status: String::new() }
    }

    /// Looks once. Who falls silent, and who is back, is logged once.
    pub fn look(&mut self) -> Fed {
        let silent = self.heart.silent();
        for Silence { name, since } in &silent {
            if !self.silent.contains(name) {
                let seconds = since.as_secs();
                tracing::error!(
                    part = name,
                    seconds,
                    "a part does not answer any more; if it stays silent, the program is restarted"
                );
            }
        }
        for name in &self.silent {
            if !silent.iter().any(|s| s.name == *name) {
                tracing::info!(part = name, "a part answers again");
            }
        }
        let names: Vec<String> = silent.into_iter().map(|s| s.name).collect();
        let status = if names.is_empty() {
            SERVING.to_owned()
        } else {
            format!("no answer from: {}", names.join(", "))
        };
        let changed = status != self.status;
        if changed {
            self.status.clone_from(&status);
        }
        let feed = names.is_empty();
        self.silent = names;
        Fed { feed, status: changed.then_some(status) }
    }

    /// Feeds four times within the watchdog's time, until everything ends. A program whose thread
    /// has `fallen` is fed no more.
    pub fn run(mut self, stopping: &AtomicBool, fallen: &AtomicBool) {
        let every = self.heart.watchdog() / 4;
        while !stopping.load(Ordering::Relaxed) && !fallen.load(Ordering::Relaxed) {
            tell(&self.look());
            let fed = Instant::now();
            while fed.elapsed() < every && !stopping.load(Ordering::Relaxed) {
                std::thread::sleep(NOTICE.min(every));
            }
        }
        // That a thread fell ends the program; this one does not end before it does.
        while !stopping.load(Ordering::Relaxed) {
            std::thread::sleep(NOTICE);
        }
    }
}

/// Without systemd there is nobody to tell.
fn tell(fed: &Fed) {
    use sd_notify::NotifyState::{Status, Watchdog};
    if let Some(status) = &fed.status {
        let _ = sd_notify::notify(&[Status(status)]);
    }
    if fed.feed {
        let _ = sd_notify::notify(&[Watchdog]);
    }
}

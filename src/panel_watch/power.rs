//! The power-fail line of a supply with a battery: when it has been on for a while, the kiosk closes.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How the supply is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// There is power.
    Well,
    /// The line is on, perhaps for a moment only.
    Failing {
        /// Since when.
        since: Instant,
    },
    /// It was on for too long: the kiosk closes.
    Gone,
    /// The power came back while the kiosk closed.
    Back,
}

#[derive(Debug)]
struct State {
    supply: Supply,
    closed: bool,
}

/// The supply, as the panel sees it and the program acts on it; cheap to clone.
#[derive(Debug, Clone)]
pub struct Power {
    state: Arc<Mutex<State>>,
    patience: Duration,
}

impl Power {
    /// A supply that may fail for so long before anything is done.
    pub fn new(patience: Duration) -> Self {
        let state = State { supply: Supply::Well, closed: false };
        Self { state: Arc::new(Mutex::new(state)), patience }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows the line; `Some(true)` says that it went on, `None` that a beat has passed.
    pub(super) fn look(&self, failing: Option<bool>) {
        let mut state = self.state();
        state.supply = match (state.supply, failing) {
            (Supply::Well, Some(true)) => {
                tracing::warn!("the power is failing; the kiosk waits whether it comes back");
                Supply::Failing { since: Instant::now() }
            }
            (Supply::Failing { since }, Some(false)) => {
                let ms = since.elapsed().as_millis();
                tracing::info!(ms, "the power is back; nothing was closed");
                Supply::Well
            }
            (Supply::Failing { since }, _) if since.elapsed() >= self.patience => {
                tracing::error!(
                    "the power is gone; the kiosk closes, what was acknowledged is safe"
                );
                Supply::Gone
            }
            (Supply::Gone, Some(false)) => Supply::Back,
            (Supply::Back, Some(true)) => Supply::Gone,
            (supply, _) => supply,
        };
    }

    /// How it is.
    pub fn supply(&self) -> Supply {
        self.state().supply
    }

    /// Whether the kiosk has to close, or has closed: it can't be taken back.
    pub fn is_gone(&self) -> bool {
        matches!(self.supply(), Supply::Gone | Supply::Back)
    }

    /// Whether everything is closed, and the lamp is to go out.
    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Notes that everything is closed.
    pub fn close(&self) {
        self.state().closed = true;
    }
}

/// Asks for the machine's halt, or takes an old wish back: a file that a unit of the system watches,
/// as the kiosk's own user may not halt anything.
pub fn halt(file: &Path, wanted: bool) -> std::io::Result<()> {
    if wanted {
        return std::fs::write(file, "the power is gone\n");
    }
    match std::fs::remove_file(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_failure_closes_nothing_and_a_long_one_is_not_taken_back() {
        let power = Power::new(Duration::from_hours(1));
        power.look(Some(true));
        power.look(None);
        assert!(matches!(power.supply(), Supply::Failing { .. }) && !power.is_gone());
        power.look(Some(false));
        assert_eq!(power.supply(), Supply::Well);

        let power = Power::new(Duration::ZERO);
        power.look(Some(true));
        power.look(None);
        assert_eq!(power.supply(), Supply::Gone);
        power.look(Some(false));
        assert!(power.supply() == Supply::Back && power.is_gone());
    }
}

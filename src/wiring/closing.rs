//! The end without power: everything is closed, the machine is asked to halt, and nothing starts again
//! on a battery that runs out.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::Machine;
use crate::panel_watch::{self, Power, Supply};
use crate::store::Store;
use crate::supervise::Supervisor;

/// How often it is looked whether the end has come, and systemd told that somebody is there.
const BEAT: Duration = Duration::from_millis(200);
/// The lamp follows within its own beat.
const LAMP: Duration = Duration::from_secs(1);
/// A machine that is on for so long after the power went has not been halted.
const STILL_ON: Duration = Duration::from_mins(10);

/// A clubhouse whose parts have ended, all but the panel.
pub struct Closing {
    store: Store,
    panel: Supervisor,
    power: Power,
    halt: Option<PathBuf>,
    patience: Duration,
    still_on: Duration,
}

/// How the wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The program was told to end, as it is when the machine halts.
    Told,
    /// The power is back, and no halt was asked for.
    PowerBack,
    /// The machine is still on, long after its power went.
    StillOn,
}

impl Closing {
    pub(super) fn of(machine: Machine) -> Self {
        let settings = &machine.house.settings.panel;
        Self {
            halt: settings.halt_file().map(std::path::Path::to_owned),
            patience: settings.power_patience(),
            store: machine.house.store.clone(),
            panel: machine.panel_thread,
            power: machine.power,
            still_on: STILL_ON,
        }
    }

    /// Waits less long for a machine that is not switched off.
    #[must_use]
    pub fn waiting(self, still_on: Duration) -> Self {
        Self { still_on, ..self }
    }

    /// Closes the database, turns the lamp off, asks for the halt, and waits for the end. The panel is
    /// dark and free when this returns.
    pub fn finish(self, told: &AtomicBool) -> Ended {
        match self.store.settle() {
            Ok(()) => tracing::info!("the database is closed"),
            Err(error) => {
                tracing::error!(%error, "the database's log stays beside it; what was acknowledged is safe");
            }
        }
        drop(self.store);
        self.power.close();
        let closed_at = Instant::now();
        let mut asked = false;
        let mut back_since = None;
        let ended = loop {
            // Without systemd there is nobody to tell.
            let _ = sd_notify::notify(&[sd_notify::NotifyState::Watchdog]);
            if told.load(Ordering::Relaxed) {
                break Ended::Told;
            }
            let dark = closed_at.elapsed() >= LAMP;
            if let Some(file) = self.halt.as_deref().filter(|_| dark && !asked) {
                asked = true;
                match panel_watch::halt(file, true) {
                    Ok(()) => {
                        tracing::info!(file = %file.display(), "the machine is asked to halt");
                    }
                    Err(error) => {
                        tracing::error!(%error, file = %file.display(), "the machine can't be asked to halt; switch it off by hand");
                    }
                }
            }
            // A halt that was asked for can't be taken back.
            let is_back = self.power.supply() == Supply::Back && self.halt.is_none();
            let since = *back_since.get_or_insert_with(Instant::now);
            if !is_back {
                back_since = None;
            } else if since.elapsed() >= self.patience {
                break Ended::PowerBack;
            }
            if closed_at.elapsed() >= self.still_on {
                break Ended::StillOn;
            }
            std::thread::sleep(BEAT);
        };
        self.panel.stop();
        ended
    }
}

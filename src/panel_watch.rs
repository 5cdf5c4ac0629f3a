//! The lamp says how things stand, the buzzer calls; buttons come in.

use clubhouse_hardware::panel::{Lamp, LampColour, Panel, PanelEvent, PanelEvents};
use clubhouse_hardware::printer::Status;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;
use tokio::sync::watch;

use crate::printing::Board;

/// How often the lamp follows the printers.
const BEAT: Duration = Duration::from_millis(300);
/// The buzz of a call for help.
const CALL: Duration = Duration::from_millis(600);
/// The buzz of a door that did not open.
const NO_ANSWER: Duration = Duration::from_millis(300);

/// Calls the staff from any thread.
#[derive(Clone)]
pub struct Alarm {
    calls: SyncSender<Duration>,
}

impl Alarm {
    /// Makes the alarm and the end that the panel listens at.
    pub fn new() -> (Self, Receiver<Duration>) {
        let (calls, heard) = sync_channel(8);
        (Self { calls }, heard)
    }

    /// Somebody at the screen needs a person.
    pub fn call_help(&self) {
        tracing::info!("help was called");
        // A full channel is buzzing already.
        let _ = self.calls.try_send(CALL);
    }

    /// A volunteer came back from a door that did not open.
    pub fn no_answer(&self) {
        let _ = self.calls.try_send(NO_ANSWER);
    }
}

/// Who is near the screen: told by the panel's sensor, waited for by the window.
///
/// Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Arrivals {
    bell: Arc<tokio::sync::Notify>,
    there: Arc<watch::Sender<Option<bool>>>,
}

impl Default for Arrivals {
    fn default() -> Self {
        Self { bell: Arc::default(), there: Arc::new(watch::channel(None).0) }
    }
}

impl Arrivals {
    /// Somebody is there now.
    pub fn ring(&self) {
        self.there.send_replace(Some(true));
        self.bell.notify_one();
    }

    /// Nobody is there any more.
    pub fn left(&self) {
        self.there.send_replace(Some(false));
    }

    /// Waits for the next one; one that rang while nobody waited counts.
    pub async fn next(&self) {
        self.bell.notified().await;
    }

    /// Whether somebody is there, as the sensor last said; `None` until it has said anything, as
    /// in a house without one. The receiver can be looked at and waited on.
    pub fn somebody_there(&self) -> watch::Receiver<Option<bool>> {
        self.there.subscribe()
    }
}

/// What the panel's watch tells, and whom.
pub struct Told {
    /// Calls for help.
    pub alarm: Alarm,
    /// Somebody came near.
    pub arrivals: Arrivals,
}

/// Follows the printers and passes on calls until told to stop.
pub fn watch(
    mut panel: impl Panel,
    events: &PanelEvents,
    calls: &Receiver<Duration>,
    told: &Told,
    board: &Board,
    stopping: &AtomicBool,
) {
    let mut shown = None;
    while !stopping.load(Ordering::Relaxed) {
        let lamp = lamp_for(board.worst(), board.doubtful());
        if shown != Some(lamp) {
            match panel.set_lamp(lamp) {
                Ok(()) => shown = Some(lamp),
                Err(error) => tracing::warn!(%error, "the lamp can't be set"),
            }
        }
        while let Ok(event) = events.try_recv() {
            match event {
                PanelEvent::HelpPressed => told.alarm.call_help(),
                PanelEvent::Presence(true) => told.arrivals.ring(),
                PanelEvent::PowerFailing => tracing::warn!("the power is failing"),
                PanelEvent::Presence(false) => told.arrivals.left(),
                PanelEvent::ReadyKey => {}
            }
        }
        if let Ok(buzz) = calls.recv_timeout(BEAT)
            && let Err(error) = panel.buzz(buzz)
        {
            tracing::warn!(%error, "the buzzer can't be sounded");
        }
    }
}

/// Green: all is well. Amber: a person is needed soon. Red: now.
fn lamp_for(worst: Status, doubtful: u32) -> Lamp {
    match worst {
        Status::Ready if doubtful > 0 => Lamp::blinking(LampColour::Amber),
        Status::Ready => Lamp::steady(LampColour::Green),
        Status::PaperLow => Lamp::steady(LampColour::Amber),
        _ => Lamp::blinking(LampColour::Red),
    }
}

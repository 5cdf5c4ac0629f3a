//! The lamp says how things stand, the buzzer calls; buttons come in (`docs/panel.md`).
//!
//! Two threads: [`watch`] has the panel and waits for nothing else, [`Follower`] reads the database
//! for it. A panel that fails keeps no lunch from being ordered: it is opened again until it works.

mod alarm;
mod arrivals;
mod follower;
mod lamp;
mod opening;
mod power;

pub use alarm::{Alarm, Calls, Sound};
pub use arrivals::Arrivals;
pub use follower::Follower;
pub use lamp::{Needs, lamp_for};
pub use opening::{Opened, open};
pub use power::{Power, Supply, halt};

use clubhouse_hardware::panel::{Lamp, Panel, PanelError, PanelEvent};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::house::House;
use crate::printing::Board;

/// How often the lamp follows what it is about.
const BEAT: Duration = Duration::from_millis(300);

/// What the panel's watch works with.
pub struct Watched {
    /// The house: its time says whether it is quiet hours.
    pub house: House,
    /// How the printers are.
    pub board: Board,
    /// What else needs somebody, and the way to the database for the help button.
    pub follower: Follower,
    /// Calls for the buzzer.
    pub calls: Calls,
    /// The other end of them.
    pub alarm: Alarm,
    /// Who is near the screen.
    pub arrivals: Arrivals,
    /// How the supply is.
    pub power: Power,
    /// How soon a panel that failed is opened again.
    pub retry: Duration,
}

/// Opens the panel, as often as it is needed.
pub type Opener = Box<dyn FnMut() -> Result<Opened, PanelError> + Send>;

/// Follows the house and passes on calls until told to stop; the lamp is dark afterwards.
pub fn watch(mut open: Opener, mut watched: Watched, stopping: &AtomicBool) {
    let mut held: Option<Held> = None;
    let mut next_try = Instant::now();
    let mut said = None;
    while !stopping.load(Ordering::Relaxed) {
        if held.is_none() && next_try <= Instant::now() {
            match open() {
                Ok((panel, events)) => {
                    if said.take().is_some() {
                        tracing::info!("lamp, buzzer and buttons work again");
                    }
                    held = Some(Held { panel, events, shown: None });
                }
                Err(error) => {
                    // The same words every few seconds would wear the journal out.
                    if said.as_ref() != Some(&error) {
                        tracing::error!(%error, "lamp, buzzer and buttons do not work; they are tried again and again");
                    }
                    said = Some(error);
                    next_try = Instant::now() + watched.retry;
                }
            }
        }
        let Some(panel) = &mut held else {
            // What is called meanwhile is not heard later.
            let _ = watched.calls.next(BEAT);
            watched.power.look(None);
            continue;
        };
        if let Err(error) = watched.beat(panel) {
            tracing::error!(%error, "lamp, buzzer and buttons do not work any more");
            said = Some(error);
            held = None;
            watched.arrivals.unknown();
            next_try = Instant::now() + watched.retry;
        }
    }
    if let Some(mut held) = held {
        // The board may be gone; then the lamp is dark already.
        let _ = held.panel.set_lamp(Lamp::default());
    }
}

/// An open panel and what its lamp shows.
struct Held {
    panel: Box<dyn Panel>,
    events: clubhouse_hardware::panel::PanelEvents,
    shown: Option<Lamp>,
}

impl Watched {
    /// Reads the inputs, sets the lamp, and plays what is called within a beat.
    fn beat(&mut self, held: &mut Held) -> Result<(), PanelError> {
        held.panel.check()?;
        while let Ok(event) = held.events.try_recv() {
            self.pressed(event);
        }
        self.power.look(None);
        let closed = self.power.is_closed();
        let lamp = if closed {
            Lamp::default()
        } else {
            lamp_for(self.board.worst(), self.board.doubtful(), self.follower.needs())
        };
        if held.shown != Some(lamp) {
            held.panel.set_lamp(lamp)?;
            held.shown = Some(lamp);
        }
        if let Some(sound) = self.calls.next(BEAT)
            && !closed
            && self.may_sound(sound)
        {
            held.panel.buzz(sound.pattern())?;
        }
        Ok(())
    }

    fn pressed(&mut self, event: PanelEvent) {
        match event {
            // The same as the screen's own key: the buzzer at once, the desk's pages from the database.
            PanelEvent::HelpPressed => {
                self.alarm.call_help();
                self.follower.call_help();
            }
            PanelEvent::Presence(true) => self.arrivals.ring(),
            PanelEvent::Presence(false) => self.arrivals.left(),
            PanelEvent::PowerFailing => self.power.look(Some(true)),
            PanelEvent::PowerBack => self.power.look(Some(false)),
            PanelEvent::ReadyKey => {}
        }
    }

    /// A call for help is heard at any hour.
    fn may_sound(&self, sound: Sound) -> bool {
        let settings = &self.house.settings;
        let local = settings.calendar().local(self.house.clock.now());
        sound == Sound::Help || !settings.panel.is_quiet(local.time())
    }
}

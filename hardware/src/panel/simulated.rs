//! A panel that exists in this program only.

use super::{EVENT_CAPACITY, LONGEST_BUZZ, Lamp, Panel, PanelError, PanelEvent, PanelEvents};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

#[derive(Debug, Default)]
struct State {
    lamp: Lamp,
    buzzes: u64,
    buzzed: Duration,
    version: u64,
    broken: bool,
}

/// A panel whose buttons are pressed and whose lamp is seen by other parts of the program.
///
/// The handle is cheap to clone; all clones are the same panel.
#[derive(Debug, Clone)]
pub struct SimulatedPanel {
    state: Arc<Mutex<State>>,
    events: SyncSender<PanelEvent>,
}

impl SimulatedPanel {
    /// A panel with its lamp off, and the channel its buttons are read from.
    pub fn new() -> (Self, PanelEvents) {
        let (events, reader) = sync_channel(EVENT_CAPACITY);
        (Self { state: Arc::default(), events }, reader)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something at the panel; `false` if the event was dropped because nobody reads them.
    pub fn press(&self, event: PanelEvent) -> bool {
        self.events.try_send(event).is_ok()
    }

    /// What the lamp shows.
    pub fn lamp(&self) -> Lamp {
        self.state().lamp
    }

    /// How often the buzzer has sounded.
    pub fn buzzes(&self) -> u64 {
        self.state().buzzes
    }

    /// How long the buzzer has sounded in all.
    pub fn buzzed_for(&self) -> Duration {
        self.state().buzzed
    }

    /// Counts up with each change of lamp or buzzer.
    pub fn version(&self) -> u64 {
        self.state().version
    }

    /// Lets every output fail from now on, or work again.
    pub fn set_broken(&self, broken: bool) {
        self.state().broken = broken;
    }

    fn change(&self, how: impl FnOnce(&mut State)) -> Result<(), PanelError> {
        let mut state = self.state();
        if state.broken {
            return Err(PanelError::Gone);
        }
        how(&mut state);
        state.version += 1;
        Ok(())
    }
}

impl Panel for SimulatedPanel {
    fn set_lamp(&mut self, lamp: Lamp) -> Result<(), PanelError> {
        if self.lamp() == lamp { Ok(()) } else { self.change(|state| state.lamp = lamp) }
    }

    fn buzz(&mut self, length: Duration) -> Result<(), PanelError> {
        self.change(|state| {
            state.buzzes += 1;
            state.buzzed += length.min(LONGEST_BUZZ);
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::panel::LampColour;

    #[test]
    fn a_press_arrives_and_the_lamp_is_seen() {
        let (mut panel, events) = SimulatedPanel::new();
        let dock = panel.clone();
        assert!(dock.press(PanelEvent::HelpPressed));
        assert_eq!(events.try_recv().unwrap(), PanelEvent::HelpPressed);
        panel.set_lamp(Lamp::blinking(LampColour::Red)).unwrap();
        panel.buzz(Duration::from_mins(1)).unwrap();
        assert_eq!(dock.lamp().to_string(), "red, blinking");
        assert_eq!((dock.buzzes(), dock.buzzed_for()), (1, LONGEST_BUZZ));
    }

    #[test]
    fn nobody_reading_fills_no_memory() {
        let (panel, _events) = SimulatedPanel::new();
        let taken = (0..1000).filter(|_| panel.press(PanelEvent::ReadyKey)).count();
        assert_eq!(taken, EVENT_CAPACITY);
    }

    #[test]
    fn a_broken_panel_says_so() {
        let (mut panel, _events) = SimulatedPanel::new();
        panel.set_broken(true);
        assert_eq!(panel.set_lamp(Lamp::steady(LampColour::Green)), Err(PanelError::Gone));
    }
}

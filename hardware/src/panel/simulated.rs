//! A panel that exists in this program only.

use super::{Buzz, EVENT_CAPACITY, Lamp, Panel, PanelError, PanelEvent, PanelEvents};
use std::collections::VecDeque;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Patterns that are remembered.
const HEARD: usize = 64;

#[derive(Debug, Default)]
struct State {
    lamp: Lamp,
    buzzes: u64,
    buzzed: Duration,
    heard: VecDeque<Buzz>,
    version: u64,
    broken: bool,
}

/// A panel whose buttons are pressed and whose lamp is seen by other parts of the program.
///
/// The handle is cheap to clone; all clones are the same panel.
#[derive(Debug, Clone)]
pub struct SimulatedPanel {
    state: Arc<Mutex<State>>,
    events: Arc<Mutex<SyncSender<PanelEvent>>>,
}

impl SimulatedPanel {
    /// A panel with its lamp off, and the channel its buttons are read from.
    pub fn new() -> (Self, PanelEvents) {
        let (events, reader) = sync_channel(EVENT_CAPACITY);
        (Self { state: Arc::default(), events: Arc::new(Mutex::new(events)) }, reader)
    }

    /// Opens it anew, as a board is that was pulled and plugged in again.
    pub fn reopen(&self) -> Result<PanelEvents, PanelError> {
        if self.state().broken {
            return Err(PanelError::Gone);
        }
        let (events, reader) = sync_channel(EVENT_CAPACITY);
        *self.events.lock().unwrap_or_else(PoisonError::into_inner) = events;
        Ok(reader)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something at the panel; `false` if the event was dropped because nobody reads them.
    pub fn press(&self, event: PanelEvent) -> bool {
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        events.try_send(event).is_ok()
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

    /// The last 64 patterns that the buzzer was given, the oldest first.
    pub fn heard(&self) -> Vec<Buzz> {
        self.state().heard.iter().copied().collect()
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

    fn buzz(&mut self, buzz: Buzz) -> Result<(), PanelError> {
        let buzz = buzz.bounded();
        self.change(|state| {
            state.buzzes += 1;
            state.buzzed += buzz.sounding();
            if state.heard.len() == HEARD {
                state.heard.pop_front();
            }
            state.heard.push_back(buzz);
        })
    }

    fn check(&mut self) -> Result<(), PanelError> {
        if self.state().broken { Err(PanelError::Gone) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::panel::{LONGEST_BUZZ, LampColour};

    #[test]
    fn a_press_arrives_and_the_lamp_is_seen() {
        let (mut panel, events) = SimulatedPanel::new();
        let dock = panel.clone();
        assert!(dock.press(PanelEvent::HelpPressed));
        assert_eq!(events.try_recv().unwrap(), PanelEvent::HelpPressed);
        panel.set_lamp(Lamp::blinking(LampColour::Red)).unwrap();
        panel.buzz(Buzz::once(Duration::from_mins(1))).unwrap();
        assert_eq!(dock.lamp().to_string(), "red, blinking");
        assert_eq!((dock.buzzes(), dock.buzzed_for()), (1, LONGEST_BUZZ));
        assert_eq!(dock.heard(), [Buzz::once(LONGEST_BUZZ)]);
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
        assert!(panel.reopen().is_err());
        panel.set_broken(false);
        let events = panel.reopen().unwrap();
        assert!(panel.press(PanelEvent::ReadyKey));
        assert_eq!(events.try_recv(), Ok(PanelEvent::ReadyKey));
    }
}

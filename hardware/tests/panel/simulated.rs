//! The simulated twin on the bench.

use crate::bench::{Bench, Input};
use clubhouse_hardware::panel::{Lamp, Panel, PanelEvent, PanelEvents, SimulatedPanel};
use std::cell::RefCell;

pub struct Twin {
    panel: SimulatedPanel,
    events: RefCell<Option<PanelEvents>>,
}

impl Twin {
    pub fn new() -> Self {
        let (panel, events) = SimulatedPanel::new();
        Self { panel, events: RefCell::new(Some(events)) }
    }
}

impl Bench for Twin {
    fn open(&self) -> (Box<dyn Panel>, PanelEvents) {
        (Box::new(self.panel.clone()), self.events.take().unwrap())
    }

    fn put(&self, input: Input, on: bool) {
        let event = match (input, on) {
            (Input::Help, true) => PanelEvent::HelpPressed,
            (Input::Ready, true) => PanelEvent::ReadyKey,
            (Input::Help | Input::Ready, false) => return,
            (Input::Presence, on) => PanelEvent::Presence(on),
            (Input::PowerFail, true) => PanelEvent::PowerFailing,
            (Input::PowerFail, false) => PanelEvent::PowerBack,
        };
        assert!(self.panel.press(event));
    }

    fn shows(&self, lamp: Lamp) -> bool {
        self.panel.lamp() == lamp
    }

    fn sounds(&self, play: &mut dyn FnMut()) -> u32 {
        let count = || self.panel.heard().iter().map(|buzz| u32::from(buzz.times)).sum::<u32>();
        let before = count();
        play();
        count() - before
    }

    fn break_it(&self) {
        self.panel.set_broken(true);
    }
}

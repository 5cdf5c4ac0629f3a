//! What a change of an input means, and how it is told.

use super::pins::{InputPin, Pins};
use super::{EVENT_CAPACITY, PanelEvent};
use std::sync::mpsc::SyncSender;
use std::time::Duration;

/// A contact bounces for a few milliseconds; a finger stays for at least fifty.
pub(super) const DEBOUNCE: Duration = Duration::from_millis(20);

/// A wired input: its pin, and what a change of it means.
#[derive(Clone, Copy)]
pub(super) struct Wired {
    /// The pin.
    pub(super) input: InputPin,
    meaning: fn(bool) -> Option<PanelEvent>,
    /// Whether it is told at the start that nothing is on, too.
    told_off: bool,
}

/// Every wired input.
pub(super) fn wired(pins: &Pins) -> Vec<Wired> {
    type Meaning = fn(bool) -> Option<PanelEvent>;
    let all: [(Option<InputPin>, bool, Meaning); 4] = [
        (pins.help, false, |on| on.then_some(PanelEvent::HelpPressed)),
        (pins.presence, true, |on| Some(PanelEvent::Presence(on))),
        (pins.ready, false, |on| on.then_some(PanelEvent::ReadyKey)),
        (pins.power_fail, false, |on| {
            Some(if on { PanelEvent::PowerFailing } else { PanelEvent::PowerBack })
        }),
    ];
    let wired = |(input, told_off, meaning): (Option<_>, _, _)| {
        Some(Wired { input: input?, meaning, told_off })
    };
    all.into_iter().filter_map(wired).collect()
}

/// Tells what an input does.
#[derive(Clone)]
pub(super) struct Teller {
    wired: Wired,
    sender: SyncSender<PanelEvent>,
}

impl Teller {
    pub(super) fn new(wired: Wired, sender: SyncSender<PanelEvent>) -> Self {
        Self { wired, sender }
    }

    /// Tells how the input is when the program starts, which makes no edge. That nobody is there
    /// is told as well: so it is known that there is a sensor.
    pub(super) fn found(&self, on: bool) {
        if on || self.wired.told_off {
            self.changed(on);
        }
    }

    /// Tells a change; `true` is pressed, present or failing.
    pub(super) fn changed(&self, on: bool) {
        if let Some(event) = (self.wired.meaning)(on)
            && self.sender.try_send(event).is_err()
        {
            tracing::warn!(
                ?event,
                "a panel event was dropped: nobody has read the last {EVENT_CAPACITY}"
            );
        }
    }
}

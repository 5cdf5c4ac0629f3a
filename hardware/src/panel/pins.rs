//! Which pin is what, checked before any is touched.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A pin by its BCM number (GPIO 2 to 27 are on the header).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PinNumber(pub u8);

/// The level at which something is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActiveLevel {
    /// On at 3.3 V.
    High,
    /// On at 0 V.
    Low,
}

/// The resistor that holds an input while nothing drives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pull {
    /// No resistor: the sensor drives both levels.
    #[default]
    None,
    /// To 3.3 V, for a button to ground.
    Up,
    /// To ground, for a button to 3.3 V.
    Down,
}

/// A pin that switches something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputPin {
    /// The pin.
    pub pin: PinNumber,
    /// The level at which the thing is on.
    pub active: ActiveLevel,
}

/// A pin that something is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputPin {
    /// The pin.
    pub pin: PinNumber,
    /// The level that means pressed or present.
    pub active: ActiveLevel,
    /// The resistor that holds it.
    #[serde(default)]
    pub pull: Pull,
}

/// All pins of a panel; what is not wired is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pins {
    /// Green lamp.
    pub lamp_green: Option<OutputPin>,
    /// Amber lamp; without it green and red together are amber.
    pub lamp_amber: Option<OutputPin>,
    /// Red lamp.
    pub lamp_red: Option<OutputPin>,
    /// Buzzer.
    pub buzzer: Option<OutputPin>,
    /// Help button.
    pub help: Option<InputPin>,
    /// Presence sensor.
    pub presence: Option<InputPin>,
    /// The kitchen's *ready* key.
    pub ready: Option<InputPin>,
    /// Power-fail line of a supply with a battery.
    pub power_fail: Option<InputPin>,
}

/// Why pins do not go together.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum PinError {
    /// Two things on one pin.
    #[error("{first} and {second} are both on pin {pin}: each needs a pin of its own")]
    Clash {
        /// The pin's BCM number.
        pin: u8,
        /// The thing named first.
        first: &'static str,
        /// The other one.
        second: &'static str,
    },
    /// Not on the header.
    #[error("{name} is on pin {pin}, which the header does not have: GPIO 2 to 27 can be used")]
    NotOnHeader {
        /// The thing.
        name: &'static str,
        /// The pin's BCM number.
        pin: u8,
    },
    /// The resistor holds the input where it counts as pressed.
    #[error(
        "{name} is active at the very level its resistor holds it at: it would be pressed for ever"
    )]
    PulledActive {
        /// The thing.
        name: &'static str,
    },
}

impl Pins {
    /// Every wired output with its name.
    pub fn outputs(&self) -> impl Iterator<Item = (&'static str, OutputPin)> {
        [
            ("lamp_green", self.lamp_green),
            ("lamp_amber", self.lamp_amber),
            ("lamp_red", self.lamp_red),
            ("buzzer", self.buzzer),
        ]
        .into_iter()
        .filter_map(|(name, pin)| Some((name, pin?)))
    }

    /// Every wired input with its name.
    pub fn inputs(&self) -> impl Iterator<Item = (&'static str, InputPin)> {
        [
            ("help", self.help),
            ("presence", self.presence),
            ("ready", self.ready),
            ("power_fail", self.power_fail),
        ]
        .into_iter()
        .filter_map(|(name, pin)| Some((name, pin?)))
    }

    /// Checks that each pin is on the header, is used once and is not held pressed.
    pub fn check(&self) -> Result<(), PinError> {
        let outputs = self.outputs().map(|(name, output)| (name, output.pin.0));
        let inputs = self.inputs().map(|(name, input)| (name, input.pin.0));
        let all: Vec<_> = outputs.chain(inputs).collect();
        for (index, &(name, pin)) in all.iter().enumerate() {
            if !(2..=27).contains(&pin) {
                return Err(PinError::NotOnHeader { name, pin });
            }
            if let Some(&(first, _)) = all[..index].iter().find(|(_, other)| *other == pin) {
                return Err(PinError::Clash { pin, first, second: name });
            }
        }
        for (name, input) in self.inputs() {
            if matches!(
                (input.pull, input.active),
                (Pull::Up, ActiveLevel::High) | (Pull::Down, ActiveLevel::Low)
            ) {
                return Err(PinError::PulledActive { name });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(pin: u8) -> OutputPin {
        OutputPin { pin: PinNumber(pin), active: ActiveLevel::High }
    }

    fn input(pin: u8, active: ActiveLevel, pull: Pull) -> InputPin {
        InputPin { pin: PinNumber(pin), active, pull }
    }

    #[test]
    fn a_sound_wiring_passes() {
        let pins = Pins {
            lamp_green: Some(output(17)),
            lamp_red: Some(output(27)),
            help: Some(input(5, ActiveLevel::Low, Pull::Up)),
            ..Pins::default()
        };
        assert_eq!(pins.check(), Ok(()));
        assert_eq!(Pins::default().check(), Ok(()));
    }

    #[test]
    fn a_clash_is_named() {
        let pins = Pins {
            buzzer: Some(output(5)),
            help: Some(input(5, ActiveLevel::Low, Pull::Up)),
            ..Pins::default()
        };
        assert_eq!(pins.check(), Err(PinError::Clash { pin: 5, first: "buzzer", second: "help" }));
    }

    #[test]
    fn a_pin_off_the_header_is_named() {
        let pins = Pins { buzzer: Some(output(28)), ..Pins::default() };
        assert_eq!(pins.check(), Err(PinError::NotOnHeader { name: "buzzer", pin: 28 }));
    }

    #[test]
    fn a_button_that_is_always_pressed_is_named() {
        let pins = Pins { ready: Some(input(6, ActiveLevel::High, Pull::Up)), ..Pins::default() };
        assert_eq!(pins.check(), Err(PinError::PulledActive { name: "ready" }));
    }
}

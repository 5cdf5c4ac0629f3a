//! Which pin is what, checked before any is touched.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;
use thiserror::Error;

/// The most lines that a chip is believed to have; the largest known ones have a few hundred.
const MOST_LINES: u16 = 1024;

/// A pin: on the header its BCM number (2 to 27), on a chip the number of its line, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PinNumber(pub u16);

/// Where pins are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On the Raspberry Pi's header.
    Header,
    /// On a chip of lines, such as `/dev/gpiochip0`.
    Chip(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header => f.write_str("the header"),
            Self::Chip(path) => path.display().fmt(f),
        }
    }
}

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
    #[error("{first} and {second} are both on pin {pin} of {place}: each needs a pin of its own")]
    Clash {
        /// The pin.
        pin: u16,
        /// Where it is.
        place: Place,
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
        pin: u16,
    },
    /// More than any chip has.
    #[error(
        "{name} is on pin {pin}: the lines of a chip count from 0, and none has more than 1024"
    )]
    NotOnChip {
        /// The thing.
        name: &'static str,
        /// The pin.
        pin: u16,
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

    /// Every wired thing with its name, outputs first.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, PinNumber)> {
        let outputs = self.outputs().map(|(name, output)| (name, output.pin));
        outputs.chain(self.inputs().map(|(name, input)| (name, input.pin)))
    }

    /// Checks that each pin can be where it should, is used once and is not held pressed.
    pub fn check(&self, place: &Place) -> Result<(), PinError> {
        let all: Vec<_> = self.all().map(|(name, PinNumber(pin))| (name, pin)).collect();
        for (index, &(name, pin)) in all.iter().enumerate() {
            match place {
                Place::Header if !(2..=27).contains(&pin) => {
                    return Err(PinError::NotOnHeader { name, pin });
                }
                Place::Chip(_) if pin >= MOST_LINES => {
                    return Err(PinError::NotOnChip { name, pin });
                }
                _ => {}
            }
            if let Some(&(first, _)) = all[..index].iter().find(|(_, other)| *other == pin) {
                let place = place.clone();
                return Err(PinError::Clash { pin, place, first, second: name });
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

    fn output(pin: u16) -> OutputPin {
        OutputPin { pin: PinNumber(pin), active: ActiveLevel::High }
    }

    fn input(pin: u16, active: ActiveLevel, pull: Pull) -> InputPin {
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
        assert_eq!(pins.check(&Place::Header), Ok(()));
        assert_eq!(Pins::default().check(&Place::Header), Ok(()));
    }

    #[test]
    fn a_clash_is_named() {
        let pins = Pins {
            buzzer: Some(output(5)),
            help: Some(input(5, ActiveLevel::Low, Pull::Up)),
            ..Pins::default()
        };
        let chip = Place::Chip("/dev/gpiochip2".into());
        for place in [Place::Header, chip] {
            let error = pins.check(&place).err();
            let said = error.as_ref().map(ToString::to_string).unwrap_or_default();
            assert!(said.contains(&format!("pin 5 of {place}")), "{said}");
            let clash = PinError::Clash { pin: 5, place, first: "buzzer", second: "help" };
            assert_eq!(error, Some(clash));
        }
    }

    #[test]
    fn a_pin_off_the_header_is_named() {
        let pins = Pins { buzzer: Some(output(28)), ..Pins::default() };
        assert_eq!(
            pins.check(&Place::Header),
            Err(PinError::NotOnHeader { name: "buzzer", pin: 28 })
        );
        let chip = Place::Chip("/dev/gpiochip0".into());
        assert_eq!(pins.check(&chip), Ok(()));
        let pins = Pins { buzzer: Some(output(1024)), ..Pins::default() };
        assert_eq!(pins.check(&chip), Err(PinError::NotOnChip { name: "buzzer", pin: 1024 }));
    }

    #[test]
    fn a_button_that_is_always_pressed_is_named() {
        let pins = Pins { ready: Some(input(6, ActiveLevel::High, Pull::Up)), ..Pins::default() };
        assert_eq!(pins.check(&Place::Header), Err(PinError::PulledActive { name: "ready" }));
    }
}

//! `[panel]`: lamp, buzzer and buttons.

use serde::Deserialize;

use super::values;
use clubhouse_hardware::panel::{ActiveLevel, InputPin, OutputPin, PinNumber, Pins, Pull};

/// Lamp, buzzer and buttons.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Panel {
    /// `simulated`, `rppal` (Raspberry Pi header) or `none`.
    #[serde(deserialize_with = "values::backend")]
    pub backend: String,
    /// What is wired to which GPIO.
    pub pins: Pins,
}

impl Default for Panel {
    fn default() -> Self {
        let output = |pin| Some(OutputPin { pin: PinNumber(pin), active: ActiveLevel::High });
        let input = |pin, active, pull| Some(InputPin { pin: PinNumber(pin), active, pull });
        Self {
            backend: "simulated".into(),
            pins: Pins {
                lamp_green: output(27),
                lamp_red: output(17),
                buzzer: output(22),
                help: input(5, ActiveLevel::Low, Pull::Up),
                presence: input(6, ActiveLevel::High, Pull::Down),
                ..Pins::default()
            },
        }
    }
}

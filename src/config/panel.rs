//! `[panel]`: lamp, buzzer and buttons.

use jiff::civil::Time;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

use super::{between, values};
use clubhouse_hardware::panel::{ActiveLevel, InputPin, OutputPin, PinNumber, Pins, Place, Pull};

/// Lamp, buzzer and buttons.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Panel {
    /// `simulated`, `rppal` (Raspberry Pi header), `gpiocdev` (any Linux board) or `none`.
    #[serde(deserialize_with = "values::backend")]
    pub backend: String,
    /// The chip whose lines the pins are, for `gpiocdev`.
    pub chip: PathBuf,
    /// Which deliveries the buzzer calls for.
    pub deliveries: Deliveries,
    /// From when the buzzer is silent but for calls for help…
    #[serde(deserialize_with = "values::time")]
    pub quiet_from: Time,
    /// …until when; the same time for no quiet hours.
    #[serde(deserialize_with = "values::time")]
    pub quiet_until: Time,
    /// Seconds after which a call for help is heard again while nobody answers it; 0 for never.
    pub help_repeat_s: u32,
    /// Seconds that the power may fail before the kiosk closes.
    pub power_fail_s: u32,
    /// The file that asks the system for a halt; empty for none.
    pub halt: PathBuf,
    /// What is wired to which GPIO.
    pub pins: Pins,
}

/// Which deliveries for today the buzzer calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deliveries {
    /// Each one.
    All,
    /// Those that come in after the rounds are planned.
    Late,
    /// None.
    None,
}

impl Default for Panel {
    fn default() -> Self {
        let output = |pin| Some(OutputPin { pin: PinNumber(pin), active: ActiveLevel::High });
        let input = |pin, active, pull| Some(InputPin { pin: PinNumber(pin), active, pull });
        Self {
            backend: "simulated".into(),
            chip: "/dev/gpiochip0".into(),
            deliveries: Deliveries::All,
            quiet_from: Time::constant(20, 0, 0, 0),
            quiet_until: Time::constant(7, 0, 0, 0),
            help_repeat_s: 30,
            power_fail_s: 5,
            halt: PathBuf::new(),
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

impl Panel {
    pub(super) fn check(&self) -> Result<(), String> {
        between("panel.help_repeat_s", self.help_repeat_s, 0, 3600)?;
        between("panel.power_fail_s", self.power_fail_s, 0, 600)?;
        if !self.halt.as_os_str().is_empty() && !self.halt.is_absolute() {
            return Err(format!(
                "panel.halt = \"{}\": write the whole path, beginning with /",
                self.halt.display()
            ));
        }
        let place = match self.backend.as_str() {
            "gpiocdev" => Place::Chip(self.chip.clone()),
            _ => Place::Header,
        };
        self.pins.check(&place).map_err(|e| format!("panel.pins: {e}"))
    }

    /// Whether the buzzer is silent at a local time; the hours may go over midnight.
    pub fn is_quiet(&self, at: Time) -> bool {
        if self.quiet_from <= self.quiet_until {
            (self.quiet_from..self.quiet_until).contains(&at)
        } else {
            at >= self.quiet_from || at < self.quiet_until
        }
    }

    /// How long the power may fail before the kiosk closes.
    pub fn power_patience(&self) -> Duration {
        Duration::from_secs(u64::from(self.power_fail_s))
    }

    /// The file that asks for a halt, if the house has one.
    pub fn halt_file(&self) -> Option<&std::path::Path> {
        (!self.halt.as_os_str().is_empty()).then_some(self.halt.as_path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_go_over_midnight_or_not_at_all() {
        let at = |hour| Time::constant(hour, 0, 0, 0);
        let hours = |from, until| Panel {
            quiet_from: at(from),
            quiet_until: at(until),
            ..Panel::default()
        };
        let quiet = |panel: &Panel| (0..24).filter(|hour| panel.is_quiet(at(*hour))).count();
        let night = hours(20, 7);
        assert!(night.is_quiet(at(20)) && night.is_quiet(at(0)) && !night.is_quiet(at(7)));
        assert_eq!((quiet(&night), quiet(&hours(12, 14)), quiet(&hours(9, 9))), (11, 2, 0));
    }
}

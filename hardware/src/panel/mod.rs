//! Lamp, buzzer, buttons and presence sensor beside the screen.
//!
//! Outputs go through the [`Panel`] trait, inputs come out of a bounded channel, so that one
//! thread can wait for a button while another sets the lamp.

mod buzz;
mod chip;
mod inputs;
mod outputs;
mod pins;
mod raspberry;
mod simulated;

pub use buzz::{Buzz, LONGEST_BUZZ};
pub use chip::ChipPanel;
pub use pins::{ActiveLevel, InputPin, OutputPin, PinError, PinNumber, Pins, Place, Pull};
pub use raspberry::RaspberryPanel;
pub use simulated::SimulatedPanel;

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::mpsc::Receiver;
use std::time::Duration;
use thiserror::Error;

/// Inputs that wait to be read; more are dropped, as nobody is reading anyway.
pub const EVENT_CAPACITY: usize = 64;
/// Time of half a blink.
pub const BLINK_HALF: Duration = Duration::from_millis(500);

/// The lamp's colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LampColour {
    /// Dark.
    #[default]
    Off,
    /// All is well.
    Green,
    /// A person is needed soon.
    Amber,
    /// A person is needed now.
    Red,
}

/// What the lamp shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Lamp {
    /// Its colour.
    pub colour: LampColour,
    /// Whether it goes on and off, once a second.
    pub blinking: bool,
}

impl Lamp {
    /// A lamp that shines steadily (or is off).
    pub const fn steady(colour: LampColour) -> Self {
        Self { colour, blinking: false }
    }

    /// A lamp that blinks.
    pub const fn blinking(colour: LampColour) -> Self {
        Self { colour, blinking: true }
    }
}

impl fmt::Display for Lamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colour = match self.colour {
            LampColour::Off => "off",
            LampColour::Green => "green",
            LampColour::Amber => "amber",
            LampColour::Red => "red",
        };
        f.write_str(colour)?;
        if self.blinking { f.write_str(", blinking") } else { Ok(()) }
    }
}

/// Something a person did at the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelEvent {
    /// The help button was pressed.
    HelpPressed,
    /// Somebody came in front of the screen (`true`) or left it.
    Presence(bool),
    /// The kitchen's *ready* key was pressed.
    ReadyKey,
    /// The supply says that the power is going.
    PowerFailing,
    /// The supply says that the power is there again.
    PowerBack,
}

/// The panel's inputs as they happen.
pub type PanelEvents = Receiver<PanelEvent>;

/// Why a panel cannot be used.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum PanelError {
    /// This machine has no header of pins.
    #[error(
        "this machine is no Raspberry Pi that is known here: leave the panel's pins out of the configuration, or use the simulated panel"
    )]
    NoHeader,
    /// The pins do not go together.
    #[error(transparent)]
    Pins(#[from] PinError),
    /// There is no such chip of lines.
    #[error(
        "{path} can't be used for the panel: {reason}. Look at panel.chip and at the plug of the board, if it is one that plugs in"
    )]
    NoChip {
        /// The chip of the settings.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The chip has fewer lines.
    #[error("{name} is on pin {pin}, but {chip} has only the pins 0 to {}", lines.saturating_sub(1))]
    NoSuchLine {
        /// The thing.
        name: &'static str,
        /// Its pin.
        pin: u16,
        /// The chip.
        chip: String,
        /// How many lines it has.
        lines: u32,
    },
    /// Another program, or the kernel, holds the line.
    #[error("{name}: pin {pin} of {chip} is in use by {consumer}; end that, or choose another pin")]
    InUse {
        /// The thing.
        name: &'static str,
        /// Its pin.
        pin: u16,
        /// The chip.
        chip: String,
        /// Who holds it, as the kernel knows it.
        consumer: String,
    },
    /// It worked, and then it did not: a board that was pulled, a driver that ended.
    #[error(
        "the panel's board stopped answering ({0}); look at its plug. Lunch goes on without lamp, buzzer and button"
    )]
    Stopped(String),
    /// The system does not let this program at the pins.
    #[error("this program may not use the pins ({0}): its user has to be in the group gpio")]
    NotPermitted(String),
    /// The panel's thread has gone.
    #[error("the panel does not work any more")]
    Gone,
    /// Anything else the system says.
    #[error("the panel cannot be used: {0}")]
    System(String),
}

/// The outputs of a panel; every call returns at once.
pub trait Panel: Send {
    /// Shows a colour until the next call.
    fn set_lamp(&mut self, lamp: Lamp) -> Result<(), PanelError>;

    /// Plays a pattern on the buzzer, behind the one that sounds; [`LONGEST_BUZZ`] at most.
    fn buzz(&mut self, buzz: Buzz) -> Result<(), PanelError>;

    /// Whether it still works, as far as is known without a new look at its board.
    fn check(&mut self) -> Result<(), PanelError>;
}

impl<P: Panel + ?Sized> Panel for Box<P> {
    fn set_lamp(&mut self, lamp: Lamp) -> Result<(), PanelError> {
        (**self).set_lamp(lamp)
    }

    fn buzz(&mut self, buzz: Buzz) -> Result<(), PanelError> {
        (**self).buzz(buzz)
    }

    fn check(&mut self) -> Result<(), PanelError> {
        (**self).check()
    }
}

//! How a serial line is set: speed and flow control.

use super::TargetError;
use std::fmt;
use std::str::FromStr;

/// The speed of a serial line, one of those that receipt printers can be set to.
///
/// 9600 is the default: every serial receipt printer has it, and the switches of those looked at
/// (Epson TM-T88II and III, Star TSP2000) stand at it when they are new. What a printer is set to
/// stands on its self-test page (feed key held while it is switched on).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Baud(u32);

impl Baud {
    /// The allowed speeds in bits per second.
    pub const ALL: [Self; 8] = [
        Self(1200),
        Self(2400),
        Self(4800),
        Self(9600),
        Self(19_200),
        Self(38_400),
        Self(57_600),
        Self(115_200),
    ];

    /// Bits per second; a byte takes ten of them (8N1).
    pub const fn bits_per_second(self) -> u32 {
        self.0
    }
}

impl Default for Baud {
    fn default() -> Self {
        Self(9600)
    }
}

impl fmt::Display for Baud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Baud {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        Self::ALL
            .into_iter()
            .find(|baud| baud.0.to_string() == text)
            .ok_or_else(|| TargetError::BadBaud(text.to_owned()))
    }
}

/// How the printer on a serial line says that it can take no more.
///
/// XON/XOFF from the printer is obeyed with either. DTR/DSR, which many printers name in their
/// menus, is nothing that the system's serial lines can obey; but a printer set to it moves its
/// RTS along with its DTR, so that with a fully wired (null modem) cable `Hardware` serves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FlowControl {
    /// RTS/CTS, if the line has it.
    #[default]
    Hardware,
    /// XON/XOFF alone: for a cable of three wires, where CTS never comes.
    XonXoff,
}

impl FlowControl {
    /// The word behind the speed, where one is needed.
    pub(super) const XON_XOFF: &'static str = "xonxoff";
}

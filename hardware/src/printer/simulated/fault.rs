//! What can be the matter with the simulated printer.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;
use thiserror::Error;

/// A trouble that lasts until it is cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// No paper: bytes are buffered, nothing is printed.
    PaperOut,
    /// The near-end sensor sees the last of the roll.
    PaperLow,
    /// The cover is open: bytes are buffered, nothing is printed.
    CoverOpen,
    /// Taken offline at its own keys: bytes are buffered, nothing is printed.
    Offline,
    /// The knife is stuck: bytes are buffered, nothing is printed.
    CutterError,
    /// The cable is out: no connection, while the printer goes on with what it has.
    Disconnected,
    /// Switched off: no connection, and what was buffered is lost.
    PoweredOff,
    /// It takes no bytes and answers nothing, though it is connected.
    Stalled,
}

/// A text that names no fault.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("{0:?} names no fault of the simulated printer")]
pub struct UnknownFault(String);

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 8] = [
        Self::PaperOut,
        Self::PaperLow,
        Self::CoverOpen,
        Self::Offline,
        Self::CutterError,
        Self::Disconnected,
        Self::PoweredOff,
        Self::Stalled,
    ];

    /// The fault's name as fault files write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PaperOut => "paper_out",
            Self::PaperLow => "paper_low",
            Self::CoverOpen => "cover_open",
            Self::Offline => "offline",
            Self::CutterError => "cutter_error",
            Self::Disconnected => "disconnected",
            Self::PoweredOff => "powered_off",
            Self::Stalled => "stalled",
        }
    }

    /// Whether the fault ends a connection and lets no new one come about.
    pub(super) const fn cuts_off(self) -> bool {
        matches!(self, Self::Disconnected | Self::PoweredOff)
    }

    /// Whether the mechanism stands still.
    pub(super) const fn stops_printing(self) -> bool {
        !matches!(self, Self::PaperLow | Self::Disconnected | Self::Stalled)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        Self::ALL
            .into_iter()
            .find(|fault| fault.name() == text)
            .ok_or_else(|| UnknownFault(text.to_owned()))
    }
}

/// What is the matter with the simulated printer's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReplyFault {
    /// Each question is answered once and at once.
    #[default]
    None,
    /// No question is answered.
    Missing,
    /// Questions of status are answered, the proof behind a document is not.
    ProofMissing,
    /// Each answer comes twice.
    Doubled,
    /// Each answer comes this much later.
    Late(Duration),
    /// Old answers lie in the line when a connection is made.
    Stale,
    /// Each question brings this many meaningless bytes instead of an answer.
    Rubbish(usize),
}

impl fmt::Display for ReplyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Missing => f.write_str("missing"),
            Self::ProofMissing => f.write_str("proof_missing"),
            Self::Doubled => f.write_str("doubled"),
            Self::Late(delay) => write!(f, "late:{}", delay.as_millis()),
            Self::Stale => f.write_str("stale"),
            Self::Rubbish(count) => write!(f, "rubbish:{count}"),
        }
    }
}

impl FromStr for ReplyFault {
    type Err = UnknownFault;

    /// Reads the words of fault files: `late:` takes milliseconds, `rubbish:` bytes.
    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let unknown = || UnknownFault(text.to_owned());
        match text.split_once(':') {
            None => [Self::None, Self::Missing, Self::ProofMissing, Self::Doubled, Self::Stale]
                .into_iter()
                .find(|fault| fault.to_string() == text)
                .ok_or_else(unknown),
            Some(("late", delay)) => delay
                .parse()
                .map(|delay| Self::Late(Duration::from_millis(delay)))
                .map_err(|_| unknown()),
            Some(("rubbish", count)) => count.parse().map(Self::Rubbish).map_err(|_| unknown()),
            Some(_) => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(fault));
        }
        assert!("burning".parse::<Fault>().is_err());
        for text in
            ["none", "missing", "proof_missing", "doubled", "late:2000", "stale", "rubbish:1000"]
        {
            assert_eq!(text.parse::<ReplyFault>().map(|fault| fault.to_string()), Ok(text.into()));
        }
        for text in ["late", "late:", "late:-1", "rubbish:x", "stale:1", ""] {
            assert!(text.parse::<ReplyFault>().is_err(), "{text}");
        }
    }
}

//! What a model of printer answers.

use super::outcome::{JobOptions, Proof};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What is known of a model of printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// Nearly every printer: `GS r 1` behind a document is answered when it has been processed.
    #[default]
    Generic,
    /// Epson's TM series since TM-T88V and TM-T20II, and what copies them: `GS ( H` answers with
    /// the number of the very document.
    EpsonTm,
    /// Never answers: a USB-to-parallel cable, a printer server, a cheap network card. What is
    /// sent counts as sent, and nobody learns whether it came out.
    WriteOnly,
}

/// A word that names no profile.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("{0:?} is no printer profile; allowed: generic, epson-tm, write-only")]
pub struct UnknownProfile(String);

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Generic, Self::EpsonTm, Self::WriteOnly];

    /// The word in the settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::EpsonTm => "epson-tm",
            Self::WriteOnly => "write-only",
        }
    }

    /// The options that jobs and questions to such a printer go with.
    pub fn options(self) -> JobOptions {
        JobOptions {
            expects_replies: self != Self::WriteOnly,
            proof: match self {
                Self::EpsonTm => Proof::ProcessId,
                Self::Generic | Self::WriteOnly => Proof::PaperSensor,
            },
            ..JobOptions::default()
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(text: &str) -> Result<Self, UnknownProfile> {
        Self::ALL
            .into_iter()
            .find(|profile| profile.name() == text)
            .ok_or_else(|| UnknownProfile(text.to_owned()))
    }
}

//! What a printer says of its own paper.

use crate::domain::ServiceDate;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The first line on a new roll: proof that it prints before the queue goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollLine {
    /// The service date on which it was put in.
    pub date: ServiceDate,
    /// The printer's name in the settings.
    pub printer: String,
    /// When, local.
    pub at: DateTime,
}

/// In the morning: how far the roll will last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperForecast {
    /// The service date.
    pub date: ServiceDate,
    /// The printer's name in the settings.
    pub printer: String,
    /// Papers for which the roll is enough; none if nobody saw it put in.
    pub enough_for: Option<u32>,
    /// Papers that the day will bring.
    pub expected: u32,
    /// When, local.
    pub at: DateTime,
}

impl PaperForecast {
    /// Whether the roll may run out today, or nobody can say.
    pub fn is_short(&self) -> bool {
        // A fifth more, since the longest papers come last.
        self.enough_for.is_some_and(|enough| enough < self.expected + self.expected / 5)
    }
}

//! A resident's card to carry, until a sturdier one is made.

use crate::domain::ServiceDate;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The card on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSlip {
    /// The day.
    pub date: ServiceDate,
    /// When, local.
    pub at: DateTime,
    /// The clubhouse, so that whoever finds it can bring it back.
    pub house: String,
    /// Whose: the surname and a mask.
    pub name: String,
    /// The card's text, `C1.…`.
    pub code: String,
}

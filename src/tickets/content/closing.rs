//! What a day came to.

use crate::domain::{Fen, Fulfilment, ServiceDate};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The tally at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingTally {
    /// The service date.
    pub date: ServiceDate,
    /// When it was closed, local.
    pub closed_at: DateTime,
    /// The highest number given; 0 if there was no order.
    pub last_number: u32,
    /// Numbers below it that no order holds; empty unless something is wrong.
    pub missing: Vec<u32>,
    /// Numbers whose orders were cancelled.
    pub void: Vec<u32>,
    /// Numbers whose tickets were printed again.
    pub reprinted: Vec<u32>,
    /// Portions handed over, by way of eating.
    pub served: Vec<WayCount>,
    /// Portions that came back from a door.
    pub returned: u32,
    /// Portions that nobody collected.
    pub not_collected: u32,
    /// Paid in cash, refunds taken off.
    pub cash: Fen,
    /// Paid from accounts, refunds taken off.
    pub account: Fen,
    /// Paid otherwise, refunds taken off.
    pub other: Fen,
    /// Still to be paid.
    pub due: Fen,
    /// Papers of which nobody knows whether they came out.
    pub uncertain: Vec<UncertainPaper>,
    /// Papers that came out neither in time nor afterwards.
    #[serde(default)]
    pub unprinted: Vec<UncertainPaper>,
}

/// Portions of one way of eating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayCount {
    /// The way.
    pub fulfilment: Fulfilment,
    /// Portions.
    pub portions: u32,
}

/// A paper of which nobody knows whether it came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UncertainPaper {
    /// What it is, in Chinese: `厨房单`.
    pub what: String,
    /// The pick-up number, if it speaks of one order.
    pub number: Option<u32>,
}

impl ClosingTally {
    /// All money that came in.
    pub fn income(&self) -> Fen {
        self.cash + self.account + self.other
    }
}

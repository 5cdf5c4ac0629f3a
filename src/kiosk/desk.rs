//! What the desk's quick actions at the screen ask and hear: one number, its papers, the day's end.

use super::protocol::DoubtfulPaper;
use crate::domain::{Fen, Obstacle, Order, Outcome};

/// One number of today, for staff.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberView {
    /// The order.
    pub order: Order,
    /// What is on record of its door, if anything.
    pub visit: Option<SeenVisit>,
    /// What was to be collected at the door.
    pub at_the_door: Fen,
}

/// What is on record of a door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenVisit {
    /// What happened.
    pub outcome: Outcome,
    /// With whom it was left; empty otherwise.
    pub left_with: String,
    /// Cash taken there.
    pub cash: Fen,
}

/// The papers of one number that can be printed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPapers {
    /// The pick-up number.
    pub number: u32,
    /// The newest paper of each kind.
    pub papers: Vec<DoubtfulPaper>,
}

/// How the end of the day stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayEnd {
    /// Whether the day is closed already.
    pub closed: bool,
    /// What stands in the way.
    pub obstacles: Vec<Obstacle>,
    /// Portions served.
    pub served: u32,
    /// Cash taken, less cash given back.
    pub cash: Fen,
    /// Paid from prepaid accounts.
    pub account: Fen,
    /// Paid in other ways.
    pub other: Fen,
    /// Still owed for meals that were served.
    pub owed: Fen,
    /// Meals at the window that nobody has collected; closing writes them off.
    pub not_collected: u32,
}

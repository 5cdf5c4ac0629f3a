//! What a change of the plan means for a volunteer whose papers are printed already.

use super::RoundSlip;
use crate::domain::{Door, Fen, Portions, RoundChange, ServiceDate};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// What changed against the slip in the volunteer's hand, then the whole round as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundDelta {
    /// The round as it is now; without stops if it is off.
    pub slip: RoundSlip,
    /// Why.
    pub reason: RoundChange,
    /// When, local.
    pub at: Time,
    /// The name and badge on the slip before, if somebody else walks the round now.
    pub before: Option<(String, u32)>,
    /// Doors to add to the bag.
    pub added: Vec<DeltaDoor>,
    /// Doors to take out of the bag.
    pub removed: Vec<DeltaDoor>,
    /// Doors that stay, but for another number of meals or another sum.
    pub altered: Vec<DeltaDoor>,
    /// Whether doors that stay come in another order.
    pub reordered: bool,
    /// Whether doors that stay are reached much earlier or later on the walk.
    #[serde(default)]
    pub retimed: bool,
    /// The round is off.
    pub end: Option<RoundEnd>,
}

/// How a round is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundEnd {
    /// Nobody has left with it.
    Withdrawn,
    /// Its volunteer gave up on the way; what was visited stays visited.
    BrokenOff,
}

/// A door that is added to or taken out of a bag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeltaDoor {
    /// The pick-up number, which is on the bag strip.
    pub number: u32,
    /// The door.
    pub door: Door,
    /// Meals.
    pub meals: u8,
    /// Money to collect; zero if paid.
    pub collect: Fen,
    /// The round it comes from or goes to; none if it is new, or is not delivered any more.
    pub round: Option<u32>,
}

impl RoundDelta {
    /// Whether the paper would say anything that the slip before does not.
    pub fn says_something(&self) -> bool {
        self.end.is_some()
            || self.before.is_some()
            || self.reordered
            || self.retimed
            || !(self.added.is_empty() && self.removed.is_empty() && self.altered.is_empty())
    }
}

/// A bag strip that no longer holds: where its meal goes instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BagVoid {
    /// The service date.
    pub date: ServiceDate,
    /// The pick-up number.
    pub number: u32,
    /// The round on the printed strip.
    pub round: u32,
    /// The door.
    pub door: Door,
    /// Meals.
    pub portions: Portions,
    /// The round that carries it now; none if it is not delivered any more.
    pub to: Option<u32>,
    /// When, local.
    pub at: Time,
}

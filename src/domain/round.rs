//! Rounds, stops, visits and the welfare checks that follow a closed door.

use jiff::Timestamp;

use super::calendar::ServiceDate;
use super::compound::Door;
use super::ids::{CheckId, OrderId, ResidentId, RoundId, VisitId, VolunteerId};
use super::money::Fen;

crate::text_enum!(
    /// How far a round has come.
    RoundState, "round state" {
        /// Planned and printed.
        Planned = "planned",
        /// The volunteer has taken the slip and left.
        Out = "out",
        /// Every stop is recorded.
        HandedIn = "handed_in",
        /// Replaced by a newer plan before it left.
        Withdrawn = "withdrawn",
    }
);

crate::text_enum!(
    /// What happened at a door.
    Outcome, "outcome of a visit" {
        /// Handed to the resident.
        Delivered = "delivered",
        /// Left with somebody named.
        LeftWith = "left_with",
        /// Nobody answered: a welfare check opens.
        NoAnswer = "no_answer",
        /// The resident did not want it.
        Refused = "refused",
        /// Called off on the way.
        Cancelled = "cancelled",
    }
);

impl Outcome {
    /// Whether the meal stayed at the door.
    pub const fn meal_stayed(self) -> bool {
        matches!(self, Outcome::Delivered | Outcome::LeftWith)
    }

    /// The word on screens and slips.
    pub const fn zh(self) -> &'static str {
        match self {
            Outcome::Delivered => "已送到",
            Outcome::LeftWith => "他人代收",
            Outcome::NoAnswer => "无人应门",
            Outcome::Refused => "拒收",
            Outcome::Cancelled => "途中取消",
        }
    }
}

/// One door on a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The order carried there.
    pub order: OrderId,
    /// Its pick-up number.
    pub number: u32,
    /// The door.
    pub door: Door,
    /// Meals.
    pub portions: u8,
    /// When the volunteer stands at the door.
    pub arrive_at: Timestamp,
    /// Money to collect.
    pub collect: Fen,
    /// What happened, once recorded.
    pub visited: Option<Outcome>,
}

/// One volunteer's trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Identity.
    pub id: RoundId,
    /// The service date.
    pub date: ServiceDate,
    /// Its number on that date, from 1; on the slip and the map.
    pub number: u32,
    /// Who walks it.
    pub volunteer: VolunteerId,
    /// How far it has come.
    pub state: RoundState,
    /// When it leaves the kitchen.
    pub depart_at: Timestamp,
    /// Walking, lifts and doors until back in the kitchen, in seconds.
    pub duration_s: u32,
    /// The doors in walking order.
    pub stops: Vec<Stop>,
}

/// What happened at one door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Identity.
    pub id: VisitId,
    /// The order carried there.
    pub order: OrderId,
    /// What happened.
    pub outcome: Outcome,
    /// With whom it was left.
    pub left_with: String,
    /// Cash taken at the door.
    pub cash: Fen,
    /// Meals that came back.
    pub meals_back: u8,
    /// When it was recorded.
    pub at: Timestamp,
}

/// A door that did not open, until somebody says what they found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WelfareCheck {
    /// Identity.
    pub id: CheckId,
    /// The order that was not taken.
    pub order: OrderId,
    /// Its pick-up number.
    pub number: u32,
    /// Who lives there, if known.
    pub resident: Option<ResidentId>,
    /// The door.
    pub door: Door,
    /// The building's leader, if there is one.
    pub leader: Option<VolunteerId>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When and with what finding it was closed.
    pub closed: Option<(Timestamp, String)>,
}

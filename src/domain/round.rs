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

impl Round {
    /// Whether its bag is out of the kitchen or back: its slip stays as it is.
    pub fn has_left(&self) -> bool {
        self.state != RoundState::Planned || self.stops.iter().any(|s| s.visited.is_some())
    }

    /// Meals in the bag.
    pub fn meals(&self) -> u32 {
        self.stops.iter().map(|s| u32::from(s.portions)).sum()
    }
}

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

crate::text_enum!(
    /// Why a round was changed after it was planned.
    RoundChange, "reason of a round's change" {
        /// A volunteer went off duty.
        OffDuty = "off_duty",
        /// A delivery was ordered after the plan.
        LateOrder = "late_order",
        /// A delivery was taken back after the plan.
        Cancelled = "cancelled",
        /// A lift went out, or came back.
        Lift = "lift",
        /// A dispatcher changed it.
        ByHand = "by_hand",
        /// A dispatcher had the plan put right.
        Replanned = "replanned",
        /// Everything that had not left was planned again.
        PlannedAnew = "planned_anew",
    }
);

impl RoundChange {
    /// The words on a slip.
    pub const fn zh(self) -> &'static str {
        match self {
            RoundChange::OffDuty => "有人退出",
            RoundChange::LateOrder => "有人加单",
            RoundChange::Cancelled => "有人退单",
            RoundChange::Lift => "电梯有变",
            RoundChange::ByHand => "食堂调整",
            RoundChange::Replanned => "重新排过",
            RoundChange::PlannedAnew => "全部重排",
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
    /// When that was recorded.
    pub visited_at: Option<Timestamp>,
    /// Stays with the round's volunteer in every re-plan.
    pub pinned: bool,
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
    /// Which of the volunteer's trips it is, from 1.
    pub trip: u32,
    /// How often its slip was made, from 1: a slip of a lower revision can be thrown away.
    pub revision: u32,
    /// How far it has come.
    pub state: RoundState,
    /// When it leaves the kitchen.
    pub depart_at: Timestamp,
    /// Walking, lifts and doors until back in the kitchen, in seconds.
    pub duration_s: u32,
    /// When it left, once it has.
    pub left_at: Option<Timestamp>,
    /// When it was handed in, once it was.
    pub back_at: Option<Timestamp>,
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
    /// The day it belongs to.
    pub date: ServiceDate,
    /// The order that was not taken; none if it began with a knock.
    pub order: Option<OrderId>,
    /// Its pick-up number.
    pub number: Option<u32>,
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
    /// Who closed it; empty while it is open.
    pub closed_by: String,
}

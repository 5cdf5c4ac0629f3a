//! What goes along with a bag, and what is left to do at a door that stayed shut.

use crate::domain::{Allergen, Door, Fen, Portions, Preferences, ServiceDate};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// The strip on one meal in a volunteer's bag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BagStrip {
    /// The service date.
    pub date: ServiceDate,
    /// The pick-up number.
    pub number: u32,
    /// The round's number.
    pub round: u32,
    /// The place of its door in walking order, from 1.
    pub stop: u32,
    /// The door.
    pub door: Door,
    /// Meals.
    pub portions: Portions,
    /// What was done differently.
    pub preferences: Preferences,
    /// What must not be in it.
    pub allergies: Vec<Allergen>,
    /// When it is packed, local; `None` leaves room to write it.
    pub packed_at: Option<Time>,
    /// When it leaves the kitchen at the latest, local.
    pub leave_by: Time,
    /// When it is eaten at the latest, local.
    pub eat_by: Time,
}

/// Everything a volunteer needs on one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundSlip {
    /// The service date.
    pub date: ServiceDate,
    /// The round's number on that date.
    pub round: u32,
    /// The volunteer's surname.
    pub surname: String,
    /// The volunteer's badge.
    pub badge: u32,
    /// Which of the volunteer's trips it is, from 1; 0 on papers that did not say it.
    #[serde(default)]
    pub trip: u32,
    /// How often this slip was made anew, from 1; 0 on papers that did not say it.
    #[serde(default)]
    pub revision: u32,
    /// When the round leaves, local.
    pub depart: Time,
    /// When it is back, local.
    pub back: Time,
    /// The doors in walking order.
    pub stops: Vec<SlipStop>,
    /// The address of the round's page for the volunteer's phone; empty if there is none.
    #[serde(default)]
    pub link: String,
}

/// One door on a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipStop {
    /// The pick-up number, which is on the bag strip.
    pub number: u32,
    /// The door.
    pub door: Door,
    /// When the volunteer stands at the door, local.
    pub arrive: Time,
    /// The resident's surname.
    pub surname: String,
    /// Meals.
    pub meals: u8,
    /// Money to collect; zero if paid.
    pub collect: Fen,
    /// What was done differently, so that like-looking bags are told apart.
    pub preferences: Preferences,
    /// What must not be in it.
    #[serde(default)]
    pub allergies: Vec<Allergen>,
    /// What the volunteer must know at the door; may be empty.
    pub door_note: String,
}

impl RoundSlip {
    /// Meals in the bag: always the sum of the printed stops.
    pub fn meals(&self) -> u32 {
        self.stops.iter().map(|stop| u32::from(stop.meals)).sum()
    }

    /// Money to collect: always the sum of the printed stops.
    pub fn cash(&self) -> Fen {
        self.stops.iter().map(|stop| stop.collect).sum()
    }

    /// What the QR code says at hand-in.
    pub fn hand_in_code(&self) -> String {
        format!("H1.{}.{}", self.date, self.round)
    }
}

/// For a building's leader: a door that did not open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WelfareNote {
    /// The service date.
    pub date: ServiceDate,
    /// The pick-up number of the meal that came back; 0 if it began with a knock.
    pub number: u32,
    /// The door.
    pub door: Door,
    /// The resident's surname.
    pub surname: String,
    /// The leader's surname; empty if the building has none.
    pub leader: String,
    /// When the volunteer stood at the door, local.
    pub at: Time,
    /// What happened, in a sentence.
    pub happened: String,
    /// What the desk knows about the door; may be empty.
    pub door_note: String,
}

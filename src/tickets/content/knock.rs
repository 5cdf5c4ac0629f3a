//! The knock list of one building.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::domain::{Door, KnockReason, ServiceDate};

/// For a building's leader: doors to knock at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnockSlip {
    /// The day.
    pub date: ServiceDate,
    /// The building's number.
    pub building: String,
    /// The leader's surname; empty if the building has none.
    pub leader: String,
    /// When it was printed, local.
    pub at: Time,
    /// The doors.
    pub doors: Vec<KnockDoor>,
}

/// One door of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnockDoor {
    /// The door.
    pub door: Door,
    /// The resident's surname.
    pub surname: String,
    /// Why.
    pub reason: KnockReason,
    /// What the desk knows about the door; may be empty.
    pub door_note: String,
}

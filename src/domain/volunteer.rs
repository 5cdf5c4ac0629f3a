//! The people who carry.

use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::ids::VolunteerId;

crate::text_enum!(
    /// What a volunteer is in the neighbourhood.
    VolunteerKind, "kind of volunteer" {
        /// A party member on duty over lunch (在职党员).
        PartyMember = "party_member",
        /// A leader of a building (楼组长).
        BuildingLeader = "building_leader",
        /// Any other neighbour.
        Neighbour = "neighbour",
    }
);

/// A volunteer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volunteer {
    /// Identity.
    pub id: VolunteerId,
    /// Full name.
    pub name: String,
    /// Telephone number, digits only.
    pub phone: String,
    /// What they are in the neighbourhood.
    pub kind: VolunteerKind,
    /// The building they lead, for a building leader.
    pub leads: Option<String>,
    /// The short number they sign in with at the kiosk, unique.
    pub badge: u32,
    /// Four digits that prove it is them.
    pub pin: String,
    /// Meals their bag holds.
    pub capacity: u16,
    /// The longest round they walk, in seconds.
    pub max_round_s: u32,
    /// Whether they climb stairs; if not, they get doors at ground level and by lift only.
    pub climbs: bool,
    /// The building they live in, where they are likely to be known.
    pub home_building: Option<String>,
    /// The most trips from the kitchen they make on one day.
    pub max_trips: u8,
}

impl Volunteer {
    /// The building they live in: as they said, or the one they lead.
    pub fn home(&self) -> Option<&str> {
        self.home_building.as_deref().or(self.leads.as_deref())
    }
}

/// A volunteer's duty on one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Who.
    pub volunteer: Volunteer,
    /// From when on, local; none means from the first departure.
    pub from: Option<Time>,
    /// Until when they are back, local; none for no end.
    pub until: Option<Time>,
    /// When they first signed in at the screen on that date.
    pub came_at: Option<Timestamp>,
}

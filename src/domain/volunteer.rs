//! The people who carry.

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
}

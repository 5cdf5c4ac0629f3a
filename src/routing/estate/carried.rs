//! The plan that is being carried out, as a re-plan is told of it.

use serde::{Deserialize, Serialize};

/// One trip of one volunteer under the plan that is being carried out.
///
/// Several records of one volunteer are that volunteer's trips in order. What may change follows
/// from how far the trip has come:
///
/// | the trip | its doors |
/// | --- | --- |
/// | `out`, door visited | history: it stays where it is |
/// | `out`, door still to come | in the bag: it stays on this trip, in this order, unless cancelled or the volunteer is gone; nothing can be added |
/// | not yet out, door pinned | stays with this volunteer, on any trip |
/// | not yet out, other doors | may go to anyone; each that changes hands counts |
///
/// A door is cancelled by leaving it out of the deliveries, a volunteer is gone by being left out
/// of the volunteers. A visited door has to stay among the deliveries: it says where its volunteer
/// stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedTrip {
    /// Whose trip.
    pub volunteer: String,
    /// Has left the kitchen with this bag; a trip with a visited door always has.
    #[serde(default)]
    pub out: bool,
    /// When it left, in seconds after time 0; where nothing is said, as early as it could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_s: Option<i64>,
    /// When the volunteer went away from the last visited door, in seconds after time 0; where
    /// nothing is said, as the legs have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away_s: Option<i64>,
    /// Doors already visited, by delivery id, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visited: Vec<String>,
    /// Doors that must stay with this volunteer, by delivery id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinned: Vec<String>,
    /// All doors still to visit on this trip, by delivery id, in the order of the slip.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<String>,
}

impl CarriedTrip {
    /// Whether the bag has left the kitchen.
    pub fn has_left(&self) -> bool {
        self.out || !self.visited.is_empty()
    }
}

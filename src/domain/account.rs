//! The people who run lunch from a browser.

use serde::{Deserialize, Serialize};

use super::ids::AccountId;

crate::text_enum!(
    /// What somebody at the desk may do.
    Role, "role" {
        /// The neighbourhood office: everything.
        Office = "office",
        /// The kitchen: the day's numbers, hand-over, the menu.
        Kitchen = "kitchen",
        /// Who sends volunteers out: the day, rounds, roster, doors.
        Dispatcher = "dispatcher",
        /// The leader of one building: its doors and its orders.
        BuildingLeader = "building_leader",
    }
);

/// An account at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Identity.
    pub id: AccountId,
    /// The name it signs in with, as it stands in the history.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The building it leads, for a building leader.
    pub building: Option<String>,
}

impl Account {
    /// The most letters of a name.
    pub const NAME_MAX: usize = 32;
    /// The fewest letters of a password.
    pub const PASSWORD_MIN: usize = 10;

    /// Whether this can be a name in the history: of an account, or of another program.
    pub fn is_name(name: &str) -> bool {
        (1..=Self::NAME_MAX).contains(&name.chars().count())
            && name.chars().all(|c| c.is_alphanumeric() || "-._".contains(c))
    }
}

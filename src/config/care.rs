//! `[care]`: how long each step for a shut door may take, and who counts as a regular.

use serde::Deserialize;

use super::between;
use crate::domain::NextStep;
use crate::domain::ladder::LadderStep;

/// Looking after people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Care {
    /// Minutes in which the resident's telephone should have been called.
    pub phone_min: u32,
    /// Minutes in which the building's leader should have been at the door.
    pub leader_min: u32,
    /// Minutes in which the desk should have done what it can; also to write a finding down.
    pub desk_min: u32,
    /// Minutes in which the family contacts should have been called.
    pub family_min: u32,
    /// A regular ordered on at least so many…
    pub regular_days: u32,
    /// …of the last so many days that fell on the same weekday.
    pub regular_of: u32,
}

impl Default for Care {
    fn default() -> Self {
        Self {
            phone_min: 5,
            leader_min: 15,
            desk_min: 10,
            family_min: 15,
            regular_days: 3,
            regular_of: 4,
        }
    }
}

impl Care {
    pub(super) fn check(self) -> Result<(), String> {
        between("care.phone_min", self.phone_min, 1, 240)?;
        between("care.leader_min", self.leader_min, 1, 240)?;
        between("care.desk_min", self.desk_min, 1, 240)?;
        between("care.family_min", self.family_min, 1, 240)?;
        between("care.regular_of", self.regular_of, 1, 26)?;
        between("care.regular_days", self.regular_days, 1, self.regular_of)
    }

    /// The minutes that what is to be done next may take.
    pub fn minutes(self, next: NextStep) -> u32 {
        match next {
            NextStep::Ask(LadderStep::Phone) => self.phone_min,
            NextStep::Ask(LadderStep::Leader) => self.leader_min,
            NextStep::Ask(LadderStep::Family) => self.family_min,
            NextStep::Ask(LadderStep::Desk) | NextStep::WriteDown | NextStep::Decide => {
                self.desk_min
            }
        }
    }
}

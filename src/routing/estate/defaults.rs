//! What a field means that is not there.

use super::{Timing, Volunteer};

impl Default for Timing {
    /// A person with a bag: 1.1 m/s, half of that on steps, forty seconds for a lift at noon.
    fn default() -> Self {
        Self {
            walk_mm_per_s: 1100,
            steps_mm_per_s: 550,
            lift_wait_ms: 40_000,
            lift_ms_per_floor: 2500,
            stairs_up_ms_per_floor: 12_000,
            stairs_down_ms_per_floor: 9000,
            corridor_ms: 8000,
        }
    }
}

impl Default for Volunteer {
    /// Nobody in particular, with an empty bag: a base to fill in.
    fn default() -> Self {
        Self {
            id: String::new(),
            capacity: 0,
            max_duration_s: 0,
            home_building: None,
            climbs: true,
            max_trips: 1,
            from_s: 0,
            until_s: None,
            knows: Vec::new(),
            walked_s: 0,
        }
    }
}

// Serde hands over references.
#[allow(clippy::trivially_copy_pass_by_ref)]
pub(super) fn is_zero(number: &i64) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref)]
pub(super) fn is_true(flag: &bool) -> bool {
    *flag
}

pub(super) fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref)]
pub(super) fn is_once(number: &i64) -> bool {
    *number == 1
}

pub(super) fn once() -> i64 {
    1
}

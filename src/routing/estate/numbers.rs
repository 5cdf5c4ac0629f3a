//! The numbers of an estate: which can be meant.

use super::{Estate, EstateError, Volunteer};

/// A week: longer than any delivery run.
const WEEK_S: i64 = 604_800;
/// A month on foot without a pause, twice over.
const LONGEST_WALKED_S: i64 = 5_000_000;

impl Estate {
    /// Refuses negative, non-finite and absurd numbers, naming the field that holds one.
    ///
    /// Zero meals or a bag for nothing are the planner's matter: see
    /// [`ProblemError`](crate::routing::problem::ProblemError).
    pub fn check_numbers(&self) -> Result<(), EstateError> {
        let t = &self.timing;
        for (field, speed) in
            [("walk_mm_per_s", t.walk_mm_per_s), ("steps_mm_per_s", t.steps_mm_per_s)]
        {
            within(|| format!("timing {field}"), speed, 1, 100_000)?;
        }
        for (field, time) in [
            ("lift_wait_ms", t.lift_wait_ms),
            ("lift_ms_per_floor", t.lift_ms_per_floor),
            ("stairs_up_ms_per_floor", t.stairs_up_ms_per_floor),
            ("stairs_down_ms_per_floor", t.stairs_down_ms_per_floor),
            ("corridor_ms", t.corridor_ms),
        ] {
            within(|| format!("timing {field}"), time, 0, 3_600_000)?;
        }
        for b in &self.buildings {
            within(|| format!("building {}: floors", b.id), b.floors, 1, 200)?;
            within(|| format!("building {}: flats_per_floor", b.id), b.flats_per_floor, 1, 1000)?;
            within(|| format!("building {}: lifts", b.id), b.lifts, 0, 1000)?;
        }
        for d in &self.deliveries {
            within(|| format!("delivery {}: service_s", d.id), d.service_s, 0, 86_400)?;
            within(|| format!("delivery {}: meals", d.id), d.meals, 0, 1_000_000)?;
            if let Some(by) = d.arrive_by_s {
                within(|| format!("delivery {}: arrive_by_s", d.id), by, 0, WEEK_S)?;
            }
        }
        for v in &self.volunteers {
            volunteer(v)?;
        }
        if let Some(limit) = self.hot_limit_s {
            within(|| "hot_limit_s".to_owned(), limit, 1, WEEK_S)?;
        }
        if let Some(seconds) = self.turnaround_s {
            within(|| "turnaround_s".to_owned(), seconds, 0, 86_400)?;
        }
        within(|| "now_s".to_owned(), self.now_s, 0, WEEK_S)?;
        for trip in &self.fixed {
            for (field, time) in [("left_s", trip.left_s), ("away_s", trip.away_s)] {
                if let Some(time) = time {
                    let what = || format!("fixed trip of {}: {field}", trip.volunteer);
                    within(what, time, 0, WEEK_S)?;
                }
            }
        }
        Ok(())
    }
}

fn volunteer(v: &Volunteer) -> Result<(), EstateError> {
    within(|| format!("volunteer {}: capacity", v.id), v.capacity, 0, 1_000_000)?;
    within(|| format!("volunteer {}: max_duration_s", v.id), v.max_duration_s, 0, WEEK_S)?;
    within(|| format!("volunteer {}: max_trips", v.id), v.max_trips, 1, 20)?;
    within(|| format!("volunteer {}: from_s", v.id), v.from_s, 0, WEEK_S)?;
    if let Some(until) = v.until_s {
        within(|| format!("volunteer {}: until_s", v.id), until, v.from_s, WEEK_S)?;
    }
    within(|| format!("volunteer {}: walked_s", v.id), v.walked_s, 0, LONGEST_WALKED_S)
}

fn within(what: impl Fn() -> String, value: i64, least: i64, most: i64) -> Result<(), EstateError> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(EstateError::Number { what: what(), value: value.to_string(), least, most })
}

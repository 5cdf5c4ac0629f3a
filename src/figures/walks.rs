//! Walks: minutes and doors by volunteer, and how long a meal took from the kitchen to the door.

use super::{Cell, Figures, Table};
use crate::domain::{Round, RoundState, ServiceDate, VolunteerId};

/// What a volunteer did in a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walked {
    /// Who.
    pub volunteer: VolunteerId,
    /// The name.
    pub name: String,
    /// Rounds.
    pub rounds: u32,
    /// Doors at which a meal was handed over or tried.
    pub doors: u32,
    /// Minutes out of the kitchen.
    pub minutes: i64,
    /// The dates.
    pub dates: Vec<ServiceDate>,
}

impl Figures {
    /// What each volunteer did who did anything, by badge.
    pub fn walked(&self) -> Vec<Walked> {
        let walked = self.volunteers.iter().map(|volunteer| {
            let mut walked = Walked {
                volunteer: volunteer.id,
                name: volunteer.name.clone(),
                rounds: 0,
                doors: 0,
                minutes: 0,
                dates: Vec::new(),
            };
            let mut seconds = 0;
            for day in &self.days {
                let own =
                    |r: &&Round| r.volunteer == volunteer.id && r.state != RoundState::Planned;
                for round in day.rounds.iter().filter(own) {
                    walked.rounds += 1;
                    walked.doors +=
                        round.stops.iter().filter(|s| s.visited.is_some()).count() as u32;
                    seconds += seconds_out(round);
                    if walked.dates.last() != Some(&day.date) {
                        walked.dates.push(day.date);
                    }
                }
            }
            walked.minutes = (seconds + 30) / 60;
            walked
        });
        walked.filter(|walked| walked.rounds > 0).collect()
    }

    /// A row for each volunteer.
    pub(super) fn by_volunteer(&self) -> Table {
        let heads = [
            self.t("志愿者", "Volunteer"),
            self.t("天数", "Days"),
            self.t("趟数", "Rounds"),
            self.t("户数", "Doors"),
            self.t("分钟", "Minutes"),
        ];
        let row = |walked: Walked| {
            let days = walked.dates.len() as i64;
            vec![
                Cell::Text(walked.name),
                days.into(),
                walked.rounds.into(),
                walked.doors.into(),
                walked.minutes.into(),
            ]
        };
        let rows = self.walked().into_iter().map(row).collect();
        self.table("volunteers", ("志愿者", "Volunteers"), &heads, rows, Some(4))
    }

    /// A row for each day with rounds: minutes from leaving the kitchen to the door.
    pub(super) fn to_the_door(&self) -> Table {
        let heads = [
            self.t("日期", "Day"),
            self.t("量到的户数", "Doors timed"),
            self.t("一半在（分钟）", "Half within (min)"),
            self.t("九成在（分钟）", "9 of 10 within (min)"),
            self.t("最长（分钟）", "Longest (min)"),
            self.t("计划最长（分钟）", "Longest planned (min)"),
        ];
        let left = |r: &&Round| r.state != RoundState::Planned;
        let row = |day: &super::Day| {
            let mut minutes: Vec<i64> =
                day.rounds.iter().filter(left).flat_map(minutes_to_doors).collect();
            minutes.sort_unstable();
            let planned = day.rounds.iter().filter(left).flat_map(planned_minutes).max()?;
            Some(vec![
                Cell::Text(day.date.to_string()),
                (minutes.len() as i64).into(),
                within(&minutes, 50).into(),
                within(&minutes, 90).into(),
                within(&minutes, 100).into(),
                planned.into(),
            ])
        };
        let rows = self.days.iter().filter_map(row).collect();
        let title = ("从厨房到门口", "From the kitchen to the door");
        let mut table = self.table("doors", title, &heads, rows, Some(3));
        table.adds = false;
        self.t(
            "只算路上当场记下的门；交单时补记的，不知道几点送到。",
            "Only doors recorded on the way: of those written in when the round was handed in nobody knows the time.",
        )
        .clone_into(&mut table.note);
        table
    }
}

/// Seconds a round was out; the plan's where nobody noted both ends.
fn seconds_out(round: &Round) -> i64 {
    match (round.left_at, round.back_at) {
        (Some(left), Some(back)) => back.duration_since(left).as_secs().max(0),
        _ => round.duration_s.into(),
    }
}

/// Minutes from leaving the kitchen to each door where the meal stayed, as far as it was recorded
/// on the way.
fn minutes_to_doors(round: &Round) -> impl Iterator<Item = i64> {
    let (left, back) = (round.left_at, round.back_at);
    round.stops.iter().filter_map(move |stop| {
        let stayed = stop.visited.is_some_and(crate::domain::Outcome::meal_stayed);
        let at = stop.visited_at.filter(|at| stayed && back.is_none_or(|back| *at < back))?;
        Some(minutes(left?, at))
    })
}

/// Minutes from leaving the kitchen to each door, as planned.
fn planned_minutes(round: &Round) -> impl Iterator<Item = i64> {
    round.stops.iter().map(|stop| minutes(round.depart_at, stop.arrive_at))
}

/// Begun minutes between two moments.
fn minutes(from: jiff::Timestamp, to: jiff::Timestamp) -> i64 {
    (to.duration_since(from).as_secs().max(0) + 59) / 60
}

/// The value within which `percent` of sorted ones lie (nearest rank).
fn within(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn the_nearest_rank_is_a_value_that_was_seen() {
        assert_eq!(within(&[], 50), None);
        assert_eq!(within(&[7], 90), Some(7));
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!([50, 90, 100].map(|p| within(&ten, p)), [Some(5), Some(9), Some(10)]);
    }
}

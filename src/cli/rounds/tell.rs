//! What a plan brought, in sentences.

use jiff::SignedDuration;

use crate::dispatch::{Became, LateDoor, PlannedDay, RoundNews};
use crate::domain::ServiceDate;
use crate::house::House;
use crate::routing::service::Warning;

/// After a plan from scratch: how many rounds and doors, what is left out, what is late.
pub fn plan(date: ServiceDate, planned: &PlannedDay) {
    let doors: usize = planned.rounds.iter().map(|r| r.stops.len()).sum();
    say!("{} rounds to {doors} doors on {date}; their papers are queued", planned.rounds.len());
    open_ends(planned);
}

/// After a change: what becomes of which round, and what speaks against it.
pub fn changes(house: &House, planned: &PlannedDay) {
    for news in &planned.news {
        say!("{}", sentence(news));
    }
    if planned.news.is_empty() {
        say!("no round changes");
    } else {
        say!("the papers of these rounds are queued");
    }
    for warning in &planned.warnings {
        if let Some(words) = warned(house, planned, warning) {
            tell!("warning: {words}");
        }
    }
    open_ends(planned);
}

fn open_ends(planned: &PlannedDay) {
    for (number, why) in &planned.left_out {
        tell!("left out: number {number}: {why}");
    }
    for door in &planned.late {
        tell!("late: number {}: {}", door.number, by_how_much(door));
    }
}

fn by_how_much(door: &LateDoor) -> String {
    let mut said = Vec::new();
    if door.cold_s > 0 {
        said.push(format!("{} beyond the hot limit", minutes(door.cold_s)));
    }
    if door.overdue_s > 0 {
        said.push(format!("{} after its resident must eat", minutes(door.overdue_s)));
    }
    said.join(", ")
}

fn minutes(seconds: i64) -> String {
    format!("{} min", (seconds + 59) / 60)
}

fn sentence(news: &RoundNews) -> String {
    let (round, badge) = (news.round, news.badge);
    match news.became {
        Became::Planned => format!("round {round} is new, for {badge}: {}", doors(&news.added)),
        Became::Withdrawn => format!("round {round} of {badge} is off: {}", doors(&news.removed)),
        Became::BrokenOff => {
            format!("round {round} of {badge} ends on the way: {} left", doors(&news.removed))
        }
        Became::Changed => {
            let mut said = Vec::new();
            if !news.added.is_empty() {
                said.push(format!("{} more", doors(&news.added)));
            }
            if !news.removed.is_empty() {
                said.push(format!("{} fewer", doors(&news.removed)));
            }
            if said.is_empty() {
                said.push("the same doors, another slip".to_owned());
            }
            format!("round {round} of {badge} changes: {}", said.join(", "))
        }
    }
}

/// `2 doors (12, 15)`.
fn doors(numbers: &[u32]) -> String {
    let list: Vec<String> = numbers.iter().map(u32::to_string).collect();
    let doors = if numbers.len() == 1 { "door" } else { "doors" };
    format!("{} {doors} ({})", numbers.len(), list.join(", "))
}

/// A warning in the dispatcher's words; lateness is told with the late doors.
fn warned(house: &House, planned: &PlannedDay, warning: &Warning) -> Option<String> {
    let clock = |seconds: i64| {
        let at = planned.zero + SignedDuration::from_secs(seconds);
        house.settings.calendar().local(at).strftime("%H:%M").to_string()
    };
    Some(match warning {
        Warning::BagTooFull { volunteer, load, capacity } => {
            format!("{volunteer} would carry {load} meals, and the bag holds {capacity}")
        }
        Warning::TooLong { volunteer, duration, limit } => format!(
            "{volunteer} would be out for {}, and walks {} at most",
            minutes(*duration),
            minutes(*limit)
        ),
        Warning::OffDuty { volunteer, back, until } => format!(
            "{volunteer} would be back at {}, and is on duty until {}",
            clock(*back),
            clock(*until)
        ),
        Warning::TooManyTrips { volunteer, trips, allowed } => {
            format!("{volunteer} would make {trips} trips, and makes {allowed} at most")
        }
        Warning::CannotClimb { volunteer, delivery } => {
            format!("{volunteer} does not climb, and number {delivery} is up the stairs")
        }
        Warning::CarriedSlip { volunteer } => {
            format!("{volunteer} has left: bag and slip say otherwise")
        }
        Warning::WasPinned { delivery, volunteer } => {
            format!("number {delivery} was pinned to {volunteer}")
        }
        Warning::TooCold { .. } | Warning::TooLate { .. } => return None,
    })
}

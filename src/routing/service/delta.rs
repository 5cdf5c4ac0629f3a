//! What a re-plan changes, volunteer by volunteer.

use serde::{Deserialize, Serialize};

use super::plan::ServicePlan;
use super::posed::Service;
use crate::routing::measure::Seconds;

/// What changes for one volunteer. Doors are delivery ids; visited doors are no part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// Whose plan changes.
    pub volunteer: String,
    /// No longer on the list of volunteers.
    pub gone: bool,
    /// Doors that were not on this volunteer's trips.
    pub added: Vec<String>,
    /// Doors that went to somebody else, or to nobody.
    pub removed: Vec<String>,
    /// Doors that are no longer among the deliveries.
    pub cancelled: Vec<String>,
    /// Doors that stayed come in another order, or on another trip.
    pub reordered: bool,
    /// Back at the kitchen from the last trip, in seconds after time 0; none for one who stays.
    pub back: Option<Seconds>,
}

impl Delta {
    /// Whether anything changes but the return.
    pub fn changes(&self) -> bool {
        !self.added.is_empty()
            || !self.removed.is_empty()
            || !self.cancelled.is_empty()
            || self.reordered
    }
}

/// The volunteers for whom the plan differs from the fixed trips, in the order of the estate, those
/// who are gone last.
pub(super) fn deltas(service: &Service<'_>, plan: &ServicePlan) -> Vec<Delta> {
    let estate = service.estate;
    let listed = estate.volunteers.iter().map(|v| v.id.as_str());
    let mut who: Vec<&str> = listed.collect();
    let here = who.len();
    for trip in &estate.fixed {
        if !who.contains(&trip.volunteer.as_str()) {
            who.push(&trip.volunteer);
        }
    }
    let mut found = Vec::new();
    for (vehicle, id) in who.iter().enumerate() {
        let before: Vec<(usize, &str)> = estate
            .fixed
            .iter()
            .filter(|trip| trip.volunteer == *id)
            .enumerate()
            .flat_map(|(n, trip)| trip.planned.iter().map(move |door| (n, door.as_str())))
            .collect();
        let rounds = plan.plan.rounds.iter().zip(&plan.trips);
        let after: Vec<(usize, &str)> = rounds
            .filter(|(_, clock)| vehicle < here && clock.vehicle == vehicle)
            .enumerate()
            .flat_map(|(n, (round, clock))| {
                round.stops.iter().skip(clock.visited).map(move |s| (n, s.id.as_str()))
            })
            .collect();
        let delta = compare(service, id, vehicle >= here, &before, &after, plan.back(vehicle));
        if delta.changes() || delta.gone {
            found.push(delta);
        }
    }
    found
}

fn compare(
    service: &Service<'_>,
    id: &str,
    gone: bool,
    before: &[(usize, &str)],
    after: &[(usize, &str)],
    back: Option<Seconds>,
) -> Delta {
    let has = |list: &[(usize, &str)], door: &str| list.iter().any(|(_, other)| *other == door);
    let missing = |from: &[(usize, &str)], list: &[(usize, &str)]| -> Vec<String> {
        from.iter()
            .filter(|(_, door)| !has(list, door))
            .map(|(_, door)| (*door).to_owned())
            .collect()
    };
    let (cancelled, removed) = missing(before, after)
        .into_iter()
        .partition(|door| !service.estate.deliveries.iter().any(|d| d.id == *door));
    let kept = |list: &[(usize, &str)], other: &[(usize, &str)]| -> Vec<(usize, String)> {
        let mut trips = Vec::new();
        list.iter()
            .filter(|(_, door)| has(other, door))
            .map(|(trip, door)| {
                // Trips are counted anew: one that lost all its doors is not there to be counted.
                if trips.last() != Some(trip) {
                    trips.push(*trip);
                }
                (trips.len(), (*door).to_owned())
            })
            .collect()
    };
    Delta {
        volunteer: id.to_owned(),
        gone,
        added: missing(after, before),
        removed,
        cancelled,
        reordered: kept(before, after) != kept(after, before),
        back: back.filter(|_| !gone),
    }
}

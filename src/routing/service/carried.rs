//! From a plan to fixed trips and back: what a re-plan, or a hand, starts from.

use super::leftout::impossible;
use super::plan::ServicePlan;
use super::posed::{Service, ServiceError};
use super::rules::Rules;
use crate::routing::estate::{CarriedTrip, Estate};
use crate::routing::plan::LeftOut;
use crate::routing::solver::Reason;

impl ServicePlan {
    /// The plan as fixed trips at a moment, in seconds after time 0, everybody having walked as
    /// planned: trips that have left are out, doors arrived at are visited. Pins stay.
    pub fn carried(&self, service: &Service<'_>, now: i64) -> Vec<CarriedTrip> {
        let pinned = |vehicle: usize, stop: usize| service.pin[stop] == Some(vehicle);
        let trips = self.plan.rounds.iter().zip(&self.trips).map(|(round, clock)| {
            let out = clock.out || clock.start.0 < now;
            let here = clock.arrivals.iter().take_while(|at| out && at.0 <= now).count();
            let visited = here.max(clock.visited);
            let ids = |from: usize, to: usize| -> Vec<String> {
                round.stops[from..to].iter().map(|s| s.id.clone()).collect()
            };
            let away = visited.checked_sub(1).filter(|_| here > clock.visited).map(|last| {
                let stop = &round.stops[last];
                clock.arrivals[last].0 + (stop.departure - stop.arrival).0
            });
            let before = (clock.visited > 0).then(|| known_away(service, &round.stops[0].id));
            CarriedTrip {
                volunteer: round.volunteer.clone().unwrap_or_default(),
                out,
                left_s: out.then_some(clock.start.0),
                away_s: away.or(before.flatten()),
                visited: ids(0, visited),
                pinned: round
                    .stops
                    .iter()
                    .filter(|s| pinned(clock.vehicle, s.stop))
                    .map(|s| s.id.clone())
                    .collect(),
                planned: ids(visited, round.stops.len()),
            }
        });
        let gone = service.estate.fixed.iter().filter(|trip| {
            !trip.visited.is_empty()
                && !service.estate.volunteers.iter().any(|v| v.id == trip.volunteer)
        });
        trips.chain(gone.map(|trip| CarriedTrip { planned: Vec::new(), ..trip.clone() })).collect()
    }
}

/// When the last visited door of the fixed trip that begins with this door was left, where that
/// was said.
fn known_away(service: &Service<'_>, first: &str) -> Option<i64> {
    let mut fixed = service.estate.fixed.iter();
    fixed.find(|trip| trip.visited.first().is_some_and(|id| id == first))?.away_s
}

/// Puts an estate's fixed trips on the clock exactly as they are, whatever the bags and limits say;
/// free doors are left out.
pub fn retime(estate: &Estate, rules: Rules) -> Result<ServicePlan, ServiceError> {
    Ok(Service::pose(estate, rules)?.retimed())
}

impl Service<'_> {
    /// The fixed trips on the clock exactly as they are.
    pub fn retimed(&self) -> ServicePlan {
        let mut on_trip = vec![false; self.owner.len()];
        for &stop in self.previous.iter().flat_map(|(_, stops)| stops) {
            on_trip[stop] = true;
        }
        let free = self.free.iter().filter(|&&stop| !on_trip[stop]);
        let left_out = free
            .map(|&stop| LeftOut {
                stop,
                reason: impossible(self, stop).unwrap_or(Reason::NotEnoughVolunteers),
            })
            .collect();
        ServicePlan::of(self, self.previous.clone(), left_out, 0)
    }
}

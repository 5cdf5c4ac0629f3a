//! Changes by hand: a dispatcher insists, the planner re-times and warns.
//!
//! The plan under the hand is the estate's fixed trips (see [`ServicePlan::carried`]). Only the
//! impossible is refused: doors already visited, and names that are not there.

use thiserror::Error;

use super::plan::ServicePlan;
use super::posed::{Service, ServiceError};
use super::rules::Rules;
use super::warnings::{Warning, speaks_against};
use crate::routing::estate::{CarriedTrip, Estate};

/// A plan changed by hand, on the clock, and what speaks against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// The plan with the change.
    pub plan: ServicePlan,
    /// What speaks against it, the whole plan looked at; empty where nothing does.
    pub warnings: Vec<Warning>,
}

/// Why a change by hand is impossible.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum HandError {
    /// No such delivery.
    #[error("there is no delivery {0}")]
    NoDelivery(String),
    /// No such volunteer.
    #[error("there is no volunteer {0}")]
    NoVolunteer(String),
    /// The door was visited already.
    #[error("{0} has been visited already")]
    Visited(String),
    /// A trip beyond the next one.
    #[error("{volunteer} has {trips} trips; the next is trip {}", trips + 1)]
    NoTrip {
        /// Whose trips.
        volunteer: String,
        /// How many there are.
        trips: usize,
    },
    /// What results cannot be posed.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// Moves a door to a trip of a volunteer, counted from 1; the trip after the last is a new one.
///
/// `place` counts the doors of that trip still to come, from 0; none puts the door where it costs
/// least.
pub fn move_stop(
    estate: &mut Estate,
    rules: Rules,
    delivery: &str,
    volunteer: &str,
    trip: usize,
    place: Option<usize>,
) -> Result<ByHand, HandError> {
    known(estate, delivery, volunteer)?;
    let mut changed = estate.clone();
    let mut warnings = Vec::new();
    for fixed in &mut changed.fixed {
        let before = fixed.planned.len();
        fixed.planned.retain(|id| id != delivery);
        if fixed.planned.len() < before && fixed.has_left() {
            warnings.push(Warning::CarriedSlip { volunteer: fixed.volunteer.clone() });
        }
        if fixed.volunteer != volunteer && fixed.pinned.iter().any(|id| id == delivery) {
            fixed.pinned.retain(|id| id != delivery);
            warnings.push(Warning::WasPinned {
                delivery: delivery.to_owned(),
                volunteer: fixed.volunteer.clone(),
            });
        }
    }
    let own: Vec<usize> =
        (0..changed.fixed.len()).filter(|&i| changed.fixed[i].volunteer == volunteer).collect();
    let at = match trip.checked_sub(1) {
        Some(number) if number < own.len() => own[number],
        Some(number) if number == own.len() => {
            changed
                .fixed
                .push(CarriedTrip { volunteer: volunteer.to_owned(), ..CarriedTrip::default() });
            changed.fixed.len() - 1
        }
        _ => {
            return Err(HandError::NoTrip { volunteer: volunteer.to_owned(), trips: own.len() });
        }
    };
    if changed.fixed[at].has_left() {
        let volunteer = volunteer.to_owned();
        if !warnings.contains(&Warning::CarriedSlip { volunteer: volunteer.clone() }) {
            warnings.push(Warning::CarriedSlip { volunteer });
        }
    }
    let place = match place {
        Some(place) => place.min(changed.fixed[at].planned.len()),
        None => cheapest_place(&changed, rules, at, delivery)?,
    };
    changed.fixed[at].planned.insert(place, delivery.to_owned());
    finish(estate, changed, rules, warnings)
}

/// Pins a door to a volunteer: it is moved there if it is with somebody else, and stays there in
/// every re-plan.
pub fn pin(
    estate: &mut Estate,
    rules: Rules,
    delivery: &str,
    volunteer: &str,
) -> Result<ByHand, HandError> {
    known(estate, delivery, volunteer)?;
    let has = |trip: &CarriedTrip| {
        trip.volunteer == volunteer && trip.planned.iter().any(|id| id == delivery)
    };
    let mut changed = estate.clone();
    let mut warnings = Vec::new();
    if !changed.fixed.iter().any(has) {
        let own = changed.fixed.iter().filter(|trip| trip.volunteer == volunteer);
        let (left, trips) = own.fold((false, 0), |(_, trips), trip| (trip.has_left(), trips + 1));
        let trip = if trips == 0 || left { trips + 1 } else { trips };
        warnings = move_stop(&mut changed, rules, delivery, volunteer, trip, None)?.warnings;
        warnings.retain(|w| matches!(w, Warning::CarriedSlip { .. } | Warning::WasPinned { .. }));
    }
    for trip in &mut changed.fixed {
        trip.pinned.retain(|id| id != delivery);
    }
    if let Some(trip) = changed.fixed.iter_mut().find(|trip| has(trip)) {
        trip.pinned.push(delivery.to_owned());
    }
    finish(estate, changed, rules, warnings)
}

/// Lets two volunteers change everything they have still to carry; pins change along.
pub fn swap_rounds(
    estate: &mut Estate,
    rules: Rules,
    one: &str,
    other: &str,
) -> Result<ByHand, HandError> {
    for id in [one, other] {
        if !estate.volunteers.iter().any(|v| v.id == id) {
            return Err(HandError::NoVolunteer(id.to_owned()));
        }
    }
    let mut changed = estate.clone();
    let mut warnings = Vec::new();
    let mut moved = Vec::new();
    for trip in changed.fixed.iter_mut().filter(|t| t.volunteer == one || t.volunteer == other) {
        let to = if trip.volunteer == one { other } else { one };
        if trip.has_left() {
            if !trip.planned.is_empty() {
                warnings.push(Warning::CarriedSlip { volunteer: trip.volunteer.clone() });
            }
            // History stays with who made it; what is in the bag goes over as a trip of its own.
            let (planned, pinned) =
                (std::mem::take(&mut trip.planned), std::mem::take(&mut trip.pinned));
            if !planned.is_empty() {
                moved.push(CarriedTrip {
                    volunteer: to.to_owned(),
                    planned,
                    pinned,
                    ..CarriedTrip::default()
                });
            }
        } else {
            to.clone_into(&mut trip.volunteer);
        }
    }
    changed.fixed.extend(moved);
    finish(estate, changed, rules, warnings)
}

fn known(estate: &Estate, delivery: &str, volunteer: &str) -> Result<(), HandError> {
    if !estate.deliveries.iter().any(|d| d.id == delivery) {
        return Err(HandError::NoDelivery(delivery.to_owned()));
    }
    if !estate.volunteers.iter().any(|v| v.id == volunteer) {
        return Err(HandError::NoVolunteer(volunteer.to_owned()));
    }
    if estate.fixed.iter().any(|trip| trip.visited.iter().any(|id| id == delivery)) {
        return Err(HandError::Visited(delivery.to_owned()));
    }
    Ok(())
}

/// Where a door lengthens a fixed trip least: the place among the doors still to come.
fn cheapest_place(
    estate: &Estate,
    rules: Rules,
    at: usize,
    delivery: &str,
) -> Result<usize, HandError> {
    let service = Service::pose(estate, rules)?;
    let number = |id: &String| estate.deliveries.iter().position(|d| d.id == *id);
    let trip = &estate.fixed[at];
    let door = number(&delivery.to_owned());
    let visited = trip.visited.last().and_then(number);
    let doors: Vec<Option<usize>> =
        std::iter::once(visited).chain(trip.planned.iter().map(number)).chain([None]).collect();
    let leg = |from, to| service.problem.leg(from, to).0;
    let places = doors.windows(2).enumerate();
    Ok(places
        .min_by_key(|(_, p)| leg(p[0], door) + leg(door, p[1]) - leg(p[0], p[1]))
        .map_or(0, |(place, _)| place))
}

fn finish(
    estate: &mut Estate,
    changed: Estate,
    rules: Rules,
    mut warnings: Vec<Warning>,
) -> Result<ByHand, HandError> {
    let service = Service::pose(&changed, rules)?;
    let plan = service.retimed();
    warnings.extend(speaks_against(&service, &plan));
    *estate = changed;
    Ok(ByHand { plan, warnings })
}

//! Why a door cannot be on any trip, under the rules.

use super::posed::Service;
use crate::routing::measure::{Meals, Seconds};
use crate::routing::solver::Reason;

/// The reason for which a stop cannot be served even alone, if there is one.
pub(super) fn impossible(service: &Service<'_>, stop: usize) -> Option<Reason> {
    let carriers = &service.carriers;
    let meals = service.problem.stops()[stop].meals;
    let needed = service.alone(stop).0;
    if let Some(pin) = service.pin[stop] {
        let c = &carriers[pin];
        let able = c.capacity >= meals.0
            && c.limit.min(c.until - c.ready) >= needed
            && c.trips_left > 0
            && (c.climbs || !service.climb[stop]);
        return (!able).then_some(Reason::PinnedToOne);
    }
    let Some(largest) = carriers.iter().map(|c| c.capacity).max() else {
        return Some(Reason::NoVolunteers);
    };
    if meals.0 > largest {
        return Some(Reason::TooHeavy { meals, largest: Meals(largest) });
    }
    let bags = || carriers.iter().filter(|c| c.capacity >= meals.0);
    let longest = bags().map(|c| c.limit).max()?;
    if needed > longest {
        return Some(Reason::TooFar { needed: Seconds(needed), longest: Seconds(longest) });
    }
    let climbers = || bags().filter(|c| c.climbs || !service.climb[stop]);
    if climbers().next().is_none() {
        return Some(Reason::NoClimber);
    }
    let on_foot = || climbers().filter(|c| c.limit >= needed);
    if on_foot().next().is_none() {
        let longest = climbers().map(|c| c.limit).max()?;
        return Some(Reason::TooFar { needed: Seconds(needed), longest: Seconds(longest) });
    }
    let waiting = || on_foot().filter(|c| c.trips_left > 0);
    if waiting().next().is_none() {
        return Some(Reason::NoTripLeft);
    }
    let on_duty = waiting().map(|c| c.until - c.ready).max()?.max(0);
    (needed > on_duty)
        .then_some(Reason::OffDuty { needed: Seconds(needed), longest: Seconds(on_duty) })
}

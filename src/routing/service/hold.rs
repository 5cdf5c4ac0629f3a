//! What is being carried out, held fast: history, bags that have left, pins.

use std::collections::HashMap;

use super::posed::{Frozen, Service, ServiceError};
use crate::routing::estate::CarriedTrip;

impl Service<'_> {
    /// Sorts the doors into history, bags, pins and what is free.
    pub(super) fn hold_fast(&mut self) -> Result<(), ServiceError> {
        let estate = self.estate;
        let number: HashMap<&str, usize> =
            estate.deliveries.iter().map(|d| d.id.as_str()).zip(0..).collect();
        let carriers: HashMap<&str, usize> =
            estate.volunteers.iter().map(|v| v.id.as_str()).zip(0..).collect();
        let mut taken = vec![false; estate.deliveries.len()];
        let mut held = vec![false; estate.deliveries.len()];
        for trip in &estate.fixed {
            let carrier = carriers.get(trip.volunteer.as_str()).copied();
            let mut visited = Vec::with_capacity(trip.visited.len());
            for id in &trip.visited {
                visited.push(number.get(id.as_str()).copied().ok_or_else(|| {
                    ServiceError::VisitedUnknown {
                        volunteer: trip.volunteer.clone(),
                        delivery: id.clone(),
                    }
                })?);
            }
            let look = |id: &String| number.get(id.as_str()).copied();
            let to_come: Vec<usize> = trip.planned.iter().filter_map(look).collect();
            for &stop in visited.iter().chain(&to_come) {
                if std::mem::replace(&mut taken[stop], true) {
                    return Err(ServiceError::CarriedTwice(estate.deliveries[stop].id.clone()));
                }
            }
            for &stop in &visited {
                held[stop] = true;
            }
            let Some(carrier) = carrier else {
                self.done.extend(visited);
                continue;
            };
            for stop in trip.pinned.iter().filter_map(look) {
                if self.pin[stop].replace(carrier).is_some_and(|other| other != carrier) {
                    return Err(ServiceError::PinnedTwice(estate.deliveries[stop].id.clone()));
                }
            }
            for &stop in &to_come {
                self.owner[stop] = Some(carrier);
                held[stop] |= trip.has_left();
            }
            if trip.has_left() {
                self.freeze(trip, carrier, visited, &to_come);
            } else if !to_come.is_empty() {
                self.previous.push((carrier, to_come));
            }
        }
        self.frozen.sort_by_key(|trip| trip.carrier);
        self.previous.sort_by_key(|(carrier, _)| *carrier);
        self.done.sort_unstable();
        self.free = (0..held.len()).filter(|&stop| !held[stop]).collect();
        Ok(())
    }

    fn freeze(
        &mut self,
        trip: &CarriedTrip,
        carrier: usize,
        mut stops: Vec<usize>,
        to_come: &[usize],
    ) {
        let visited = stops.len();
        stops.extend(to_come);
        let last = self.frozen.iter().rfind(|earlier| earlier.carrier == carrier);
        let on_duty = if self.rules.windows { self.estate.volunteers[carrier].from_s } else { 0 };
        let could = last.map_or(on_duty, |earlier| earlier.end + self.turnaround());
        let start = trip.left_s.unwrap_or(could);
        let mut clock = start;
        let mut before = None;
        let mut arrivals = Vec::with_capacity(stops.len());
        for (place, &stop) in stops.iter().enumerate() {
            let mut arrival = clock + self.problem.leg(before, Some(stop)).0;
            if place == visited {
                // Not there yet, however long the way should have taken.
                arrival = arrival.max(self.estate.now_s);
            }
            arrivals.push(arrival);
            clock = arrival + self.problem.stops()[stop].service.0;
            if place + 1 == visited {
                clock = trip.away_s.unwrap_or(clock);
            }
            before = Some(stop);
        }
        let end = clock + self.problem.leg(before, None).0;
        self.frozen.push(Frozen { carrier, stops, visited, start, arrivals, end });
        let turnaround = self.turnaround();
        let duty = &mut self.carriers[carrier];
        duty.ready = (end + turnaround).max(self.estate.now_s);
        duty.trips_left = duty.trips_left.saturating_sub(1);
    }
}

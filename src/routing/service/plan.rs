//! The finished service plan: trips on the clock, and which doors are late.

use std::fmt;

use super::posed::Service;
use crate::routing::measure::{Meals, Seconds};
use crate::routing::plan::{LeftOut, Plan};
use crate::routing::solution::Solution;

/// A plan with every trip on the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePlan {
    /// The trips as rounds, by volunteer and then in the order they are made. A round's own times
    /// count from leaving the kitchen and know of no delay on the way; [`ServicePlan::trips`] has
    /// the clock.
    pub plan: Plan,
    /// The clock of each round, in the order of [`Plan::rounds`].
    pub trips: Vec<TripClock>,
    /// Doors still to be visited that are late, by stop.
    pub late: Vec<Late>,
    /// Stops visited by volunteers who are gone: served, on no round.
    pub done: Vec<usize>,
    /// Doors that changed hands since the plan that is being carried out.
    pub hands: usize,
}

/// One trip on the clock; all times are seconds after time 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TripClock {
    /// Index of the volunteer.
    pub vehicle: usize,
    /// Which of the volunteer's trips it is, from 1.
    pub number: usize,
    /// Has left the kitchen already.
    pub out: bool,
    /// How many of its doors are visited already.
    pub visited: usize,
    /// Leaving the kitchen.
    pub start: Seconds,
    /// At each door.
    pub arrivals: Vec<Seconds>,
    /// Back at the kitchen.
    pub end: Seconds,
}

/// A door that is reached too late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// Index of the stop.
    pub stop: usize,
    /// The delivery's id.
    pub id: String,
    /// Who brings it.
    pub volunteer: String,
    /// Seconds beyond the hot limit, 0 if it is kept.
    pub cold: Seconds,
    /// Seconds after the latest arrival, 0 if it is kept.
    pub overdue: Seconds,
    /// Meals that suffer.
    pub meals: Meals,
}

impl Late {
    /// The larger of the two: what the door counts as late.
    pub fn by(&self) -> Seconds {
        self.cold.max(self.overdue)
    }
}

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}) with {}", self.id, self.meals, self.volunteer)?;
        if self.cold.0 > 0 {
            write!(f, " is {} beyond the hot limit", self.cold)?;
        }
        match (self.cold.0 > 0, self.overdue.0 > 0) {
            (true, true) => write!(f, " and {} after its time", self.overdue),
            (false, true) => write!(f, " is {} after its time", self.overdue),
            (_, false) => Ok(()),
        }
    }
}

impl ServicePlan {
    /// Puts trips on the clock: those that are out as they are, then `trips` as (volunteer, stops
    /// in order), each volunteer's in the order they are made.
    pub(super) fn of(
        service: &Service<'_>,
        trips: Vec<(usize, Vec<usize>)>,
        left_out: Vec<LeftOut>,
        iterations: u64,
    ) -> Self {
        let problem = &service.problem;
        let out = service.frozen.iter().map(|trip| (trip.carrier, trip.stops.clone()));
        let hands = hands_of(service, &trips);
        let plan = Plan::new(problem, out.chain(trips).collect(), left_out, iterations);

        let mut clocks: Vec<TripClock> = Vec::with_capacity(plan.rounds.len());
        let mut waiting = service.frozen.iter().filter(|trip| !trip.stops.is_empty()).peekable();
        for round in &plan.rounds {
            let earlier = clocks.last().filter(|clock| clock.vehicle == round.vehicle);
            let number = earlier.map_or(1, |clock| clock.number + 1);
            if let Some(trip) = waiting.next_if(|trip| trip.carrier == round.vehicle) {
                clocks.push(TripClock {
                    vehicle: round.vehicle,
                    number,
                    out: true,
                    visited: trip.visited,
                    start: Seconds(trip.start),
                    arrivals: trip.arrivals.iter().map(|&at| Seconds(at)).collect(),
                    end: Seconds(trip.end),
                });
                continue;
            }
            let ready = service.carriers[round.vehicle].ready;
            let start = earlier
                .filter(|clock| !clock.out)
                .map_or(ready, |clock| clock.end.0 + service.turnaround());
            clocks.push(TripClock {
                vehicle: round.vehicle,
                number,
                out: false,
                visited: 0,
                start: Seconds(start),
                arrivals: round.stops.iter().map(|s| Seconds(start) + s.arrival).collect(),
                end: Seconds(start) + round.duration,
            });
        }
        let late = late_of(service, &plan, &clocks);
        Self { plan, trips: clocks, late, done: service.done.clone(), hands }
    }

    /// Total lateness in meal-seconds.
    pub fn lateness(&self) -> i64 {
        self.late.iter().map(|late| late.by().0 * late.meals.0).sum()
    }

    /// Sum of the durations of all trips.
    pub fn cost(&self) -> Seconds {
        self.plan.cost()
    }

    /// Duration of the longest trip.
    pub fn longest(&self) -> Seconds {
        self.plan.rounds.iter().map(|round| round.duration).max().unwrap_or_default()
    }

    /// When the last volunteer is back, in seconds after time 0.
    pub fn finish(&self) -> Seconds {
        self.trips.iter().map(|trip| trip.end).max().unwrap_or_default()
    }

    /// Return of a volunteer from the last trip; none for one who stays.
    pub fn back(&self, vehicle: usize) -> Option<Seconds> {
        self.trips.iter().filter(|trip| trip.vehicle == vehicle).map(|trip| trip.end).max()
    }

    /// Where a stop is: number of its round in the plan, and its place there from 0.
    pub fn find(&self, stop: usize) -> Option<(usize, usize)> {
        self.plan.rounds.iter().enumerate().find_map(|(round, r)| {
            r.stops.iter().position(|s| s.stop == stop).map(|place| (round, place))
        })
    }

    /// The solution as it is written to a file: a route a trip, a volunteer's trips in order, with
    /// the late doors.
    pub fn solution(&self, service: &Service<'_>) -> Solution {
        let mut solution = Solution::of(&service.problem, &self.plan, false);
        solution.late = self.late.iter().map(|late| (late.id.clone(), late.by().0)).collect();
        solution
    }
}

fn hands_of(service: &Service<'_>, trips: &[(usize, Vec<usize>)]) -> usize {
    let doors = trips.iter().flat_map(|(carrier, stops)| stops.iter().map(move |s| (*carrier, *s)));
    doors
        .filter(|&(carrier, stop)| service.owner[stop].is_some_and(|owner| owner != carrier))
        .count()
}

fn late_of(service: &Service<'_>, plan: &Plan, clocks: &[TripClock]) -> Vec<Late> {
    let mut late = Vec::new();
    for (round, clock) in plan.rounds.iter().zip(clocks) {
        for (stop, &arrival) in round.stops.iter().zip(&clock.arrivals).skip(clock.visited) {
            if service.late_by(stop.stop, clock.start.0, arrival.0) == 0 {
                continue;
            }
            let beyond = |limit: Option<i64>, since: i64| {
                Seconds(limit.map_or(0, |limit| (arrival.0 - since - limit).max(0)))
            };
            late.push(Late {
                stop: stop.stop,
                id: stop.id.clone(),
                volunteer: round.volunteer.clone().unwrap_or_default(),
                cold: beyond(service.hot(), clock.start.0),
                overdue: beyond(service.arrive_by(stop.stop), 0),
                meals: stop.meals,
            });
        }
    }
    late.sort_unstable_by_key(|late| late.stop);
    late
}

//! The finished plan: rounds with every arrival worked out, as a slip needs them.

use super::measure::{Meals, Seconds};
use super::problem::Problem;
use super::solver::Reason;

/// A plan of one delivery run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The rounds, in the order of the vehicles.
    pub rounds: Vec<Round>,
    /// Doors on no round.
    pub left_out: Vec<LeftOut>,
    /// Trials the search made for it.
    pub iterations: u64,
}

/// One volunteer's trip from the kitchen back to the kitchen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Index of the vehicle; with an unlimited fleet, the number of the round.
    pub vehicle: usize,
    /// The volunteer's id, where vehicles have one.
    pub volunteer: Option<String>,
    /// The doors in walking order.
    pub stops: Vec<PlannedStop>,
    /// From the last door back to the kitchen.
    pub way_back: Seconds,
    /// Meals taken along.
    pub load: Meals,
    /// All legs: walking, lifts and stairs.
    pub walking: Seconds,
    /// All time at doors.
    pub service: Seconds,
    /// `walking + service`: back at the kitchen this long after leaving it.
    pub duration: Seconds,
}

/// One door of a round; times count from leaving the kitchen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStop {
    /// Index of the stop in the problem.
    pub stop: usize,
    /// The delivery's id.
    pub id: String,
    /// Time from the door before, or from the kitchen.
    pub leg: Seconds,
    /// At the door.
    pub arrival: Seconds,
    /// Away from the door.
    pub departure: Seconds,
    /// What is handed over.
    pub meals: Meals,
}

/// A door on no round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Index of the stop in the problem.
    pub stop: usize,
    /// Why.
    pub reason: Reason,
}

impl Plan {
    /// Works out the times of rounds given as (vehicle, stops in order).
    pub fn new(
        problem: &Problem,
        mut rounds: Vec<(usize, Vec<usize>)>,
        left_out: Vec<LeftOut>,
        iterations: u64,
    ) -> Self {
        rounds.retain(|(_, stops)| !stops.is_empty());
        rounds.sort_by_key(|(vehicle, _)| *vehicle);
        let unlimited = problem.fleet() == super::problem::Fleet::Unlimited;
        let rounds = rounds
            .into_iter()
            .enumerate()
            .map(|(number, (vehicle, stops))| {
                let volunteer = problem.vehicles()[vehicle].id.clone();
                Round::new(problem, if unlimited { number } else { vehicle }, volunteer, &stops)
            })
            .collect();
        Self { rounds, left_out, iterations }
    }

    /// The objective: the sum of all durations.
    pub fn cost(&self) -> Seconds {
        self.rounds.iter().map(|round| round.duration).sum()
    }

    /// The part of the cost spent on the way.
    pub fn walking(&self) -> Seconds {
        self.rounds.iter().map(|round| round.walking).sum()
    }

    /// Doors on a round.
    pub fn served(&self) -> usize {
        self.rounds.iter().map(|round| round.stops.len()).sum()
    }
}

impl Round {
    fn new(problem: &Problem, vehicle: usize, volunteer: Option<String>, stops: &[usize]) -> Self {
        let mut clock = Seconds(0);
        let mut before = None;
        let mut round = Self {
            vehicle,
            volunteer,
            stops: Vec::with_capacity(stops.len()),
            way_back: problem.leg(stops.last().copied(), None),
            load: Meals(0),
            walking: Seconds(0),
            service: Seconds(0),
            duration: Seconds(0),
        };
        for &stop in stops {
            let door = &problem.stops()[stop];
            let leg = problem.leg(before, Some(stop));
            let arrival = clock + leg;
            clock = arrival + door.service;
            before = Some(stop);
            round.walking += leg;
            round.service += door.service;
            round.load += door.meals;
            round.stops.push(PlannedStop {
                stop,
                id: door.id.clone(),
                leg,
                arrival,
                departure: clock,
                meals: door.meals,
            });
        }
        round.walking += round.way_back;
        round.duration = clock + round.way_back;
        round
    }
}

//! An independent checker: is this plan possible, and does it cost what it says?
//!
//! It shares no code with the planner. `clock` works the times out again from the raw instance,
//! with another shortest-path method and other arithmetic, so that a mistake in the one is not
//! repeated in the other.

mod clock;
mod fault;
mod service;

use std::collections::{HashMap, HashSet};

pub use fault::Fault;
pub use service::{ServiceVerdict, check_service};

use super::Instance;
use super::cvrplib::Cvrplib;
use super::estate::Estate;
use super::problem::Fleet;
use super::solution::{Solution, SolutionRoute, StopId};
use clock::Clock;

/// What the checker found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Sum of durations in seconds, worked out again.
    pub cost: i64,
    /// The part of it that is not service at doors.
    pub walking: i64,
    /// Rounds with at least one stop.
    pub rounds: usize,
    /// Doors on a round.
    pub served: usize,
    /// Doors on no round.
    pub left_out: usize,
    /// Everything that is wrong; empty for a plan that can be walked.
    pub faults: Vec<Fault>,
}

impl Verdict {
    /// Whether nothing is wrong with the plan; doors may still be left out.
    pub fn sound(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Checks a solution against the instance it is for.
pub fn check(instance: &Instance, solution: &Solution) -> Verdict {
    match instance {
        Instance::Estate(estate) => check_estate(estate, solution),
        Instance::Cvrplib(file) => check_cvrplib(file, solution),
    }
}

/// Checks rounds through a compound.
pub fn check_estate(estate: &Estate, solution: &Solution) -> Verdict {
    let by_name: HashMap<&str, usize> =
        estate.deliveries.iter().map(|d| d.id.as_str()).zip(0..).collect();
    let volunteers: HashMap<&str, usize> =
        estate.volunteers.iter().map(|v| v.id.as_str()).zip(0..).collect();
    let mut clock = Clock::of_estate(estate);
    let mut tally =
        Tally::new(estate.deliveries.iter().map(|d| StopId::Name(d.id.clone())).collect());
    for (number, route) in solution.routes.iter().enumerate() {
        let who = route.volunteer.clone().unwrap_or_else(|| format!("round {}", number + 1));
        let carrier = route
            .volunteer
            .as_deref()
            .and_then(|id| volunteers.get(id))
            .map(|&v| &estate.volunteers[v]);
        let Some(carrier) = carrier else {
            tally.fault(Fault::UnknownVolunteer { who });
            continue;
        };
        let Some(stops) = tally.find(&who, route, |id| match id {
            StopId::Name(name) => by_name.get(name.as_str()).copied(),
            StopId::Number(_) => None,
        }) else {
            continue;
        };
        let sum = Sum {
            load: stops.iter().map(|&s| estate.deliveries[s].meals).sum(),
            service: stops.iter().map(|&s| estate.deliveries[s].service_s).sum(),
            walking: clock.tour(&stops),
        };
        tally.round(&who, &stops, &sum, carrier.capacity, Some(carrier.max_duration_s));
    }
    tally.finish(solution)
}

/// Checks routes of a benchmark instance.
pub fn check_cvrplib(file: &Cvrplib, solution: &Solution) -> Verdict {
    let customers = file.nodes() - 1;
    let mut clock = Clock::of_cvrplib(file);
    let mut tally = Tally::new((1..=customers as u64).map(StopId::Number).collect());
    for (number, route) in solution.routes.iter().enumerate() {
        let vehicle = match file.fleet {
            Fleet::Unlimited => 0,
            Fleet::Listed => route.vehicle.map_or(number, |v| v.wrapping_sub(1)),
        };
        let who = if file.fleet == Fleet::Listed {
            format!("vehicle {}", vehicle.wrapping_add(1))
        } else {
            format!("route {}", number + 1)
        };
        let Some(&capacity) = file.capacities.get(vehicle) else {
            tally.fault(Fault::UnknownVolunteer { who });
            continue;
        };
        let Some(stops) = tally.find(&who, route, |id| match id {
            StopId::Number(n) => (*n as usize).checked_sub(1).filter(|&s| s < customers),
            StopId::Name(_) => None,
        }) else {
            continue;
        };
        let sum = Sum {
            load: stops.iter().map(|&s| file.demands[s + 1]).sum(),
            service: stops.iter().map(|&s| file.services[s + 1]).sum(),
            walking: clock.tour(&stops),
        };
        let limit = file.max_durations.as_ref().map(|limits| limits[vehicle]);
        tally.round(&who, &stops, &sum, capacity, limit);
    }
    tally.finish(solution)
}

/// What one round adds up to.
struct Sum {
    load: i64,
    service: i64,
    walking: Option<i64>,
}

/// The verdict in the making.
struct Tally {
    names: Vec<StopId>,
    times_served: Vec<usize>,
    carriers: HashSet<String>,
    verdict: Verdict,
}

impl Tally {
    fn new(names: Vec<StopId>) -> Self {
        Self {
            times_served: vec![0; names.len()],
            names,
            carriers: HashSet::new(),
            verdict: Verdict::default(),
        }
    }

    fn fault(&mut self, fault: Fault) {
        self.verdict.faults.push(fault);
    }

    /// Looks up the stops of a route; a stop that is none is a fault and the route is not counted.
    fn find(
        &mut self,
        who: &str,
        route: &SolutionRoute,
        look: impl Fn(&StopId) -> Option<usize>,
    ) -> Option<Vec<usize>> {
        let mut found = Vec::with_capacity(route.stops.len());
        for id in &route.stops {
            if let Some(stop) = look(id) {
                found.push(stop);
            } else {
                self.fault(Fault::UnknownStop { who: who.to_owned(), stop: id.to_string() });
            }
        }
        (found.len() == route.stops.len() && !found.is_empty()).then_some(found)
    }

    fn round(&mut self, who: &str, stops: &[usize], sum: &Sum, capacity: i64, limit: Option<i64>) {
        if !self.carriers.insert(who.to_owned()) {
            self.fault(Fault::TwoRounds { who: who.to_owned() });
        }
        for &stop in stops {
            self.times_served[stop] += 1;
        }
        if sum.load > capacity {
            self.fault(Fault::Overloaded { who: who.to_owned(), load: sum.load, capacity });
        }
        self.verdict.rounds += 1;
        let Some(walking) = sum.walking else {
            self.fault(Fault::NoWay { who: who.to_owned() });
            return;
        };
        let duration = walking + sum.service;
        if let Some(limit) = limit.filter(|&limit| duration > limit) {
            self.fault(Fault::TooLong { who: who.to_owned(), duration, limit });
        }
        self.verdict.walking += walking;
        self.verdict.cost += duration;
    }

    fn finish(mut self, solution: &Solution) -> Verdict {
        let declared: HashSet<&StopId> = solution.unassigned.iter().collect();
        for (name, &times) in self.names.iter().zip(&self.times_served) {
            let stop = name.to_string();
            match (times, declared.contains(name)) {
                (0, true) => self.verdict.left_out += 1,
                (0, false) => {
                    self.verdict.left_out += 1;
                    self.verdict.faults.push(Fault::NotServed { stop });
                }
                (1, false) => self.verdict.served += 1,
                (_, also_declared) => {
                    self.verdict.served += 1;
                    if times > 1 {
                        self.verdict.faults.push(Fault::ServedTwice { stop: stop.clone(), times });
                    }
                    if also_declared {
                        self.verdict.faults.push(Fault::ServedAndLeftOut { stop });
                    }
                }
            }
        }
        let known: HashSet<&StopId> = self.names.iter().collect();
        for stop in solution.unassigned.iter().filter(|stop| !known.contains(stop)) {
            self.verdict.faults.push(Fault::UnknownStop {
                who: "the list of doors left out".to_owned(),
                stop: stop.to_string(),
            });
        }
        if let Some(said) = solution.cost.filter(|&said| said != self.verdict.cost) {
            self.verdict.faults.push(Fault::WrongCost { said, found: self.verdict.cost });
        }
        self.verdict
    }
}

//! The check of a service plan: trips on the clock, stairs, what was carried already, lateness.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::clock::Clock;
use super::{Fault, Tally, Verdict};
use crate::routing::estate::{CarriedTrip, Estate, Volunteer};
use crate::routing::service::Rules;
use crate::routing::solution::{Solution, SolutionRoute, StopId};

/// What the checker found in a service plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceVerdict {
    /// The plain part: doors, cost, everything that is wrong.
    pub verdict: Verdict,
    /// Seconds by which doors still to be visited are late, by id.
    pub late: BTreeMap<String, i64>,
    /// Total lateness in meal-seconds.
    pub lateness: i64,
    /// Last return to the kitchen, in seconds after time 0.
    pub finish: i64,
}

impl ServiceVerdict {
    /// Whether nothing is wrong with the plan; doors may still be left out or late.
    pub fn sound(&self) -> bool {
        self.verdict.sound()
    }
}

/// Checks trips through a compound against the fields the plain check does not know.
pub fn check_service(estate: &Estate, solution: &Solution, rules: Rules) -> ServiceVerdict {
    let mut today = estate.clone();
    for building in &mut today.buildings {
        building.lift &= !estate.lifts_out.contains(&building.id);
    }
    let numbers: HashMap<&str, usize> =
        today.deliveries.iter().map(|d| d.id.as_str()).zip(0..).collect();
    let stairs: HashSet<&str> =
        today.buildings.iter().filter(|b| !b.lift).map(|b| b.id.as_str()).collect();
    let mut check = Check {
        estate: &today,
        rules,
        clock: Clock::of_estate(&today),
        tally: Tally::new(today.deliveries.iter().map(|d| StopId::Name(d.id.clone())).collect()),
        upstairs: today
            .deliveries
            .iter()
            .map(|d| d.floor > 0 && stairs.contains(d.building.as_str()))
            .collect(),
        numbers: &numbers,
        found: ServiceVerdict::default(),
    };
    for route in &solution.routes {
        let listed = |v: &Volunteer| Some(v.id.as_str()) == route.volunteer.as_deref();
        if !today.volunteers.iter().any(listed) {
            let who = route.volunteer.clone().unwrap_or_else(|| "nobody".to_owned());
            check.tally.fault(Fault::UnknownVolunteer { who });
        }
    }
    for volunteer in &today.volunteers {
        let routes: Vec<&SolutionRoute> = solution
            .routes
            .iter()
            .filter(|r| {
                r.volunteer.as_deref() == Some(volunteer.id.as_str()) && !r.stops.is_empty()
            })
            .collect();
        check.volunteer(volunteer, &routes);
    }
    check.gone();
    let Check { tally, mut found, .. } = check;
    found.verdict = tally.finish(solution);
    for id in
        found.late.keys().chain(solution.late.keys()).collect::<std::collections::BTreeSet<_>>()
    {
        let worked_out = found.late.get(id).copied().unwrap_or(0);
        let said = solution.late.get(id).copied().unwrap_or(0);
        if said != worked_out {
            let stop = id.clone();
            found.verdict.faults.push(Fault::WrongLateness { stop, said, found: worked_out });
        }
    }
    found
}

struct Check<'a> {
    estate: &'a Estate,
    rules: Rules,
    clock: Clock<'a>,
    tally: Tally,
    upstairs: Vec<bool>,
    numbers: &'a HashMap<&'a str, usize>,
    found: ServiceVerdict,
}

impl Check<'_> {
    fn volunteer(&mut self, volunteer: &Volunteer, routes: &[&SolutionRoute]) {
        let who = &volunteer.id;
        let on_duty = if self.rules.windows { volunteer.from_s } else { 0 };
        let turnaround = self.estate.turnaround_s.unwrap_or(120);
        let mut next = on_duty;
        let mut routes = routes.iter();
        let mut trips = 0;
        let carried = self.estate.fixed.iter().filter(|trip| trip.volunteer == *who);
        for trip in carried.filter(|trip| trip.out || !trip.visited.is_empty()) {
            trips += 1;
            let expected = self.stops_of(trip);
            let start = trip.left_s.unwrap_or(next);
            let mut end = start;
            if !expected.is_empty() {
                let given = routes.next().and_then(|route| self.look_up(who, route));
                if given.as_ref() != Some(&expected) {
                    self.tally.fault(Fault::CarriedChanged { who: who.clone(), trip: trips });
                }
                end = self.walk(volunteer, &expected, start, Some(trip)).unwrap_or(start);
            }
            next = end + turnaround;
        }
        next = next.max(self.estate.now_s);
        for route in routes {
            let Some(stops) = self.look_up(who, route) else { continue };
            trips += 1;
            let load: i64 = stops.iter().map(|&s| self.estate.deliveries[s].meals).sum();
            if load > volunteer.capacity {
                let capacity = volunteer.capacity;
                self.tally.fault(Fault::Overloaded { who: who.clone(), load, capacity });
            }
            for &stop in stops.iter().filter(|&&s| self.upstairs[s]) {
                if self.rules.climbs && !volunteer.climbs {
                    let stop = self.estate.deliveries[stop].id.clone();
                    self.tally.verdict.faults.push(Fault::CannotClimb { who: who.clone(), stop });
                }
            }
            let Some(end) = self.walk(volunteer, &stops, next, None) else { continue };
            let (duration, limit) = (end - next, volunteer.max_duration_s);
            if duration > limit {
                self.tally.fault(Fault::TooLong { who: who.clone(), duration, limit });
            }
            if let Some(until) =
                volunteer.until_s.filter(|&until| self.rules.windows && end > until)
            {
                self.tally.fault(Fault::OffDuty { who: who.clone(), back: end, until });
            }
            next = end + turnaround;
        }
        let out = self
            .estate
            .fixed
            .iter()
            .filter(|t| t.volunteer == *who && (t.out || !t.visited.is_empty()));
        let allowed = if self.rules.trips { volunteer.max_trips as usize } else { 1 };
        // What is out is out, even if it is more than was allowed.
        let allowed = allowed.max(out.count());
        if trips > allowed {
            self.tally.fault(Fault::TooManyTrips { who: who.clone(), trips, allowed });
        }
    }

    /// Doors of a trip that is out, the cancelled ones left away.
    fn stops_of(&self, trip: &CarriedTrip) -> Vec<usize> {
        let ids = trip.visited.iter().chain(&trip.planned);
        ids.filter_map(|id| self.numbers.get(id.as_str()).copied()).collect()
    }

    fn look_up(&mut self, who: &str, route: &SolutionRoute) -> Option<Vec<usize>> {
        let numbers = self.numbers;
        self.tally.find(who, route, |id| match id {
            StopId::Name(name) => numbers.get(name.as_str()).copied(),
            StopId::Number(_) => None,
        })
    }

    /// Walks a trip on the clock and counts its doors, cost and lateness; the return to the kitchen,
    /// none if there is no way.
    fn walk(
        &mut self,
        volunteer: &Volunteer,
        stops: &[usize],
        start: i64,
        carried: Option<&CarriedTrip>,
    ) -> Option<i64> {
        let visited = carried.map_or(0, |trip| trip.visited.len());
        let estate = self.estate;
        let (mut now, mut at) = (start, None);
        self.tally.verdict.rounds += 1;
        for (place, &stop) in stops.iter().enumerate() {
            let door = &estate.deliveries[stop];
            self.tally.times_served[stop] += 1;
            self.check_pin(volunteer, &door.id);
            let Some(leg) = self.clock.leg(at, Some(stop)) else {
                self.tally.fault(Fault::NoWay { who: volunteer.id.clone() });
                return None;
            };
            self.tally.verdict.walking += leg;
            self.tally.verdict.cost += leg + door.service_s;
            now += leg;
            if carried.is_some() && place == visited {
                now = now.max(estate.now_s);
            }
            if place >= visited && self.rules.lateness {
                let cold = estate.hot_limit_s.map_or(0, |limit| now - start - limit);
                let overdue = door.arrive_by_s.map_or(0, |by| now - by);
                let late = cold.max(overdue);
                if late > 0 {
                    self.found.late.insert(door.id.clone(), late);
                    self.found.lateness += late * door.meals;
                }
            }
            now += door.service_s;
            if let Some(away) = carried.and_then(|t| t.away_s).filter(|_| place + 1 == visited) {
                now = away;
            }
            at = Some(stop);
        }
        let back = self.clock.leg(at, None)?;
        self.tally.verdict.walking += back;
        self.tally.verdict.cost += back;
        self.found.finish = self.found.finish.max(now + back);
        Some(now + back)
    }

    fn check_pin(&mut self, volunteer: &Volunteer, id: &str) {
        let listed = |who: &str| self.estate.volunteers.iter().any(|v| v.id == who);
        let pinned = self
            .estate
            .fixed
            .iter()
            .find(|trip| trip.pinned.iter().any(|pin| pin == id) && listed(&trip.volunteer));
        if let Some(trip) = pinned.filter(|trip| trip.volunteer != volunteer.id) {
            self.tally.fault(Fault::PinBroken {
                stop: id.to_owned(),
                pinned: trip.volunteer.clone(),
                who: volunteer.id.clone(),
            });
        }
    }

    /// Doors visited by volunteers who are gone are served, and on no route.
    fn gone(&mut self) {
        let listed = |who: &str| self.estate.volunteers.iter().any(|v| v.id == who);
        for trip in self.estate.fixed.iter().filter(|trip| !listed(&trip.volunteer)) {
            for stop in trip.visited.iter().filter_map(|id| self.numbers.get(id.as_str())) {
                self.tally.times_served[*stop] += 1;
            }
        }
    }
}

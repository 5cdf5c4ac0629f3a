//! The service problem: an estate under rules, with what is being carried out held fast.

use std::collections::HashMap;

use thiserror::Error;

use super::rules::Rules;
use crate::routing::estate::{Estate, EstateError, TURNAROUND_S, Volunteer};
use crate::routing::measure::Seconds;
use crate::routing::problem::{Problem, ProblemError};

/// Later than any plan lasts; stands for "no limit", and sums of it stay small.
pub(super) const NEVER: i64 = i64::MAX / 8;

/// Why a service problem cannot be posed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ServiceError {
    /// A number that cannot be meant.
    #[error(transparent)]
    Estate(#[from] EstateError),
    /// The plain part of the problem is wrong.
    #[error(transparent)]
    Problem(#[from] ProblemError),
    /// A lift that is out, or a home, in a building that is not there.
    #[error("{what} names building {building}, which does not exist")]
    NoBuilding {
        /// The field, with its owner.
        what: String,
        /// The building it names.
        building: String,
    },
    /// A door on two trips of the plan that is being carried out.
    #[error("delivery {0} is on the fixed trips twice")]
    CarriedTwice(String),
    /// A door pinned to two volunteers.
    #[error("delivery {0} is pinned to two volunteers")]
    PinnedTwice(String),
    /// A visited door that is not among the deliveries.
    #[error(
        "{volunteer} has visited {delivery}, which is not among the deliveries; a visited door must \
         stay listed, it says where the volunteer is"
    )]
    VisitedUnknown {
        /// Who was there.
        volunteer: String,
        /// The delivery.
        delivery: String,
    },
}

/// What a volunteer may still be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Carrier {
    /// Meals the bag holds.
    pub(super) capacity: i64,
    /// Longest trip in seconds.
    pub(super) limit: i64,
    /// Earliest next departure, in seconds after time 0.
    pub(super) ready: i64,
    /// Back by then.
    pub(super) until: i64,
    /// Trips that may still be made.
    pub(super) trips_left: usize,
    /// Goes up stairs.
    pub(super) climbs: bool,
}

/// A trip that is out: history, and what is in the bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frozen {
    /// Index of the volunteer.
    pub(super) carrier: usize,
    /// All its doors in order, visited and to come, the cancelled ones left out.
    pub(super) stops: Vec<usize>,
    /// How many of them are visited.
    pub(super) visited: usize,
    /// When it left, in seconds after time 0.
    pub(super) start: i64,
    /// Arrival at each door, in seconds after time 0.
    pub(super) arrivals: Vec<i64>,
    /// Back at the kitchen.
    pub(super) end: i64,
}

/// An estate posed under rules: what may move, what must stay, and who may carry what.
///
/// Stops are numbered as in [`Service::problem`], volunteers as in the estate.
#[derive(Debug, Clone)]
pub struct Service<'e> {
    pub(super) estate: &'e Estate,
    pub(super) rules: Rules,
    pub(super) problem: Problem,
    pub(super) carriers: Vec<Carrier>,
    /// By volunteer, then in the order of their trips.
    pub(super) frozen: Vec<Frozen>,
    /// Trips not yet out under the plan that is being carried out.
    pub(super) previous: Vec<(usize, Vec<usize>)>,
    /// Stops that may be placed.
    pub(super) free: Vec<usize>,
    /// Stops visited by volunteers who are gone.
    pub(super) done: Vec<usize>,
    /// Who has the door under the plan that is being carried out, by stop.
    pub(super) owner: Vec<Option<usize>>,
    /// Who must have it, by stop.
    pub(super) pin: Vec<Option<usize>>,
    /// Up the stairs, by stop.
    pub(super) climb: Vec<bool>,
}

impl<'e> Service<'e> {
    /// Poses the problem of an estate under rules.
    pub fn pose(estate: &'e Estate, rules: Rules) -> Result<Self, ServiceError> {
        estate.check_numbers()?;
        check_buildings(estate)?;
        let stairs: Vec<bool> =
            estate.buildings.iter().map(|b| !b.lift || estate.lifts_out.contains(&b.id)).collect();
        let problem = if estate.lifts_out.is_empty() {
            Problem::from_estate(estate)?
        } else {
            let mut buildings = estate.buildings.clone();
            for (building, &stairs) in buildings.iter_mut().zip(&stairs) {
                building.lift = !stairs;
            }
            Problem::with_buildings(estate, &buildings)?
        };
        let stairs_of: HashMap<&str, bool> =
            estate.buildings.iter().map(|b| b.id.as_str()).zip(stairs).collect();
        let up = |d: &crate::routing::estate::Delivery| {
            d.floor > 0 && stairs_of.get(d.building.as_str()).is_some_and(|&stairs| stairs)
        };
        let stops = problem.stops().len();
        let mut service = Self {
            estate,
            rules,
            carriers: estate.volunteers.iter().map(|v| carrier(v, estate.now_s, rules)).collect(),
            frozen: Vec::new(),
            previous: Vec::new(),
            free: Vec::new(),
            done: Vec::new(),
            owner: vec![None; stops],
            pin: vec![None; stops],
            climb: estate.deliveries.iter().map(up).collect(),
            problem,
        };
        service.hold_fast()?;
        Ok(service)
    }

    /// The plain part of the problem: stops, vehicles and legs, with the lifts as they are today.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The rules it was posed under.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// Seconds at the kitchen between two trips.
    pub(super) fn turnaround(&self) -> i64 {
        self.estate.turnaround_s.unwrap_or(TURNAROUND_S)
    }

    /// The hot limit that counts, if one does.
    pub(super) fn hot(&self) -> Option<i64> {
        self.estate.hot_limit_s.filter(|_| self.rules.lateness)
    }

    /// The latest arrival at a stop that counts, if one does.
    pub(super) fn arrive_by(&self, stop: usize) -> Option<i64> {
        self.estate.deliveries[stop].arrive_by_s.filter(|_| self.rules.lateness)
    }

    /// Whether anybody may go more than once, so that the last return counts and not the longest
    /// trip.
    pub(super) fn several_trips(&self) -> bool {
        self.rules.trips && self.estate.volunteers.iter().any(|v| v.max_trips > 1)
    }

    /// By how many seconds an arrival is late, the trip having left at `start`.
    pub(super) fn late_by(&self, stop: usize, start: i64, arrival: i64) -> i64 {
        let hot = self.hot().map_or(0, |limit| arrival - start - limit);
        let by = self.arrive_by(stop).map_or(0, |by| arrival - by);
        hot.max(by).max(0)
    }

    /// There, at the door, and back, going to this stop alone.
    pub(super) fn alone(&self, stop: usize) -> Seconds {
        self.problem.leg(None, Some(stop))
            + self.problem.stops()[stop].service
            + self.problem.leg(Some(stop), None)
    }
}

fn carrier(v: &Volunteer, now: i64, rules: Rules) -> Carrier {
    Carrier {
        capacity: v.capacity,
        limit: v.max_duration_s,
        ready: if rules.windows { v.from_s.max(now) } else { now },
        until: v.until_s.filter(|_| rules.windows).unwrap_or(NEVER),
        trips_left: if rules.trips { v.max_trips.max(1) as usize } else { 1 },
        climbs: v.climbs || !rules.climbs,
    }
}

fn check_buildings(estate: &Estate) -> Result<(), ServiceError> {
    let known = |id: &str| estate.buildings.iter().any(|b| b.id == id);
    let homes = estate.volunteers.iter().filter_map(|v| {
        let home = v.home_building.as_ref()?;
        Some((format!("home_building of volunteer {}", v.id), home))
    });
    let mut named = estate.lifts_out.iter().map(|id| ("lifts_out".to_owned(), id)).chain(homes);
    match named.find(|(_, id)| !known(id)) {
        Some((what, building)) => {
            Err(ServiceError::NoBuilding { what, building: building.clone() })
        }
        None => Ok(()),
    }
}

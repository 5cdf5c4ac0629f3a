//! The problem a solver is given: immutable, checked, and free of anything it need not know.

use std::collections::{HashMap, HashSet};

use thiserror::Error;

use super::estate::{Building, Estate};
use super::legs::Legs;
use super::measure::{Meals, Seconds};
use super::network::{Network, NetworkError};
use super::travel::{Spot, Travel};

/// A leg longer than any round may be: what is farther away is cut off here, so that sums stay small.
const LONGEST_LEG: i64 = 100_000_000;

/// Most stops a problem may have; beyond it the leg table would outgrow a kitchen's computer.
pub const MOST_STOPS: usize = 10_000;

/// Why a problem cannot be posed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ProblemError {
    /// Two deliveries share an id.
    #[error("delivery {0} is listed twice")]
    DeliveryTwice(String),
    /// Two volunteers share an id.
    #[error("volunteer {0} is listed twice")]
    VolunteerTwice(String),
    /// A delivery to a building that is not there.
    #[error("delivery {delivery} goes to building {building}, which does not exist")]
    NoBuilding {
        /// The delivery.
        delivery: String,
        /// The building it names.
        building: String,
    },
    /// A delivery to a floor that is not there.
    #[error(
        "delivery {delivery} goes to floor {floor} of building {building}, which has floors 0 to {top}"
    )]
    NoFloor {
        /// The delivery.
        delivery: String,
        /// The building.
        building: String,
        /// The floor it names.
        floor: i64,
        /// The highest floor.
        top: i64,
    },
    /// A delivery to a flat that is not there.
    #[error(
        "delivery {delivery} goes to flat {room} on floor {floor} of building {building}, which does not exist: \
         that floor has {flats} flats"
    )]
    NoFlat {
        /// The delivery.
        delivery: String,
        /// The building.
        building: String,
        /// The floor.
        floor: i64,
        /// The flat it names.
        room: String,
        /// Flats on a floor of that building.
        flats: i64,
    },
    /// A delivery of nothing.
    #[error("delivery {delivery} has {meals} meals; at least 1 is needed")]
    NoMeals {
        /// The delivery.
        delivery: String,
        /// The number given.
        meals: i64,
    },
    /// A bag that holds nothing.
    #[error("volunteer {volunteer} can carry {capacity} meals; at least 1 is needed")]
    NoCapacity {
        /// The volunteer.
        volunteer: String,
        /// The number given.
        capacity: i64,
    },
    /// Too many stops for the table of legs.
    #[error("{0} deliveries are too many for one plan; at most {MOST_STOPS} are allowed")]
    TooManyStops(usize),
    /// The footpaths are wrong.
    #[error(transparent)]
    Network(#[from] NetworkError),
}

/// A stop to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The delivery's id, or the customer number of a benchmark instance.
    pub id: String,
    /// What is handed over.
    pub meals: Meals,
    /// Time at the door.
    pub service: Seconds,
}

/// Someone who carries, or the one kind of vehicle of an unlimited fleet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vehicle {
    /// The volunteer's id; none where the instance only numbers its vehicles.
    pub id: Option<String>,
    /// What it holds.
    pub capacity: Meals,
    /// Longest round, if there is a limit.
    pub max_duration: Option<Seconds>,
}

/// How many routes there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fleet {
    /// At most one route for each vehicle listed.
    Listed,
    /// Any number of routes, each with the first vehicle's limits.
    Unlimited,
}

/// Stops, vehicles and the time between any two stops.
///
/// Stops are numbered from 0 in the order they were given. The objective is
/// `sum over rounds (legs + service)`, the return to the kitchen included.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What it is called in summaries.
    pub name: String,
    pub(super) stops: Vec<Stop>,
    pub(super) vehicles: Vec<Vehicle>,
    pub(super) fleet: Fleet,
    pub(super) spot_of: Vec<u32>,
    pub(super) legs: Legs,
}

impl Problem {
    /// Poses the problem of an estate: network, shortest walks, spots, legs.
    pub fn from_estate(estate: &Estate) -> Result<Self, ProblemError> {
        Self::with_buildings(estate, &estate.buildings)
    }

    /// The same, with the buildings as they are today: a lift may be out.
    pub(super) fn with_buildings(
        estate: &Estate,
        buildings: &[Building],
    ) -> Result<Self, ProblemError> {
        if estate.deliveries.len() > MOST_STOPS {
            return Err(ProblemError::TooManyStops(estate.deliveries.len()));
        }
        let network = Network::new(&estate.paths, estate.kitchen, buildings, &estate.timing)?;
        let travel = Travel::new(&network, buildings, estate.timing);
        let vehicles = vehicles_of(estate)?;
        let (stops, places) = stops_of(estate)?;

        let mut spots: Vec<Spot> = places.clone();
        spots.push(Spot::Kitchen);
        spots.sort_unstable();
        spots.dedup();
        let number: HashMap<Spot, u32> = spots.iter().copied().zip(0..).collect();
        Ok(Self {
            name: estate.name.clone(),
            stops,
            vehicles,
            fleet: Fleet::Listed,
            spot_of: places.iter().map(|place| number[place]).collect(),
            legs: Legs::tabulate(spots.len(), |a, b| {
                travel.leg(spots[a], spots[b]).0.min(LONGEST_LEG) as i32
            }),
        })
    }

    /// The stops, in the order of the instance.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// The vehicles, in the order of the instance.
    pub fn vehicles(&self) -> &[Vehicle] {
        &self.vehicles
    }

    /// Whether the vehicles listed are all there are.
    pub fn fleet(&self) -> Fleet {
        self.fleet
    }

    /// Time from one stop to another; `None` is the kitchen.
    pub fn leg(&self, from: Option<usize>, to: Option<usize>) -> Seconds {
        let spot = |stop: Option<usize>| stop.map_or(0, |s| self.spot_of[s] as usize);
        self.legs.between(spot(from), spot(to))
    }
}

fn vehicles_of(estate: &Estate) -> Result<Vec<Vehicle>, ProblemError> {
    let mut seen = HashSet::new();
    let mut vehicles = Vec::with_capacity(estate.volunteers.len());
    for volunteer in &estate.volunteers {
        if !seen.insert(volunteer.id.as_str()) {
            return Err(ProblemError::VolunteerTwice(volunteer.id.clone()));
        }
        if volunteer.capacity < 1 {
            return Err(ProblemError::NoCapacity {
                volunteer: volunteer.id.clone(),
                capacity: volunteer.capacity,
            });
        }
        vehicles.push(Vehicle {
            id: Some(volunteer.id.clone()),
            capacity: Meals(volunteer.capacity),
            max_duration: Some(Seconds(volunteer.max_duration_s)),
        });
    }
    Ok(vehicles)
}

fn stops_of(estate: &Estate) -> Result<(Vec<Stop>, Vec<Spot>), ProblemError> {
    let buildings: HashMap<&str, usize> =
        estate.buildings.iter().map(|b| b.id.as_str()).zip(0..).collect();
    let mut seen = HashSet::new();
    let mut stops = Vec::with_capacity(estate.deliveries.len());
    let mut places = Vec::with_capacity(estate.deliveries.len());
    for d in &estate.deliveries {
        if !seen.insert(d.id.as_str()) {
            return Err(ProblemError::DeliveryTwice(d.id.clone()));
        }
        let Some(&at) = buildings.get(d.building.as_str()) else {
            return Err(ProblemError::NoBuilding {
                delivery: d.id.clone(),
                building: d.building.clone(),
            });
        };
        let building = &estate.buildings[at];
        if !(0..building.floors).contains(&d.floor) {
            return Err(ProblemError::NoFloor {
                delivery: d.id.clone(),
                building: d.building.clone(),
                floor: d.floor,
                top: building.floors - 1,
            });
        }
        if !flat_exists(building, d.floor, &d.room) {
            return Err(ProblemError::NoFlat {
                delivery: d.id.clone(),
                building: d.building.clone(),
                floor: d.floor,
                room: d.room.clone(),
                flats: building.flats_per_floor,
            });
        }
        if d.meals < 1 {
            return Err(ProblemError::NoMeals { delivery: d.id.clone(), meals: d.meals });
        }
        stops.push(Stop { id: d.id.clone(), meals: Meals(d.meals), service: Seconds(d.service_s) });
        places.push(Spot::Floor { building: at, floor: d.floor });
    }
    Ok((stops, places))
}

/// Whether a flat written as floor and letter (`12C`) is one of that floor's.
///
/// Compounds write flats in many ways; only this form says which flat of the floor is meant, any
/// other is taken as it is.
fn flat_exists(building: &Building, floor: i64, room: &str) -> bool {
    let Some(letter) = room.bytes().last().filter(u8::is_ascii_uppercase) else {
        return true;
    };
    let Ok(written_floor) = room[..room.len() - 1].parse::<i64>() else {
        return true;
    };
    written_floor == floor && i64::from(letter - b'A') < building.flats_per_floor
}

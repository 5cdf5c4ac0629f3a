//! The problem laid out flat for bounding: doors from 1, the kitchen as 0, vehicles as classes.

use crate::routing::measure::Meals;
use crate::routing::problem::{Fleet, Problem};

use super::NoBound;

/// Most doors: a set of doors is one 128-bit word.
pub const MOST_DOORS: usize = 120;
/// Largest bag, in meals: labels are sorted into one bucket for each load.
pub const LARGEST_BAG: i64 = 100;
/// Longest leg, service or round that is reckoned with, in seconds.
const LONGEST: i64 = 1_000_000;

/// More than any plan costs.
const MOST_COST: i64 = 1 << 40;

/// A set of doors as bits; the kitchen has bit 0 and is never in it.
pub(super) type Doors = u128;

/// The one-element set of a door.
pub(super) fn bit(door: usize) -> Doors {
    1 << door
}

/// Vehicles with the same bag and the same limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class {
    /// Meals the bag holds.
    pub capacity: i64,
    /// Longest round in seconds.
    pub limit: i64,
    /// How many there are.
    pub count: i64,
}

impl Class {
    /// Whether this class can do whatever the other can.
    pub fn covers(&self, other: &Self) -> bool {
        self.capacity >= other.capacity && self.limit >= other.limit
    }

    /// Whether a round of this load and duration is feasible.
    pub fn carries(&self, load: i64, time: i64) -> bool {
        load <= self.capacity && time <= self.limit
    }
}

/// Legs, doors and vehicle classes.
#[derive(Debug, Clone)]
pub(super) struct Model {
    /// Number of doors; nodes are `0..=doors`, 0 being the kitchen.
    pub doors: usize,
    legs: Vec<i64>,
    /// Seconds at the door by node.
    pub service: Vec<i64>,
    /// Meals by node.
    pub meals: Vec<i64>,
    /// Sorted by capacity, then limit.
    pub classes: Vec<Class>,
    /// The largest bag.
    pub capacity: i64,
    /// Most rounds a plan can have.
    pub rounds: i64,
}

impl Model {
    /// Lays a problem out, or says why no bound is attempted.
    pub fn new(problem: &Problem) -> Result<Self, NoBound> {
        let doors = problem.stops().len();
        if doors > MOST_DOORS {
            return Err(NoBound::TooManyDoors(doors));
        }
        let node = |v: usize| v.checked_sub(1);
        let legs = (0..(doors + 1) * (doors + 1))
            .map(|at| problem.leg(node(at / (doors + 1)), node(at % (doors + 1))).0)
            .collect::<Vec<_>>();
        let of_stops = |value: fn(&crate::routing::problem::Stop) -> i64| {
            std::iter::once(0).chain(problem.stops().iter().map(value)).collect::<Vec<_>>()
        };
        let service = of_stops(|stop| stop.service.0);
        let meals = of_stops(|stop| stop.meals.0);
        if legs.iter().chain(&service).any(|s| !(0..=LONGEST).contains(s)) {
            return Err(NoBound::NumbersTooLarge);
        }
        if let Some(empty) = problem.stops().iter().find(|stop| stop.meals.0 < 1) {
            return Err(NoBound::NothingToCarry(empty.id.clone()));
        }
        let (classes, rounds) = classes_of(problem, doors as i64);
        let capacity = classes.iter().map(|c| c.capacity).max().unwrap_or(0);
        if capacity > LARGEST_BAG {
            return Err(NoBound::BagTooLarge(Meals(capacity)));
        }
        let model = Self { doors, legs, service, meals, classes, capacity, rounds };
        match (1..=doors).find(|&door| !model.servable(door)) {
            Some(door) => Err(NoBound::Unservable(problem.stops()[door - 1].id.clone())),
            None => Ok(model),
        }
    }

    /// Seconds from one node to another.
    pub fn leg(&self, from: usize, to: usize) -> i64 {
        self.legs[from * (self.doors + 1) + to]
    }

    /// Duration of a round through these doors.
    pub fn duration(&self, doors: &[u8]) -> i64 {
        let (mut at, mut time) = (0, 0);
        for &door in doors {
            let door = usize::from(door);
            time += self.leg(at, door) + self.service[door];
            at = door;
        }
        time + self.leg(at, 0)
    }

    /// Meals of these doors.
    pub fn load(&self, doors: &[u8]) -> i64 {
        doors.iter().map(|&door| self.meals[usize::from(door)]).sum()
    }

    /// The classes fit for a round such that no smaller class is, by index.
    pub fn smallest_classes(&self, load: i64, time: i64) -> Vec<usize> {
        let fit = |k: &usize| self.classes[*k].carries(load, time);
        (0..self.classes.len())
            .filter(fit)
            .filter(|&k| {
                !(0..self.classes.len())
                    .filter(fit)
                    .any(|other| other != k && self.classes[k].covers(&self.classes[other]))
            })
            .collect()
    }

    /// Longest round of anyone whose bag holds the load; negative if nobody's does.
    pub fn limit(&self, load: i64) -> i64 {
        self.classes.iter().filter(|c| c.capacity >= load).map(|c| c.limit).max().unwrap_or(-1)
    }

    /// Service times and, for each door, the shortest leg to it: what any plan costs at least.
    pub fn least_legs(&self) -> i64 {
        let to = |door: usize| (0..=self.doors).filter(move |&v| v != door);
        let leg = |door| to(door).map(|from| self.leg(from, door)).min().unwrap_or(0);
        (1..=self.doors).map(|door| self.service[door] + leg(door)).sum()
    }

    /// What a unit of a broken row costs in a linear program, in seconds: far more than a round.
    pub fn penalty(&self) -> f64 {
        let alone = (1..=self.doors).map(|door| self.duration(&[door as u8]));
        10.0 * alone.max().unwrap_or(0) as f64
    }

    /// What any plan costs at most: everyone out to the limit, or every leg the longest.
    pub fn most_cost(&self) -> i64 {
        let limits: i64 = self.classes.iter().map(|c| c.limit.min(MOST_COST) * c.count).sum();
        let longest = self.legs.iter().max().copied().unwrap_or(0);
        let service: i64 = self.service.iter().sum();
        limits.min(service + longest * 2 * self.doors as i64)
    }

    fn servable(&self, door: usize) -> bool {
        let alone = self.leg(0, door) + self.service[door] + self.leg(door, 0);
        alone <= self.limit(self.meals[door])
    }
}

/// Groups equal vehicles; an unlimited fleet has one vehicle for each door.
fn classes_of(problem: &Problem, doors: i64) -> (Vec<Class>, i64) {
    let one = |v: &crate::routing::problem::Vehicle, count| Class {
        capacity: v.capacity.0,
        limit: v.max_duration.map_or(i64::MAX / 4, |limit| limit.0),
        count,
    };
    if problem.fleet() == Fleet::Unlimited {
        return (problem.vehicles().iter().take(1).map(|v| one(v, doors)).collect(), doors);
    }
    let mut each: Vec<Class> = problem.vehicles().iter().map(|v| one(v, 1)).collect();
    each.sort_unstable_by_key(|c| (c.capacity, c.limit));
    let mut classes: Vec<Class> = Vec::new();
    for class in each {
        match classes.last_mut() {
            Some(last) if (last.capacity, last.limit) == (class.capacity, class.limit) => {
                last.count += 1;
            }
            _ => classes.push(class),
        }
    }
    let rounds = classes.iter().map(|c| c.count).sum::<i64>().min(doors);
    (classes, rounds)
}

//! One trip under search, evaluated whole: a trip has a dozen doors.

use super::ground::Ground;
use super::posed::NEVER;

/// One trip, the kitchen at both ends, with everything a change of it needs at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trip {
    /// Stops in order, 0 at both ends.
    pub(super) stops: Vec<u32>,
    /// Their spots.
    pub(super) spots: Vec<u32>,
    /// `legs[i]`: seconds from place i to place i + 1.
    pub(super) legs: Vec<i32>,
    /// Arrival at each place, in seconds after leaving the kitchen.
    pub(super) arrival: Vec<i64>,
    /// `hot_room[i]`: how much later the doors from place i on may be reached and all be hot.
    hot_room: Vec<i64>,
    /// `leave_by[i]`: latest departure from the kitchen with which the doors from place i on are
    /// reached in time.
    leave_by: Vec<i64>,
    /// Meals carried.
    pub(super) load: i64,
    /// Legs and service, in seconds.
    pub(super) duration: i64,
}

impl Trip {
    pub(super) fn empty() -> Self {
        Self {
            stops: vec![0, 0],
            spots: vec![0, 0],
            legs: vec![0],
            arrival: vec![0, 0],
            hot_room: vec![NEVER; 2],
            leave_by: vec![NEVER; 2],
            load: 0,
            duration: 0,
        }
    }

    /// Doors on the trip.
    pub(super) fn len(&self) -> usize {
        self.stops.len() - 2
    }

    /// Its doors in order.
    pub(super) fn doors(&self) -> &[u32] {
        &self.stops[1..self.stops.len() - 1]
    }

    pub(super) fn copy_from(&mut self, other: &Self) {
        self.stops.clone_from(&other.stops);
        self.spots.clone_from(&other.spots);
        self.legs.clone_from(&other.legs);
        self.arrival.clone_from(&other.arrival);
        self.hot_room.clone_from(&other.hot_room);
        self.leave_by.clone_from(&other.leave_by);
        self.load = other.load;
        self.duration = other.duration;
    }

    /// Takes these doors, in this order, instead of its own.
    pub(super) fn set(&mut self, ground: &Ground<'_>, doors: &[u32]) {
        self.stops.clear();
        self.stops.push(0);
        self.stops.extend_from_slice(doors);
        self.stops.push(0);
        self.work_out(ground);
    }

    pub(super) fn insert(&mut self, ground: &Ground<'_>, stop: u32, after: usize) {
        self.stops.insert(after + 1, stop);
        self.work_out(ground);
    }

    /// Takes out `count` doors from place `first` on and puts them into `pool`.
    pub(super) fn cut(
        &mut self,
        ground: &Ground<'_>,
        first: usize,
        count: usize,
        pool: &mut Vec<u32>,
    ) {
        pool.extend(self.stops.drain(first..first + count));
        self.work_out(ground);
    }

    fn work_out(&mut self, ground: &Ground<'_>) {
        let places = self.stops.len();
        self.spots.clear();
        self.spots.extend(self.stops.iter().map(|&s| ground.spot[s as usize]));
        self.legs.clear();
        self.legs.extend(self.spots.windows(2).map(|pair| ground.leg(pair[0], pair[1])));
        self.arrival.clear();
        self.load = 0;
        let mut clock = 0;
        for (place, &stop) in self.stops.iter().enumerate() {
            self.arrival.push(clock);
            self.load += i64::from(ground.meals[stop as usize]);
            clock += i64::from(ground.service[stop as usize])
                + self.legs.get(place).map_or(0, |&leg| i64::from(leg));
        }
        self.duration = clock;
        self.hot_room.clear();
        self.hot_room.resize(places, NEVER);
        self.leave_by.clear();
        self.leave_by.resize(places, NEVER);
        if ground.timed {
            for place in (1..places - 1).rev() {
                let arrival = self.arrival[place];
                let by = ground.by[self.stops[place] as usize];
                self.hot_room[place] = self.hot_room[place + 1].min(ground.hot - arrival);
                self.leave_by[place] = self.leave_by[place + 1].min(by - arrival);
            }
        }
    }

    /// Meal-seconds of lateness from place `from` on, when the kitchen is left at `start` and all
    /// of them are reached `shift` seconds later than now.
    pub(super) fn lateness(&self, ground: &Ground<'_>, from: usize, start: i64, shift: i64) -> i64 {
        if self.hot_room[from] >= shift && self.leave_by[from] >= start + shift {
            return 0;
        }
        let doors = self.stops.len() - 1;
        (from..doors)
            .map(|place| late_at(ground, self.stops[place], start, self.arrival[place] + shift))
            .sum()
    }
}

/// Meal-seconds by which a stop is late, reached `arrival` seconds after leaving at `start`.
pub(super) fn late_at(ground: &Ground<'_>, stop: u32, start: i64, arrival: i64) -> i64 {
    let late = (arrival - ground.hot).max(start + arrival - ground.by[stop as usize]).max(0);
    late * i64::from(ground.meals[stop as usize])
}

//! One round under search, and the few numbers of it that a scan looks at.

use super::terrain::{Terrain, Zones};

/// One round, the kitchen at both ends, with everything a change of it needs at hand.
#[derive(Clone, Default)]
pub(super) struct Route {
    /// Stops in order, 0 at both ends.
    pub(super) stops: Vec<u32>,
    /// Their spots.
    pub(super) spots: Vec<u32>,
    /// `legs[i]`: seconds from place i to place i + 1.
    pub(super) legs: Vec<i32>,
    /// Meals carried.
    pub(super) load: i32,
    /// Legs and service, in seconds.
    pub(super) duration: i64,
    /// Who carries.
    pub(super) vehicle: u32,
}

impl Route {
    pub(super) fn empty(vehicle: u32) -> Self {
        Self { stops: vec![0, 0], spots: vec![0, 0], legs: vec![0], load: 0, duration: 0, vehicle }
    }

    /// Doors on the route.
    pub(super) fn len(&self) -> usize {
        self.stops.len() - 2
    }

    /// The doors in order, without the kitchen at both ends.
    pub(super) fn doors(&self) -> &[u32] {
        &self.stops[1..=self.len()]
    }

    /// Takes all stops off; who carries stays.
    pub(super) fn clear(&mut self) {
        *self = Self::empty(self.vehicle);
    }

    pub(super) fn copy_from(&mut self, other: &Self) {
        self.stops.clone_from(&other.stops);
        self.spots.clone_from(&other.spots);
        self.legs.clone_from(&other.legs);
        self.load = other.load;
        self.duration = other.duration;
        self.vehicle = other.vehicle;
    }

    pub(super) fn insert(&mut self, terrain: &Terrain, stop: u32, after: usize) {
        let spot = terrain.spot[stop as usize];
        let (into, out) =
            (terrain.leg(self.spots[after], spot), terrain.leg(spot, self.spots[after + 1]));
        self.duration += i64::from(into) + i64::from(out) - i64::from(self.legs[after])
            + i64::from(terrain.service[stop as usize]);
        self.load += terrain.meals[stop as usize];
        self.stops.insert(after + 1, stop);
        self.spots.insert(after + 1, spot);
        self.legs[after] = into;
        self.legs.insert(after + 1, out);
    }

    /// Takes out `count` stops from place `first` on and puts them into `pool`.
    pub(super) fn cut(
        &mut self,
        terrain: &Terrain,
        first: usize,
        count: usize,
        pool: &mut Vec<u32>,
    ) {
        for &stop in &self.stops[first..first + count] {
            self.duration -= i64::from(terrain.service[stop as usize]);
            self.load -= terrain.meals[stop as usize];
            pool.push(stop);
        }
        self.duration -=
            self.legs[first - 1..first + count].iter().map(|&leg| i64::from(leg)).sum::<i64>();
        self.stops.drain(first..first + count);
        self.spots.drain(first..first + count);
        self.legs.drain(first..first + count);
        let bridge = terrain.leg(self.spots[first - 1], self.spots[first]);
        self.legs[first - 1] = bridge;
        self.duration += i64::from(bridge);
    }
}

/// The few numbers of a route that decide whether a stop may go there, kept close together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Brief {
    /// Zones the route passes through; all of them for an idle route.
    pub(super) zones: Zones,
    /// Meals carried.
    pub(super) load: i32,
    /// Seconds left of the vehicle's limit.
    pub(super) time_left: i32,
    /// Who carries.
    pub(super) vehicle: u32,
}

impl Brief {
    pub(super) fn of(terrain: &Terrain, route: &Route) -> Self {
        let zones =
            route.spots[1..=route.len()].iter().fold(0, |zones, &spot| zones | terrain.zone(spot));
        let time_left = terrain.limit[route.vehicle as usize] - route.duration;
        Self {
            zones: if route.len() == 0 { Zones::MAX } else { zones },
            load: route.load,
            time_left: time_left.min(i64::from(i32::MAX / 2)) as i32,
            vehicle: route.vehicle,
        }
    }
}

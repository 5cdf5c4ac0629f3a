//! Door-to-door travel times, kept compressed.
//!
//! Doors of one floor are the same place to a planner, so times are kept between *spots*: a floor
//! of a building with a delivery, and the kitchen. A day with 2,500 doors has about 700 spots,
//! which makes the table thirteen times smaller than one of doors.

use super::estate::{Building, Timing};
use super::measure::{Millis, Seconds};
use super::network::Network;

/// A floor of a building, or the kitchen: all that a leg's time depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spot {
    /// Where rounds start and end.
    Kitchen,
    /// The corridor of one floor.
    Floor {
        /// Index of the building.
        building: usize,
        /// The floor, 0 at ground level.
        floor: i64,
    },
}

/// Travel times of one compound: gate-to-gate walks and the climb in each building.
#[derive(Debug, Clone)]
pub struct Travel {
    walks: Vec<Millis>,
    gates: usize,
    gate_of_building: Vec<usize>,
    lift: Vec<bool>,
    timing: Timing,
}

impl Travel {
    /// Runs the shortest paths once and keeps only the times between gates.
    pub fn new(network: &Network, buildings: &[Building], timing: Timing) -> Self {
        Self {
            walks: network.walks(),
            gates: network.gates(),
            gate_of_building: (0..buildings.len()).map(|b| network.gate(b)).collect(),
            lift: buildings.iter().map(|b| b.lift).collect(),
            timing,
        }
    }

    /// Time between two floors of one building, corridors not included.
    pub fn climb(&self, building: usize, from: i64, to: i64) -> Millis {
        let t = &self.timing;
        Millis(if from == to {
            0
        } else if self.lift[building] {
            t.lift_wait_ms + (to - from).abs() * t.lift_ms_per_floor
        } else if to > from {
            (to - from) * t.stairs_up_ms_per_floor
        } else {
            (from - to) * t.stairs_down_ms_per_floor
        })
    }

    /// Walking time between the gates of two spots.
    pub fn walk(&self, from: Spot, to: Spot) -> Millis {
        self.walks[self.gate(from) * self.gates + self.gate(to)]
    }

    /// Seconds from one door to another, rounded up once.
    ///
    /// Between two different doors of one spot it is the corridor; a door to itself is not asked
    /// for. From the kitchen to the kitchen it is 0.
    pub fn leg(&self, from: Spot, to: Spot) -> Seconds {
        let corridor = Millis(self.timing.corridor_ms);
        let ms = match (from, to) {
            (Spot::Kitchen, Spot::Kitchen) => Millis(0),
            (Spot::Floor { building: a, floor: f }, Spot::Floor { building: b, floor: g })
                if a == b =>
            {
                if f == g {
                    corridor
                } else {
                    corridor + self.climb(a, f, g) + corridor
                }
            }
            _ => self.way_out(from) + self.walk(from, to) + self.way_in(to),
        };
        ms.up_to_seconds()
    }

    fn way_out(&self, from: Spot) -> Millis {
        match from {
            Spot::Kitchen => Millis(0),
            Spot::Floor { building, floor } => {
                Millis(self.timing.corridor_ms) + self.climb(building, floor, 0)
            }
        }
    }

    fn way_in(&self, to: Spot) -> Millis {
        match to {
            Spot::Kitchen => Millis(0),
            Spot::Floor { building, floor } => {
                self.climb(building, 0, floor) + Millis(self.timing.corridor_ms)
            }
        }
    }

    fn gate(&self, spot: Spot) -> usize {
        match spot {
            Spot::Kitchen => 0,
            Spot::Floor { building, .. } => self.gate_of_building[building],
        }
    }
}

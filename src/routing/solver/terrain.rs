//! The problem laid out flat for the search: 32-bit arrays, the kitchen as stop 0, legs both ways.

use crate::routing::problem::{Fleet, Problem};

/// Stops each spot keeps as its neighbours.
const NEAR: usize = 160;

/// Nearest stops whose zones are looked through for a place.
const NEAR_FOR_ZONES: usize = 80;
/// A set of zones, a bit each.
pub(super) type Zones = u128;

/// Immutable arrays the search reads. Stop `i` of the problem is stop `i + 1` here.
pub(super) struct Terrain<'p> {
    /// Spot of each stop; a spot's doors share all their legs.
    pub(super) spot: Vec<u32>,
    /// Number of spots.
    spots: usize,
    /// `out[s * spots + t]`: seconds from spot s to spot t.
    out: &'p [i32],
    /// `into[t * spots + s]`: the same, by destination; empty when the legs are symmetric.
    into: Vec<i32>,
    /// Meals by stop.
    pub(super) meals: Vec<i32>,
    /// Seconds at the door by stop.
    pub(super) service: Vec<i32>,
    /// There and back from the kitchen, by stop.
    pub(super) far: Vec<i32>,
    /// Nearest stops by spot, the spot's own first.
    near: Vec<Vec<u32>>,
    /// Zone of each spot, as a set of one.
    zone: Vec<Zones>,
    /// Zones around each spot.
    zones_near: Vec<Zones>,
    /// Meals a vehicle holds.
    pub(super) capacity: Vec<i32>,
    /// Seconds a vehicle may be out.
    pub(super) limit: Vec<i64>,
    /// Any number of routes, all with vehicle 0.
    pub(super) unlimited: bool,
    /// Stops the search may place; the others were found impossible before.
    pub(super) servable: Vec<u32>,
}

impl<'p> Terrain<'p> {
    /// Lays out a problem; `servable` holds problem stop indices.
    pub(super) fn new(problem: &'p Problem, servable: &[usize]) -> Self {
        let spots = problem.legs.spots();
        let out = problem.legs.rows();
        let symmetric =
            (0..spots).all(|a| (0..a).all(|b| out[a * spots + b] == out[b * spots + a]));
        let mut into = Vec::new();
        if !symmetric {
            into.reserve_exact(out.len());
            for to in 0..spots {
                into.extend((0..spots).map(|from| out[from * spots + to]));
            }
        }
        let narrow = |n: i64| n.clamp(0, i64::from(i32::MAX / 4)) as i32;
        let with_kitchen = |f: &dyn Fn(usize) -> i32| -> Vec<i32> {
            std::iter::once(0).chain((0..problem.stops().len()).map(f)).collect()
        };
        let mut terrain = Self {
            spot: std::iter::once(0).chain(problem.spot_of.iter().copied()).collect(),
            spots,
            out,
            into,
            meals: with_kitchen(&|i| narrow(problem.stops()[i].meals.0)),
            service: with_kitchen(&|i| narrow(problem.stops()[i].service.0)),
            far: with_kitchen(&|i| {
                (problem.leg(None, Some(i)) + problem.leg(Some(i), None)).0 as i32
            }),
            near: Vec::new(),
            zone: Vec::new(),
            zones_near: Vec::new(),
            capacity: problem.vehicles().iter().map(|v| narrow(v.capacity.0)).collect(),
            limit: problem
                .vehicles()
                .iter()
                .map(|v| v.max_duration.map_or(i64::MAX / 4, |d| d.0))
                .collect(),
            unlimited: problem.fleet() == Fleet::Unlimited,
            servable: servable.iter().map(|&i| i as u32 + 1).collect(),
        };
        terrain.near = terrain.neighbours();
        terrain.zone = terrain.zones();
        terrain.zones_near = terrain.near.iter().map(|near| terrain.zones_of(near)).collect();
        terrain
    }

    /// Seconds from one spot to another.
    pub(super) fn leg(&self, from: u32, to: u32) -> i32 {
        self.out[from as usize * self.spots + to as usize]
    }

    /// Seconds from this spot to each spot.
    pub(super) fn out_of(&self, spot: u32) -> &[i32] {
        &self.out[spot as usize * self.spots..][..self.spots]
    }

    /// Seconds to this spot from each spot.
    pub(super) fn into(&self, spot: u32) -> &[i32] {
        let by_destination = if self.into.is_empty() { self.out } else { &self.into };
        &by_destination[spot as usize * self.spots..][..self.spots]
    }

    /// The stops nearest to a stop, itself among the first.
    pub(super) fn near(&self, stop: u32) -> &[u32] {
        &self.near[self.spot[stop as usize] as usize]
    }

    /// The zone of a spot.
    pub(super) fn zone(&self, spot: u32) -> Zones {
        self.zone[spot as usize]
    }

    /// The zones around a spot.
    pub(super) fn zones_near(&self, spot: u32) -> Zones {
        self.zones_near[spot as usize]
    }

    fn zones_of(&self, stops: &[u32]) -> Zones {
        stops
            .iter()
            .take(NEAR_FOR_ZONES)
            .fold(0, |zones, &s| zones | self.zone(self.spot[s as usize]))
    }

    /// Divides the spots into at most 128 zones around centres that lie far apart: each next centre
    /// is the spot farthest from those before (Gonzalez 1985).
    fn zones(&self) -> Vec<Zones> {
        let mut zone = vec![0; self.spots];
        let mut distance = vec![i64::MAX; self.spots];
        let mut centre = 0;
        for bit in 0..Zones::BITS {
            let (out, into) = (self.out_of(centre as u32), self.into(centre as u32));
            for spot in 0..self.spots {
                let there_and_back =
                    if spot == centre { -1 } else { i64::from(out[spot]) + i64::from(into[spot]) };
                if there_and_back < distance[spot] {
                    distance[spot] = there_and_back;
                    zone[spot] = 1 << bit;
                }
            }
            let farthest =
                (0..self.spots).max_by_key(|&spot| (distance[spot], std::cmp::Reverse(spot)));
            match farthest {
                Some(spot) if distance[spot] >= 0 => centre = spot,
                _ => break,
            }
        }
        zone
    }

    /// Sorts spots, not stops, by distance: cheaper by the square of the doors on a floor.
    fn neighbours(&self) -> Vec<Vec<u32>> {
        let mut doors: Vec<Vec<u32>> = vec![Vec::new(); self.spots];
        for &stop in &self.servable {
            doors[self.spot[stop as usize] as usize].push(stop);
        }
        let mut order: Vec<(i64, u32)> = Vec::with_capacity(self.spots);
        let mut near = vec![Vec::new(); self.spots];
        for (spot, list) in near.iter_mut().enumerate() {
            if doors[spot].is_empty() {
                continue;
            }
            let (out, into) = (self.out_of(spot as u32), self.into(spot as u32));
            order.clear();
            order.extend((0..self.spots as u32).filter(|&s| !doors[s as usize].is_empty()).map(
                |s| {
                    let there_and_back = i64::from(out[s as usize]) + i64::from(into[s as usize]);
                    (if s as usize == spot { -1 } else { there_and_back }, s)
                },
            ));
            if order.len() > NEAR {
                order.select_nth_unstable(NEAR);
                order.truncate(NEAR);
            }
            order.sort_unstable();
            list.extend(
                order.iter().flat_map(|&(_, s)| doors[s as usize].iter().copied()).take(NEAR),
            );
        }
        near
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::routing::legs::Legs;
    use crate::routing::measure::{Meals, Seconds};
    use crate::routing::problem::{Fleet, Problem, Stop, Vehicle};

    /// Six doors in a row, an uneven way back, two bags.
    pub(in crate::routing::solver) fn row() -> Problem {
        let vehicle = |id: &str, capacity| Vehicle {
            id: Some(id.to_owned()),
            capacity: Meals(capacity),
            max_duration: Some(Seconds(900)),
        };
        Problem {
            name: String::new(),
            stops: (1..7)
                .map(|i| Stop { id: i.to_string(), meals: Meals(1), service: Seconds(i) })
                .collect(),
            vehicles: vec![vehicle("a", 3), vehicle("b", 6)],
            fleet: Fleet::Listed,
            spot_of: (1..7).collect(),
            legs: Legs::tabulate(
                7,
                |a, b| {
                    if a < b { 10 * (b - a) as i32 } else { 11 * (a - b) as i32 }
                },
            ),
        }
    }
}

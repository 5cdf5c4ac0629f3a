//! The service problem laid out flat for the search: 32-bit arrays, the kitchen as stop 0.

use super::posed::{Carrier, NEVER, Service};

/// Stops each spot keeps as its neighbours.
const NEAR: usize = 100;
/// Nobody: no owner, no pin.
pub(super) const NOBODY: u32 = u32::MAX;

/// Immutable arrays the search reads. Stop `i` of the problem is stop `i + 1` here.
pub(super) struct Ground<'s> {
    /// Spot of each stop; a spot's doors share all their legs.
    pub(super) spot: Vec<u32>,
    spots: usize,
    /// `out[s * spots + t]`: seconds from spot s to spot t.
    out: &'s [i32],
    /// The same by destination; empty when the legs are symmetric.
    into: Vec<i32>,
    /// Meals by stop.
    pub(super) meals: Vec<i32>,
    /// Seconds at the door by stop.
    pub(super) service: Vec<i32>,
    /// There and back from the kitchen, by stop.
    pub(super) far: Vec<i32>,
    /// Latest arrival in seconds after time 0, by stop.
    pub(super) by: Vec<i64>,
    /// Longest time from the kitchen to a door.
    pub(super) hot: i64,
    /// Whether anything can be late.
    pub(super) timed: bool,
    /// Up the stairs, by stop.
    pub(super) climb: Vec<bool>,
    /// Who has the door under the plan that is being carried out, if a change of hands counts.
    pub(super) owner: Vec<u32>,
    /// Who must have the door.
    pub(super) pin: Vec<u32>,
    /// Nearest stops by spot, the spot's own first.
    near: Vec<Vec<u32>>,
    /// What each volunteer may still be given.
    pub(super) carriers: Vec<Carrier>,
    /// Volunteers who may be given the same, by number of their class.
    pub(super) class: Vec<u32>,
    /// First slot of each volunteer; one more entry at the end. A slot is a trip that may be made.
    pub(super) first_slot: Vec<u32>,
    /// Volunteer of each slot.
    pub(super) carrier_of: Vec<u32>,
    /// Seconds at the kitchen between two trips.
    pub(super) turnaround: i64,
    /// Whether the last return counts and not the longest trip.
    pub(super) by_finish: bool,
    /// Stops the search may place.
    pub(super) servable: Vec<u32>,
}

impl<'s> Ground<'s> {
    /// Lays out a problem; `servable` holds problem stop indices.
    pub(super) fn new(service: &'s Service<'_>, servable: &[usize]) -> Self {
        let problem = &service.problem;
        let (spots, out) = (problem.legs.spots(), problem.legs.rows());
        let symmetric =
            (0..spots).all(|a| (0..a).all(|b| out[a * spots + b] == out[b * spots + a]));
        let mut into = Vec::new();
        if !symmetric {
            into.reserve_exact(out.len());
            for to in 0..spots {
                into.extend((0..spots).map(|from| out[from * spots + to]));
            }
        }
        let stops = problem.stops();
        let narrow = |n: i64| n.clamp(0, i64::from(i32::MAX / 4)) as i32;
        let by: Vec<i64> = std::iter::once(NEVER)
            .chain((0..stops.len()).map(|s| service.arrive_by(s).unwrap_or(NEVER)))
            .collect();
        let number = |who: &Option<usize>| who.map_or(NOBODY, |carrier| carrier as u32);
        let carriers = service.carriers.clone();
        let mut first_slot = vec![0];
        let mut carrier_of = Vec::new();
        for (carrier, number) in carriers.iter().zip(0..) {
            carrier_of.extend(std::iter::repeat_n(number, carrier.trips_left));
            first_slot.push(carrier_of.len() as u32);
        }
        let mut ground = Self {
            spot: std::iter::once(0).chain(problem.spot_of.iter().copied()).collect(),
            spots,
            out,
            into,
            meals: with_kitchen(stops.len(), 0, |s| narrow(stops[s].meals.0)),
            service: with_kitchen(stops.len(), 0, |s| narrow(stops[s].service.0)),
            far: with_kitchen(stops.len(), 0, |s| {
                (problem.leg(None, Some(s)) + problem.leg(Some(s), None)).0 as i32
            }),
            timed: service.hot().is_some() || by.iter().any(|&by| by < NEVER),
            by,
            hot: service.hot().unwrap_or(NEVER),
            climb: with_kitchen(stops.len(), false, |s| service.climb[s]),
            owner: with_kitchen(stops.len(), NOBODY, |s| {
                if service.rules.hands { number(&service.owner[s]) } else { NOBODY }
            }),
            pin: with_kitchen(stops.len(), NOBODY, |s| number(&service.pin[s])),
            near: Vec::new(),
            class: classes(&carriers),
            carriers,
            first_slot,
            carrier_of,
            turnaround: service.turnaround(),
            by_finish: service.several_trips(),
            servable: servable.iter().map(|&s| s as u32 + 1).collect(),
        };
        ground.near = ground.neighbours();
        ground
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

    /// The slots of a volunteer.
    pub(super) fn slots(&self, carrier: u32) -> std::ops::Range<usize> {
        self.first_slot[carrier as usize] as usize..self.first_slot[carrier as usize + 1] as usize
    }

    /// Whether a volunteer may serve a stop at all.
    pub(super) fn may(&self, carrier: u32, stop: u32) -> bool {
        let pin = self.pin[stop as usize];
        (pin == NOBODY || pin == carrier)
            && (!self.climb[stop as usize] || self.carriers[carrier as usize].climbs)
    }

    /// Doors that change hands when a volunteer serves this one: 0 or 1.
    pub(super) fn hands(&self, carrier: u32, stop: u32) -> i64 {
        let owner = self.owner[stop as usize];
        i64::from(owner != NOBODY && owner != carrier)
    }

    /// Sorts spots, not stops, by distance: cheaper by the square of the doors on a floor.
    fn neighbours(&self) -> Vec<Vec<u32>> {
        let mut doors: Vec<Vec<u32>> = vec![Vec::new(); self.spots];
        for &stop in &self.servable {
            doors[self.spot[stop as usize] as usize].push(stop);
        }
        let busy: Vec<u32> =
            (0..self.spots as u32).filter(|&s| !doors[s as usize].is_empty()).collect();
        let mut near = vec![Vec::new(); self.spots];
        let mut order: Vec<(i32, u32)> = Vec::with_capacity(busy.len());
        for &spot in &busy {
            let (out, into) = (self.out_of(spot), self.into(spot));
            let both = |s: u32| if s == spot { -1 } else { out[s as usize] + into[s as usize] };
            order.clear();
            order.extend(busy.iter().map(|&s| (both(s), s)));
            if order.len() > NEAR {
                order.select_nth_unstable(NEAR);
                order.truncate(NEAR);
            }
            order.sort_unstable();
            near[spot as usize] = order
                .iter()
                .flat_map(|&(_, s)| doors[s as usize].iter().copied())
                .take(NEAR)
                .collect();
        }
        near
    }
}

fn with_kitchen<T: Clone>(stops: usize, kitchen: T, of: impl Fn(usize) -> T) -> Vec<T> {
    std::iter::once(kitchen).chain((0..stops).map(of)).collect()
}

/// Numbers the different kinds of volunteers.
fn classes(carriers: &[Carrier]) -> Vec<u32> {
    let mut kinds = carriers.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    carriers.iter().map(|c| kinds.binary_search(c).unwrap_or(0) as u32).collect()
}

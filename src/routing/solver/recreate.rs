//! Recreate: greedy insertion with blinks.
//!
//! Christiaens and Vanden Berghe 2020, section 5.2: removed stops are put back one after another at
//! the cheapest place, each place being overlooked with a small probability. Here the number of
//! places until the next blink is drawn at once, so that the scan has no draw in it.

use super::bags::Bags;
use super::chance::Chance;
use super::state::State;
use super::terrain::{Terrain, Zones};

/// Absent stops tried again in one trial.
const ABSENT_AT_ONCE: usize = 12;

/// The orders in which stops are put back, with their weights.
const RANDOM: usize = 4;
const HEAVIEST: usize = 4;
const FARTHEST: usize = 2;
const NEAREST: usize = 1;

/// Scratch space of the recreate step.
pub(super) struct Recreate {
    bags: Bags,
    order: Vec<(i32, u32)>,
    until_blink: u32,
    /// Routes that may take the stop at hand.
    open: Vec<u32>,
}

/// Where a stop would go, and for how many seconds more.
#[derive(Clone, Copy)]
struct Place {
    route: u32,
    after: usize,
    delta: i32,
}

impl Recreate {
    pub(super) fn new(terrain: &Terrain, chance: &mut Chance) -> Self {
        Self {
            bags: Bags::new(terrain),
            order: Vec::new(),
            until_blink: chance.gap(),
            open: Vec::new(),
        }
    }

    /// Puts the pool, and some of the stops that were absent before, on routes as far as they fit.
    pub(super) fn insert_all(
        &mut self,
        terrain: &Terrain,
        state: &mut State,
        chance: &mut Chance,
        pool: &mut Vec<u32>,
        absent_at_once: Option<usize>,
    ) {
        let absent_first =
            draw_absent(state, chance, pool, absent_at_once.unwrap_or(ABSENT_AT_ONCE));
        chance.shuffle(&mut pool[absent_first..]);
        self.sort(terrain, chance, &mut pool[absent_first..]);
        let mut stale_bags = true;
        // Absent stops are served first half of the time: what is easy to place would fill the gap.
        if chance.coin() {
            pool.rotate_left(absent_first);
        }
        for &stop in pool.iter() {
            if stale_bags && !self.bags.alike() {
                self.bags.survey(state);
            }
            if let Some(place) = self.cheapest(terrain, state, chance, stop) {
                self.make_room(terrain, state, stop, place.route);
                state.insert(terrain, stop, place.route, place.after);
                stale_bags = true;
            } else {
                state.absent.push(stop);
                stale_bags = false;
            }
        }
        pool.clear();
    }

    fn sort(&mut self, terrain: &Terrain, chance: &mut Chance, stops: &mut [u32]) {
        let draw = chance.below(RANDOM + HEAVIEST + FARTHEST + NEAREST);
        let key: &dyn Fn(u32) -> i32 = if draw < RANDOM {
            return;
        } else if draw < RANDOM + HEAVIEST {
            &|s| -terrain.meals[s as usize]
        } else if draw < RANDOM + HEAVIEST + FARTHEST {
            &|s| -terrain.far[s as usize]
        } else {
            &|s| terrain.far[s as usize]
        };
        self.order.clear();
        self.order.extend(stops.iter().map(|&s| (key(s), s)));
        // Insertion sort keeps the shuffled order of equals and needs no memory.
        for i in 1..self.order.len() {
            let mut j = i;
            while j > 0 && self.order[j - 1].0 > self.order[j].0 {
                self.order.swap(j - 1, j);
                j -= 1;
            }
        }
        for (slot, &(_, stop)) in stops.iter_mut().zip(&self.order) {
            *slot = stop;
        }
    }

    /// The cheapest place in the zones around the stop, or, if there is none, anywhere.
    fn cheapest(
        &mut self,
        terrain: &Terrain,
        state: &State,
        chance: &mut Chance,
        stop: u32,
    ) -> Option<Place> {
        let near = terrain.zones_near(terrain.spot[stop as usize]);
        self.cheapest_within(terrain, state, chance, stop, near)
            .or_else(|| self.cheapest_within(terrain, state, chance, stop, Zones::MAX))
    }

    fn cheapest_within(
        &mut self,
        terrain: &Terrain,
        state: &State,
        chance: &mut Chance,
        stop: u32,
        zones: Zones,
    ) -> Option<Place> {
        let spot = terrain.spot[stop as usize];
        let (into, out) = (terrain.into(spot), terrain.out_of(spot));
        let (meals, service) = (terrain.meals[stop as usize], terrain.service[stop as usize]);
        let mut best = Place { route: 0, after: 0, delta: i32::MAX };
        let mut idle_seen = u32::MAX;
        self.open_routes(state, zones, meals, service);
        for &r in &self.open {
            let (route, brief) = (&state.routes[r as usize], &state.briefs[r as usize]);
            let most = brief.time_left - service;
            if route.len() == 0 {
                // Idle routes of one vehicle kind are all the same.
                let kind = self.bags.kind(brief.vehicle);
                if idle_seen == kind {
                    continue;
                }
                idle_seen = kind;
            }
            let places = route.legs.len() as u32;
            let blink = if places <= self.until_blink {
                self.until_blink -= places;
                usize::MAX
            } else {
                let at = self.until_blink as usize;
                self.until_blink = chance.gap();
                at
            };
            for (after, (pair, leg)) in route.spots.windows(2).zip(&route.legs).enumerate() {
                let delta = into[pair[0] as usize] + out[pair[1] as usize] - leg;
                if delta < best.delta && after != blink && delta <= most {
                    best = Place { route: r, after, delta };
                }
            }
        }
        (best.delta < i32::MAX).then_some(best)
    }

    /// Lists the routes in these zones with room and time for the stop, without a branch a route: which
    /// of them have is as good as random, and a branch predicted wrongly costs more than the test.
    // `&&` would be a branch.
    #[allow(clippy::needless_bitwise_bool)]
    fn open_routes(&mut self, state: &State, zones: Zones, meals: i32, service: i32) {
        self.open.resize(state.briefs.len(), 0);
        let mut open = 0;
        for (brief, r) in state.briefs.iter().zip(0..) {
            if brief.zones & zones == 0 {
                continue;
            }
            self.open[open] = r;
            let room = brief.load + meals <= self.bags.reach(brief.vehicle);
            open += usize::from(room & (brief.time_left >= service));
        }
        self.open.truncate(open);
    }

    /// Changes bags when the route's own is too small for one more stop.
    fn make_room(&self, terrain: &Terrain, state: &mut State, stop: u32, r: u32) {
        let route = &state.routes[r as usize];
        let needed = route.load + terrain.meals[stop as usize];
        if needed > terrain.capacity[route.vehicle as usize]
            && let Some(q) = self.bags.partner(route.vehicle, needed)
        {
            state.exchange_vehicles(terrain, r, q);
        }
    }
}

/// Moves some absent stops to the front of the pool and returns how many.
fn draw_absent(state: &mut State, chance: &mut Chance, pool: &mut Vec<u32>, most: usize) -> usize {
    let drawn = state.absent.len().min(most);
    let removed = pool.len();
    for _ in 0..drawn {
        let i = chance.below(state.absent.len());
        pool.push(state.absent.swap_remove(i));
    }
    pool.rotate_left(removed);
    drawn
}

//! The plan under search: routes that can be changed, taken back, and remembered when best.

use super::route::{Brief, Route};
use super::terrain::Terrain;

/// A stop that is on no route.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What a plan is worth: fewest doors left out first, then the shortest sum of durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    /// Doors on no route.
    pub(super) left_out: usize,
    /// Sum of durations in seconds.
    pub(super) cost: i64,
}

/// All routes, and what is on none.
pub(super) struct State {
    /// One route a vehicle, also the idle ones; at least one idle route with an unlimited fleet.
    pub(super) routes: Vec<Route>,
    /// The same routes in brief.
    pub(super) briefs: Vec<Brief>,
    /// Route of each stop.
    pub(super) route_of: Vec<u32>,
    /// Stops on no route.
    pub(super) absent: Vec<u32>,
    /// Sum of durations.
    pub(super) cost: i64,
    undo: Undo,
    best: Best,
}

/// Routes as they were before the change under trial.
#[derive(Default)]
struct Undo {
    touched: Vec<u32>,
    is_touched: Vec<bool>,
    saved: Vec<Route>,
    absent: Vec<u32>,
    cost: i64,
}

/// The best plan met, brought up to date route by route.
struct Best {
    worth: Worth,
    routes: Vec<Route>,
    stale: Vec<u32>,
    is_stale: Vec<bool>,
}

impl State {
    /// Nothing served yet.
    pub(super) fn new(terrain: &Terrain) -> Self {
        let vehicles = if terrain.unlimited { 1 } else { terrain.capacity.len() };
        let routes: Vec<Route> = (0..vehicles as u32).map(Route::empty).collect();
        Self {
            route_of: vec![NOWHERE; terrain.spot.len()],
            absent: terrain.servable.clone(),
            cost: 0,
            briefs: routes.iter().map(|route| Brief::of(terrain, route)).collect(),
            undo: Undo { is_touched: vec![false; vehicles], ..Undo::default() },
            best: Best {
                worth: Worth { left_out: usize::MAX, cost: 0 },
                routes: routes.clone(),
                stale: Vec::new(),
                is_stale: vec![false; vehicles],
            },
            routes,
        }
    }

    /// Takes over a whole plan: the routes of another one, in their places; what is not on them is absent.
    ///
    /// The best plan met is forgotten: from here on this one is it.
    pub(super) fn adopt(&mut self, terrain: &Terrain, routes: &[Route]) {
        self.begin();
        while self.routes.len() < routes.len() {
            self.add_idle(terrain);
        }
        self.route_of.fill(NOWHERE);
        self.cost = 0;
        for (r, route) in self.routes.iter_mut().enumerate() {
            match routes.get(r) {
                Some(other) => route.copy_from(other),
                None => route.clear(),
            }
            for &stop in &route.stops[1..=route.len()] {
                self.route_of[stop as usize] = r as u32;
            }
            self.cost += route.duration;
            self.briefs[r] = Brief::of(terrain, route);
        }
        self.absent.clear();
        let absent = terrain.servable.iter().filter(|&&s| self.route_of[s as usize] == NOWHERE);
        self.absent.extend(absent);
        self.remember();
    }

    /// Makes the plan as it stands the best one met.
    pub(super) fn remember(&mut self) {
        self.best.worth = self.worth();
        self.best.routes.resize_with(self.routes.len(), || Route::empty(0));
        for (best, route) in self.best.routes.iter_mut().zip(&self.routes) {
            best.copy_from(route);
        }
        for r in self.best.stale.drain(..) {
            self.best.is_stale[r as usize] = false;
        }
    }

    fn add_idle(&mut self, terrain: &Terrain) {
        let idle = Route::empty(0);
        self.briefs.push(Brief::of(terrain, &idle));
        self.routes.push(idle);
        self.undo.is_touched.push(false);
        self.best.is_stale.push(false);
    }

    /// What the plan is worth as it stands.
    pub(super) fn worth(&self) -> Worth {
        Worth { left_out: self.absent.len(), cost: self.cost }
    }

    /// What the best plan met is worth.
    pub(super) fn best_worth(&self) -> Worth {
        self.best.worth
    }

    /// The best plan met: its routes, the idle ones too.
    pub(super) fn best_routes(&self) -> &[Route] {
        &self.best.routes
    }

    /// Starts a trial: from here on changes can be taken back.
    pub(super) fn begin(&mut self) {
        for &r in &self.undo.touched {
            self.undo.is_touched[r as usize] = false;
        }
        self.undo.touched.clear();
        self.undo.absent.clone_from(&self.absent);
        self.undo.cost = self.cost;
    }

    /// Takes the trial back.
    pub(super) fn take_back(&mut self, terrain: &Terrain) {
        for (&r, saved) in self.undo.touched.iter().zip(&self.undo.saved) {
            let route = &mut self.routes[r as usize];
            route.copy_from(saved);
            for &stop in &route.stops[1..=route.len()] {
                self.route_of[stop as usize] = r;
            }
            self.briefs[r as usize] = Brief::of(terrain, route);
        }
        self.absent.clone_from(&self.undo.absent);
        for &stop in &self.absent {
            self.route_of[stop as usize] = NOWHERE;
        }
        self.cost = self.undo.cost;
    }

    /// Keeps the trial, and remembers the plan when it is the best so far.
    pub(super) fn keep(&mut self) -> bool {
        for i in 0..self.undo.touched.len() {
            let r = self.undo.touched[i];
            if !self.best.is_stale[r as usize] {
                self.best.is_stale[r as usize] = true;
                self.best.stale.push(r);
            }
        }
        let better = self.worth() < self.best.worth;
        if better {
            self.best.worth = self.worth();
            self.best.routes.resize_with(self.routes.len(), || Route::empty(0));
            for r in self.best.stale.drain(..) {
                self.best.routes[r as usize].copy_from(&self.routes[r as usize]);
                self.best.is_stale[r as usize] = false;
            }
        }
        better
    }

    /// Takes stops off a route into `pool`.
    pub(super) fn cut(
        &mut self,
        terrain: &Terrain,
        r: u32,
        first: usize,
        count: usize,
        pool: &mut Vec<u32>,
    ) {
        self.touch(r);
        let route = &mut self.routes[r as usize];
        let (before, from) = (route.duration, pool.len());
        route.cut(terrain, first, count, pool);
        self.cost += route.duration - before;
        self.briefs[r as usize] = Brief::of(terrain, route);
        for &stop in &pool[from..] {
            self.route_of[stop as usize] = NOWHERE;
        }
    }

    /// Puts a stop on a route, after place `after`.
    pub(super) fn insert(&mut self, terrain: &Terrain, stop: u32, r: u32, after: usize) {
        self.touch(r);
        let route = &mut self.routes[r as usize];
        let before = route.duration;
        route.insert(terrain, stop, after);
        self.cost += route.duration - before;
        self.briefs[r as usize] = Brief::of(terrain, route);
        self.route_of[stop as usize] = r;
        if terrain.unlimited && self.routes.last().is_some_and(|last| last.len() > 0) {
            self.add_idle(terrain);
        }
    }

    /// Lets two routes change bags.
    pub(super) fn exchange_vehicles(&mut self, terrain: &Terrain, r: u32, q: u32) {
        self.touch(r);
        self.touch(q);
        let of_r = self.routes[r as usize].vehicle;
        self.routes[r as usize].vehicle = self.routes[q as usize].vehicle;
        self.routes[q as usize].vehicle = of_r;
        for changed in [r as usize, q as usize] {
            self.briefs[changed] = Brief::of(terrain, &self.routes[changed]);
        }
    }

    fn touch(&mut self, r: u32) {
        if self.undo.is_touched[r as usize] {
            return;
        }
        self.undo.is_touched[r as usize] = true;
        let slot = self.undo.touched.len();
        self.undo.touched.push(r);
        if slot == self.undo.saved.len() {
            self.undo.saved.push(Route::default());
        }
        self.undo.saved[slot].copy_from(&self.routes[r as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::terrain::tests::row;
    use super::*;

    fn assert_consistent(terrain: &Terrain, state: &State) {
        let mut cost = 0;
        for (r, route) in state.routes.iter().enumerate() {
            let legs: Vec<i32> = route.spots.windows(2).map(|p| terrain.leg(p[0], p[1])).collect();
            assert_eq!(route.legs, legs);
            let doors = &route.stops[1..=route.len()];
            let service: i32 = doors.iter().map(|&s| terrain.service[s as usize]).sum();
            assert_eq!(route.duration, i64::from(legs.iter().sum::<i32>() + service));
            assert_eq!(route.load, doors.iter().map(|&s| terrain.meals[s as usize]).sum::<i32>());
            assert!(doors.iter().all(|&s| state.route_of[s as usize] == r as u32));
            assert_eq!(state.briefs[r], Brief::of(terrain, route));
            cost += route.duration;
        }
        assert_eq!(state.cost, cost);
        assert!(state.absent.iter().all(|&s| state.route_of[s as usize] == NOWHERE));
    }

    #[test]
    fn changes_keep_the_sums_right_and_can_be_taken_back() {
        let problem = row();
        let terrain = Terrain::new(&problem, &[0, 1, 2, 3, 4, 5]);
        let mut state = State::new(&terrain);
        state.begin();
        for stop in std::mem::take(&mut state.absent) {
            state.insert(&terrain, stop, 1, 0);
        }
        assert!(state.keep());
        assert_consistent(&terrain, &state);
        let before = (state.worth(), state.routes[1].stops.clone());

        state.begin();
        let mut pool = Vec::new();
        state.cut(&terrain, 1, 2, 3, &mut pool);
        state.exchange_vehicles(&terrain, 0, 1);
        assert_consistent(&terrain, &state);
        state.insert(&terrain, pool[1], 0, 0);
        state.absent.extend([pool[0], pool[2]]);
        assert_consistent(&terrain, &state);
        state.take_back(&terrain);
        assert_consistent(&terrain, &state);
        assert_eq!((state.worth(), state.routes[1].stops.clone()), before);
        assert_eq!(state.routes[0].vehicle, 0);
    }
}

//! The search: ruin, recreate, and accept as simulated annealing does, over and over.

use super::chance::{Chance, exp, ln};
use super::population::{self, Shares, WARM};
use super::recreate::Recreate;
use super::route::Route;
use super::ruin::Ruin;
use super::state::{State, Worth};
use super::terrain::Terrain;
use super::{Control, Options, Progress};

/// Probability that an insertion place is overlooked.
const BLINK: f64 = 0.01;
/// First and last temperature, as parts of the mean leg of the first plan.
const HOT: f64 = 0.5;
const COLD: f64 = 0.01;
/// Share of the budget after which the number of trials it allows is known well enough.
const PROBE: f64 = 0.004;
/// Trials between two looks at the clock.
const BETWEEN_LOOKS: u64 = 64;

/// What a finished search hands back.
pub(super) struct Found {
    pub(super) worth: Worth,
    /// (vehicle, stops) of each round; stops as the terrain counts them.
    pub(super) routes: Vec<(u32, Vec<u32>)>,
    pub(super) iterations: u64,
}

/// Runs one search to the end of its iterations or its time.
pub(super) fn search(
    terrain: &Terrain,
    options: &Options,
    seed: u64,
    control: &dyn Control,
) -> Found {
    let mut chance = Chance::new(seed, BLINK);
    let recreate = Recreate::new(terrain, &mut chance);
    let mut search = Search {
        terrain,
        control,
        iterations_most: options.iterations,
        state: State::new(terrain),
        ruin: Ruin::new(),
        recreate,
        chance,
        pool: Vec::new(),
        iterations: 0,
        share: 0.0,
        over: false,
        best: None,
    };
    search.construct();
    if !terrain.servable.is_empty() {
        search.run();
    }
    search.keep_best();
    let (worth, routes) = search.best.unwrap_or((search.state.worth(), Vec::new()));
    let busy = routes.iter().filter(|route| route.len() > 0);
    Found {
        worth,
        routes: busy.map(|route| (route.vehicle, route.doors().to_vec())).collect(),
        iterations: search.iterations,
    }
}

/// Temperatures of an annealing, in seconds of walking.
pub(super) struct Span {
    from: f64,
    to: f64,
}

/// A search under way.
pub(super) struct Search<'a> {
    pub(super) terrain: &'a Terrain<'a>,
    control: &'a dyn Control,
    iterations_most: Option<u64>,
    pub(super) state: State,
    ruin: Ruin,
    recreate: Recreate,
    pub(super) chance: Chance,
    /// Stops off their routes that wait to be put back.
    pub(super) pool: Vec<u32>,
    iterations: u64,
    /// Share of the budget that is used.
    pub(super) share: f64,
    /// Whether the budget is used up or somebody wants the plan now.
    pub(super) over: bool,
    /// The best plan of the annealings that are done.
    best: Option<(Worth, Vec<Route>)>,
}

impl Search<'_> {
    fn construct(&mut self) {
        self.state.begin();
        self.pool.append(&mut self.state.absent);
        self.recreate_all();
    }

    /// Puts back what is in the pool, and keeps the plan whatever it is worth.
    pub(super) fn recreate_all(&mut self) {
        let Self { terrain, state, chance, pool, recreate, .. } = self;
        recreate.insert_all(terrain, state, chance, pool, Some(0));
        state.keep();
    }

    /// One annealing over the whole budget, or, with trials enough, a population of plans.
    fn run(&mut self) {
        let mean_leg = mean_leg(&self.state);
        let span = |from, to| Span { from: from * mean_leg, to: to * mean_leg };
        self.anneal(&span(HOT, HOT), PROBE);
        let doors = self.terrain.servable.len() as f64;
        // What one trial a door is of the budget.
        let share_a_door = self.share / self.iterations.max(1) as f64 * doors;
        if let Some(shares) = Shares::of(share_a_door, doors) {
            population::breed(self, &shares, &span(HOT, COLD), &span(WARM, COLD));
        } else {
            self.anneal(&span(HOT, COLD), 1.0);
        }
    }

    /// Starts anew, with nothing served and nothing remembered but the best plan.
    pub(super) fn start_over(&mut self) {
        self.state.adopt(self.terrain, &[]);
        self.construct();
        self.state.remember();
    }

    /// Remembers the best plan of this annealing beyond it.
    pub(super) fn keep_best(&mut self) {
        let worth = self.state.best_worth();
        if self.best.as_ref().is_none_or(|(best, _)| worth < *best) {
            self.best = Some((worth, self.state.best_routes().to_vec()));
        }
    }

    /// Trials until this share of the budget is used, the temperature falling by equal factors.
    pub(super) fn anneal(&mut self, span: &Span, end: f64) {
        let (begin, log_ratio) = (self.share, ln(span.to / span.from));
        let mut trials = 0;
        let mut temperature = span.from;
        loop {
            if trials % BETWEEN_LOOKS == 0 {
                self.look();
                if self.over || self.share >= end {
                    return;
                }
                let part = ((self.share - begin) / (end - begin)).clamp(0.0, 1.0);
                temperature = span.from * exp(log_ratio * part);
            }
            trials += 1;
            self.iterations += 1;
            self.trial(temperature);
        }
    }

    fn look(&mut self) {
        let by_time = self.control.elapsed_fraction();
        let by_count = self.iterations_most.map(|most| self.iterations as f64 / most.max(1) as f64);
        self.share = by_count.or(by_time).unwrap_or(1.0);
        self.over = self.share >= 1.0
            || by_time.is_some_and(|share| share >= 1.0)
            || self.control.cancelled();
        let now = self.state.best_worth();
        let best = self.best.as_ref().map_or(now, |(worth, _)| now.min(*worth));
        self.control.progress(&Progress {
            iterations: self.iterations,
            left_out: best.left_out,
            cost: best.cost,
        });
    }

    fn trial(&mut self, temperature: f64) {
        let Self { terrain, state, chance, pool, ruin, recreate, .. } = self;
        state.begin();
        let before = state.worth();
        let seed_stop = terrain.servable[chance.below(terrain.servable.len())];
        ruin.strings_around(terrain, state, chance, seed_stop, pool);
        recreate.insert_all(terrain, state, chance, pool, None);
        let after = state.worth();
        let uphill = (after.cost - before.cost) as f64;
        if after.left_out < before.left_out
            || (after.left_out == before.left_out && uphill < temperature * chance.exponential())
        {
            state.keep();
        } else {
            state.take_back(terrain);
        }
    }
}

/// The mean of the plan's legs, in seconds.
fn mean_leg(state: &State) -> f64 {
    let legs = || state.routes.iter().flat_map(|route| &route.legs).filter(|&&leg| leg > 0);
    let walking: i64 = legs().map(|&leg| i64::from(leg)).sum();
    (walking as f64 / legs().count().max(1) as f64).max(1.0)
}

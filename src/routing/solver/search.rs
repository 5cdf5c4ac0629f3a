//! The search: ruin, recreate, and accept as simulated annealing does, over and over.

use super::chance::{Chance, exp, ln};
use super::recreate::Recreate;
use super::ruin::Ruin;
use super::state::{State, Worth};
use super::terrain::Terrain;
use super::{Control, Options, Progress};

/// Probability that an insertion place is overlooked.
const BLINK: f64 = 0.01;
/// First and last temperature, as parts of the mean leg of the first plan.
const HOT: f64 = 0.6;
const COLD: f64 = 0.01;
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
    let mut state = State::new(terrain);
    let mut ruin = Ruin::new();
    let mut recreate = Recreate::new(terrain, &mut chance);
    let mut pool = Vec::new();

    state.begin();
    pool.append(&mut state.absent);
    recreate.insert_all(terrain, &mut state, &mut chance, &mut pool, Some(0));
    state.keep();

    let cooling = Cooling::new(&state);
    let mut temperature = cooling.at(0.0);
    let mut iterations = 0;
    while !terrain.servable.is_empty() && options.iterations.is_none_or(|most| iterations < most) {
        if iterations % BETWEEN_LOOKS == 0 {
            let by_time = control.elapsed_fraction();
            let by_count = options.iterations.map(|most| iterations as f64 / most.max(1) as f64);
            let over = by_time.is_some_and(|share| share >= 1.0);
            if over || control.cancelled() || (by_time.is_none() && by_count.is_none()) {
                break;
            }
            temperature = cooling.at(by_count.or(by_time).unwrap_or(1.0));
            control.progress(&Progress {
                iterations,
                left_out: state.best_worth().left_out,
                cost: state.best_worth().cost,
            });
        }
        iterations += 1;

        state.begin();
        let before = state.worth();
        let seed_stop = terrain.servable[chance.below(terrain.servable.len())];
        ruin.strings_around(terrain, &mut state, &mut chance, seed_stop, &mut pool);
        recreate.insert_all(terrain, &mut state, &mut chance, &mut pool, None);
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
    let busy = state.best_routes().iter().filter(|route| route.len() > 0);
    Found {
        worth: state.best_worth(),
        routes: busy.map(|route| (route.vehicle, route.stops[1..=route.len()].to_vec())).collect(),
        iterations,
    }
}

/// Temperature falling by equal factors, measured in seconds of walking.
struct Cooling {
    start: f64,
    log_ratio: f64,
}

impl Cooling {
    fn new(state: &State) -> Self {
        let legs = || state.routes.iter().flat_map(|route| &route.legs).filter(|&&leg| leg > 0);
        let walking: i64 = legs().map(|&leg| i64::from(leg)).sum();
        let mean_leg = (walking as f64 / legs().count().max(1) as f64).max(1.0);
        Self { start: mean_leg * HOT, log_ratio: ln(COLD / HOT) }
    }

    fn at(&self, fraction: f64) -> f64 {
        self.start * exp(self.log_ratio * fraction.clamp(0.0, 1.0))
    }
}

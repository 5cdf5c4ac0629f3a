//! Ruin: adjacent string removal.
//!
//! Christiaens and Vanden Berghe, "Slack Induction by String Removals for Vehicle Routing
//! Problems", Transportation Science 54(2), 2020, section 5.1: strings of stops are taken out of
//! routes that lie near one another, so that space and time come free in one place.

use super::chance::Chance;
use super::state::{NOWHERE, State};
use super::terrain::Terrain;

/// Stops removed on average.
const AVERAGE_REMOVED: f64 = 10.0;
/// Longest string.
const LONGEST_STRING: f64 = 10.0;
/// Probability that the string leaves a part in its middle standing.
const SPLIT: f64 = 0.5;
/// Probability that this part grows by one more stop.
const GROW: f64 = 0.01;

/// Scratch space of the ruin, kept between trials.
pub(super) struct Ruin {
    ruined: Vec<bool>,
    list: Vec<u32>,
}

impl Ruin {
    pub(super) fn new() -> Self {
        Self { ruined: Vec::new(), list: Vec::new() }
    }

    /// Removes strings around `seed` and puts their stops into `pool`.
    pub(super) fn strings_around(
        &mut self,
        terrain: &Terrain,
        state: &mut State,
        chance: &mut Chance,
        seed: u32,
        pool: &mut Vec<u32>,
    ) {
        let busy = state.routes.iter().filter(|route| route.len() > 0).count();
        if busy == 0 {
            return;
        }
        let served = terrain.servable.len() - state.absent.len();
        let longest = LONGEST_STRING.min(served as f64 / busy as f64).max(1.0);
        let most_strings = 4.0 * AVERAGE_REMOVED / (1.0 + longest) - 1.0;
        let strings = (1.0 + chance.unit() * most_strings) as usize;

        self.ruined.resize(state.routes.len(), false);
        for &stop in std::iter::once(&seed).chain(terrain.near(seed)) {
            if self.list.len() >= strings {
                break;
            }
            let r = state.route_of[stop as usize];
            if r == NOWHERE || self.ruined[r as usize] {
                continue;
            }
            remove_string(terrain, state, chance, stop, longest, pool);
            self.ruined[r as usize] = true;
            self.list.push(r);
        }
        for r in self.list.drain(..) {
            self.ruined[r as usize] = false;
        }
    }
}

fn remove_string(
    terrain: &Terrain,
    state: &mut State,
    chance: &mut Chance,
    stop: u32,
    longest: f64,
    pool: &mut Vec<u32>,
) {
    let r = state.route_of[stop as usize];
    let route = &state.routes[r as usize];
    let stops = route.len();
    let Some(place) = route.stops.iter().position(|&s| s == stop) else {
        return;
    };
    let length = (1.0 + chance.unit() * (stops as f64).min(longest)) as usize;
    let length = length.min(stops);

    let mut kept = 0;
    if length > 1 && length < stops && chance.unit() < SPLIT {
        kept = 1;
        while length + kept < stops && chance.unit() < GROW {
            kept += 1;
        }
    }
    let window = length + kept;
    // The window holds the stop and stays between the two kitchens at places 0 and stops + 1.
    let first_least = (place + 1).saturating_sub(window).max(1);
    let first_most = place.min(stops + 1 - window);
    let first = first_least + chance.below(first_most - first_least + 1);
    if kept == 0 {
        state.cut(terrain, r, first, length, pool);
        return;
    }
    let head = 1 + chance.below(length - 1);
    state.cut(terrain, r, first + head + kept, length - head, pool);
    state.cut(terrain, r, first, head, pool);
}

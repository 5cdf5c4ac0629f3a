//! A small population of plans, for budgets that allow more than one annealing.
//!
//! A long annealing ends in one of many valleys, and with a few hundred doors which one is luck. Half
//! of the budget goes into several shorter ones from different draws, the other half into children
//! of their plans by [crossover](super::crossover), each annealed from a low temperature. It is the
//! frame of hybrid genetic search (Vidal 2022, "Hybrid genetic search for the CVRP: open-source
//! implementation and SWAP* neighborhood", Computers & Operations Research 140) with ruin and
//! recreate in the place of its local search, and a population small enough to need no measure of
//! diversity: two plans of the same worth are taken for the same.

use super::crossover::cross;
use super::route::Route;
use super::search::{Search, Span};
use super::state::Worth;

/// Plans in the population.
const MEMBERS: usize = 5;
/// Trials a door from which a population beats one long annealing: so many at least, and so many for
/// each of the doors, since more doors take longer to settle.
const ENOUGH: f64 = 12_000.0;
const ENOUGH_BY_DOORS: f64 = 40.0;
/// Most trials a door of a member's first annealing: more hardly betters it.
const FIRST_MOST: f64 = 3000.0;
/// Trials a door of a child.
const CHILD: f64 = 300.0;
/// Temperature from which a child is annealed, as a part of the mean leg: most of what it has from its
/// parents survives it.
pub(super) const WARM: f64 = 0.1;

/// What the annealings get of the budget.
pub(super) struct Shares {
    first: f64,
    child: f64,
}

impl Shares {
    /// Divides a budget of which one trial a door takes this share; none if it is too small.
    pub(super) fn of(share_a_door: f64, doors: f64) -> Option<Self> {
        let enough = ENOUGH.max(ENOUGH_BY_DOORS * doors);
        (share_a_door * enough <= 1.0).then(|| Self {
            first: (share_a_door * FIRST_MOST).min(0.5 / MEMBERS as f64),
            child: share_a_door * CHILD,
        })
    }
}

/// Uses the budget up on members and then on children.
pub(super) fn breed(search: &mut Search<'_>, shares: &Shares, first: &Span, child: &Span) {
    let mut population = members(search, shares, first);
    while !search.over && population.len() > 1 {
        let mother = search.chance.below(population.len());
        let other = search.chance.below(population.len() - 1);
        let father = if other < mother { other } else { other + 1 };
        let Search { terrain, state, chance, pool, .. } = search;
        cross(terrain, state, chance, &population[mother].1, &population[father].1, pool);
        search.recreate_all();
        search.state.remember();
        search.anneal(child, (search.share + shares.child).min(1.0));
        search.keep_best();
        let worth = search.state.best_worth();
        if population.iter().any(|member| member.0 == worth) {
            continue;
        }
        let worst = (0..population.len()).max_by_key(|&i| population[i].0).unwrap_or(mother);
        let beaten = [mother, worst].into_iter().find(|&i| worth < population[i].0);
        if let Some(i) = beaten {
            population[i] = (worth, search.state.best_routes().to_vec());
        }
    }
}

fn members(search: &mut Search<'_>, shares: &Shares, first: &Span) -> Vec<(Worth, Vec<Route>)> {
    let mut population = Vec::with_capacity(MEMBERS);
    while population.len() < MEMBERS && !search.over {
        if !population.is_empty() {
            search.start_over();
        }
        search.anneal(first, (search.share + shares.first).min(1.0));
        search.keep_best();
        population.push((search.state.best_worth(), search.state.best_routes().to_vec()));
    }
    population
}

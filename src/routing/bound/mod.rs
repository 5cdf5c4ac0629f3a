//! A proven lower bound: what no plan that serves every door can cost less than.
//!
//! The problem is written as a choice of rounds, each door covered once and each vehicle used once,
//! and the choice is relaxed to fractions. Rounds are far too many to list, so they are priced:
//!
//! ```text
//! master ── prices ──▶ labels, out and home ── join ──▶ rounds of negative reduced cost ──▶ master
//!    ▲                                           └────▶ least reduced cost ──▶ bound
//!    └── cuts, longer memory, fewer arcs, number of rounds
//! ```
//!
//! Every bound is Lagrangian, from integer prices and exact integer pricing: whatever the linear
//! program returned, and whenever the search is stopped, the bound holds.
//!
//! One idea a file: `model` the problem laid out flat, `simplex` and `master` the linear program,
//! `prices` its duals as integers, `subset_row` cuts, `neighbours` what a partial round remembers,
//! `market`, `labels`, `completion`, `guide` and `join` pricing, `generation` one relaxation solved,
//! `fixing` arcs no better plan takes, `enumeration` and `choice` the end game when few rounds are
//! left, `search` the bound raised.
//!
//! The simplex is the planner's own. A master problem of two hundred rows is solved again hundreds
//! of times from the last basis with columns and rows added, and the result should be the same on
//! every machine: the crates at hand lack one or the other (interior-point and SIMD kernels differ
//! in the last bit; the small simplex crates do not take columns into a solved program).

mod choice;
mod completion;
mod enumeration;
mod fixing;
mod generation;
mod guide;
mod join;
mod labels;
mod market;
mod master;
mod model;
mod neighbours;
mod prices;
mod search;
mod simplex;
mod subset_row;
#[cfg(test)]
mod tests;

pub use model::{LARGEST_BAG, MOST_DOORS};

use thiserror::Error;

use super::measure::{Meals, Seconds};
use super::problem::Problem;
use super::solver::{Control, Options, solve};
use model::Model;
use search::search;

/// Trials of the search that provides the first rounds and a plan to compare with.
const TRIALS: u64 = 20_000;

/// A lower bound on the cost of every plan that serves all doors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// No plan that serves all doors costs less.
    pub cost: Seconds,
    /// How the proof ended.
    pub proof: Proof,
    /// Rounds of pricing.
    pub pricings: usize,
    /// Columns of the linear programs at the end.
    pub columns: usize,
    /// Cuts of the linear programs at the end.
    pub cuts: usize,
}

/// How the proof of a bound ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The bound is the cost of a known plan: that plan is optimal.
    Optimal,
    /// No plan serves all doors; the bound is more than any plan costs.
    NoPlan,
    /// The method has nothing more to gain.
    Exhausted,
    /// The control, or the work allowed, ended it; more could be gained.
    Stopped,
}

/// Why no bound is attempted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoBound {
    /// A bound is for small and medium days.
    #[error("a bound is proved for at most {MOST_DOORS} doors; here are {0}")]
    TooManyDoors(usize),
    /// Labels are kept by load.
    #[error(
        "a bound is proved for bags of at most {LARGEST_BAG} meals; the largest here holds {0}"
    )]
    BagTooLarge(Meals),
    /// A leg or service time outside what can be reckoned with.
    #[error("a leg or a service time is negative or too long to be reckoned with")]
    NumbersTooLarge,
    /// Labels are made in the order of their load, so each stop must add to it.
    #[error("stop {0} takes no meals, which bounding does not allow")]
    NothingToCarry(String),
    /// A stop that nobody can serve even alone: there is no plan that serves all.
    #[error("stop {0} cannot be served by anyone, so no plan serves all")]
    Unservable(String),
}

/// Proves a lower bound on the cost of every plan that serves all doors.
///
/// `known` is the cost of a plan that serves all, if there is one: what it cannot be improved by is
/// left out of the proof, so a good plan makes the bound better and sooner found. A short search of
/// the planner's own provides one where none is given. The bound never exceeds the known cost.
///
/// It ends when the bound meets the known plan, when nothing more can be gained, after a fixed
/// amount of work, or when `control` says so; the best bound so far is valid at any moment. For the
/// same problem and known cost it is the same on every machine, unless the control ended it.
pub fn lower_bound(
    problem: &Problem,
    known: Option<Seconds>,
    control: &dyn Control,
) -> Result<Bound, NoBound> {
    let model = Model::new(problem)?;
    if model.doors == 0 {
        let proof = Proof::Optimal;
        return Ok(Bound { cost: Seconds(0), proof, pricings: 0, columns: 0, cuts: 0 });
    }
    let options = Options { seed: 1, iterations: Some(TRIALS), threads: 1 };
    let plan = solve(problem, &options, control);
    let rounds: Vec<Vec<u8>> = plan
        .rounds
        .iter()
        .map(|round| round.stops.iter().map(|stop| stop.stop as u8 + 1).collect())
        .collect();
    let found = plan.left_out.is_empty().then(|| plan.cost().0);
    let most = model.most_cost();
    let claimed = known.map(|cost| cost.0).filter(|cost| *cost <= most);
    let cheapest = found.into_iter().chain(claimed).min();
    let level = cheapest.unwrap_or(most + 1);
    let stop = || control.cancelled() || control.elapsed_fraction().is_some_and(|f| f >= 1.0);
    let proved = search(&model, level, &rounds, &stop);
    let proof = match (proved.bound == level, cheapest) {
        (true, Some(_)) => Proof::Optimal,
        (true, None) => Proof::NoPlan,
        (false, _) if proved.ended => Proof::Exhausted,
        (false, _) => Proof::Stopped,
    };
    Ok(Bound {
        cost: Seconds(proved.bound),
        proof,
        pricings: proved.pricings,
        columns: proved.columns,
        cuts: proved.cuts,
    })
}

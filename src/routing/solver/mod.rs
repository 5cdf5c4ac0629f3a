//! The solver: slack induction by string removals, for volunteers with bags and time limits.
//!
//! One idea a file: `terrain` the problem laid out flat, `route` and `state` the plan under search,
//! `ruin` and `recreate` the two halves of a trial, `bags` the exchange of volunteers, `chance`
//! reproducible draws, `search` the annealing, `population` and `crossover` what to do with time for
//! more than one, `leftout` why a door is on no round.

mod bags;
pub(in crate::routing) mod chance;
mod crossover;
mod leftout;
mod population;
mod recreate;
mod route;
mod ruin;
mod search;
mod state;
mod terrain;

pub use leftout::Reason;

use super::plan::{LeftOut, Plan};
use super::problem::Problem;
use search::Found;
use terrain::Terrain;

/// How long and from which draws to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Where the random draws start.
    pub seed: u64,
    /// Trials of each search; without it the control's time alone ends the search.
    ///
    /// The same seed, iterations and threads give the same plan on every machine, unless the
    /// control ends the search before.
    pub iterations: Option<u64>,
    /// Independent searches run at once; the best plan wins.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, iterations: None, threads: 1 }
    }
}

/// The outside world of a search: its clock, its stop button and its listener.
pub trait Control: Sync {
    /// Share of the time limit that is used up, 1 or more when it is over; none without a limit.
    fn elapsed_fraction(&self) -> Option<f64> {
        None
    }

    /// Whether somebody wants the best plan so far, now.
    fn cancelled(&self) -> bool {
        false
    }

    /// Is told every few dozen trials how far a search is, by each thread for itself; it should be
    /// quick to return.
    fn progress(&self, _progress: &Progress) {}
}

/// No clock, no stop button: for searches that end by their iterations.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unattended;

impl Control for Unattended {}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Trials so far.
    pub iterations: u64,
    /// Doors the best plan so far leaves out, those that are impossible not counted.
    pub left_out: usize,
    /// Its sum of durations in seconds.
    pub cost: i64,
}

/// Finds a plan: as many doors as possible, then the smallest sum of durations.
///
/// With neither iterations nor a time limit it ends after construction.
pub fn solve(problem: &Problem, options: &Options, control: &dyn Control) -> Plan {
    let mut left_out = Vec::new();
    let mut servable = Vec::with_capacity(problem.stops().len());
    for stop in 0..problem.stops().len() {
        match leftout::impossible(problem, stop) {
            Some(reason) => left_out.push(LeftOut { stop, reason }),
            None => servable.push(stop),
        }
    }
    let terrain = Terrain::new(problem, &servable);
    let found = best_of(&terrain, options, control);

    let rounds: Vec<(usize, Vec<usize>)> = found
        .routes
        .into_iter()
        .map(|(vehicle, stops)| {
            (vehicle as usize, stops.into_iter().map(|s| s as usize - 1).collect())
        })
        .collect();
    let mut placed = vec![false; problem.stops().len()];
    for &stop in rounds.iter().flat_map(|(_, stops)| stops) {
        placed[stop] = true;
    }
    left_out.extend(
        servable
            .iter()
            .filter(|&&s| !placed[s])
            .map(|&stop| LeftOut { stop, reason: Reason::NotEnoughVolunteers }),
    );
    left_out.sort_unstable_by_key(|l| l.stop);
    Plan::new(problem, rounds, left_out, found.iterations)
}

/// Runs one search a thread, each with draws of its own, and keeps the best; ties go to the first.
fn best_of(terrain: &Terrain, options: &Options, control: &dyn Control) -> Found {
    let seed_of =
        |thread: u64| options.seed.wrapping_add(thread.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let others = 1..options.threads.clamp(1, 64) as u64;
    std::thread::scope(|scope| {
        let running: Vec<_> = others
            .map(|thread| {
                scope.spawn(move || search::search(terrain, options, seed_of(thread), control))
            })
            .collect();
        let mut best = search::search(terrain, options, seed_of(0), control);
        // A thread that died has nothing to offer; the others still have.
        for found in running.into_iter().filter_map(|thread| thread.join().ok()) {
            let iterations = best.iterations + found.iterations;
            if found.worth < best.worth {
                best = found;
            }
            best.iterations = iterations;
        }
        best
    })
}

//! Re-plan in place: visited doors and carried bags stay, and only what must move moves.

use super::aim::Aim;
use super::board::Board;
use super::delta::{Delta, deltas};
use super::ground::Ground;
use super::plan::ServicePlan;
use super::posed::{Service, ServiceError};
use super::rules::Rules;
use super::search::{BLINK, Effort, improve};
use super::stages::{finish, servable};
use super::start::from_previous;
use crate::routing::Control;
use crate::routing::estate::Estate;
use crate::routing::solver::chance::Chance;

/// First and last temperature of a re-plan: hardly uphill, the plan at hand is good.
const COOL: (f64, f64) = (0.1, 0.01);

/// How long a re-plan searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplanOptions {
    /// Where the random draws start.
    pub seed: u64,
    /// Most trials; none for as many as suit the number of doors. They bound the time, so that the
    /// same re-plan ends the same on every machine.
    pub trials: Option<u64>,
}

impl Default for ReplanOptions {
    fn default() -> Self {
        Self { seed: 1, trials: None }
    }
}

/// Trials where nothing is said: some 25 ms at 80 doors and 100 ms at 1,000.
fn usual_trials(doors: usize) -> u64 {
    3000 + 15 * doors as u64
}

/// A plan put right, and what that changes for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replanned {
    /// The plan from here on.
    pub plan: ServicePlan,
    /// What changes, by volunteer; only those for whom something does.
    pub deltas: Vec<Delta>,
}

/// Puts the plan of an estate's fixed trips right after what happened: a volunteer gone, a late
/// order, a cancellation, a lift out.
///
/// With nothing to put right, nothing changes: a door still on a trip that is not yet out only
/// moves where otherwise a door would be left out or be later.
pub fn replan(
    estate: &Estate,
    rules: Rules,
    options: &ReplanOptions,
    control: &dyn Control,
) -> Result<Replanned, ServiceError> {
    let service = Service::pose(estate, rules)?;
    let plan = put_right(&service, options, control);
    let deltas = deltas(&service, &plan);
    Ok(Replanned { plan, deltas })
}

/// Puts right the plan that a posed problem carries out.
pub(super) fn put_right(
    service: &Service<'_>,
    options: &ReplanOptions,
    control: &dyn Control,
) -> ServicePlan {
    let (left_out, servable) = servable(service);
    let ground = Ground::new(service, &servable);
    let mut board = from_previous(service, &ground);
    let trouble = trouble(&ground, &board);
    let mut iterations = 0;
    if !board.absent.is_empty() || !trouble.is_empty() {
        let before = board.clone();
        let mut chance = Chance::new(options.seed, BLINK);
        let effort = Effort {
            trials: Some(options.trials.unwrap_or_else(|| usual_trials(servable.len()))),
            heat: COOL,
            good_enough: before.absent.is_empty(),
        };
        iterations =
            improve(&ground, &mut board, &mut chance, &Aim::Sum, &effort, &trouble, control);
        keep_order(&ground, &before, &mut board);
    }
    finish(service, &ground, &board, left_out, iterations)
}

/// Doors at which to look first: those that are absent, and those on late trips.
fn trouble(ground: &Ground<'_>, board: &Board) -> Vec<u32> {
    let late = |slot: &u32| board.lateness_of_slot(*slot) > 0;
    let mut doors = board.absent.clone();
    for slot in (0..board.trips.len() as u32).filter(late) {
        doors.extend(board.trips[slot as usize].doors());
    }
    debug_assert!(doors.iter().all(|&stop| (stop as usize) < ground.spot.len()));
    doors
}

/// Gives trips that still have the same doors their former order, unless it is later: a slip need
/// not be printed again for a few seconds.
fn keep_order(ground: &Ground<'_>, before: &Board, board: &mut Board) {
    for slot in 0..board.trips.len() {
        let (was, is) = (before.trips[slot].doors(), board.trips[slot].doors());
        if was == is {
            continue;
        }
        let sorted = |doors: &[u32]| {
            let mut doors = doors.to_vec();
            doors.sort_unstable();
            doors
        };
        if sorted(was) != sorted(is) {
            continue;
        }
        let late = board.worth().lateness;
        board.begin();
        board.set(ground, slot as u32, was);
        let carrier = ground.carrier_of[slot];
        let duty = &ground.carriers[carrier as usize];
        if board.worth().lateness > late
            || board.finish[carrier as usize] > duty.until
            || board.trips[slot].duration > duty.limit
        {
            board.take_back(ground);
        }
    }
}

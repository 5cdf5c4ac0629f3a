//! The service search: ruin, recreate, and accept as simulated annealing does.

use super::aim::{Aim, Rank};
use super::board::Board;
use super::ground::Ground;
use super::recreate::Recreate;
use super::ruin::strings_around;
use crate::routing::solver::chance::{Chance, exp, ln};
use crate::routing::{Control, Progress};

/// Probability that an insertion place is overlooked.
pub(super) const BLINK: f64 = 0.01;
/// Trials between two looks at the clock.
const BETWEEN_LOOKS: u64 = 32;
/// How often, in per cent, a trial starts at a door in trouble where there is one.
const AT_TROUBLE: usize = 70;

/// How long a search goes on, and how far uphill it may step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Most trials; none if only the control ends it.
    pub(super) trials: Option<u64>,
    /// First and last temperature, as parts of the mean leg.
    pub(super) heat: (f64, f64),
    /// Ends as soon as every door is served in time and by its owner.
    pub(super) good_enough: bool,
}

/// The best plan met, brought up to date trip by trip.
struct Best {
    rank: Rank,
    board: Board,
    stale: Vec<u32>,
    is_stale: Vec<bool>,
}

impl Best {
    fn of(board: &Board, aim: &Aim) -> Self {
        Self {
            rank: aim.rank(board),
            board: board.clone(),
            stale: Vec::new(),
            is_stale: vec![false; board.trips.len()],
        }
    }

    fn learn(&mut self, ground: &Ground<'_>, board: &Board, aim: &mut Aim) {
        for &slot in board.touched() {
            if !std::mem::replace(&mut self.is_stale[slot as usize], true) {
                self.stale.push(slot);
            }
        }
        let rank = aim.rank(board);
        if rank < self.rank && aim.allows(board.worth()) {
            self.rank = rank;
            aim.sharpen(board);
            self.board.follow(ground, board, &self.stale);
            for slot in self.stale.drain(..) {
                self.is_stale[slot as usize] = false;
            }
        }
    }
}

/// Betters a plan until the effort is spent and returns the trials made.
///
/// `trouble` names doors at which to look more often, besides those on no trip.
pub(super) fn improve(
    ground: &Ground<'_>,
    board: &mut Board,
    chance: &mut Chance,
    aim: &Aim,
    effort: &Effort,
    trouble: &[u32],
    control: &dyn Control,
) -> u64 {
    let mut aim = *aim;
    let mut recreate = Recreate::new(ground, chance);
    let mut pool = Vec::new();
    if aim.by_sum() {
        insert_absent(ground, board, chance, &mut recreate, &aim);
    }
    let mut best = Best::of(board, &aim);
    let heat = mean_leg(board) * effort.heat.0;
    let log_ratio = ln(effort.heat.1 / effort.heat.0);
    let mut temperature = heat;
    let mut trials = 0;
    while !ground.servable.is_empty() && effort.trials.is_none_or(|most| trials < most) {
        if trials % BETWEEN_LOOKS == 0 {
            let by_time = control.elapsed_fraction();
            let by_count = effort.trials.map(|most| trials as f64 / most.max(1) as f64);
            let over = by_time.is_some_and(|share| share >= 1.0);
            if over || control.cancelled() || (by_time.is_none() && by_count.is_none()) {
                break;
            }
            let share = by_count.or(by_time).unwrap_or(1.0).clamp(0.0, 1.0);
            temperature = heat * exp(log_ratio * share);
            let worth = best.board.worth();
            if effort.good_enough && worth.left_out == 0 && worth.lateness == 0 && worth.hands == 0
            {
                break;
            }
            let left_out = worth.left_out;
            control.progress(&Progress { iterations: trials, left_out, cost: worth.cost });
        }
        trials += 1;

        board.begin();
        let before = (board.worth(), aim.height(board));
        let seed = if aim.by_sum() || chance.coin() {
            seed_door(ground, board, chance, trouble)
        } else {
            door_of_longest(ground, board, chance)
        };
        strings_around(ground, board, chance, seed, &mut pool);
        recreate.insert_all(ground, board, chance, &aim, &mut pool);
        let after = (board.worth(), aim.height(board));
        let uphill = (after.1 - before.1) as f64;
        let fewer = after.0.left_out < before.0.left_out;
        let taken = after.0.left_out <= before.0.left_out
            && (fewer || uphill < temperature * chance.exponential())
            && aim.allows(after.0);
        if taken {
            best.learn(ground, board, &mut aim);
        } else {
            board.take_back(ground);
        }
    }
    *board = best.board;
    trials
}

/// Puts every absent door on a trip as far as they fit, the farthest first.
fn insert_absent(
    ground: &Ground<'_>,
    board: &mut Board,
    chance: &mut Chance,
    recreate: &mut Recreate,
    aim: &Aim,
) {
    board.begin();
    let mut pool = std::mem::take(&mut board.absent);
    recreate.insert_all(ground, board, chance, aim, &mut pool);
}

fn seed_door(ground: &Ground<'_>, board: &Board, chance: &mut Chance, trouble: &[u32]) -> u32 {
    let doors = board.absent.len() + trouble.len();
    if doors > 0 && chance.below(100) < AT_TROUBLE {
        let i = chance.below(doors);
        return board.absent.get(i).copied().unwrap_or_else(|| trouble[i - board.absent.len()]);
    }
    ground.servable[chance.below(ground.servable.len())]
}

/// A door of the longest day.
fn door_of_longest(ground: &Ground<'_>, board: &Board, chance: &mut Chance) -> u32 {
    let days = 0..ground.carriers.len() as u32;
    let longest = days.max_by_key(|&carrier| board.day(carrier)).unwrap_or(0);
    let doors = || ground.slots(longest).flat_map(|slot| board.trips[slot].doors().iter().copied());
    let count = doors().count();
    if count == 0 {
        return seed_door(ground, board, chance, &[]);
    }
    doors().nth(chance.below(count)).unwrap_or(ground.servable[0])
}

fn mean_leg(board: &Board) -> f64 {
    let legs = || board.trips.iter().flat_map(|trip| &trip.legs).filter(|&&leg| leg > 0);
    let walking: i64 = legs().map(|&leg| i64::from(leg)).sum();
    (walking as f64 / legs().count().max(1) as f64).max(1.0)
}

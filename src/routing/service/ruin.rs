//! Ruin: strings of doors taken out of trips that lie near one another.
//!
//! Adjacent string removal after Christiaens and Vanden Berghe, "Slack Induction by String Removals
//! for Vehicle Routing Problems", Transportation Science 54(2), 2020, section 5.1, on the service
//! planner's trips.

use super::board::{Board, NOWHERE};
use super::ground::Ground;
use crate::routing::solver::chance::Chance;

/// Doors removed on average.
const AVERAGE_REMOVED: f64 = 10.0;
/// Longest string.
const LONGEST_STRING: f64 = 10.0;
/// Probability that a string leaves one door in its middle standing.
const SPLIT: f64 = 0.5;

/// Removes strings around `seed` and puts their doors into `pool`.
pub(super) fn strings_around(
    ground: &Ground<'_>,
    board: &mut Board,
    chance: &mut Chance,
    seed: u32,
    pool: &mut Vec<u32>,
) {
    let busy = board.busy();
    if busy == 0 {
        return;
    }
    let served = ground.servable.len() - board.absent.len();
    let longest = LONGEST_STRING.min(served as f64 / busy as f64).max(1.0);
    let most_strings = 4.0 * AVERAGE_REMOVED / (1.0 + longest) - 1.0;
    let strings = (1.0 + chance.unit() * most_strings) as usize;
    for &stop in std::iter::once(&seed).chain(ground.near(seed)) {
        if board.touched().len() >= strings {
            break;
        }
        let slot = board.slot_of[stop as usize];
        if slot != NOWHERE && !board.touched().contains(&slot) {
            remove_string(ground, board, chance, stop, longest, pool);
        }
    }
}

fn remove_string(
    ground: &Ground<'_>,
    board: &mut Board,
    chance: &mut Chance,
    stop: u32,
    longest: f64,
    pool: &mut Vec<u32>,
) {
    let slot = board.slot_of[stop as usize];
    let doors = board.trips[slot as usize].doors();
    let Some(place) = doors.iter().position(|&door| door == stop) else {
        return;
    };
    let doors = doors.len();
    let length = ((1.0 + chance.unit() * (doors as f64).min(longest)) as usize).min(doors);
    let split = length > 1 && length < doors && chance.unit() < SPLIT;
    let window = length + usize::from(split);
    // The window holds the door and stays on the trip.
    let first_least = (place + 1).saturating_sub(window);
    let first_most = place.min(doors - window);
    let first = 1 + first_least + chance.below(first_most - first_least + 1);
    if split {
        let head = 1 + chance.below(length - 1);
        board.cut(ground, slot, first + head + 1, length - head, pool);
        board.cut(ground, slot, first, head, pool);
    } else {
        board.cut(ground, slot, first, length, pool);
    }
}

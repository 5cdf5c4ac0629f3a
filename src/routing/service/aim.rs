//! What a search aims at: the stages folded into one number of seconds, and one order of plans.

use super::board::{Board, Worth};

/// Seconds that a meal-second of lateness weighs while searching; the best plan is chosen by the
/// stages themselves.
const LATE_WEIGHT: i64 = 30;
/// Seconds that a change of hands weighs.
const HANDS_WEIGHT: i64 = 20_000;

/// Seconds that a second of a day beyond the target weighs.
const EXCESS_WEIGHT: i64 = 12;
/// The target lies below the longest day met by this part of it.
const STEP: i64 = 48;

/// The goal of one search.
#[derive(Debug, Clone, Copy)]
pub(super) enum Aim {
    /// Most doors, least lateness, fewest hands, smallest sum.
    Sum,
    /// The shortest longest day among plans no worse than `within`, whose cost is the most allowed.
    Even {
        /// The worst a plan may be in the stages before.
        within: Worth,
        /// The length of day to get below: a little less than the longest of the best plan, so
        /// that slack is spent on long days alone.
        target: i64,
    },
}

/// Sorts plans; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(usize, i64, i64, i64, i64);

impl Aim {
    /// The aim of making the longest day short, from a plan that is the best so far.
    pub(super) fn even(board: &Board, slack_permille: i64) -> Self {
        let worth = board.worth();
        let cost = worth.cost + worth.cost * slack_permille / 1000;
        let mut aim = Self::Even { within: Worth { cost, ..worth }, target: 0 };
        aim.sharpen(board);
        aim
    }

    /// Sets the target below the longest day of a plan.
    pub(super) fn sharpen(&mut self, board: &Board) {
        if let Self::Even { target, .. } = self {
            let longest = board.longest();
            *target = longest - (longest / STEP).max(1);
        }
    }

    /// Whether a plan may be stepped on.
    pub(super) fn allows(&self, worth: Worth) -> bool {
        match self {
            Self::Sum => true,
            Self::Even { within, .. } => {
                worth.left_out <= within.left_out
                    && worth.lateness <= within.lateness
                    && worth.hands <= within.hands
                    && worth.cost <= within.cost
            }
        }
    }

    /// Everything but the doors left out, as seconds.
    pub(super) fn height(&self, board: &Board) -> i64 {
        let worth = board.worth();
        let excess = match self {
            Self::Sum => 0,
            Self::Even { target, .. } => EXCESS_WEIGHT * board.excess(*target),
        };
        worth.cost + excess + price_of(worth.lateness, worth.hands)
    }

    /// Where a plan stands among others.
    pub(super) fn rank(&self, board: &Board) -> Rank {
        let worth = board.worth();
        let longest = match self {
            Self::Sum => 0,
            Self::Even { .. } => board.longest(),
        };
        Rank(worth.left_out, worth.lateness, worth.hands, longest, worth.cost)
    }

    /// What a day longer by `delta` seconds, `walk` of them on the way, weighs.
    pub(super) fn price(&self, day: i64, delta: i64, walk: i64) -> i64 {
        match self {
            Self::Sum => walk,
            Self::Even { target, .. } => {
                let beyond = |day: i64| (day - target).max(0);
                walk + EXCESS_WEIGHT * (beyond(day + delta) - beyond(day))
            }
        }
    }

    /// Whether only the sum counts.
    pub(super) fn by_sum(&self) -> bool {
        matches!(self, Self::Sum)
    }
}

/// Lateness and changed hands in seconds.
pub(super) fn price_of(lateness: i64, hands: i64) -> i64 {
    lateness.saturating_mul(LATE_WEIGHT).saturating_add(hands * HANDS_WEIGHT)
}

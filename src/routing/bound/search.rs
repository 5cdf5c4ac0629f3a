//! Raising the bound: relaxations that are split by the number of rounds, cut and priced again.
//!
//! A plan has a whole number of rounds, but a relaxation often likes three and a third. Then it is
//! split in two, of plans with at most three and with at least four rounds; the bound is the least
//! of the parts' bounds, so that part is worked on first.

use super::generation::{End, Generation};
use super::model::Model;
use super::neighbours::nearest;
use super::prices::{Rounds, up_to_seconds};

/// Neighbours of each door to begin with, and at most.
const NEAR: (usize, u32) = (8, 24);
/// Cuts added at once.
const CUTS: usize = 30;
/// Least violation of a cut worth adding.
const VIOLATION: f64 = 0.03;
/// Labels after which no more are spent, over all: about a minute.
const WORK: usize = 12_000_000;
/// A sum of rounds nearer to a whole number than this counts as whole.
const WHOLE: f64 = 0.02;

/// What is proved, and by what work.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Proved {
    /// No plan costs less, in seconds.
    pub bound: i64,
    /// Whether the search ended by itself.
    pub ended: bool,
    /// Rounds of pricing.
    pub pricings: usize,
    /// Columns in the master problems at the end.
    pub columns: usize,
    /// Cuts in the master problems at the end.
    pub cuts: usize,
}

/// A part of all plans, by their number of rounds.
struct Part<'a> {
    relaxation: Generation<'a>,
    /// Nothing more can be done for it.
    spent: bool,
}

/// Raises the bound up to `known`, the cost of a known plan; `rounds` are of good plans.
pub(super) fn search(
    model: &Model,
    known: i64,
    rounds: &[Vec<u8>],
    stop: &dyn Fn() -> bool,
) -> Proved {
    let any = Rounds { least: 0, most: model.rounds };
    let mut root = Generation::new(model, any, nearest(model, NEAR.0), known, stop);
    for round in rounds {
        root.master.add(round);
    }
    let mut parts = vec![Part { relaxation: root, spent: false }];
    let mut proved = Proved { bound: known, ..Proved::default() };
    let (mut pricings, mut labels) = (0, 0);
    let ended = loop {
        let Some(at) = lowest(&parts) else { break true };
        if parts[at].spent || stop() || labels > WORK {
            break parts[at].spent && !stop();
        }
        let mut part = parts.swap_remove(at);
        let before = (part.relaxation.pricings, part.relaxation.labels);
        let kept = advance(&mut part);
        pricings += part.relaxation.pricings - before.0;
        labels += part.relaxation.labels - before.1;
        match kept {
            Next::Closed => {}
            Next::Again => parts.push(part),
            Next::Split(below, above) => {
                for rounds in [below, above] {
                    let relaxation = part.relaxation.with_rounds(rounds);
                    parts.push(Part { relaxation, spent: false });
                }
            }
        }
    };
    proved.ended = ended;
    proved.pricings = pricings;
    for Part { relaxation, .. } in &parts {
        proved.bound = proved.bound.min(up_to_seconds(relaxation.best));
        proved.columns += relaxation.master.columns.len();
        proved.cuts += relaxation.master.cuts.len();
    }
    proved
}

/// What becomes of a part.
enum Next {
    /// No plan in it is better than the known one.
    Closed,
    /// It is to be worked on again.
    Again,
    /// It is split by the number of rounds.
    Split(Rounds, Rounds),
}

/// The part with the lowest bound; the one with fewer rounds among equals.
fn lowest(parts: &[Part]) -> Option<usize> {
    (0..parts.len()).min_by_key(|&at| {
        let relaxation = &parts[at].relaxation;
        (relaxation.best, relaxation.rounds.least)
    })
}

/// One step: solve the relaxation, then change it so that the next step can gain.
fn advance(part: &mut Part) -> Next {
    let relaxation = &mut part.relaxation;
    match relaxation.converge() {
        End::Closed => return Next::Closed,
        End::Converged => {}
        End::Stopped | End::TooHard => {
            part.spent = true;
            return Next::Again;
        }
    }
    if relaxation.forbid_cycles(NEAR.1) {
        return Next::Again;
    }
    let count: f64 = relaxation.master.solution().iter().map(|(_, x)| x).sum();
    let rounds = relaxation.rounds;
    if (count - count.round()).abs() > WHOLE && relaxation.master.violation() < WHOLE {
        let below = Rounds { least: rounds.least, most: count.floor() as i64 };
        let above = Rounds { least: count.floor() as i64 + 1, most: rounds.most };
        return Next::Split(below, above);
    }
    part.spent = relaxation.cut(CUTS, VIOLATION) == 0;
    Next::Again
}

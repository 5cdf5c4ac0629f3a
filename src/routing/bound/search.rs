//! Raising the bound: relaxations that are split by the number of rounds, cut and priced again.
//!
//! A plan has a whole number of rounds, but a relaxation often likes three and a third. Then it is
//! split in two, of plans with at most three and with at least four rounds; the bound is the least
//! of the parts' bounds, so that part is worked on first.

use super::choice::Choice;
use super::generation::{End, Generation};
use super::master::Master;
use super::model::Model;
use super::neighbours::nearest;
use super::prices::{Rounds, SCALE, up_to_seconds};

/// Neighbours of each door to begin with, and at most.
const NEAR: (usize, u32) = (8, 24);
/// Cuts added at once.
const CUTS: usize = 40;
/// Least violation of a cut worth adding.
const VIOLATION: f64 = 0.03;
/// Labels after which no more are spent, over all: about a minute.
const WORK: usize = 6_000_000;
/// Listed rounds looked at that are as much work as a label.
const LOOKS_A_LABEL: usize = 50;
/// Rounds are listed when the gap is less than one part in so many of the known plan's cost.
const LIST_BELOW: i64 = 60;
/// A sum of rounds nearer to a whole number than this counts as whole.
const WHOLE: f64 = 0.11;

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

/// What is done to a part's relaxation.
enum Work<'a> {
    /// Rounds are generated.
    Generated(Box<Generation<'a>>),
    /// All rounds that matter are listed.
    Chosen(Box<Choice<'a>>),
}

/// A part of all plans.
struct Part<'a> {
    work: Work<'a>,
    /// Nothing more can be done for it.
    spent: bool,
    /// The gap at which listing was too much, if it was tried.
    too_many: Option<i64>,
}

impl<'a> Part<'a> {
    fn new(work: Work<'a>, too_many: Option<i64>) -> Self {
        Self { work, spent: false, too_many }
    }

    fn best(&self) -> i64 {
        match &self.work {
            Work::Generated(relaxation) => relaxation.best,
            Work::Chosen(choice) => choice.best,
        }
    }

    fn master(&self) -> &Master<'a> {
        match &self.work {
            Work::Generated(relaxation) => &relaxation.master,
            Work::Chosen(choice) => &choice.master,
        }
    }

    /// Rounds of pricing and work so far.
    fn effort(&self) -> (usize, usize) {
        match &self.work {
            Work::Generated(relaxation) => (relaxation.pricings, relaxation.labels),
            Work::Chosen(choice) => (0, choice.looked_at / LOOKS_A_LABEL),
        }
    }
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
    let mut parts = vec![Part::new(Work::Generated(Box::new(root)), None)];
    let mut proved = Proved { bound: known, ..Proved::default() };
    let mut work = 0;
    proved.ended = loop {
        // The lowest bound first; the earlier part among equals.
        let Some(at) = (0..parts.len()).min_by_key(|&at| parts[at].best()) else { break true };
        if parts[at].spent || stop() || work > WORK {
            break parts[at].spent && !stop();
        }
        let before = parts[at].effort();
        let next = advance(&mut parts[at]);
        let after = parts[at].effort();
        proved.pricings += after.0 - before.0;
        work += after.1 - before.1;
        match next {
            Next::Closed => {
                parts.remove(at);
            }
            Next::Again => {}
            Next::Instead(new) => {
                parts.remove(at);
                parts.extend(new);
            }
        }
    };
    for part in &parts {
        proved.bound = proved.bound.min(up_to_seconds(part.best()));
        proved.columns += part.master().columns.len();
        proved.cuts += part.master().cuts.len();
    }
    proved
}

/// What becomes of a part.
enum Next<'a> {
    /// No plan in it is better than the known one.
    Closed,
    /// It is to be worked on again.
    Again,
    /// Others take its place.
    Instead(Vec<Part<'a>>),
}

/// One step: solve the relaxation, then change it so that the next step can gain.
fn advance<'a>(part: &mut Part<'a>) -> Next<'a> {
    let end = match &mut part.work {
        Work::Generated(relaxation) => relaxation.converge(),
        Work::Chosen(choice) => choice.converge(),
    };
    match (end, &mut part.work) {
        (End::Closed, _) => Next::Closed,
        (End::Stopped | End::TooHard, _) => {
            part.spent = true;
            Next::Again
        }
        (End::Converged, Work::Chosen(choice)) => {
            if choice.cut(2 * CUTS, VIOLATION) > 0 {
                return Next::Again;
            }
            let Some(halves) = choice.split() else {
                part.spent = true;
                return Next::Again;
            };
            let of_choice = |choice| Part::new(Work::Chosen(Box::new(choice)), None);
            Next::Instead(halves.into_iter().map(of_choice).collect())
        }
        (End::Converged, Work::Generated(relaxation)) => {
            let (next, too_many) = refine(relaxation, part.too_many);
            part.too_many = too_many;
            part.spent = next.is_none();
            next.unwrap_or(Next::Again)
        }
    }
}

/// Strengthens a generated relaxation that is solved; none if nothing can be done.
fn refine<'a>(
    relaxation: &mut Generation<'a>,
    mut too_many: Option<i64>,
) -> (Option<Next<'a>>, Option<i64>) {
    if relaxation.master.cuts.is_empty() && relaxation.forbid_cycles(NEAR.1) {
        return (Some(Next::Again), too_many);
    }
    let count: f64 = relaxation.master.solution().iter().map(|(_, x)| x).sum();
    let rounds = relaxation.rounds;
    if (count - count.round()).abs() > WHOLE && relaxation.master.violation() < WHOLE {
        let below = Rounds { least: rounds.least, most: count.floor() as i64 };
        let above = Rounds { least: count.floor() as i64 + 1, most: rounds.most };
        let parts = [below, above].map(|rounds| relaxation.with_rounds(rounds));
        let new = parts.into_iter().map(|p| Part::new(Work::Generated(Box::new(p)), too_many));
        return (Some(Next::Instead(new.collect())), too_many);
    }
    let gap = relaxation.gap();
    let small = gap * LIST_BELOW < relaxation.known * SCALE;
    if small && too_many.is_none_or(|failed| gap * 10 < failed * 8) {
        if let Some(choice) = relaxation.list() {
            return (
                Some(Next::Instead(vec![Part::new(Work::Chosen(Box::new(choice)), None)])),
                too_many,
            );
        }
        too_many = Some(gap);
        relaxation.fix_arcs();
    }
    let tighter = relaxation.tighten(CUTS, VIOLATION, NEAR.1);
    (tighter.then_some(Next::Again), too_many)
}

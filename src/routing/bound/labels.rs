//! Labelling: all undominated ways from the kitchen to a door, or from a door to the kitchen.
//!
//! Each door takes meals along, so labels are made in the order of their load, and those of one door
//! and load are compared with each other and with lighter ones.

use super::completion::Completion;
use super::market::{Direction, Label, Market};
use super::model::bit;

/// Which labels make others superfluous.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Those that can do all the others can, at no higher price: nothing is lost.
    Exact,
    /// Those cheaper and earlier: fast, but a round may be missed.
    Coarse,
    /// Those earlier with exactly the same doors: every set of doors is found, in its best order.
    /// Labels must remember all their doors.
    SameDoors,
}

/// How far labels are extended.
#[derive(Clone, Copy)]
pub(super) struct Reach<'a> {
    /// Labels up to this load are extended.
    pub from: i64,
    /// Labels above this load are not made.
    pub to: i64,
    /// What is dropped.
    pub rule: Rule,
    /// Give up beyond so many labels.
    pub most: usize,
    /// Above this load, drop labels that cannot be completed at this price.
    pub within: Option<(i64, &'a Completion, i64)>,
}

impl Reach<'_> {
    fn admits(&self, label: &Label) -> bool {
        self.within.is_none_or(|(above, completion, most)| {
            i64::from(label.load) <= above || label.price + completion.least(label) <= most
        })
    }
}

/// The labels of one direction, by door and load.
pub(super) struct Half {
    /// All labels; those of one bucket are next to each other, cheapest first.
    pub labels: Vec<Label>,
    buckets: Vec<(u32, u32)>,
    doors: usize,
}

impl Half {
    /// The labels of a door with a load.
    pub fn bucket(&self, door: usize, load: i64) -> &[Label] {
        let (from, to) = self.buckets[load as usize * (self.doors + 1) + door];
        &self.labels[from as usize..to as usize]
    }

    /// The doors of a label in walking order.
    pub fn path(&self, direction: Direction, label: &Label) -> Vec<u8> {
        let mut path = vec![label.door];
        let mut at = label;
        while self.labels[at.before as usize].load < at.load {
            at = &self.labels[at.before as usize];
            path.push(at.door);
        }
        if direction == Direction::Out {
            path.reverse();
        }
        path
    }
}

/// Labels one direction; none if there are too many labels or `stop` says so.
pub(super) fn label(
    market: &Market,
    direction: Direction,
    reach: Reach,
    stop: &dyn Fn() -> bool,
) -> Option<Half> {
    let model = market.model;
    let nodes = model.doors + 1;
    let mut half = Half {
        labels: Vec::new(),
        buckets: vec![(0, 0); (model.capacity as usize + 1) * nodes],
        doors: model.doors,
    };
    let ways: Vec<Vec<usize>> = (0..nodes)
        .map(|a| (1..nodes).filter(|&b| b != a && market.passes(direction, a, b)).collect())
        .collect();
    let mut waiting: Vec<Vec<Label>> = vec![Vec::new(); half.buckets.len()];
    for &door in &ways[0] {
        let label = market.first(direction, door);
        if i64::from(label.load) <= reach.to {
            waiting[label.load as usize * nodes + door].push(label);
        }
    }
    // The way between the kitchen and the end that is still open.
    let rest: Vec<i64> = (0..nodes).map(|v| market.between(direction, v, 0).1).collect();
    let limit: Vec<i64> = (0..=model.capacity).map(|load| model.limit(load)).collect();
    for load in 1..=reach.to {
        for (door, ways) in ways.iter().enumerate().skip(1) {
            let at = load as usize * nodes + door;
            let new = std::mem::take(&mut waiting[at]);
            if new.is_empty() {
                continue;
            }
            keep(market, &mut half, new, (load, door), reach.rule);
            if half.labels.len() > reach.most || stop() {
                return None;
            }
            if load > reach.from {
                continue;
            }
            let (from, to) = half.buckets[at];
            for before in from..to {
                let label = half.labels[before as usize];
                for &next in ways {
                    let heavy = load + model.meals[next];
                    if label.known & bit(next) != 0 || heavy > reach.to {
                        continue;
                    }
                    let longer = market.step(direction, &label, before, next);
                    if i64::from(longer.time) + rest[next] <= limit[heavy as usize]
                        && reach.admits(&longer)
                    {
                        waiting[heavy as usize * nodes + next].push(longer);
                    }
                }
            }
        }
    }
    Some(half)
}

/// Fills one bucket with those of the new labels that nothing dominates.
fn keep(
    market: &Market,
    half: &mut Half,
    mut new: Vec<Label>,
    (load, door): (i64, usize),
    rule: Rule,
) {
    if rule == Rule::SameDoors {
        new.sort_unstable_by_key(|label| (label.known, label.time, label.before));
        new.dedup_by_key(|label| label.known);
    }
    new.sort_by_key(|label| (label.price, label.time));
    let from = half.labels.len();
    for mut label in new {
        let dominated = |others: &[Label]| {
            let mut cheaper = others.iter().take_while(|other| other.price <= label.price);
            match rule {
                Rule::Exact => cheaper.any(|other| market.dominates(other, &label)),
                Rule::Coarse => cheaper.any(|other| other.time <= label.time),
                Rule::SameDoors => false,
            }
        };
        let lighter = || (1..load).any(|l| dominated(half.bucket(door, l)));
        if !dominated(&half.labels[from..]) && !lighter() {
            if label.load == market.model.meals[door] as u16 {
                label.before = half.labels.len() as u32;
            }
            half.labels.push(label);
        }
    }
    half.buckets[load as usize * (half.doors + 1) + door] = (from as u32, half.labels.len() as u32);
}

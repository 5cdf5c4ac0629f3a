//! Labelling: all undominated ways from the kitchen to a door, or from a door to the kitchen.
//!
//! A label is a partial ng-route (R. Baldacci, A. Mingozzi, R. Roberti, *New route relaxation and
//! pricing strategies for the vehicle routing problem*, 2011): it remembers only those of its doors
//! that every door since has among its neighbours, and may visit the others again. Each door takes
//! meals along, so labels are made in the order of their load.

use super::completion::Completion;
use super::model::{Doors, Model, bit};
use super::prices::{Prices, SCALE};
use super::subset_row::SubsetRow;

/// Words of a label's cut state.
const WORDS: usize = 2;
/// Most cuts with a price that labels can carry.
pub(super) const MOST_CUTS: usize = WORDS * 64;

/// One bit a cut: half a unit has been collected.
pub(super) type Halves = [u64; WORDS];

/// Which end of a round is labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// From the kitchen.
    Out,
    /// To the kitchen.
    Home,
}

impl Direction {
    /// Tail and head of the arc between the open end of a partial round and what comes next.
    fn order(self, end: usize, next: usize) -> (usize, usize) {
        match self {
            Self::Out => (end, next),
            Self::Home => (next, end),
        }
    }
}

/// A partial round that ends, or begins, at a door.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    /// Reduced cost so far in price units; the vehicle is not yet paid for.
    pub price: i64,
    /// Seconds so far, the door's service included.
    pub time: i32,
    /// Meals so far, the door's included.
    pub load: u16,
    /// The door.
    pub door: u8,
    /// The label this one extends; its own number at the first door.
    pub before: u32,
    /// Doors it may not visit next.
    pub known: Doors,
    /// Cuts of which half a unit has been collected.
    pub halves: Halves,
}

/// What is priced: the prices taken apart by arc, node and cut.
pub(super) struct Market<'a> {
    /// Legs and vehicles.
    pub model: &'a Model,
    /// The prices.
    pub prices: &'a Prices,
    /// Neighbours of each door: what it lets a label remember.
    near: &'a [Doors],
    /// Price of every arc: its leg, and what a round more is worth on the arcs out of the kitchen.
    arc: Vec<i64>,
    /// Price of every node: its service less what serving it is worth.
    node: Vec<i64>,
    cut_price: Vec<i64>,
    member: Vec<Halves>,
    remembers: Vec<Halves>,
    /// Arcs that may be used.
    open: &'a [bool],
}

impl<'a> Market<'a> {
    /// Prepares pricing. Only cuts with a price count, at most [`MOST_CUTS`] of them.
    pub fn new(
        model: &'a Model,
        prices: &'a Prices,
        near: &'a [Doors],
        cuts: &[SubsetRow],
        open: &'a [bool],
    ) -> Self {
        let nodes = model.doors + 1;
        let arc = (0..nodes * nodes)
            .map(|at| {
                let out_of_kitchen = if at < nodes { prices.rounds } else { 0 };
                model.leg(at / nodes, at % nodes) * SCALE - out_of_kitchen
            })
            .collect();
        let node = (0..nodes).map(|v| model.service[v] * SCALE - prices.door[v]).collect();
        let mut market = Self {
            model,
            prices,
            near,
            arc,
            node,
            cut_price: Vec::new(),
            member: vec![[0; WORDS]; nodes],
            remembers: vec![[0; WORDS]; nodes],
            open,
        };
        for (cut, &price) in cuts.iter().zip(&prices.cut).filter(|(_, p)| **p > 0) {
            market.enter(cut, price);
        }
        market
    }

    fn enter(&mut self, cut: &SubsetRow, price: i64) {
        let at = self.cut_price.len();
        self.cut_price.push(price);
        for &door in &cut.doors {
            self.member[usize::from(door)][at / 64] |= 1 << (at % 64);
        }
        for node in (1..=self.model.doors).filter(|&v| cut.memory & bit(v) != 0) {
            self.remembers[node][at / 64] |= 1 << (at % 64);
        }
    }

    /// Price of an arc.
    pub fn arc(&self, from: usize, to: usize) -> i64 {
        self.arc[from * (self.model.doors + 1) + to]
    }

    /// Whether an arc may be used.
    pub fn open(&self, from: usize, to: usize) -> bool {
        self.open[from * (self.model.doors + 1) + to]
    }

    /// Price and leg of the arc a partial round takes next: walked from, or to, its open end.
    pub fn between(&self, direction: Direction, end: usize, next: usize) -> (i64, i64) {
        let (from, to) = direction.order(end, next);
        (self.arc(from, to), self.model.leg(from, to))
    }

    /// Whether a partial round may take that arc.
    pub fn passes(&self, direction: Direction, end: usize, next: usize) -> bool {
        let (from, to) = direction.order(end, next);
        self.open(from, to)
    }

    /// What the cuts cost that are half collected on both sides.
    pub fn both(&self, a: &Halves, b: &Halves) -> i64 {
        let mut sum = 0;
        for (word, (a, b)) in a.iter().zip(b).enumerate() {
            let mut common = a & b;
            while common != 0 {
                sum += self.cut_price[word * 64 + common.trailing_zeros() as usize];
                common &= common - 1;
            }
        }
        sum
    }

    /// What `a` may yet have to pay for cuts and `b` need not.
    fn ahead(&self, a: &Halves, b: &Halves) -> i64 {
        let only = std::array::from_fn(|word| a[word] & !b[word]);
        self.both(&only, &only)
    }

    /// The label of a first door.
    pub fn first(&self, direction: Direction, door: usize) -> Label {
        let (arc, leg) = self.between(direction, 0, door);
        Label {
            price: arc + self.node[door],
            time: (leg + self.model.service[door]) as i32,
            load: self.model.meals[door] as u16,
            door: door as u8,
            before: 0,
            known: bit(door),
            halves: self.member[door],
        }
    }

    /// The label one door farther, whatever the limits say.
    pub fn step(&self, direction: Direction, label: &Label, before: u32, door: usize) -> Label {
        let (arc, leg) = self.between(direction, usize::from(label.door), door);
        let kept: Halves = std::array::from_fn(|w| label.halves[w] & self.remembers[door][w]);
        let whole = self.both(&kept, &self.member[door]);
        Label {
            price: label.price + arc + self.node[door] + whole,
            time: label.time + (leg + self.model.service[door]) as i32,
            load: label.load + self.model.meals[door] as u16,
            door: door as u8,
            before,
            known: label.known & self.near[door] | bit(door),
            halves: std::array::from_fn(|w| kept[w] ^ self.member[door][w]),
        }
    }

    fn dominates(&self, a: &Label, b: &Label, coarse: bool) -> bool {
        a.time <= b.time
            && (coarse
                || a.known & !b.known == 0
                    && (self.cut_price.is_empty()
                        || a.price + self.ahead(&a.halves, &b.halves) <= b.price))
    }
}

/// How far labels are extended.
#[derive(Clone, Copy)]
pub(super) struct Reach<'a> {
    /// Labels up to this load are extended.
    pub from: i64,
    /// Labels above this load are not made.
    pub to: i64,
    /// Dominate by price and time alone: fast, but a route may be missed.
    pub coarse: bool,
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
        for door in 1..nodes {
            let at = load as usize * nodes + door;
            let new = std::mem::take(&mut waiting[at]);
            if new.is_empty() {
                continue;
            }
            keep(market, &mut half, new, load, door, reach.coarse);
            if half.labels.len() > reach.most || stop() {
                return None;
            }
            if load > reach.from {
                continue;
            }
            let (from, to) = half.buckets[at];
            for before in from..to {
                let label = half.labels[before as usize];
                for &next in &ways[door] {
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
    load: i64,
    door: usize,
    coarse: bool,
) {
    new.sort_by_key(|label| (label.price, label.time));
    let from = half.labels.len();
    for mut label in new {
        let dominated = |others: &[Label]| {
            others
                .iter()
                .take_while(|other| other.price <= label.price)
                .any(|other| market.dominates(other, &label, coarse))
        };
        let lighter = (1..load).any(|l| dominated(half.bucket(door, l)));
        if !lighter && !dominated(&half.labels[from..]) {
            if label.load == market.model.meals[door] as u16 {
                label.before = half.labels.len() as u32;
            }
            half.labels.push(label);
        }
    }
    half.buckets[load as usize * (half.doors + 1) + door] = (from as u32, half.labels.len() as u32);
}

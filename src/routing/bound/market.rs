//! What is priced: partial rounds and what each further door costs them.
//!
//! A label is a partial ng-route (R. Baldacci, A. Mingozzi, R. Roberti, *New route relaxation and
//! pricing strategies for the vehicle routing problem*, 2011): it remembers only those of its doors
//! that every door since has among its neighbours, and may visit the others again.

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
#[derive(Clone)]
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

    /// The same prices for labels that remember other doors.
    pub fn remembering<'b>(&'b self, near: &'b [Doors]) -> Market<'b> {
        Market { near, ..self.clone() }
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

    /// Whether whatever completes `b` completes `a` too, at no higher price; `a` is not heavier.
    pub fn dominates(&self, a: &Label, b: &Label) -> bool {
        a.time <= b.time
            && a.known & !b.known == 0
            && (self.cut_price.is_empty() || a.price + self.ahead(&a.halves, &b.halves) <= b.price)
    }
}

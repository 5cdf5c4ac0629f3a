//! The least price at which a partial round can still be completed.
//!
//! Made from the labels of the other direction. Of the doors a partial round knows only the very
//! next one is heeded: for each of the three cheapest next doors the price is kept. That is a lower
//! bound, and enough to drop most labels early.

use super::labels::Half;
use super::market::{Direction, Label, Market};
use super::model::bit;

/// Slices of the time limit.
const SLICES: usize = 128;
/// No completion at all.
const NEVER: i64 = i64::MAX / 4;

/// The cheapest completions, each by another next door (0 is the kitchen), cheapest first.
#[derive(Clone, Copy)]
struct Cheapest {
    price: [i64; 3],
    next: [u8; 3],
}

/// Least completion prices by load so far, door and time left.
pub(super) struct Completion {
    cheapest: Vec<Cheapest>,
    doors: usize,
    slice: i64,
    limit: i64,
}

impl Completion {
    /// Completions of partial rounds in `direction` by the other half's labels, for loads of at
    /// least `from`. The vehicle's price is included.
    pub fn new(market: &Market, direction: Direction, other: &Half, from: i64) -> Self {
        let model = market.model;
        let limit = model.limit(0);
        let nodes = model.doors + 1;
        let none = Cheapest { price: [NEVER; 3], next: [0; 3] };
        let mut table = Self {
            cheapest: vec![none; (model.capacity as usize + 1) * nodes * SLICES],
            doors: model.doors,
            slice: limit / SLICES as i64 + 1,
            limit,
        };
        // Cheapest vehicle for a load, whatever the time.
        let vehicle: Vec<i64> = (0..=model.capacity)
            .map(|load| market.prices.vehicle(model, load, 0).unwrap_or(NEVER))
            .collect();
        let from = from.max(1);
        for next in 0..nodes {
            let mut rest = vec![[NEVER; SLICES]; model.capacity as usize + 1];
            for (load, rest) in (0..=model.capacity).zip(&mut rest).skip(from as usize) {
                if next == 0 {
                    rest[0] = vehicle[load as usize];
                }
                for more in 1..=if next == 0 { 0 } else { model.capacity - load } {
                    for label in other.bucket(next, more) {
                        let at = (i64::from(label.time) / table.slice) as usize;
                        rest[at] = rest[at].min(label.price + vehicle[(load + more) as usize]);
                    }
                }
            }
            for door in (1..nodes).filter(|&d| d != next && market.passes(direction, d, next)) {
                table.offer(market.between(direction, door, next), door, next, &rest);
            }
        }
        table
    }

    /// Enters the completions that begin with an arc to `next`.
    fn offer(&mut self, arc: (i64, i64), door: usize, next: usize, rest: &[[i64; SLICES]]) {
        let (price, leg) = arc;
        if leg > self.limit {
            return;
        }
        let ahead = (leg / self.slice) as usize;
        for (load, rest) in rest.iter().enumerate() {
            let at = (load * (self.doors + 1) + door) * SLICES;
            let mut least = NEVER;
            for (cell, rest) in self.cheapest[at + ahead..at + SLICES].iter_mut().zip(rest) {
                least = least.min(rest + price);
                cell.insert(least, next as u8);
            }
        }
    }

    /// A lower bound on what completing this label costs; very much if it cannot be completed.
    pub fn least(&self, label: &Label) -> i64 {
        let left = self.limit - i64::from(label.time);
        if left < 0 {
            return NEVER;
        }
        let bucket = usize::from(label.load) * (self.doors + 1) + usize::from(label.door);
        let cell = &self.cheapest[bucket * SLICES + (left / self.slice) as usize];
        let free = (0..2).find(|&i| label.known & bit(usize::from(cell.next[i])) == 0);
        cell.price[free.unwrap_or(2)]
    }
}

impl Cheapest {
    fn insert(&mut self, price: i64, next: u8) {
        if price >= self.price[2] {
            return;
        }
        let at = if price < self.price[0] {
            0
        } else if price < self.price[1] {
            1
        } else {
            2
        };
        for i in (at + 1..3).rev() {
            self.price[i] = self.price[i - 1];
            self.next[i] = self.next[i - 1];
        }
        self.price[at] = price;
        self.next[at] = next;
    }
}

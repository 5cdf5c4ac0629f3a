//! Closing arcs that no better plan can use.
//!
//! With prices whose bound is `b`, a plan cheaper than the known one has no round of a reduced cost
//! above `known - 1 - b`. Labels of both directions, carried past the middle as far as they can be
//! completed within that, tell for each arc whether such a round takes it (S. Irnich, G. Desaulniers,
//! J. Desrosiers, A. Hadjar, *Path-reduced costs for eliminating arcs in routing and scheduling*,
//! 2010).

use super::completion::Completion;
use super::guide::Guide;
use super::join::{halves, middle};
use super::labels::{Half, Reach, Rule, label};
use super::market::{Direction, Label, Market};

/// All labels that are part of a round within some reduced cost.
pub(super) struct Whole {
    /// From the kitchen.
    pub out: Half,
    /// To the kitchen.
    pub home: Half,
}

/// Labels rounds of a reduced cost up to `gap` in full, from both ends.
pub(super) fn whole(
    market: &Market,
    gap: i64,
    most: usize,
    guide: Option<&Guide>,
    stop: &dyn Fn() -> bool,
) -> Option<Whole> {
    let capacity = market.model.capacity;
    let full = |above, completion| Reach {
        from: capacity,
        to: capacity,
        rule: Rule::Exact,
        most,
        within: Some((above, completion, gap)),
    };
    if let Some(guide) = guide {
        let out = label(market, Direction::Out, full(0, &guide.out), stop)?;
        return Some(Whole {
            out,
            home: label(market, Direction::Home, full(0, &guide.home), stop)?,
        });
    }
    let middle = middle(market.model);
    let (out, home) = halves(market, Rule::Exact, most, None, stop)?;
    let completion = Completion::new(market, Direction::Home, &out, capacity - middle);
    let home_all = label(market, Direction::Home, full(capacity - middle - 1, &completion), stop)?;
    let completion = Completion::new(market, Direction::Out, &home, middle + 1);
    drop((out, home));
    let out = label(market, Direction::Out, full(middle, &completion), stop)?;
    Some(Whole { out, home: home_all })
}

/// The arcs, by tail and head, that a round of reduced cost up to `gap` takes.
pub(super) fn arcs_within(market: &Market, whole: &Whole, gap: i64) -> Vec<bool> {
    let nodes = market.model.doors + 1;
    let mut open = vec![false; nodes * nodes];
    for door in 1..nodes {
        open[door] = market.open(0, door) && ends(market, Direction::Home, &whole.home, door, gap);
        open[door * nodes] =
            market.open(door, 0) && ends(market, Direction::Out, &whole.out, door, gap);
        for next in (1..nodes).filter(|&next| next != door && market.open(door, next)) {
            open[door * nodes + next] = passes(market, whole, (door, next), gap);
        }
    }
    open
}

/// Whether a round within the gap has this as its last door, in that direction.
fn ends(market: &Market, direction: Direction, half: &Half, door: usize, gap: i64) -> bool {
    let (arc, leg) = market.between(direction, door, 0);
    (1..=market.model.capacity).any(|load| {
        half.bucket(door, load).iter().any(|label| {
            let time = i64::from(label.time) + leg;
            let vehicle = market.prices.vehicle(market.model, load, time);
            vehicle.is_some_and(|vehicle| label.price + arc + vehicle <= gap)
        })
    })
}

/// Whether a round within the gap takes the arc.
fn passes(market: &Market, whole: &Whole, (from, to): (usize, usize), gap: i64) -> bool {
    let (arc, leg) = (market.arc(from, to), market.model.leg(from, to));
    let joins = |o: &Label, h: &Label, load: i64| {
        let time = i64::from(o.time) + leg + i64::from(h.time);
        let vehicle = market.prices.vehicle(market.model, load, time);
        o.known & h.known == 0
            && vehicle.is_some_and(|vehicle| {
                o.price + arc + h.price + vehicle + market.both(&o.halves, &h.halves) <= gap
            })
    };
    (1..market.model.capacity).any(|out_load| {
        (1..=market.model.capacity - out_load).any(|home_load| {
            let homes = whole.home.bucket(to, home_load);
            whole.out.bucket(from, out_load).iter().any(|o| {
                homes
                    .iter()
                    .take_while(|h| o.price + arc + h.price <= gap)
                    .any(|h| joins(o, h, out_load + home_load))
            })
        })
    })
}

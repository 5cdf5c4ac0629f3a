//! Labels of both directions carried over the whole round, not only to its middle.
//!
//! With prices whose bound is `b`, a plan cheaper than the known one has no round of a reduced cost
//! above `known - 1 - b`. Labels carried past the middle, as far as they can be completed within that,
//! tell what such rounds look like (S. Irnich, G. Desaulniers, J. Desrosiers, A. Hadjar,
//! *Path-reduced costs for eliminating arcs in routing and scheduling*, 2010).

use super::completion::Completion;
use super::guide::Guide;
use super::join::{halves, middle};
use super::labels::{Half, Reach, Rule, label};
use super::market::{Direction, Market};

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

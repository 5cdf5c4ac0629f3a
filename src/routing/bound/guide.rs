//! What keeps labelling on the way: completion prices of a weaker, faster relaxation.
//!
//! With few neighbours and without cuts, labels are few, and what they cost is never more than what
//! the labels with all neighbours and cuts do. A label that cannot be completed cheaply even there
//! need not be made.

use super::completion::Completion;
use super::fixing::whole;
use super::market::{Direction, Market};

/// Least completion prices in both directions, good for rounds of a reduced cost up to `gap`.
pub(super) struct Guide {
    /// For outward labels.
    pub out: Completion,
    /// For homeward labels.
    pub home: Completion,
    /// Rounds above this reduced cost are of no interest, in price units.
    pub gap: i64,
}

impl Guide {
    /// Labels the weak relaxation in full; none if it takes too many labels or `stop` says so.
    pub fn new(weak: &Market, gap: i64, most: usize, stop: &dyn Fn() -> bool) -> Option<Self> {
        let whole = whole(weak, gap, most, None, stop)?;
        Some(Self {
            out: Completion::new(weak, Direction::Out, &whole.home, 1),
            home: Completion::new(weak, Direction::Home, &whole.out, 1),
            gap,
        })
    }
}

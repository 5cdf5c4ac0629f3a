//! Listing all rounds that matter, once the bound is near the known plan.
//!
//! Of two orders of the same doors only the shorter is needed, so a round is a set. The labels are
//! those of pricing, but each remembers all its doors, and ends where it cannot be completed within
//! the gap (R. Baldacci, N. Christofides, A. Mingozzi, *An exact algorithm for the vehicle routing
//! problem based on the set partitioning formulation with additional cuts*, 2008).

use super::completion::Completion;
use super::guide::Guide;
use super::labels::{Half, Reach, Rule, label};
use super::market::{Direction, Market};
use super::model::{Doors, Model, bit};
use super::prices::{Prices, SCALE};
use super::subset_row::SubsetRow;

/// Most labels made for a list.
const MOST_LABELS: usize = 1_500_000;
/// Most rounds of a list.
const MOST_ROUNDS: usize = 250_000;

/// A set of doors in its best order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// The doors.
    pub set: Doors,
    /// The doors in walking order.
    pub doors: Vec<u8>,
    /// Duration in seconds.
    pub cost: i64,
    /// Meals.
    pub load: i64,
}

impl Listed {
    /// Reduced cost in price units, the cuts counted with full memory; none if nobody carries it.
    pub fn reduced_cost(
        &self,
        model: &Model,
        prices: &Prices,
        cuts: &[(Doors, i64)],
    ) -> Option<i64> {
        let vehicle = prices.vehicle(model, self.load, self.cost)?;
        let doors: i64 = self.doors.iter().map(|&d| prices.door[usize::from(d)]).sum();
        let met = cuts.iter().filter(|(set, _)| (self.set & set).count_ones() >= 2);
        let cuts: i64 = met.map(|(_, price)| price).sum();
        Some(self.cost * SCALE - doors - prices.rounds + vehicle + cuts)
    }
}

/// The sets of the cuts that have a price, with it.
pub(super) fn priced(cuts: &[SubsetRow], prices: &Prices) -> Vec<(Doors, i64)> {
    let pairs = cuts.iter().zip(&prices.cut).filter(|(_, price)| **price > 0);
    pairs.map(|(cut, price)| (cut.set(), *price)).collect()
}

/// Lists the rounds of a reduced cost up to the guide's gap; none if there are too many.
pub(super) fn list(
    market: &Market,
    cuts: &[SubsetRow],
    guide: &Guide,
    stop: &dyn Fn() -> bool,
) -> Option<Vec<Listed>> {
    let (model, gap) = (market.model, guide.gap);
    let reach = |rule, completion| Reach {
        from: model.capacity,
        to: model.capacity,
        rule,
        most: MOST_LABELS,
        within: Some((0, completion, gap)),
    };
    let home = label(market, Direction::Home, reach(Rule::Exact, &guide.home), stop)?;
    let completion = Completion::new(market, Direction::Out, &home, 1);
    drop(home);
    let all = vec![Doors::MAX; model.doors + 1];
    let strict = market.remembering(&all);
    let out = label(&strict, Direction::Out, reach(Rule::SameDoors, &completion), stop)?;
    let cuts = priced(cuts, market.prices);
    let listed = shortest(market, &out).into_iter().filter(|listed| {
        listed.reduced_cost(model, market.prices, &cuts).is_some_and(|price| price <= gap)
    });
    let listed: Vec<Listed> = listed.take(MOST_ROUNDS + 1).collect();
    (listed.len() <= MOST_ROUNDS).then_some(listed)
}

/// Every set of doors that is labelled, closed to a round as short as can be.
fn shortest(market: &Market, out: &Half) -> Vec<Listed> {
    let model = market.model;
    let close = |at: usize| {
        let label = &out.labels[at];
        let door = usize::from(label.door);
        (label.known & !bit(0), i64::from(label.time) + model.leg(door, 0), at)
    };
    let open = |&at: &usize| market.open(usize::from(out.labels[at].door), 0);
    let mut closed: Vec<_> = (0..out.labels.len()).filter(open).map(close).collect();
    closed.sort_unstable();
    closed.dedup_by_key(|(set, _, _)| *set);
    closed
        .into_iter()
        .map(|(set, cost, at)| Listed {
            set,
            doors: out.path(Direction::Out, &out.labels[at]),
            cost,
            load: i64::from(out.labels[at].load),
        })
        .collect()
}

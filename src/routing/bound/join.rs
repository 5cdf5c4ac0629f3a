//! Joining the two halves of labelling: the least reduced cost of any round, and cheap rounds.
//!
//! Every round has one arc over which its load passes the middle. The way to the near end of that
//! arc is an outward label and the rest, from its far end on, a homeward label; together they are an
//! ng-route exactly if what they know of each other's doors is disjoint (G. Righini, M. Salani,
//! *Symmetry helps: bounded bi-directional dynamic programming*, 2006).

use super::guide::Guide;
use super::labels::{Half, Reach, Rule, label};
use super::market::{Direction, Label, Market};
use super::model::Model;

/// What pricing found.
pub(super) struct Priced {
    /// Least reduced cost in price units, at most 0; exact if labelling was.
    pub least: i64,
    /// Rounds of negative reduced cost, the cheapest over each middle arc, cheapest first.
    pub rounds: Vec<(i64, Vec<u8>)>,
    /// Labels made, for the work done.
    pub labels: usize,
}

/// Load up to which rounds are labelled outwards.
pub(super) fn middle(model: &Model) -> i64 {
    (model.capacity + 1) / 2
}

/// Labels up to the middle from both ends: outwards to its load, homewards with the door over it.
pub(super) fn halves(
    market: &Market,
    rule: Rule,
    most: usize,
    guide: Option<&Guide>,
    stop: &dyn Fn() -> bool,
) -> Option<(Half, Half)> {
    let (capacity, middle) = (market.model.capacity, middle(market.model));
    let within = guide.map(|guide| (0, &guide.out, guide.gap));
    let outward = Reach { from: middle, to: middle, rule, most, within };
    let out = label(market, Direction::Out, outward, stop)?;
    let within = guide.map(|guide| (0, &guide.home, guide.gap));
    let homeward = Reach { from: capacity - middle - 1, to: capacity, rule, most, within };
    Some((out, label(market, Direction::Home, homeward, stop)?))
}

/// Prices rounds from both ends; none if there are too many labels or `stop` says so.
///
/// Coarse pricing is fast and finds rounds, but its `least` proves nothing.
pub(super) fn price(
    market: &Market,
    rule: Rule,
    most_labels: usize,
    guide: Option<&Guide>,
    stop: &dyn Fn() -> bool,
) -> Option<Priced> {
    let middle = middle(market.model);
    let (out, home) = halves(market, rule, most_labels, guide, stop)?;
    let mut found = Vec::new();
    for from in 1..=market.model.doors {
        best_home(market, &out, from, middle, &mut found);
        for to in (1..=market.model.doors).filter(|&to| to != from && market.open(from, to)) {
            best_over(market, &out, &home, (from, to), middle, &mut found);
        }
        if stop() {
            return None;
        }
    }
    found.sort_unstable_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let least = found.first().map_or(0, |(price, _)| *price);
    Some(Priced { least, rounds: found, labels: out.labels.len() + home.labels.len() })
}

/// The cheapest round that ends at this door without passing the middle.
fn best_home(
    market: &Market,
    out: &Half,
    from: usize,
    middle: i64,
    found: &mut Vec<(i64, Vec<u8>)>,
) {
    if !market.open(from, 0) {
        return;
    }
    let mut best: Option<(i64, &Label)> = None;
    for load in 1..=middle {
        for label in out.bucket(from, load) {
            let price = label.price + market.arc(from, 0);
            if price >= best.map_or(0, |b| b.0) {
                break;
            }
            let time = i64::from(label.time) + market.model.leg(from, 0);
            if let Some(vehicle) = market.prices.vehicle(market.model, load, time)
                && price + vehicle < best.map_or(0, |b| b.0)
            {
                best = Some((price + vehicle, label));
            }
        }
    }
    found.extend(best.map(|(price, label)| (price, out.path(Direction::Out, label))));
}

/// The cheapest round that passes the middle over this arc.
fn best_over(
    market: &Market,
    out: &Half,
    home: &Half,
    (from, to): (usize, usize),
    middle: i64,
    found: &mut Vec<(i64, Vec<u8>)>,
) {
    let model = market.model;
    let (arc, leg) = (market.arc(from, to), model.leg(from, to));
    let mut best = 0;
    let mut ends: Option<(&Label, &Label)> = None;
    for out_load in (middle + 1 - model.meals[to]).max(1)..=middle {
        let outs = out.bucket(from, out_load);
        for home_load in 1..=model.capacity - out_load {
            let homes = home.bucket(to, home_load);
            let Some(cheapest) = homes.first() else { continue };
            // No vehicle for this load is cheaper, however short the round.
            let load = out_load + home_load;
            let Some(at_least) = market.prices.vehicle(model, load, 0) else { continue };
            for o in outs {
                if o.price + arc + cheapest.price + at_least >= best {
                    break;
                }
                for h in homes {
                    let price = o.price + arc + h.price;
                    if price + at_least >= best {
                        break;
                    }
                    if o.known & h.known != 0 {
                        continue;
                    }
                    let time = i64::from(o.time) + leg + i64::from(h.time);
                    let Some(vehicle) = market.prices.vehicle(model, load, time) else {
                        continue;
                    };
                    let price = price + vehicle + market.both(&o.halves, &h.halves);
                    if price < best {
                        best = price;
                        ends = Some((o, h));
                    }
                }
            }
        }
    }
    if let Some((o, h)) = ends {
        let mut round = out.path(Direction::Out, o);
        round.extend(home.path(Direction::Home, h));
        found.push((best, round));
    }
}

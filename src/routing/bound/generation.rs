//! Column generation: prices from the master problem, rounds from pricing, a bound from both.

use super::choice::Choice;
use super::enumeration::list;
use super::fixing::{arcs_within, whole};
use super::guide::Guide;
use super::join::{Priced, price};
use super::labels::Rule;
use super::market::{MOST_CUTS, Market};
use super::master::Master;
use super::model::{Doors, Model};
use super::neighbours::{allows, elementary, grow, nearest};
use super::prices::{Prices, Rounds, SCALE, up_to_seconds};
use super::simplex::Sense;
use super::subset_row::{SubsetRow, separate};

/// Rounds added after one pricing.
const BATCH: usize = 120;
/// One part in so many of the gap to the known plan: what solving a relaxation further is not worth.
const SLACK: i64 = 20;
/// Most labels of one direction in one pricing.
const MOST_LABELS: usize = 300_000;
/// Columns kept when the master problem is thinned out.
const COLUMNS: usize = 2500;
/// Neighbours of each door in the guide.
const WEAK: usize = 3;

/// How a run of column generation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The bound and the linear program agree.
    Converged,
    /// The bound reached the cost of the known plan.
    Closed,
    /// The control wants to stop.
    Stopped,
    /// Pricing would take too many labels.
    TooHard,
}

/// One relaxation being solved: plans with so many rounds, by column generation.
pub(super) struct Generation<'a> {
    model: &'a Model,
    /// How many rounds the plans have.
    pub rounds: Rounds,
    /// The master problem.
    pub master: Master<'a>,
    /// Neighbours of each door.
    pub near: Vec<Doors>,
    /// Fewer neighbours, for the guide.
    weak: Vec<Doors>,
    /// Arcs that a better plan may use.
    pub open: Vec<bool>,
    /// Cost of the best plan known, in seconds: beyond it nothing need be proved.
    pub known: i64,
    /// Best bound in price units.
    pub best: i64,
    /// Prices that prove it, or the first ones for the present cuts.
    best_prices: Option<Prices>,
    /// Most labels of one direction in one pricing.
    pub most_labels: usize,
    /// Rounds of pricing so far.
    pub pricings: usize,
    /// Labels so far, the measure of work.
    pub labels: usize,
    stop: &'a dyn Fn() -> bool,
}

impl<'a> Generation<'a> {
    /// Starts with no rounds but those of single doors.
    pub fn new(
        model: &'a Model,
        rounds: Rounds,
        near: Vec<Doors>,
        known: i64,
        stop: &'a dyn Fn() -> bool,
    ) -> Self {
        let mut master = Master::new(model, rounds, Sense::AtLeast, model.penalty());
        for door in 1..=model.doors {
            master.add(&[door as u8]);
        }
        Self {
            model,
            rounds,
            master,
            near,
            weak: nearest(model, WEAK),
            open: vec![true; (model.doors + 1) * (model.doors + 1)],
            known,
            best: model.least_legs() * SCALE,
            best_prices: None,
            most_labels: MOST_LABELS,
            pricings: 0,
            labels: 0,
            stop,
        }
    }

    /// The same relaxation for plans with so many rounds, with all that has been found out.
    pub fn with_rounds(&self, rounds: Rounds) -> Self {
        let mut part = Self::new(self.model, rounds, self.near.clone(), self.known, self.stop);
        part.open.clone_from(&self.open);
        part.best = self.best;
        for column in &self.master.columns {
            part.master.add(&column.doors);
        }
        part.master.renew_cuts(&self.master.cuts);
        part
    }

    /// Generates columns until nothing more can be gained.
    pub fn converge(&mut self) -> End {
        loop {
            if (self.stop)() {
                return End::Stopped;
            }
            let prices = self.master.solve();
            self.master.shed(&prices, COLUMNS);
            let Some(coarse) = self.price(&prices, Rule::Coarse) else { return self.given_up() };
            if coarse.least < -SCALE / 20 && self.add(&coarse) > 0 {
                continue;
            }
            let Some(exact) = self.price(&prices, Rule::Exact) else { return self.given_up() };
            let bound = prices.bound(self.model, self.rounds, exact.least);
            if self.best_prices.is_none() || bound > self.best {
                self.best = self.best.max(bound);
                self.best_prices = Some(prices.clone());
            }
            if up_to_seconds(self.best) >= self.known {
                return End::Closed;
            }
            let level = prices.fixed(self.model, self.rounds);
            let tolerance = ((self.known * SCALE - level) / SLACK).max(SCALE / 50);
            if level - self.best < tolerance || self.add(&exact) == 0 {
                return End::Converged;
            }
        }
    }

    /// Lengthens the memory of doors on cycles in use; true if the relaxation changed.
    pub fn forbid_cycles(&mut self, most_near: u32) -> bool {
        let solution = self.owned_solution();
        self.forbid_cycles_of(&solution, most_near)
    }

    /// Adds subset-row cuts that the current solution violates, and lengthens the memory of doors on
    /// cycles in it; false if there is neither.
    pub fn tighten(&mut self, most: usize, least_violation: f64, most_near: u32) -> bool {
        let room = MOST_CUTS.saturating_sub(self.master.cuts.len());
        let solution = self.owned_solution();
        let rounds: Vec<(&[u8], f64)> = solution.iter().map(|(r, x)| (r.as_slice(), *x)).collect();
        let cuts = separate(self.model.doors, &rounds, least_violation, most.min(room), 5);
        // Cuts first: they are kept or dropped by the basis that the cycles' columns are part of.
        if !cuts.is_empty() {
            self.renew_cuts(&cuts);
        }
        let grown = self.forbid_cycles_of(&solution, most_near);
        grown || !cuts.is_empty()
    }

    fn owned_solution(&self) -> Vec<(Vec<u8>, f64)> {
        self.master.solution().into_iter().map(|(round, x)| (round.to_vec(), x)).collect()
    }

    fn forbid_cycles_of(&mut self, solution: &[(Vec<u8>, f64)], most_near: u32) -> bool {
        let mut cyclic: Vec<_> = solution.iter().filter(|(round, _)| !elementary(round)).collect();
        cyclic.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        let mut grown = false;
        for (round, _) in cyclic {
            grown |= grow(&mut self.near, round, most_near);
        }
        if grown {
            let near = &self.near;
            self.master.retain(|column| allows(near, &column.doors));
        }
        grown
    }

    /// Changes the cuts; the best prices so far belong to other rows and are forgotten.
    fn renew_cuts(&mut self, new: &[SubsetRow]) {
        self.master.renew_cuts(new);
        self.best_prices = None;
    }

    /// Lists every set of doors that a round of a plan cheaper than the known one may serve, each in
    /// its best order, to choose from; none if there are too many.
    pub fn list(&mut self) -> Option<Choice<'a>> {
        let prices = self.best_prices.clone()?;
        let market = Market::new(self.model, &prices, &self.near, &self.master.cuts, &self.open);
        let gap = self.gap();
        let guide = self.guide(&prices, gap)?;
        let listed = list(&market, &self.master.cuts, &guide, self.stop)?;
        self.labels += listed.len();
        let bounds = (self.best, self.known);
        let mut choice = Choice::new(self.model, self.rounds, listed, bounds, self.stop);
        for column in self.master.columns.iter().filter(|column| elementary(&column.doors)) {
            choice.master.add(&column.doors);
        }
        choice.keep_listed();
        Some(choice)
    }

    /// Reduced cost, at the prices of the best bound, beyond which no round is in a better plan.
    pub fn gap(&self) -> i64 {
        (self.known - 1) * SCALE - self.best
    }

    /// Closes the arcs that no plan cheaper than the known one takes, given the current cuts and
    /// prices; how many are still open, or none if it would take too many labels.
    pub fn fix_arcs(&mut self) -> Option<usize> {
        let prices = self.best_prices.clone()?;
        let market = Market::new(self.model, &prices, &self.near, &self.master.cuts, &self.open);
        let gap = self.gap();
        let guide = self.guide(&prices, gap)?;
        let whole = whole(&market, gap, 4 * self.most_labels, Some(&guide), self.stop)?;
        self.labels += whole.out.labels.len() + whole.home.labels.len();
        let open = arcs_within(&market, &whole, gap);
        let count = open.iter().filter(|open| **open).count();
        self.open = open;
        let nodes = self.model.doors + 1;
        let open = &self.open;
        self.master.retain(|column| {
            let mut at = 0;
            let mut passes = |to: usize| open[std::mem::replace(&mut at, to) * nodes + to];
            column.doors.iter().all(|&d| passes(usize::from(d))) && passes(0)
        });
        Some(count)
    }

    fn given_up(&self) -> End {
        if (self.stop)() { End::Stopped } else { End::TooHard }
    }

    fn guide(&self, prices: &Prices, gap: i64) -> Option<Guide> {
        let weak = Market::new(self.model, prices, &self.weak, &[], &self.open);
        Guide::new(&weak, gap, self.most_labels, self.stop)
    }

    fn price(&mut self, prices: &Prices, rule: Rule) -> Option<Priced> {
        let market = Market::new(self.model, prices, &self.near, &self.master.cuts, &self.open);
        let guide = if rule == Rule::Exact { Some(self.guide(prices, 0)?) } else { None };
        let found = price(&market, rule, self.most_labels, guide.as_ref(), self.stop)?;
        self.pricings += 1;
        self.labels += found.labels;
        Some(found)
    }

    /// Adds the cheapest rounds found, those new to the master problem counted.
    fn add(&mut self, priced: &Priced) -> usize {
        priced.rounds.iter().take(BATCH).filter(|(_, round)| self.master.add(round)).count()
    }
}

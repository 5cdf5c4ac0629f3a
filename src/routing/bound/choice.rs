//! Choosing from listed rounds: the relaxation when all rounds that matter are known.
//!
//! Pricing is looking through the list, so cuts may remember everything and doors may be covered
//! exactly once; a pair of doors that is half on one round, half not, splits the list in two (D. M.
//! Ryan, B. A. Foster, *An integer programming approach to scheduling*, 1981).

use super::enumeration::{Listed, priced};
use super::generation::End;
use super::master::Master;
use super::model::{Doors, Model, bit};
use super::prices::{Prices, Rounds, SCALE, up_to_seconds};
use super::simplex::Sense;
use super::subset_row::separate;

/// Rounds added at once.
const BATCH: usize = 150;
/// A value nearer to 0 or 1 than this counts as whole.
const WHOLE: f64 = 0.01;

/// A choice among some of the listed rounds.
pub(super) struct Choice<'a> {
    model: &'a Model,
    rounds: Rounds,
    listed: Vec<Listed>,
    /// The master problem.
    pub master: Master<'a>,
    /// Best bound in price units.
    pub best: i64,
    known: i64,
    /// Rounds looked at so far, the measure of work.
    pub looked_at: usize,
    stop: &'a dyn Fn() -> bool,
}

impl<'a> Choice<'a> {
    /// The choice among these rounds, for plans with so many; `best` is a bound already proved.
    pub fn new(
        model: &'a Model,
        rounds: Rounds,
        listed: Vec<Listed>,
        (best, known): (i64, i64),
        stop: &'a dyn Fn() -> bool,
    ) -> Self {
        let master = Master::new(model, rounds, Sense::Exactly, model.penalty());
        Self { model, rounds, listed, master, best, known, looked_at: 0, stop }
    }

    /// Solves the relaxation and strikes off what no better plan uses.
    pub fn converge(&mut self) -> End {
        loop {
            if (self.stop)() {
                return End::Stopped;
            }
            let prices = self.master.solve();
            let costs = self.reduced_costs(&prices);
            let least = costs.iter().copied().min().unwrap_or(0);
            let bound = prices.bound(self.model, self.rounds, least);
            self.best = self.best.max(bound);
            if up_to_seconds(self.best) >= self.known {
                return End::Closed;
            }
            let mut order: Vec<usize> =
                (0..costs.len()).filter(|&at| costs[at] < -SCALE / 1000).collect();
            order.sort_by_key(|&at| (costs[at], at));
            order.truncate(BATCH);
            let added = order.iter().filter(|&&at| self.master.add(&self.listed[at].doors)).count();
            if added == 0 {
                self.strike_off(&costs, (self.known - 1) * SCALE - bound);
                return End::Converged;
            }
        }
    }

    /// Adds cuts that the solution violates; how many.
    pub fn cut(&mut self, most: usize, least_violation: f64) -> usize {
        let mut cuts =
            separate(self.model.doors, &self.master.solution(), least_violation, most, 8);
        for cut in &mut cuts {
            cut.memory = Doors::MAX;
        }
        if !cuts.is_empty() {
            self.master.renew_cuts(&cuts);
        }
        cuts.len()
    }

    /// Splits the list by a pair of doors: on the same round, or not; none if nothing is split.
    pub fn split(&self) -> Option<[Self; 2]> {
        let (a, b) = self.undecided_pair()?;
        let both = |set: Doors| [set & bit(a) != 0, set & bit(b) != 0];
        Some([true, false].map(|together| {
            let stays = |set: Doors| (both(set) != [true, true]) || together;
            let stays = |set: Doors| stays(set) && (!together || both(set)[0] == both(set)[1]);
            let listed = self.listed.iter().filter(|l| stays(l.set)).cloned().collect();
            let bounds = (self.best, self.known);
            let mut part = Self::new(self.model, self.rounds, listed, bounds, self.stop);
            for column in &self.master.columns {
                if stays(set_of(&column.doors)) {
                    part.master.add(&column.doors);
                }
            }
            part.master.renew_cuts(&self.master.cuts);
            part
        }))
    }

    /// The pair of doors whose share of common rounds is nearest to a half.
    fn undecided_pair(&self) -> Option<(usize, usize)> {
        let n = self.model.doors + 1;
        let mut share = vec![0.0; n * n];
        for (doors, x) in self.master.solution() {
            for &a in doors {
                for &b in doors {
                    share[usize::from(a) * n + usize::from(b)] += x;
                }
            }
        }
        let doubt = |at: &usize| (share[*at] - 0.5_f64).abs();
        let pairs = (0..n * n).filter(|at| at / n < at % n && doubt(at) < 0.5 - WHOLE);
        let pair = pairs.min_by(|a, b| doubt(a).total_cmp(&doubt(b)))?;
        Some((pair / n, pair % n))
    }

    fn reduced_costs(&mut self, prices: &Prices) -> Vec<i64> {
        self.looked_at += self.listed.len();
        let cuts = priced(&self.master.cuts, prices);
        let never = i64::MAX / 4;
        self.listed
            .iter()
            .map(|listed| listed.reduced_cost(self.model, prices, &cuts).unwrap_or(never))
            .collect()
    }

    /// Strikes off the rounds, and columns, above a reduced cost.
    fn strike_off(&mut self, costs: &[i64], gap: i64) {
        let mut costs = costs.iter();
        self.listed.retain(|_| costs.next().is_some_and(|cost| *cost <= gap));
        self.keep_listed();
    }

    /// Drops the columns whose doors are not listed.
    pub fn keep_listed(&mut self) {
        let mut sets: Vec<Doors> = self.listed.iter().map(|listed| listed.set).collect();
        sets.sort_unstable();
        self.master.retain(|column| sets.binary_search(&set_of(&column.doors)).is_ok());
    }
}

fn set_of(doors: &[u8]) -> Doors {
    doors.iter().fold(0, |set, &door| set | bit(usize::from(door)))
}

//! The restricted master problem: covering doors by the rounds found so far.
//!
//! ```text
//! min  sum cost(r) x(r)
//!      every door                sum visits(r) x(r) >= 1   (= 1 when all rounds are listed)
//!      every vehicle class       sum x(r of that class) - lent + borrowed <= count
//!      number of rounds          least <= sum x(r) <= most
//!      every subset-row cut      sum coefficient(r) x(r) <= 1
//! ```
//!
//! A class may borrow a vehicle of one that can do all it can, so a round needs a column only for
//! the smallest classes that carry it.

use std::collections::BTreeSet;

use super::model::Model;
use super::prices::{Prices, Rounds, SCALE};
use super::simplex::{Sense, Simplex};
use super::subset_row::SubsetRow;

/// Pivots of one solution; beyond them the duals are taken as they are.
const MOST_PIVOTS: usize = 20_000;

/// A round in the master problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column {
    /// Its doors in walking order; an ng-route may visit one twice.
    pub doors: Vec<u8>,
    /// The class that walks it.
    pub class: usize,
    /// Its duration in seconds.
    pub cost: i64,
}

/// The linear program over the rounds known, with its cuts.
pub(super) struct Master<'a> {
    model: &'a Model,
    rounds: Rounds,
    /// How doors are covered: at least once, or exactly once.
    cover: Sense,
    /// The rounds.
    pub columns: Vec<Column>,
    known: BTreeSet<(Vec<u8>, usize)>,
    /// The cuts.
    pub cuts: Vec<SubsetRow>,
    penalty: f64,
    lp: Simplex,
    /// Variable of each column.
    variable: Vec<usize>,
    lends: usize,
}

impl<'a> Master<'a> {
    /// A master problem without rounds; each unit by which a row is broken costs `penalty` seconds.
    pub fn new(model: &'a Model, rounds: Rounds, cover: Sense, penalty: f64) -> Self {
        let mut master = Self {
            model,
            rounds,
            cover,
            columns: Vec::new(),
            known: BTreeSet::new(),
            cuts: Vec::new(),
            penalty,
            lp: Simplex::default(),
            variable: Vec::new(),
            lends: 0,
        };
        master.lay_out();
        master.lp.start_from(&[]);
        master
    }

    /// Adds a round for each of the smallest classes that carry it; false if it was known.
    pub fn add(&mut self, doors: &[u8]) -> bool {
        let (load, cost) = (self.model.load(doors), self.model.duration(doors));
        let mut added = false;
        for class in self.model.smallest_classes(load, cost) {
            if self.known.insert((doors.to_vec(), class)) {
                self.columns.push(Column { doors: doors.to_vec(), class, cost });
                let at = self.columns.len() - 1;
                self.enter(at);
                added = true;
            }
        }
        added
    }

    /// Solves and returns the duals as prices.
    pub fn solve(&mut self) -> Prices {
        self.lp.solve(MOST_PIVOTS);
        let dual = self.lp.duals();
        let (doors, classes) = (self.model.doors, self.model.classes.len());
        let whole = |x: f64| (x * SCALE as f64).round() as i64;
        let mut prices = Prices { door: vec![0], ..Prices::default() };
        let floor = if self.cover == Sense::Exactly { i64::MIN } else { 0 };
        prices.door.extend(dual[..doors].iter().map(|d| whole(*d).max(floor)));
        prices.class = dual[doors..][..classes].iter().map(|d| whole(-d).max(0)).collect();
        prices.rounds = whole(dual[doors + classes]) + whole(dual[doors + classes + 1]);
        prices.cut = dual[doors + classes + 2..].iter().map(|d| whole(-d).max(0)).collect();
        prices
    }

    /// By how much rows are broken.
    pub fn violation(&self) -> f64 {
        self.lp.violation()
    }

    /// The rounds used, with their values; a round of several classes appears for each.
    pub fn solution(&self) -> Vec<(&[u8], f64)> {
        let values = self.lp.values();
        self.columns
            .iter()
            .zip(&self.variable)
            .map(|(column, &v)| (column.doors.as_slice(), values[v]))
            .filter(|(_, x)| *x > 1e-3)
            .collect()
    }

    /// Reduced cost of a column at some prices, in price units.
    pub fn reduced_cost(&self, column: &Column, prices: &Prices) -> i64 {
        let doors: i64 = column.doors.iter().map(|&d| prices.door[usize::from(d)]).sum();
        let cuts = self.cuts.iter().zip(&prices.cut).filter(|(_, price)| **price > 0);
        let cuts: i64 = cuts.map(|(cut, price)| cut.coefficient(&column.doors) * price).sum();
        column.cost * SCALE - doors - prices.rounds + prices.class[column.class] + cuts
    }

    /// Changes the set of cuts: slack ones go, these come; a known triple gets the memory of both.
    pub fn renew_cuts(&mut self, new: &[SubsetRow]) {
        let first = self.model.doors + self.model.classes.len() + 2;
        let basis = self.basis();
        let mut kept = Vec::new();
        let mut number = vec![None; self.cuts.len()];
        for (at, cut) in self.cuts.iter().enumerate() {
            if !self.lp.is_basic(self.lp.slack(first + at)) {
                number[at] = Some(kept.len());
                kept.push(*cut);
            }
        }
        for cut in new {
            match kept.iter_mut().find(|k| k.doors == cut.doors) {
                Some(known) => known.memory |= cut.memory,
                None => kept.push(*cut),
            }
        }
        self.cuts = kept;
        let basis = basis.into_iter().filter_map(|b| match b {
            Basic::Slack(row) if row >= first => {
                number[row - first].map(|n| Basic::Slack(first + n))
            }
            other => Some(other),
        });
        self.restart(basis.collect());
    }

    /// Keeps only these columns.
    pub fn retain(&mut self, keep: impl Fn(&Column) -> bool) {
        let basis = self.basis();
        let mut number = vec![None; self.columns.len()];
        let mut kept = Vec::new();
        for (at, column) in std::mem::take(&mut self.columns).into_iter().enumerate() {
            if keep(&column) {
                number[at] = Some(kept.len());
                kept.push(column);
            } else {
                self.known.remove(&(column.doors, column.class));
            }
        }
        if kept.len() == number.len() {
            self.columns = kept;
            return;
        }
        self.columns = kept;
        let basis = basis.into_iter().filter_map(|b| match b {
            Basic::Column(at) => number[at].map(Basic::Column),
            other => Some(other),
        });
        self.restart(basis.collect());
    }

    /// Drops the columns of the highest reduced cost, down to `most` and those in the basis.
    pub fn shed(&mut self, prices: &Prices, most: usize) {
        if self.columns.len() <= most * 2 {
            return;
        }
        let mut costs: Vec<i64> =
            self.columns.iter().map(|c| self.reduced_cost(c, prices)).collect();
        costs.sort_unstable();
        let bar = costs[most].max(0);
        let cheap: BTreeSet<(Vec<u8>, usize)> = self
            .columns
            .iter()
            .zip(&self.variable)
            .filter(|(c, v)| self.lp.is_basic(**v) || self.reduced_cost(c, prices) <= bar)
            .map(|(c, _)| (c.doors.clone(), c.class))
            .collect();
        self.retain(|c| cheap.contains(&(c.doors.clone(), c.class)));
    }

    fn basis(&self) -> Vec<Basic> {
        let columns = self.variable.iter().enumerate();
        let columns =
            columns.filter(|(_, v)| self.lp.is_basic(**v)).map(|(at, _)| Basic::Column(at));
        let rows = 0..self.model.doors + self.model.classes.len() + 2 + self.cuts.len();
        let slacks = rows.filter(|&r| self.lp.is_basic(self.lp.slack(r))).map(Basic::Slack);
        let lends = (0..self.lends).filter(|l| self.lp.is_basic(self.lend(*l))).map(Basic::Lend);
        columns.chain(slacks).chain(lends).collect()
    }

    /// Lays the program out anew and solves it from what is left of a basis.
    fn restart(&mut self, basis: Vec<Basic>) {
        self.lay_out();
        for at in 0..self.columns.len() {
            self.enter(at);
        }
        let variables: Vec<usize> = basis
            .into_iter()
            .map(|b| match b {
                Basic::Column(at) => self.variable[at],
                Basic::Slack(row) => self.lp.slack(row),
                Basic::Lend(at) => self.lend(at),
            })
            .collect();
        self.lp.start_from(&variables);
        self.lp.solve(MOST_PIVOTS);
    }

    /// Rows, and the variables by which vehicles are lent.
    fn lay_out(&mut self) {
        self.lp = Simplex::default();
        self.variable.clear();
        let doors = self.model.doors;
        for _ in 0..doors {
            self.lp.add_row(self.cover, 1.0, self.penalty);
        }
        for class in &self.model.classes {
            self.lp.add_row(Sense::AtMost, class.count as f64, self.penalty);
        }
        self.lp.add_row(Sense::AtLeast, self.rounds.least as f64, self.penalty);
        self.lp.add_row(Sense::AtMost, self.rounds.most as f64, self.penalty);
        for _ in &self.cuts {
            self.lp.add_row(Sense::AtMost, 1.0, self.penalty);
        }
        self.lends = 0;
        let classes = &self.model.classes;
        for (a, small) in classes.iter().enumerate() {
            for (b, _) in classes.iter().enumerate().filter(|(b, c)| *b != a && c.covers(small)) {
                let entries = vec![((doors + a) as u32, -1.0), ((doors + b) as u32, 1.0)];
                self.lp.add_column(0.0, entries);
                self.lends += 1;
            }
        }
    }

    /// The variable of a lend: they come right after the rows' own.
    fn lend(&self, at: usize) -> usize {
        2 * (self.model.doors + self.model.classes.len() + 2 + self.cuts.len()) + at
    }

    fn enter(&mut self, at: usize) {
        let column = &self.columns[at];
        let (doors, classes) = (self.model.doors, self.model.classes.len());
        let mut visits = vec![0.0; doors];
        for &door in &column.doors {
            visits[usize::from(door) - 1] += 1.0;
        }
        let mut entries: Vec<(u32, f64)> =
            visits.iter().zip(0..).filter(|(v, _)| **v > 0.0).map(|(v, row)| (row, *v)).collect();
        entries.push(((doors + column.class) as u32, 1.0));
        entries.push(((doors + classes) as u32, 1.0));
        entries.push(((doors + classes + 1) as u32, 1.0));
        for (cut, row) in self.cuts.iter().zip(doors + classes + 2..) {
            let coefficient = cut.coefficient(&column.doors);
            if coefficient > 0 {
                entries.push((row as u32, coefficient as f64));
            }
        }
        let variable = self.lp.add_column(column.cost as f64, entries);
        self.variable.push(variable);
    }
}

/// A basic variable by what it stands for.
#[derive(Debug, Clone, Copy)]
enum Basic {
    Column(usize),
    Slack(usize),
    Lend(usize),
}

//! A primal simplex for the master problem: few rows, columns that come and go, warm starts.
//!
//! Minimises `c x` over `x >= 0` with rows `a x >= b`, `<=` or `=`, by the revised simplex with an
//! explicit inverse of the basis (G. B. Dantzig and W. Orchard-Hays, 1954), which suits some hundred
//! rows that are solved again after every few columns. Every row has an artificial variable at a
//! penalty, so that any basis of the rows before can go on and no first phase is needed.
//! Right-hand sides are perturbed a little against stalling: the duals are what is wanted, and
//! whoever uses them rounds them and proves his own bound.

/// Reduced costs above this are not worth a pivot, in seconds.
const OPTIMAL: f64 = 1e-6;
/// Entries below this are no pivots.
const PIVOT: f64 = 1e-8;
/// Basic values may fall so far below zero in the ratio test (Harris 1973).
const SLIP: f64 = 1e-8;
/// Right-hand sides are raised by one to four times so much.
const NUDGE: f64 = 3e-5;
/// Pivots between two fresh inverses.
const REFRESH: usize = 120;

/// Which way a row is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// `a x >= b`.
    AtLeast,
    /// `a x <= b`.
    AtMost,
    /// `a x = b`.
    Exactly,
}

/// A variable: structural, slack or artificial.
#[derive(Debug, Clone)]
struct Variable {
    cost: f64,
    entries: Vec<(u32, f64)>,
    basic: bool,
}

#[derive(Debug, Clone)]
struct Row {
    rhs: f64,
    slack: u32,
    artificial: u32,
}

/// A linear program with its current basis.
#[derive(Debug, Clone, Default)]
pub(super) struct Simplex {
    rows: Vec<Row>,
    variables: Vec<Variable>,
    /// Variable by basis position.
    basis: Vec<u32>,
    /// Inverse of the basis by columns: entry `(position, row)` at `row * rows + position`.
    inverse: Vec<f64>,
    value: Vec<f64>,
    dual: Vec<f64>,
    pivots: usize,
}

impl Simplex {
    /// Adds a row that no variable is in yet; violating it costs `penalty` a unit.
    ///
    /// The row's own variables come right after the existing ones.
    pub fn add_row(&mut self, sense: Sense, rhs: f64, penalty: f64) -> usize {
        let at = self.rows.len();
        let sign = if sense == Sense::AtMost { 1.0 } else { -1.0 };
        let over = if sense == Sense::Exactly { penalty } else { 0.0 };
        let slack = self.variables.len() as u32;
        for (cost, entry) in [(over, sign), (penalty, -sign)] {
            let entries = vec![(at as u32, entry)];
            self.variables.push(Variable { cost, entries, basic: false });
        }
        // A spread of small numbers that no two rows share.
        let spread = ((at as u64 * 7919 + 13) % 1009) as f64 / 1009.0;
        let nudge = NUDGE * (1.0 + 3.0 * spread);
        self.rows.push(Row { rhs: rhs + nudge, slack, artificial: slack + 1 });
        at
    }

    /// Adds a variable and returns its number.
    pub fn add_column(&mut self, cost: f64, entries: Vec<(u32, f64)>) -> usize {
        self.variables.push(Variable { cost, entries, basic: false });
        self.variables.len() - 1
    }

    /// Whether the variable is in the basis.
    pub fn is_basic(&self, variable: usize) -> bool {
        self.variables[variable].basic
    }

    /// The slack of a row, as a variable.
    pub fn slack(&self, row: usize) -> usize {
        self.rows[row].slack as usize
    }

    /// Starts from these variables as far as they make a basis; rows left over get a slack or
    /// artificial of their own.
    pub fn start_from(&mut self, variables: &[usize]) {
        self.invert(variables);
        if self.value.iter().any(|v| *v < -1e-5) {
            self.invert(&[]);
        }
        self.price_out();
    }

    /// Pivots until no reduced cost is negative; false if the pivots allowed did not suffice.
    pub fn solve(&mut self, most_pivots: usize) -> bool {
        for _ in 0..most_pivots {
            let Some((entering, reduced)) = self.entering() else { return true };
            let column = self.column(entering);
            let Some(leaving) = self.leaving(&column) else { return true };
            self.pivot(entering, leaving, &column, reduced);
            self.pivots += 1;
            if self.pivots >= REFRESH {
                let basis: Vec<usize> = self.basis.iter().map(|&v| v as usize).collect();
                self.start_from(&basis);
            }
        }
        false
    }

    /// Value of every variable.
    pub fn values(&self) -> Vec<f64> {
        let mut values = vec![0.0; self.variables.len()];
        for (&variable, value) in self.basis.iter().zip(&self.value) {
            values[variable as usize] = value.max(0.0);
        }
        values
    }

    /// Sum of the artificial variables: 0 if all rows are kept.
    pub fn violation(&self) -> f64 {
        let artificial = |v: u32| self.rows.iter().any(|row| row.artificial == v);
        self.basis.iter().zip(&self.value).filter(|(v, _)| artificial(**v)).map(|(_, x)| x).sum()
    }

    /// Dual by row: change of the objective for one more on the right-hand side.
    pub fn duals(&self) -> &[f64] {
        &self.dual
    }

    fn reduced(&self, variable: &Variable) -> f64 {
        let priced = variable.entries.iter().map(|&(row, a)| self.dual[row as usize] * a);
        variable.cost - priced.sum::<f64>()
    }

    /// The most negative reduced cost.
    fn entering(&self) -> Option<(usize, f64)> {
        let mut best = None;
        let mut least = -OPTIMAL;
        for (at, variable) in self.variables.iter().enumerate() {
            if !variable.basic {
                let reduced = self.reduced(variable);
                if reduced < least {
                    least = reduced;
                    best = Some((at, reduced));
                }
            }
        }
        best
    }

    /// The variable's column in terms of the basis.
    fn column(&self, variable: usize) -> Vec<f64> {
        let rows = self.rows.len();
        let mut column = vec![0.0; rows];
        for &(row, a) in &self.variables[variable].entries {
            let from = &self.inverse[row as usize * rows..][..rows];
            for (x, b) in column.iter_mut().zip(from) {
                *x += a * b;
            }
        }
        column
    }

    /// The ratio test: among the nearly smallest ratios the largest pivot.
    fn leaving(&self, column: &[f64]) -> Option<usize> {
        let pairs = || self.value.iter().zip(column).enumerate().filter(|(_, (_, a))| **a > PIVOT);
        let step = pairs().map(|(_, (x, a))| (x.max(0.0) + SLIP) / a).fold(f64::MAX, f64::min);
        let near = pairs().filter(|(_, (x, a))| x.max(0.0) / **a <= step);
        near.max_by(|(_, (_, a)), (_, (_, b))| a.total_cmp(b)).map(|(at, _)| at)
    }

    fn pivot(&mut self, entering: usize, leaving: usize, column: &[f64], reduced: f64) {
        let rows = self.rows.len();
        let step = (self.value[leaving] / column[leaving]).max(0.0);
        for (x, a) in self.value.iter_mut().zip(column) {
            *x -= step * a;
        }
        self.value[leaving] = step;
        self.eliminate(leaving, column);
        for row in 0..rows {
            self.dual[row] += reduced * self.inverse[row * rows + leaving];
        }
        self.variables[self.basis[leaving] as usize].basic = false;
        self.variables[entering].basic = true;
        self.basis[leaving] = entering as u32;
    }

    /// Brings `column` to the unit vector of `position`, in the inverse.
    fn eliminate(&mut self, position: usize, column: &[f64]) {
        let rows = self.rows.len();
        for of_row in self.inverse.chunks_exact_mut(rows) {
            if of_row[position] != 0.0 {
                let factor = of_row[position] / column[position];
                for (x, a) in of_row.iter_mut().zip(column) {
                    *x -= a * factor;
                }
                of_row[position] = factor;
            }
        }
    }

    /// A fresh inverse for a basis of these variables and, where they do not suffice, unit ones.
    fn invert(&mut self, variables: &[usize]) {
        let rows = self.rows.len();
        self.pivots = 0;
        self.inverse = vec![0.0; rows * rows];
        for row in 0..rows {
            self.inverse[row * rows + row] = 1.0;
        }
        for variable in &mut self.variables {
            variable.basic = false;
        }
        let mut taken: Vec<Option<u32>> = vec![None; rows];
        // Unit columns first: they cost nothing and fill nothing in.
        let mut order = variables.to_vec();
        order.sort_by_key(|&v| (self.variables[v].entries.len(), v));
        for variable in order {
            let column = self.column(variable);
            let free = (0..rows).filter(|&r| taken[r].is_none());
            let best = free.max_by(|&a, &b| column[a].abs().total_cmp(&column[b].abs()));
            if let Some(position) = best.filter(|&r| column[r].abs() > 1e-7) {
                self.eliminate(position, &column);
                taken[position] = Some(variable as u32);
            }
        }
        for (row, taken) in taken.iter_mut().enumerate().filter(|(_, t)| t.is_none()) {
            // Slack or artificial, whichever is not negative there.
            let level: f64 =
                (0..rows).map(|r| self.inverse[r * rows + row] * self.rows[r].rhs).sum();
            let slack = self.rows[row].slack;
            let sign = self.variables[slack as usize].entries[0].1;
            let unit = if level * sign >= 0.0 { slack } else { self.rows[row].artificial };
            let column = self.column(unit as usize);
            self.eliminate(row, &column);
            *taken = Some(unit);
        }
        self.basis = taken.into_iter().flatten().collect();
        for &variable in &self.basis {
            self.variables[variable as usize].basic = true;
        }
        self.value = (0..rows)
            .map(|at| (0..rows).map(|r| self.inverse[r * rows + at] * self.rows[r].rhs).sum())
            .collect();
    }

    fn price_out(&mut self) {
        let rows = self.rows.len();
        let cost: Vec<f64> = self.basis.iter().map(|&v| self.variables[v as usize].cost).collect();
        self.dual = self
            .inverse
            .chunks_exact(rows.max(1))
            .map(|of_row| of_row.iter().zip(&cost).map(|(x, c)| x * c).sum())
            .collect();
    }
}

#[cfg(test)]
mod tests;

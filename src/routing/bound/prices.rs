//! Dual prices as integers, and the bound they prove.
//!
//! A linear program returns floating-point duals that are right only nearly. Rounded to whole
//! ten-thousandths of a second they are simply *some* prices, and the Lagrangian bound of any prices is
//! valid; with integers it is also computed without error (A. M. Geoffrion, *Lagrangean relaxation
//! for integer programming*, 1974).

use super::model::Model;

/// Price units to a second.
pub(super) const SCALE: i64 = 10_000;

/// Prices of the rows of the master problem, in ten-thousandths of a second.
///
/// The reduced cost of a round `r` of class `k` is
/// `cost(r) - sum door - rounds + class[k] + sum over cuts (coefficient * cut)`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Prices {
    /// What serving a door is worth, by node; not negative, 0 at the kitchen.
    pub door: Vec<i64>,
    /// What a vehicle of a class costs; not negative.
    pub class: Vec<i64>,
    /// What a subset-row cut costs for each unit of its left-hand side; not negative.
    pub cut: Vec<i64>,
    /// What one round more is worth; of either sign, see [`Rounds`].
    pub rounds: i64,
}

/// How many rounds the plans under consideration have, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rounds {
    /// At least so many.
    pub least: i64,
    /// At most so many.
    pub most: i64,
}

impl Prices {
    /// The fixed part of the Lagrangian: what the right-hand sides are worth.
    ///
    /// `sum door - sum count * class - sum cut + (least or most) * rounds`, in price units. With the
    /// least reduced cost `c` of any round, no plan costs less than `fixed + most * min(c, 0)`.
    pub fn fixed(&self, model: &Model, rounds: Rounds) -> i64 {
        let doors: i64 = self.door.iter().sum();
        let classes: i64 =
            self.class.iter().zip(&model.classes).map(|(price, class)| price * class.count).sum();
        let cuts: i64 = self.cut.iter().sum();
        let number = if self.rounds >= 0 { rounds.least } else { rounds.most };
        doors - classes - cuts + number * self.rounds
    }

    /// The bound proved by these prices and the least reduced cost of any round, in price units.
    pub fn bound(&self, model: &Model, rounds: Rounds, least: i64) -> i64 {
        self.fixed(model, rounds) + rounds.most * least.min(0)
    }

    /// The cheapest class for a round of this load and duration; none if no class carries it.
    pub fn vehicle(&self, model: &Model, load: i64, time: i64) -> Option<i64> {
        let fit = model.classes.iter().zip(&self.class).filter(|(c, _)| c.carries(load, time));
        fit.map(|(_, price)| *price).min()
    }
}

/// Whole seconds of a bound in price units, rounded up: costs are whole seconds.
pub(super) fn up_to_seconds(bound: i64) -> i64 {
    bound.div_euclid(SCALE) + i64::from(bound.rem_euclid(SCALE) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_rounded_up_to_whole_seconds() {
        assert_eq!(up_to_seconds(0), 0);
        assert_eq!(up_to_seconds(7 * SCALE), 7);
        assert_eq!(up_to_seconds(7 * SCALE + 1), 8);
        assert_eq!(up_to_seconds(-1), 0);
    }
}

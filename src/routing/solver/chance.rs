//! Random draws and the two functions of them, the same on every processor.
//!
//! Only integer and IEEE basic operations are used: the platform's `exp` and `ln` may differ in the
//! last bit between x86-64 and arm64, and one flipped acceptance makes another plan.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

const LN_2: f64 = std::f64::consts::LN_2;
/// Entries of the tables; a power of two, so that a draw is a shift.
const TABLE_BITS: u32 = 12;

/// A seeded source of draws.
pub(in crate::routing) struct Chance {
    rng: Xoshiro256PlusPlus,
    /// `-ln u` at the middle of each of the table's slices of (0, 1).
    minus_ln: Vec<f64>,
    /// Positions scanned before the next blink: inverse of the geometric distribution.
    gaps: Vec<u32>,
}

impl Chance {
    /// A source for one search; `blink` is the probability that a position is overlooked.
    pub(in crate::routing) fn new(seed: u64, blink: f64) -> Self {
        let size = 1u32 << TABLE_BITS;
        let middle = |i: u32| (f64::from(i) + 0.5) / f64::from(size);
        let mut gaps = Vec::with_capacity(size as usize);
        let (mut gap, mut still_open) = (0u32, 1.0);
        for i in 0..size {
            while blink > 0.0 && still_open * (1.0 - blink) > 1.0 - middle(i) {
                still_open *= 1.0 - blink;
                gap += 1;
            }
            gaps.push(if blink > 0.0 { gap } else { u32::MAX });
        }
        Self {
            rng: Xoshiro256PlusPlus::seed_from_u64(seed),
            minus_ln: (0..size).map(|i| -ln(middle(i))).collect(),
            gaps,
        }
    }

    /// A whole number below `n`.
    pub(in crate::routing) fn below(&mut self, n: usize) -> usize {
        (((self.rng.next_u64() >> 32) * n as u64) >> 32) as usize
    }

    /// A number in [0, 1).
    pub(in crate::routing) fn unit(&mut self) -> f64 {
        (self.rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True once in two.
    pub(in crate::routing) fn coin(&mut self) -> bool {
        self.rng.next_u64() >> 63 == 1
    }

    /// An exponential draw with mean 1: `-ln u`, from a table of 4,096 values.
    pub(in crate::routing) fn exponential(&mut self) -> f64 {
        self.minus_ln[(self.rng.next_u64() >> (64 - TABLE_BITS)) as usize]
    }

    /// How many positions are looked at before one is overlooked.
    pub(in crate::routing) fn gap(&mut self) -> u32 {
        self.gaps[(self.rng.next_u64() >> (64 - TABLE_BITS)) as usize]
    }

    /// Brings the items into a random order.
    pub(in crate::routing) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

/// Natural logarithm of a positive, normal number: exponent and mantissa apart, the mantissa by the
/// series of `2 artanh((m - 1) / (m + 1))`.
pub(in crate::routing) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64 - 1023;
    let mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let (mut term, mut sum, mut k) = (z, 0.0, 1.0);
    // |z| <= 1/3: forty terms are far below the last bit.
    while k < 80.0 {
        sum += term / k;
        term = term * z * z;
        k += 2.0;
    }
    2.0 * sum + exponent as f64 * LN_2
}

/// `e^x` for `|x|` up to some hundreds, by halving the argument and squaring back.
pub(in crate::routing) fn exp(x: f64) -> f64 {
    let small = x / 1024.0;
    let (mut term, mut sum, mut k) = (1.0, 1.0, 1.0);
    while k < 16.0 {
        term = term * small / k;
        sum += term;
        k += 1.0;
    }
    for _ in 0..10 {
        sum *= sum;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_logarithm_and_exponential_agree_with_the_platform() {
        for x in [0.000_122, 0.1, 0.5, 0.99, 1.0, 1.5, 3.0, 1000.0] {
            assert!((ln(x) - f64::ln(x)).abs() < 1e-12, "ln {x}");
        }
        for x in [-9.2, -1.0, 0.0, 0.3, 2.0] {
            assert!((exp(x) / f64::exp(x) - 1.0).abs() < 1e-11, "exp {x}");
        }
    }

    #[test]
    fn draws_are_spread_as_they_should_be() {
        let mut chance = Chance::new(7, 0.01);
        let draws = 200_000;
        let mean = (0..draws).map(|_| chance.exponential()).sum::<f64>() / f64::from(draws);
        assert!((mean - 1.0).abs() < 0.02, "exponential mean {mean}");
        let gap = (0..draws).map(|_| f64::from(chance.gap())).sum::<f64>() / f64::from(draws);
        assert!((gap - 99.0).abs() < 3.0, "mean gap {gap}");
    }
}

//! Integer measures that cannot be mixed up: a walk in milliseconds is not a leg in seconds.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

macro_rules! measure {
    ($(#[$doc:meta])* $name:ident, $unit:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
                Self(parts.map(|part| part.0).sum())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{} ", $unit), self.0)
            }
        }
    };
}

measure!(
    /// Milliseconds: what footpaths, lifts and stairs are added up in before a leg is rounded.
    Millis,
    "ms"
);
measure!(
    /// Whole seconds: legs, service times, durations and the objective. In an instance of the
    /// Euclidean benchmark set it counts units of distance, walked at one unit a second.
    Seconds,
    "s"
);
measure!(
    /// Meals in a bag; the demand of a customer in a benchmark instance.
    Meals,
    "meals"
);

impl Millis {
    /// Rounds up to whole seconds: the one rounding of a leg.
    #[must_use]
    pub fn up_to_seconds(self) -> Seconds {
        Seconds((self.0 + 999).div_euclid(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leg_is_rounded_up_and_a_whole_second_is_kept() {
        assert_eq!(Millis(0).up_to_seconds(), Seconds(0));
        assert_eq!(Millis(1).up_to_seconds(), Seconds(1));
        assert_eq!(Millis(1000).up_to_seconds(), Seconds(1));
        assert_eq!(Millis(1001).up_to_seconds(), Seconds(2));
    }
}

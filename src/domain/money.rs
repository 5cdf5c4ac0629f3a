//! Money in whole fen (1 yuan = 100 fen).

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

/// An amount of money in fen; negative amounts are money going the other way.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);

    /// Whole yuan.
    pub const fn yuan(yuan: i64) -> Fen {
        Fen(yuan * 100)
    }

    /// Reads “20”, “20.5” or “20.50” (yuan), never a negative or a third decimal.
    pub fn parse_yuan(text: &str) -> Option<Fen> {
        let (yuan, fen) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if yuan.is_empty() || yuan.len() > 7 || fen.len() > 2 || !digits(yuan) || !digits(fen) {
            return None;
        }
        let cents: i64 = format!("{fen:0<2}").parse().ok()?;
        Some(Fen(yuan.parse::<i64>().ok()? * 100 + cents))
    }
}

/// Yuan without a sign of currency: `20`, `20.50`, `-3`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (yuan, fen) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        if fen == 0 { write!(f, "{sign}{yuan}") } else { write!(f, "{sign}{yuan}.{fen:02}") }
    }
}

impl Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0 + other.0)
    }
}

impl Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0 - other.0)
    }
}

impl Neg for Fen {
    type Output = Fen;
    fn neg(self) -> Fen {
        Fen(-self.0)
    }
}

impl Mul<i64> for Fen {
    type Output = Fen;
    fn mul(self, times: i64) -> Fen {
        Fen(self.0 * times)
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_is_read_and_written_without_loss() {
        for (text, fen) in [("20", 2000), ("20.5", 2050), ("0.05", 5), ("1234567.89", 123_456_789)]
        {
            assert_eq!(Fen::parse_yuan(text), Some(Fen(fen)));
        }
        for bad in ["", "-1", "1.234", "1e3", "￥20", "99999999", ".", "1.-1"] {
            assert_eq!(Fen::parse_yuan(bad), None, "{bad}");
        }
        assert_eq!(Fen(-305).to_string(), "-3.05");
        assert_eq!(Fen(2000).to_string(), "20");
    }
}

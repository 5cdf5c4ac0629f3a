//! What is on the grid of the days ahead.

use super::view::{Choice, Fact};
use crate::domain::Unfit;

/// The days ahead on one grid.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Week {
    /// The days: date, and dishes in one line.
    pub days: Vec<Fact>,
    /// Three ways for each day, in the order of the days.
    pub cells: Vec<Choice>,
    /// The key that prints the grid as a form; always one.
    pub form: Vec<Choice>,
    /// Whether anything is ticked.
    pub ready: bool,
}

/// Why a way can't be had on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// Its time is over.
    Over,
    /// Nothing is left.
    SoldOut,
    /// Not sold to the person's price group.
    NotSold,
    /// Something the person must not be served.
    Allergy,
    /// There is an order for that day.
    Ordered,
}

impl From<&Unfit> for WhyNot {
    fn from(why: &Unfit) -> Self {
        match why {
            Unfit::Over => Self::Over,
            Unfit::SoldOut => Self::SoldOut,
            Unfit::NotSold => Self::NotSold,
            Unfit::Allergy(_) => Self::Allergy,
        }
    }
}

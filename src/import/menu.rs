//! Menus as TOML: one for each weekday, others for single dates, and closed days.
//!
//! docs/files.md shows a whole file.

mod read;
mod write;

pub use read::read_menu;
pub use write::write_menu;

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use thiserror::Error;

use crate::domain::{Category, Dish, Fen, Menu, ServiceDate};

/// The words of the weekdays in a file, Monday first.
pub const WEEKDAY_WORDS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A set menu that is not yet of any date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayMenu {
    /// The dishes of the set, the main one first.
    pub dishes: Vec<Dish>,
    /// Portions the kitchen will cook.
    pub portions: u32,
    /// Price of a portion by who buys.
    pub prices: BTreeMap<Category, Fen>,
}

/// What is cooked on which day: the week as a rule, and the dates that differ from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WeekTemplate {
    /// The menu of each weekday, Monday first; a day without one has no lunch.
    pub week: [Option<DayMenu>; 7],
    /// Dates with a menu of their own, which may also be on a weekday without one.
    pub dates: BTreeMap<Date, DayMenu>,
    /// Dates without lunch, with the reason that the screen shows.
    pub closed: BTreeMap<Date, String>,
}

impl WeekTemplate {
    /// The menu of a date; none on a closed day.
    pub fn menu_for(&self, date: ServiceDate) -> Option<Menu> {
        if self.closed.contains_key(&date.0) {
            return None;
        }
        let weekday = usize::from(date.0.weekday().to_monday_zero_offset().unsigned_abs());
        let day = self.dates.get(&date.0).or_else(|| self.week.get(weekday)?.as_ref())?;
        Some(Menu {
            date,
            dishes: day.dishes.clone(),
            portions: day.portions,
            prices: day.prices.clone(),
        })
    }

    /// The weekdays without lunch, Monday first.
    pub fn closed_weekdays(&self) -> Vec<Weekday> {
        (0..7i8)
            .zip(&self.week)
            .filter(|(_, day)| day.is_none())
            .filter_map(|(offset, _)| Weekday::from_monday_zero_offset(offset).ok())
            .collect()
    }
}

/// Why a menu file was refused. `place` is the weekday's word or the date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MenuError {
    /// Larger than any menu.
    #[error("the menu file has {bytes} bytes; at most {} are read", super::MAX_BYTES)]
    TooLarge {
        /// Size of the file.
        bytes: usize,
    },
    /// Not TOML, or a key that is not one.
    #[error("the menu file cannot be read at line {line}, column {column}: {reason}")]
    Unreadable {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A file that says nothing.
    #[error("the menu file has no menu: add a table such as [tue]")]
    NoMenus,
    /// A menu that lacks something.
    #[error("the menu of {place} has no {what}")]
    Missing {
        /// The weekday or date.
        place: String,
        /// `price`, `dishes`, `portions`.
        what: &'static str,
    },
    /// Something that cannot be meant.
    #[error("the menu of {place} has {found} as {what}; it must be {wanted}")]
    Value {
        /// The weekday or date.
        place: String,
        /// What it is of.
        what: String,
        /// What the file says.
        found: String,
        /// What it must say.
        wanted: String,
    },
    /// The same dish twice in one menu.
    #[error("the menu of {place} has the dish {dish} twice")]
    DishTwice {
        /// The weekday or date.
        place: String,
        /// The dish.
        dish: String,
    },
    /// A date that is not one.
    #[error("“{found}” is not a date such as 2026-11-26")]
    Date {
        /// What the file says.
        found: String,
    },
    /// A date twice in the list of closed days.
    #[error("{date} is listed twice as closed")]
    ClosedTwice {
        /// The date.
        date: Date,
    },
    /// A closed day that does not say why.
    #[error("the closed day {date} has no reason, which the screen would show")]
    NoReason {
        /// The date.
        date: Date,
    },
    /// Closed and open at once.
    #[error("{date} is closed ({reason}) and has a menu; keep one of the two")]
    ClosedWithMenu {
        /// The date.
        date: Date,
        /// Why it is closed.
        reason: String,
    },
}

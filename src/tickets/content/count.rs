//! What the kitchen cooks in all.

use crate::domain::{Allergen, Fulfilment, ServiceDate};
use jiff::civil::{DateTime, Time};
use serde::{Deserialize, Serialize};

/// The count to cook by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepCount {
    /// The service date.
    pub date: ServiceDate,
    /// When it was counted, local.
    pub counted_at: DateTime,
    /// Whether orders can still come in: a count ahead, not the one at the cut-off.
    pub preliminary: bool,
    /// Portions of each dish, substitutes among them; the main one first.
    pub dishes: Vec<DishCount>,
    /// Portions by wishes (a row) and way of eating (a column); plain ones first.
    pub rows: Vec<CountRow>,
    /// Orders whose eater must not be served something.
    pub clashes: Vec<ClashLine>,
    /// Orders with a note of the desk.
    pub notes: Vec<NoteLine>,
}

/// Portions of one dish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DishCount {
    /// Its name in Chinese.
    pub dish: String,
    /// How many.
    pub portions: u32,
}

/// Portions with the same wishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// The wishes in Chinese: `少盐 软食`; empty for plain ones.
    pub words: String,
    /// Eaten in.
    pub eat_in: u32,
    /// Taken away.
    pub take_away: u32,
    /// Delivered.
    pub delivery: u32,
}

/// An order whose eater must not be served something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClashLine {
    /// The pick-up number.
    pub number: u32,
    /// How it leaves the kitchen.
    pub fulfilment: Fulfilment,
    /// Portions.
    pub portions: u8,
    /// What must not be in it.
    pub allergies: Vec<Allergen>,
    /// What goes in instead; empty if nothing of the menu clashes.
    pub instead: String,
}

/// An order with a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteLine {
    /// The pick-up number.
    pub number: u32,
    /// The note.
    pub note: String,
}

/// What one change does to the count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountDelta {
    /// The service date.
    pub date: ServiceDate,
    /// Portions more, or fewer if negative.
    pub change: i32,
    /// The wishes in Chinese; empty for plain portions.
    pub words: String,
    /// How they leave the kitchen.
    pub fulfilment: Fulfilment,
    /// The count of the date after this change.
    pub total: u32,
    /// When, local.
    pub at: Time,
}

impl CountRow {
    /// Portions of the row.
    pub const fn total(&self) -> u32 {
        self.eat_in + self.take_away + self.delivery
    }
}

impl PrepCount {
    /// Portions of the date: always the sum of the printed rows.
    pub fn total(&self) -> u32 {
        self.rows.iter().map(CountRow::total).sum()
    }
}

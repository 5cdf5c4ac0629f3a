//! The week's grid on paper, for whoever would rather use a pen.

use crate::domain::{Door, Fulfilment, Portions, ServiceDate};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// A form to order several days ahead by pen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekForm {
    /// The date it was printed on.
    pub date: ServiceDate,
    /// The resident's masked name, `王＊`.
    pub name: String,
    /// The resident's door.
    pub door: Door,
    /// The days, the next first.
    pub days: Vec<FormDay>,
    /// Whether any of the days has a substitute dish.
    pub substitute: bool,
    /// Where it is left: `会所食堂`.
    pub leave_at: String,
    /// The last moment for a delivery, local, on each day.
    pub delivery_by: Time,
    /// The last moment for the other ways, local, on each day.
    pub collection_by: Time,
}

/// One day of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormDay {
    /// The date.
    pub date: ServiceDate,
    /// The dishes of the set in Chinese.
    pub dishes: Vec<String>,
    /// The ways that have a box to tick; none where nothing can be ordered.
    pub ways: Vec<Fulfilment>,
    /// What is ordered already.
    pub ordered: Vec<FormOrder>,
}

/// An order that a form need not ask for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormOrder {
    /// The pick-up number.
    pub number: u32,
    /// The way it reaches its eater.
    pub fulfilment: Fulfilment,
    /// How many.
    pub portions: Portions,
}

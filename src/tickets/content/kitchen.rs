//! What the kitchen reads about one order.

use crate::domain::{Allergen, Fulfilment, Portions, Preferences, ServiceDate};
use jiff::civil::{DateTime, Time};
use serde::{Deserialize, Serialize};

/// What is cooked and how it leaves the kitchen, without a word of who eats it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderContent {
    /// The way it reaches its eater.
    pub fulfilment: Fulfilment,
    /// How many.
    pub portions: Portions,
    /// What is done differently.
    pub preferences: Preferences,
    /// What the eater must not be served.
    pub allergies: Vec<Allergen>,
    /// The dish that goes in when `preferences.substitute` is set, if the menu names one.
    #[serde(default)]
    pub substitute: Option<String>,
}

/// One order to cook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KitchenTicket {
    /// The service date.
    pub date: ServiceDate,
    /// The pick-up number.
    pub number: u32,
    /// What to cook.
    pub content: OrderContent,
    /// When it was ordered, local; days before the service date it says so.
    pub placed_at: DateTime,
}

/// An order changed after its ticket was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedStrip {
    /// The service date.
    pub date: ServiceDate,
    /// The pick-up number.
    pub number: u32,
    /// What the printed ticket says.
    pub old: OrderContent,
    /// What holds now.
    pub new: OrderContent,
    /// When it was changed, local.
    pub at: Time,
}

/// An order cancelled after its ticket was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoidStrip {
    /// The service date.
    pub date: ServiceDate,
    /// The pick-up number.
    pub number: u32,
    /// What the printed ticket says.
    pub old: OrderContent,
    /// When it was cancelled, local.
    pub at: Time,
}

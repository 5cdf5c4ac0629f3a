//! What a customer takes along.

use super::OrderContent;
use crate::domain::{Door, Fen, OrderCode, PaymentMethod, ServiceDate};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// The customer's proof of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerSlip {
    /// The service date.
    pub date: ServiceDate,
    /// The pick-up number.
    pub number: u32,
    /// The six letters that prove who holds the slip.
    pub code: OrderCode,
    /// What was ordered.
    pub content: OrderContent,
    /// The dishes of the set in Chinese, with the substitute in place if it was chosen.
    pub dishes: Vec<String>,
    /// Where and when the meal is to be had.
    pub collect: Collect,
    /// Price of the whole order.
    pub total: Fen,
    /// Whether and how it is paid.
    pub paid: Paid,
}

/// Where and when a meal is to be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Collect {
    /// At the canteen.
    AtWindow {
        /// The place in Chinese: `会所食堂`.
        place: String,
        /// From when, local.
        from: Time,
        /// Until when, local.
        until: Time,
    },
    /// At the door.
    AtDoor {
        /// The door; no name.
        door: Door,
        /// Not before, local.
        from: Time,
        /// Not after, local.
        until: Time,
    },
}

/// Whether and how an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paid {
    /// To be paid at the counter.
    DueAtCounter,
    /// To be paid in cash to the volunteer at the door.
    DueAtDoor,
    /// Paid.
    Paid(PaymentMethod),
}

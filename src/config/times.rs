//! `[times]` and `[ordering]`: when what can be ordered, and how often a door may be guessed at.

use jiff::civil::{Time, Weekday};
use serde::Deserialize;

use super::{between, values};
use crate::domain::ServiceTimes;

/// Times of a service day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// Days ahead that orders are taken for.
    pub days_ahead: u16,
    /// From when the kiosk takes orders, every day.
    #[serde(deserialize_with = "values::time")]
    pub orders_from: Time,
    /// The kitchen's first count, on the day before.
    #[serde(deserialize_with = "values::time")]
    pub pre_count: Time,
    /// When tickets of orders placed ahead are due in the kitchen.
    #[serde(deserialize_with = "values::time")]
    pub kitchen_from: Time,
    /// The last moment for a delivery.
    #[serde(deserialize_with = "values::time")]
    pub delivery_cut_off: Time,
    /// The last moment for eating in or taking away.
    #[serde(deserialize_with = "values::time")]
    pub collection_cut_off: Time,
    /// The first meal.
    #[serde(deserialize_with = "values::time")]
    pub service_from: Time,
    /// The last meal.
    #[serde(deserialize_with = "values::time")]
    pub service_until: Time,
    /// The longest way of a meal from the kitchen to its door, in minutes.
    pub hot_limit_min: u16,
    /// Weekdays without lunch.
    #[serde(deserialize_with = "values::weekdays")]
    pub closed_weekdays: Vec<Weekday>,
}

/// Ordering rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ordering {
    /// Wrong tries at a door's digits before it is locked.
    pub wrong_tries: u32,
    /// How long it stays locked, in minutes.
    pub lock_min: u16,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            days_ahead: 3,
            orders_from: Time::constant(7, 0, 0, 0),
            pre_count: Time::constant(15, 0, 0, 0),
            kitchen_from: Time::constant(8, 0, 0, 0),
            delivery_cut_off: Time::constant(10, 0, 0, 0),
            collection_cut_off: Time::constant(11, 30, 0, 0),
            service_from: Time::constant(11, 0, 0, 0),
            service_until: Time::constant(12, 30, 0, 0),
            hot_limit_min: 30,
            closed_weekdays: vec![Weekday::Saturday, Weekday::Sunday, Weekday::Monday],
        }
    }
}

impl Default for Ordering {
    fn default() -> Self {
        Self { wrong_tries: 5, lock_min: 15 }
    }
}

impl Times {
    /// Checks what a single value can't show; the order of times is checked with the rounds'.
    pub(super) fn check(&self) -> Result<(), String> {
        between("times.days_ahead", u32::from(self.days_ahead), 0, 60)?;
        between("times.hot_limit_min", u32::from(self.hot_limit_min), 1, 240)
    }

    /// The times as the calendar knows them.
    pub(super) fn of_service(&self) -> ServiceTimes {
        ServiceTimes {
            days_ahead: self.days_ahead,
            orders_from: self.orders_from,
            pre_count: self.pre_count,
            kitchen_from: self.kitchen_from,
            delivery_cut_off: self.delivery_cut_off,
            collection_cut_off: self.collection_cut_off,
            service_from: self.service_from,
            service_until: self.service_until,
            hot_limit_min: self.hot_limit_min,
        }
    }
}

impl Ordering {
    /// Checks the numbers.
    pub(super) fn check(&self) -> Result<(), String> {
        between("ordering.wrong_tries", self.wrong_tries, 1, 100)
    }
}

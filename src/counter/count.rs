//! The count the kitchen cooks by.

use std::collections::BTreeMap;

use super::{Counter, papers};
use crate::domain::{Fulfilment, Order, OrderState, Refusal, ServiceDate};
use crate::error::Error;
use crate::store::{days, menus, orders, print_jobs};
use crate::tickets::Ticket;

/// Portions by way of eating and by wish.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// Portions by way of eating.
    pub portions: BTreeMap<Fulfilment, u32>,
    /// Portions by wish (`少盐`) and way of eating.
    pub wishes: BTreeMap<(&'static str, Fulfilment), u32>,
}

impl Count {
    /// All portions.
    pub fn total(&self) -> u32 {
        self.portions.values().sum()
    }

    /// Portions of one way of eating.
    pub fn of(&self, fulfilment: Fulfilment) -> u32 {
        self.portions.get(&fulfilment).copied().unwrap_or(0)
    }

    /// Portions with a wish, over all ways of eating.
    pub fn with(&self, wish: &str) -> u32 {
        self.wishes.iter().filter(|((w, _), _)| *w == wish).map(|(_, n)| n).sum()
    }
}

/// Counts orders.
pub fn count_orders<'a>(orders: impl Iterator<Item = &'a Order>) -> Count {
    let mut count = Count::default();
    for order in orders {
        let portions = u32::from(order.portions.get());
        *count.portions.entry(order.fulfilment).or_default() += portions;
        for wish in order.preferences.words_zh() {
            *count.wishes.entry((wish, order.fulfilment)).or_default() += portions;
        }
    }
    count
}

impl Counter {
    /// The count of a date as it stands: everything ordered and not taken back.
    pub fn count(&self, date: ServiceDate) -> Result<Count, Error> {
        self.house.store.read(|db| Ok(count_of(db, date)?))
    }

    /// Prints the count of a date. After the final one every change prints a delta strip.
    pub fn print_count(&self, date: ServiceDate, last: bool) -> Result<Count, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let calendar = self.house.calendar(tx)?;
            let menu = menus::get(tx, date)?.ok_or(Refusal::NoMenu { date })?;
            let count = count_of(tx, date)?;
            let ordered = live(orders::on(tx, date)?);
            papers::count(tx, &calendar, &menu, &ordered, last, now)?;
            if last {
                days::ensure(tx, date)?;
                days::counted(tx, date, now)?;
            }
            Ok(count)
        })
    }

    /// Whether the first, respectively the final, count of a date was printed.
    pub fn counted(&self, date: ServiceDate) -> Result<(bool, bool), Error> {
        self.house.store.read(|db| {
            let first = print_jobs::exists(db, date, Ticket::PREP_COUNT)?;
            Ok((first, days::get(db, date)?.counted_at.is_some()))
        })
    }
}

pub(super) fn count_of(
    db: &rusqlite::Connection,
    date: ServiceDate,
) -> Result<Count, crate::store::StoreError> {
    Ok(count_orders(live(orders::on(db, date)?).iter()))
}

fn live(mut orders: Vec<Order>) -> Vec<Order> {
    orders.retain(|o| o.state != OrderState::Cancelled);
    orders
}

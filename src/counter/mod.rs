//! The use cases of ordering: place, amend, cancel, pay, hand over, count.
//!
//! Each is one immediate transaction. What the person is told afterwards is on disk.

mod amend;
mod card_desk;
mod cards;
mod count;
mod day;
mod hand_over;
mod help;
mod identify;
mod once;
mod papers;
mod pay;
mod place;
mod types;
mod unfinished;
mod week;

pub use card_desk::{CardHolder, card_version};
pub use cards::{card_code, is_card_code};
pub use count::{Count, count_orders};
pub use day::DayView;
pub use once::Once;
pub(crate) use pay::{reverse, settle, take};
pub use types::{Amendment, Credential, Deadline, Known, NewOrder};
pub use unfinished::HalfDone;
pub use week::{DayPlaced, MOST_DAYS, WeekDay};

use rusqlite::Connection;

use crate::domain::{Calendar, Menu, Order, OrderId, OrderState, Refusal, ServiceDate};
use crate::error::Error;
use crate::house::House;
use crate::store::{days, menus, orders};

/// The counter of the canteen.
#[derive(Clone)]
pub struct Counter {
    house: House,
}

/// Who did something, for the history.
pub type Actor<'a> = &'a str;

/// The history's name for a person at the kiosk.
pub const KIOSK: Actor<'static> = "kiosk";
/// The history's name for the staff.
pub const STAFF: Actor<'static> = "staff";

impl Counter {
    /// Opens the counter of a house.
    pub fn new(house: House) -> Self {
        Self { house }
    }

    /// An order by its pick-up number.
    pub fn by_number(&self, date: ServiceDate, number: u32) -> Result<Order, Error> {
        self.house.store.read(|db| {
            orders::by_number(db, date, number)?.ok_or_else(|| Refusal::UnknownOrder.into())
        })
    }

    /// An order by its identity.
    pub fn order(&self, id: OrderId) -> Result<Order, Error> {
        let read =
            |db: &Connection| orders::get(db, id)?.ok_or_else(|| Refusal::UnknownOrder.into());
        self.house.store.read(read)
    }

    /// Every order of a date, by number.
    pub fn orders(&self, date: ServiceDate) -> Result<Vec<Order>, Error> {
        self.house.store.read(|db| Ok(orders::on(db, date)?))
    }

    /// Whether an order can still be changed or taken back now.
    pub fn changeable(&self, order: &Order) -> Result<bool, Error> {
        self.house.store.read(|db| {
            let calendar = self.house.calendar(db)?;
            Ok(order.state == OrderState::Placed
                && calendar
                    .check_orderable(order.date, order.fulfilment, self.house.clock.now())
                    .is_ok())
        })
    }
}

/// An order that may still be worked on: its day is not closed.
pub(crate) fn open_order(db: &Connection, id: OrderId) -> Result<Order, Error> {
    let order = orders::get(db, id)?.ok_or(Refusal::UnknownOrder)?;
    if days::get(db, order.date)?.closed_at.is_some() {
        return Err(Refusal::DayClosed { date: order.date }.into());
    }
    Ok(order)
}

/// The menu of a date that is not closed.
fn open_menu(db: &Connection, calendar: &Calendar, date: ServiceDate) -> Result<Menu, Error> {
    if days::get(db, date)?.closed_at.is_some() {
        return Err(Refusal::DayClosed { date }.into());
    }
    if let Some(reason) = calendar.closed(date) {
        return Err(Refusal::Closed { date, reason, next: calendar.next_open(date) }.into());
    }
    Ok(menus::get(db, date)?.ok_or(Refusal::NoMenu { date })?)
}

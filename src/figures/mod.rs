//! Lunch in figures over a span of dates: what was eaten and how, what came back or was left, who
//! walked how long. Tables of plain cells, which a page, a CSV and a spreadsheet all show alike.
//! No table holds a resident's name.

mod file;
mod meals;
mod table;
mod walks;

pub use file::{FileError, csv, xlsx};
pub use table::{Cell, Table};
pub use walks::Walked;

use crate::domain::{Order, OrderState, Round, ServiceDate, Volunteer};
use crate::error::Error;
use crate::house::House;
use crate::kiosk::words::Lang;
use crate::store::{cooked, menus, orders, rounds, volunteers};

/// The longest span, in days.
pub const MOST_DAYS: i64 = 366;

/// A span of dates, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first date.
    pub from: ServiceDate,
    /// The last date.
    pub until: ServiceDate,
}

impl Span {
    /// A span, unless it ends before it begins or is longer than [`MOST_DAYS`].
    pub fn new(from: ServiceDate, until: ServiceDate) -> Option<Self> {
        (from <= until && until < from.plus_days(MOST_DAYS)).then_some(Self { from, until })
    }

    fn dates(self) -> impl Iterator<Item = ServiceDate> {
        std::iter::successors(Some(self.from), |date| Some(date.next()))
            .take_while(move |date| *date <= self.until)
    }
}

/// What the figures are made from, read in one go.
pub struct Figures {
    lang: Lang,
    orders: Vec<Order>,
    days: Vec<Day>,
    volunteers: Vec<Volunteer>,
}

/// A date with lunch.
struct Day {
    date: ServiceDate,
    menu: Option<crate::domain::Menu>,
    cooked: Option<u32>,
    rounds: Vec<Round>,
}

impl Figures {
    /// Reads what is on record of a span; words in `lang`.
    pub fn read(house: &House, span: Span, lang: Lang) -> Result<Self, Error> {
        house.store.read(|db| {
            let orders = orders::between(db, Some(span.from), Some(span.until))?;
            let mut cooked = cooked::between(db, span.from, span.until)?;
            let mut days = Vec::new();
            for date in span.dates() {
                let cooked = cooked.remove(&date);
                let ordered = orders.binary_search_by_key(&date, |o| o.date).is_ok();
                if ordered || cooked.is_some() {
                    let (menu, rounds) = (menus::get(db, date)?, rounds::on(db, date)?);
                    days.push(Day { date, menu, cooked, rounds });
                }
            }
            Ok(Self { lang, orders, days, volunteers: volunteers::all(db)? })
        })
    }

    /// Every table, in the order in which they are read.
    pub fn tables(&self) -> Vec<Table> {
        vec![
            self.by_day(),
            self.by_way(),
            self.by_building(),
            self.by_dish(),
            self.waste(),
            self.by_volunteer(),
            self.to_the_door(),
        ]
    }

    /// A word of the reader's language.
    fn t<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(zh, en)
    }

    /// Portions of a day's orders that `which` picks; orders are in the order of their dates.
    fn portions_on(&self, date: ServiceDate, which: impl Fn(&Order) -> bool) -> u32 {
        let from = self.orders.partition_point(|o| o.date < date);
        let until = self.orders.partition_point(|o| o.date <= date);
        let picked = self.orders[from..until].iter().filter(|o| which(o));
        picked.map(|o| u32::from(o.portions.get())).sum()
    }

    /// Portions of the orders that `which` picks.
    fn portions(&self, which: impl Fn(&Order) -> bool) -> u32 {
        self.orders.iter().filter(|o| which(o)).map(|o| u32::from(o.portions.get())).sum()
    }
}

/// Whether an order was not taken back: it counts as a meal.
fn stands(order: &Order) -> bool {
    order.state != OrderState::Cancelled
}

/// Whether an order's meal reached its eater.
fn served(order: &Order) -> bool {
    matches!(order.state, OrderState::Collected | OrderState::Delivered)
}

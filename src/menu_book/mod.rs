//! The use cases of the menu as the desk writes it: a week at a time, day by day.
//!
//! Whoever saves a day says which state of it they had before them; if somebody else was quicker,
//! nothing is changed. Each change stands in the desk's history in the same transaction.

mod copy;
mod picture;

pub use copy::Copied;
pub use picture::{PICTURE_MAX, PictureRefused, save_picture};

use rusqlite::Connection;
use serde_json::json;

use crate::accounts::hashed;
use crate::domain::{Account, Category, Dish, Fen, Menu, OrderState, Refusal, ServiceDate};
use crate::error::Error;
use crate::house::House;
use crate::store::{StoreError, audit, cooked, days, menus, orders, price_rules};

/// The most dishes of a set menu.
pub const MOST_DISHES: usize = 8;
/// The most letters of a dish's name.
pub const MOST_NAME: usize = 60;
/// The most portions of a date.
pub const MOST_PORTIONS: u32 = 20_000;
/// The highest price of a portion.
pub const HIGHEST: Fen = Fen::yuan(1000);
/// The most letters of a reason.
const MOST_REASON: usize = 60;

/// Why a day was not changed.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// Somebody else changed the day in the meantime.
    #[error("somebody else changed this day in the meantime; nothing was changed")]
    ChangedMeanwhile,
    /// The date is over, or its day is closed.
    #[error("{0} is over; its menu stays as it is")]
    Over(ServiceDate),
    /// A menu without a dish or a price, or with a figure that can't be meant.
    #[error(
        "a menu needs a dish in Chinese and English, a price, and figures that can be meant; nothing was changed"
    )]
    NotAMenu,
    /// Orders stand for a date that was to be closed.
    #[error("{orders} orders stand for {date}; cancel them first, then close the date")]
    Standing {
        /// The date.
        date: ServiceDate,
        /// How many.
        orders: u32,
    },
    /// No reason was given, or it is too long for the screen.
    #[error("say in 1 to {MOST_REASON} letters why the date is closed")]
    Reason,
    /// The date has a menu already, or is closed.
    #[error("{0} has a menu already, or is closed; nothing was changed")]
    Taken(ServiceDate),
    /// The rest.
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<StoreError> for BookError {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

/// A day of the book.
#[derive(Debug, Clone)]
pub struct BookDay {
    /// The date.
    pub date: ServiceDate,
    /// Its menu, if one is written.
    pub menu: Option<Menu>,
    /// Why it is closed, if it is.
    pub closed: Option<String>,
    /// Whether the desk closed it, rather than the week's rule.
    pub shut: bool,
    /// Orders that stand.
    pub orders: u32,
    /// Portions that they take.
    pub sold: u32,
    /// Pick-up numbers whose eaters must not be served what the menu says now.
    pub clashes: Vec<u32>,
    /// Portions that were really cooked, once the kitchen typed it in.
    pub cooked: Option<u32>,
    /// Whether the date is over, so that its menu stays.
    pub over: bool,
    /// Which state of the menu this is.
    pub version: String,
}

/// Keeper of the menus.
#[derive(Clone)]
pub struct MenuBook {
    house: House,
}

impl MenuBook {
    /// Opens the book of a house.
    pub fn new(house: House) -> Self {
        Self { house }
    }

    /// Seven days from a date on.
    pub fn week(&self, from: ServiceDate) -> Result<Vec<BookDay>, Error> {
        self.house.store.read(|db| (0..7).map(|n| self.read(db, from.plus_days(n))).collect())
    }

    /// One day.
    pub fn day(&self, date: ServiceDate) -> Result<BookDay, Error> {
        self.house.store.read(|db| self.read(db, date))
    }

    /// What a portion costs on new days.
    pub fn usual_prices(&self) -> Result<std::collections::BTreeMap<Category, Fen>, Error> {
        self.house.store.read(|db| Ok(usual_prices(db)?))
    }

    /// Writes the menu of a date. `seen` is the [`BookDay::version`] that whoever saves had seen.
    /// What is ordered stays ordered, at its price; the history keeps what the menu was.
    pub fn save(&self, menu: &Menu, seen: &str, who: &Account) -> Result<BookDay, BookError> {
        check(menu)?;
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let before = self.read(tx, menu.date)?;
            if before.over {
                return Err(BookError::Over(menu.date));
            }
            if before.version != seen {
                return Err(BookError::ChangedMeanwhile);
            }
            menus::put(tx, menu)?;
            let detail = json!({ "orders": before.orders, "before": before.menu, "now": menu });
            audit::changed(tx, &who.name, "menu.saved", &menu.date.to_string(), &detail, now)?;
            Ok(self.read(tx, menu.date)?)
        })
    }

    /// Closes a date with the reason that the screen shows; refused while orders stand.
    pub fn close(&self, date: ServiceDate, reason: &str, who: &Account) -> Result<(), BookError> {
        let reason = reason.trim();
        if !(1..=MOST_REASON).contains(&reason.chars().count()) {
            return Err(BookError::Reason);
        }
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let before = self.read(tx, date)?;
            if before.over {
                return Err(BookError::Over(date));
            }
            if before.shut {
                return Err(BookError::ChangedMeanwhile);
            }
            if before.orders > 0 {
                return Err(BookError::Standing { date, orders: before.orders });
            }
            menus::close_day(tx, date.0, reason)?;
            let detail = json!({ "reason": reason });
            Ok(audit::changed(tx, &who.name, "day.shut", &date.to_string(), &detail, now)?)
        })
    }

    /// Opens a date again that was closed; nothing happens if it is not.
    pub fn open(&self, date: ServiceDate, who: &Account) -> Result<(), BookError> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            if !menus::open_day(tx, date.0)? {
                return Ok(());
            }
            Ok(audit::changed(tx, &who.name, "day.opened", &date.to_string(), &json!({}), now)?)
        })
    }

    /// Notes how many portions were really cooked, for the figures of waste, in place of the
    /// figure that was `seen`.
    pub fn cooked(
        &self,
        date: ServiceDate,
        portions: u32,
        seen: Option<u32>,
        who: &Account,
    ) -> Result<(), BookError> {
        if portions > MOST_PORTIONS {
            return Err(BookError::NotAMenu);
        }
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            menus::get(tx, date)?.ok_or(Error::from(Refusal::NoMenu { date }))?;
            if cooked::between(tx, date, date)?.remove(&date) != seen {
                return Err(BookError::ChangedMeanwhile);
            }
            cooked::put(tx, date, portions, now)?;
            let detail = json!({ "before": seen, "portions": portions });
            Ok(audit::changed(tx, &who.name, "day.cooked", &date.to_string(), &detail, now)?)
        })
    }

    fn read(&self, db: &Connection, date: ServiceDate) -> Result<BookDay, Error> {
        let menu = menus::get(db, date)?;
        let all = orders::on(db, date)?;
        let standing = || all.iter().filter(|o| o.state != OrderState::Cancelled);
        let clash = |o: &&crate::domain::Order| {
            menu.as_ref().is_some_and(|m| {
                !m.clashes(&o.allergies, o.preferences.substitute).is_empty()
                    || o.preferences.substitute && m.substitutable().is_none()
            })
        };
        let calendar = self.house.calendar(db)?;
        let today = calendar.today(self.house.clock.now());
        Ok(BookDay {
            date,
            closed: calendar.closed(date),
            shut: calendar.closed_days.contains_key(&date.0),
            orders: standing().count() as u32,
            sold: standing().map(|o| u32::from(o.portions.get())).sum(),
            clashes: standing()
                .filter(|o| !o.state.is_final())
                .filter(clash)
                .map(|o| o.number)
                .collect(),
            cooked: cooked::between(db, date, date)?.remove(&date),
            over: date < today || days::get(db, date)?.closed_at.is_some(),
            version: version(menu.as_ref()),
            menu,
        })
    }
}

/// Which state of a menu this is: equal menus have equal ones.
fn version(menu: Option<&Menu>) -> String {
    let said = json!(menu).to_string();
    hashed(&said).chars().take(16).collect()
}

fn usual_prices(db: &Connection) -> Result<std::collections::BTreeMap<Category, Fen>, StoreError> {
    let rules = price_rules::all(db)?;
    Ok(rules.into_iter().map(|(category, rule)| (category, rule.price)).collect())
}

fn check(menu: &Menu) -> Result<(), BookError> {
    let named = |zh: &str, en: &str| {
        [zh, en].iter().all(|name| (1..=MOST_NAME).contains(&name.chars().count()))
    };
    let good = |dish: &Dish| {
        named(&dish.zh, &dish.en) && dish.substitute.as_ref().is_none_or(|s| named(&s.zh, &s.en))
    };
    let sound = (1..=MOST_DISHES).contains(&menu.dishes.len())
        && menu.dishes.iter().all(good)
        && menu.portions <= MOST_PORTIONS
        && !menu.prices.is_empty()
        && menu.prices.values().all(|price| (Fen::ZERO..=HIGHEST).contains(price));
    if sound { Ok(()) } else { Err(BookError::NotAMenu) }
}

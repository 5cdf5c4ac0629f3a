//! A day or a whole week copied forward. What is written already stays.

use rusqlite::Transaction;
use serde_json::json;

use super::{BookError, MenuBook, usual_prices};
use crate::domain::{Account, Menu, Refusal, ServiceDate};
use crate::error::Error;
use crate::store::{audit, menus};

/// What became of a week that was copied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copied {
    /// Dates that were written.
    pub written: Vec<ServiceDate>,
    /// Dates that stayed as they were: they have a menu already, are closed, or are over.
    pub kept: Vec<ServiceDate>,
}

impl MenuBook {
    /// Copies the menu of a date to another one that has none. A new day takes the usual prices,
    /// if the office has set any.
    pub fn copy(&self, from: ServiceDate, to: ServiceDate, who: &Account) -> Result<(), BookError> {
        self.house.store.write(|tx| {
            let menu = menus::get(tx, from)?.ok_or(Error::from(Refusal::NoMenu { date: from }))?;
            if self.write_copy(tx, menu, to, who)? { Ok(()) } else { Err(BookError::Taken(to)) }
        })
    }

    /// Copies seven days from `from` on to the seven from `to` on, where there is no menu yet.
    pub fn copy_week(
        &self,
        from: ServiceDate,
        to: ServiceDate,
        who: &Account,
    ) -> Result<Copied, BookError> {
        self.house.store.write(|tx| {
            let mut copied = Copied::default();
            for n in 0..7 {
                let Some(menu) = menus::get(tx, from.plus_days(n))? else { continue };
                let date = to.plus_days(n);
                let written = self.write_copy(tx, menu, date, who)?;
                if written { &mut copied.written } else { &mut copied.kept }.push(date);
            }
            Ok(copied)
        })
    }

    /// Writes a copy unless the date has a menu, is closed by the desk, or is over.
    fn write_copy(
        &self,
        tx: &Transaction<'_>,
        menu: Menu,
        to: ServiceDate,
        who: &Account,
    ) -> Result<bool, BookError> {
        let now = self.house.writing_time(tx)?;
        let there = self.read(tx, to)?;
        if there.menu.is_some() || there.shut || there.over {
            return Ok(false);
        }
        let from = menu.date;
        let usual = usual_prices(tx)?;
        let prices = if usual.is_empty() { menu.prices.clone() } else { usual };
        menus::put(tx, &Menu { date: to, prices, ..menu })?;
        let detail = json!({ "from": from });
        audit::changed(tx, &who.name, "menu.copied", &to.to_string(), &detail, now)?;
        Ok(true)
    }
}

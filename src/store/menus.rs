//! Menus and closed days.

use jiff::civil::{Date, Weekday};
use rusqlite::{Connection, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

use super::StoreError;
use super::convert::{json, parsed, to_json};
use crate::domain::{Menu, ServiceDate};

/// Writes the menu of a date, in place of an older one. New portions end a stop of selling.
pub fn put(tx: &Transaction<'_>, menu: &Menu) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO menus (service_date, portions, dishes, prices) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (service_date) DO UPDATE SET portions = excluded.portions,
            portions_before = iif(excluded.portions = menus.portions, menus.portions_before, NULL),
            dishes = excluded.dishes, prices = excluded.prices",
    )?
    .execute(params![
        menu.date.to_string(),
        menu.portions,
        to_json(&menu.dishes)?,
        to_json(&menu.prices)?
    ])?;
    Ok(())
}

/// The menu of a date.
pub fn get(db: &Connection, date: ServiceDate) -> Result<Option<Menu>, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM menus WHERE service_date = ?1")?;
    let mut rows = statement.query_map([date.to_string()], |row| {
        Ok(Menu {
            date: parsed(row, "service_date")?,
            dishes: json(row, "dishes")?,
            portions: row.get("portions")?,
            prices: json(row, "prices")?,
        })
    })?;
    Ok(rows.next().transpose()?)
}

/// Stops selling at `sold` portions, and keeps how many there were; a stop that holds stays.
pub fn stop_selling(tx: &Transaction<'_>, date: ServiceDate, sold: u32) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE menus SET portions_before = coalesce(portions_before, portions), portions = ?2
         WHERE service_date = ?1",
    )?
    .execute(params![date.to_string(), sold])?;
    Ok(())
}

/// Sells again what was for sale before the stop; whether selling had been stopped.
pub fn sell_again(tx: &Transaction<'_>, date: ServiceDate) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE menus SET portions = portions_before, portions_before = NULL
             WHERE service_date = ?1 AND portions_before IS NOT NULL",
        )?
        .execute([date.to_string()])?;
    Ok(changed > 0)
}

/// The portions that were for sale before selling was stopped; none while they are sold.
pub fn portions_before(db: &Connection, date: ServiceDate) -> Result<Option<u32>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT portions_before FROM menus WHERE service_date = ?1")?;
    let mut rows = statement.query_map([date.to_string()], |row| row.get(0))?;
    Ok(rows.next().transpose()?.flatten())
}

/// The dates that have a menu.
pub fn dates(db: &Connection) -> Result<BTreeSet<Date>, StoreError> {
    let mut statement = db.prepare_cached("SELECT service_date FROM menus")?;
    let rows = statement.query_map([], |row| parsed(row, "service_date"))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The dates with a menu that fall on these weekdays.
pub fn dates_on(db: &Connection, weekdays: &[Weekday]) -> Result<BTreeSet<Date>, StoreError> {
    // The expression of the index `menus_by_weekday`, word for word.
    let mut statement = db
        .prepare_cached("SELECT service_date FROM menus WHERE strftime('%w', service_date) = ?1")?;
    let mut dates = BTreeSet::new();
    for weekday in weekdays {
        let weekday = weekday.to_sunday_zero_offset().to_string();
        let rows = statement.query_map([weekday], |row| parsed(row, "service_date"))?;
        for date in rows {
            dates.insert(date?);
        }
    }
    Ok(dates)
}

/// Closes a date with a reason to show.
pub fn close_day(tx: &Transaction<'_>, date: Date, reason: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO closed_days (date, reason) VALUES (?1, ?2)
         ON CONFLICT (date) DO UPDATE SET reason = excluded.reason",
    )?
    .execute(params![date.to_string(), reason])?;
    Ok(())
}

/// All closed dates.
pub fn closed_days(db: &Connection) -> Result<BTreeMap<Date, String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT date, reason FROM closed_days")?;
    let rows = statement.query_map([], |row| Ok((parsed(row, "date")?, row.get("reason")?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Opens a closed date again; whether it was closed.
pub fn open_day(tx: &Transaction<'_>, date: Date) -> Result<bool, StoreError> {
    let opened = tx
        .prepare_cached("DELETE FROM closed_days WHERE date = ?1")?
        .execute([date.to_string()])?;
    Ok(opened > 0)
}

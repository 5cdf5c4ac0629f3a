//! The counters of a service date: numbers given, portions sold, what of the day is done.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::StoreError;
use super::convert::{maybe_timestamp, millis, parsed, timestamp};
use crate::domain::ServiceDate;

/// A service date's counters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Day {
    /// The last pick-up number given.
    pub last_number: u32,
    /// Portions sold and not taken back.
    pub sold: u32,
    /// When the prep count was printed.
    pub counted_at: Option<Timestamp>,
    /// When the rounds were planned.
    pub planned_at: Option<Timestamp>,
    /// When the day was closed.
    pub closed_at: Option<Timestamp>,
}

/// The counters of a date; zeros for one that nobody ordered for yet.
pub fn get(db: &Connection, date: ServiceDate) -> Result<Day, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM service_days WHERE service_date = ?1")?;
    let mut rows = statement.query_map([date.to_string()], read)?;
    Ok(rows.next().transpose()?.unwrap_or_default())
}

/// Makes sure that the date has its counters.
pub fn ensure(tx: &Transaction<'_>, date: ServiceDate) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT OR IGNORE INTO service_days (service_date) VALUES (?1)")?
        .execute([date.to_string()])?;
    Ok(())
}

/// Takes the next pick-up number and `portions` from the stock of a date.
pub fn take_number(
    tx: &Transaction<'_>,
    date: ServiceDate,
    portions: u8,
) -> Result<u32, StoreError> {
    Ok(tx
        .prepare_cached(
            "UPDATE service_days SET last_number = last_number + 1, sold = sold + ?2
             WHERE service_date = ?1 RETURNING last_number",
        )?
        .query_row(params![date.to_string(), portions], |row| row.get(0))?)
}

/// Takes or gives back portions (negative gives back).
pub fn take_portions(
    tx: &Transaction<'_>,
    date: ServiceDate,
    portions: i64,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE service_days SET sold = sold + ?2 WHERE service_date = ?1")?
        .execute(params![date.to_string(), portions])?;
    Ok(())
}

/// Notes that the prep count was printed.
pub fn counted(tx: &Transaction<'_>, date: ServiceDate, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE service_days SET counted_at = ?2 WHERE service_date = ?1",
        params![date.to_string(), millis(at)],
    )?;
    Ok(())
}

/// Notes that the rounds were planned.
pub fn planned(tx: &Transaction<'_>, date: ServiceDate, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE service_days SET planned_at = ?2 WHERE service_date = ?1",
        params![date.to_string(), millis(at)],
    )?;
    Ok(())
}

/// Closes the date, after every posting up to the ledger's entry `balanced_to` was seen to add up.
pub fn close(
    tx: &Transaction<'_>,
    date: ServiceDate,
    at: Timestamp,
    balanced_to: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE service_days SET closed_at = ?2, balanced_to = ?3 WHERE service_date = ?1",
        params![date.to_string(), millis(at), balanced_to],
    )?;
    Ok(())
}

/// The oldest date from `from` to before `before` with orders that was not closed.
pub fn left_open(
    db: &Connection,
    from: ServiceDate,
    before: ServiceDate,
) -> Result<Option<ServiceDate>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT service_date FROM service_days
         WHERE service_date >= ?1 AND service_date < ?2 AND last_number > 0 AND closed_at IS NULL
         ORDER BY service_date LIMIT 1",
    )?;
    let span = [from.to_string(), before.to_string()];
    Ok(statement.query_row(span, |row| parsed(row, "service_date")).optional()?)
}

/// The last ledger entry up to which a close saw that everything adds up; 0 before the first one.
pub fn balanced_to(db: &Connection) -> Result<i64, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT coalesce(max(balanced_to), 0) FROM service_days WHERE balanced_to IS NOT NULL",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The newest moment that anything of an order was recorded.
pub fn latest_moment(db: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT at FROM order_events ORDER BY id DESC LIMIT 1")?;
    Ok(statement.query_row([], |row| timestamp(row, "at")).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Day> {
    Ok(Day {
        last_number: row.get("last_number")?,
        sold: row.get("sold")?,
        counted_at: maybe_timestamp(row, "counted_at")?,
        planned_at: maybe_timestamp(row, "planned_at")?,
        closed_at: maybe_timestamp(row, "closed_at")?,
    })
}

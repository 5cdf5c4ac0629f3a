//! Lifts that are out on a date, by building.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::convert::millis;
use crate::domain::ServiceDate;

/// Notes that a building's lift is out; whether that was new.
pub fn out(
    tx: &Transaction<'_>,
    date: ServiceDate,
    building: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let added = tx
        .prepare_cached(
            "INSERT OR IGNORE INTO lifts_out (service_date, building, at) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![date.to_string(), building, millis(now)])?;
    Ok(added > 0)
}

/// Notes that a building's lift works again; whether it was out.
pub fn back(
    tx: &Transaction<'_>,
    date: ServiceDate,
    building: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE lifts_out SET back_at = ?3
             WHERE service_date = ?1 AND building = ?2 AND back_at IS NULL",
        )?
        .execute(params![date.to_string(), building, millis(now)])?;
    Ok(changed > 0)
}

/// The buildings whose lift is out now, by number.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT building FROM lifts_out WHERE service_date = ?1 AND back_at IS NULL ORDER BY building",
    )?;
    let rows = statement.query_map([date.to_string()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

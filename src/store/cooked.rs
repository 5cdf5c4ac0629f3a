//! Portions that were really cooked.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeMap;

use super::StoreError;
use super::convert::{millis, parsed};
use crate::domain::ServiceDate;

/// Writes what was cooked on a date, in place of an earlier figure.
pub fn put(
    tx: &Transaction<'_>,
    date: ServiceDate,
    portions: u32,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO cooked_portions (service_date, portions, changed_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (service_date) DO UPDATE SET portions = excluded.portions,
            changed_at = excluded.changed_at",
    )?
    .execute(params![date.to_string(), portions, millis(now)])?;
    Ok(())
}

/// What was cooked on the dates of a span, its ends included, where it was typed in.
pub fn between(
    db: &Connection,
    from: ServiceDate,
    until: ServiceDate,
) -> Result<BTreeMap<ServiceDate, u32>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT service_date, portions FROM cooked_portions
         WHERE service_date >= ?1 AND service_date <= ?2",
    )?;
    let rows = statement.query_map(params![from.to_string(), until.to_string()], |row| {
        Ok((parsed(row, "service_date")?, row.get("portions")?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

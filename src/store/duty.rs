//! Who is on duty on a date.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::convert::millis;
use crate::domain::{ServiceDate, Volunteer, VolunteerId};

/// Puts a volunteer on duty; again is no fault.
pub fn add(
    tx: &Transaction<'_>,
    date: ServiceDate,
    id: VolunteerId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO duty (service_date, volunteer_id, added_at) VALUES (?1, ?2, ?3)",
    )?
    .execute(params![date.to_string(), id.to_string(), millis(now)])?;
    Ok(())
}

/// Takes a volunteer off duty; whether they were on.
pub fn remove(
    tx: &Transaction<'_>,
    date: ServiceDate,
    id: VolunteerId,
) -> Result<bool, StoreError> {
    let removed = tx
        .prepare_cached("DELETE FROM duty WHERE service_date = ?1 AND volunteer_id = ?2")?
        .execute(params![date.to_string(), id.to_string()])?;
    Ok(removed > 0)
}

/// The volunteers on duty, by badge.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<Volunteer>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT v.* FROM duty d JOIN volunteers v ON v.id = d.volunteer_id
         WHERE d.service_date = ?1 ORDER BY v.badge",
    )?;
    let rows = statement.query_map([date.to_string()], super::volunteers::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

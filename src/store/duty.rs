//! Who is on duty on a date, and from when until when.

use jiff::Timestamp;
use jiff::civil::Time;
use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::convert::{maybe_time, maybe_timestamp, millis, time_text};
use crate::domain::{ServiceDate, Shift, Volunteer, VolunteerId};

/// Puts a volunteer on duty; again is no fault, and the hours last said hold.
pub fn add(
    tx: &Transaction<'_>,
    date: ServiceDate,
    id: VolunteerId,
    hours: (Option<Time>, Option<Time>),
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO duty (service_date, volunteer_id, added_at, from_time, until_time)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (service_date, volunteer_id)
         DO UPDATE SET from_time = excluded.from_time, until_time = excluded.until_time",
    )?
    .execute(params![
        date.to_string(),
        id.to_string(),
        millis(now),
        hours.0.map(time_text),
        hours.1.map(time_text)
    ])?;
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

/// Notes that a volunteer on duty came in; the first time counts.
pub fn came(
    tx: &Transaction<'_>,
    date: ServiceDate,
    id: VolunteerId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE duty SET came_at = ?3
         WHERE service_date = ?1 AND volunteer_id = ?2 AND came_at IS NULL",
    )?
    .execute(params![date.to_string(), id.to_string(), millis(now)])?;
    Ok(())
}

/// The volunteers on duty, by badge.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<Volunteer>, StoreError> {
    Ok(shifts(db, date)?.into_iter().map(|shift| shift.volunteer).collect())
}

/// The volunteers on duty with their hours, by badge.
pub fn shifts(db: &Connection, date: ServiceDate) -> Result<Vec<Shift>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT v.*, d.from_time, d.until_time, d.came_at FROM duty d JOIN volunteers v ON v.id = d.volunteer_id
         WHERE d.service_date = ?1 ORDER BY v.badge",
    )?;
    let rows = statement.query_map([date.to_string()], |row| {
        Ok(Shift {
            volunteer: super::volunteers::read(row)?,
            from: maybe_time(row, "from_time")?,
            until: maybe_time(row, "until_time")?,
            came_at: maybe_timestamp(row, "came_at")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

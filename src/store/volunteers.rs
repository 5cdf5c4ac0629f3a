//! Volunteers.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

use super::StoreError;
use super::convert::{millis, parsed};
use crate::domain::{Volunteer, VolunteerId};

/// Adds a volunteer, or updates the one with this badge or id.
pub fn put(tx: &Transaction<'_>, volunteer: &Volunteer) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO volunteers (id, badge, name, phone, kind, leads, pin, capacity, max_round_s,
            climbs, home_building, max_trips)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (badge) DO UPDATE SET name = excluded.name, phone = excluded.phone,
            kind = excluded.kind, leads = excluded.leads, pin = excluded.pin,
            capacity = excluded.capacity, max_round_s = excluded.max_round_s,
            climbs = excluded.climbs, home_building = excluded.home_building,
            max_trips = excluded.max_trips, archived_at = NULL
         ON CONFLICT (id) DO UPDATE SET badge = excluded.badge, name = excluded.name, phone = excluded.phone,
            kind = excluded.kind, leads = excluded.leads, pin = excluded.pin,
            capacity = excluded.capacity, max_round_s = excluded.max_round_s,
            climbs = excluded.climbs, home_building = excluded.home_building,
            max_trips = excluded.max_trips, archived_at = NULL",
    )?
    .execute(params![
        volunteer.id.to_string(),
        volunteer.badge,
        volunteer.name,
        volunteer.phone,
        volunteer.kind.as_str(),
        volunteer.leads,
        volunteer.pin,
        volunteer.capacity,
        volunteer.max_round_s,
        volunteer.climbs,
        volunteer.home_building,
        volunteer.max_trips,
    ])?;
    Ok(())
}

/// A volunteer by id.
pub fn get(db: &Connection, id: VolunteerId) -> Result<Option<Volunteer>, StoreError> {
    one(db, "SELECT * FROM volunteers WHERE id = ?1", &id.to_string())
}

/// A volunteer by the short number on the badge.
pub fn by_badge(db: &Connection, badge: u32) -> Result<Option<Volunteer>, StoreError> {
    one(db, "SELECT * FROM volunteers WHERE badge = ?1 AND archived_at IS NULL", &badge)
}

/// The leader of a building.
pub fn leader_of(db: &Connection, building: &str) -> Result<Option<Volunteer>, StoreError> {
    one(
        db,
        "SELECT * FROM volunteers WHERE leads = ?1 AND archived_at IS NULL ORDER BY badge LIMIT 1",
        &building,
    )
}

/// All volunteers, by badge.
pub fn all(db: &Connection) -> Result<Vec<Volunteer>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM volunteers WHERE archived_at IS NULL ORDER BY badge")?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those who were archived, by badge.
pub fn archived(db: &Connection) -> Result<Vec<Volunteer>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM volunteers WHERE archived_at IS NOT NULL ORDER BY badge")?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Who wears a badge, or wore it when they were archived.
pub fn wearer(db: &Connection, badge: u32) -> Result<Option<VolunteerId>, StoreError> {
    Ok(one(db, "SELECT * FROM volunteers WHERE badge = ?1", &badge)?.map(|v| v.id))
}

/// Archives a volunteer at a moment, or brings them back with none.
pub fn set_archived(
    tx: &Transaction<'_>,
    id: VolunteerId,
    at: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE volunteers SET archived_at = ?2 WHERE id = ?1")?
        .execute(params![id.to_string(), at.map(millis)])?;
    Ok(())
}

/// Whether a volunteer is archived.
pub fn is_archived(db: &Connection, id: VolunteerId) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM volunteers WHERE id = ?1 AND archived_at IS NOT NULL)",
    )?;
    Ok(statement.query_row([id.to_string()], |row| row.get(0))?)
}

fn one(
    db: &Connection,
    sql: &str,
    key: &dyn rusqlite::ToSql,
) -> Result<Option<Volunteer>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query_map([key], read)?;
    Ok(rows.next().transpose()?)
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Volunteer> {
    Ok(Volunteer {
        id: parsed(row, "id")?,
        name: row.get("name")?,
        phone: row.get("phone")?,
        kind: parsed(row, "kind")?,
        leads: row.get("leads")?,
        badge: row.get("badge")?,
        pin: row.get("pin")?,
        capacity: row.get("capacity")?,
        max_round_s: row.get("max_round_s")?,
        climbs: row.get("climbs")?,
        home_building: row.get("home_building")?,
        max_trips: row.get("max_trips")?,
    })
}

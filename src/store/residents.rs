//! Residents.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

use super::StoreError;
use super::convert::{json, maybe_time, millis, parsed, time_text, to_json};
use crate::domain::{Door, Resident, ResidentId};

/// Adds a resident, or updates the one with this id.
pub fn put(tx: &Transaction<'_>, resident: &Resident) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO residents (id, name, building, floor, flat, phone, category, allergies, usual, door_note, eat_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, building = excluded.building,
            floor = excluded.floor, flat = excluded.flat, phone = excluded.phone,
            category = excluded.category, allergies = excluded.allergies, usual = excluded.usual,
            door_note = excluded.door_note, eat_by = excluded.eat_by, archived_at = NULL",
    )?
    .execute(params![
        resident.id.to_string(),
        resident.name,
        resident.door.building,
        resident.door.floor,
        resident.door.flat,
        resident.phone,
        resident.category.as_str(),
        to_json(&resident.allergies)?,
        to_json(&resident.usual)?,
        resident.door_note,
        resident.eat_by.map(time_text),
    ])?;
    Ok(())
}

/// A resident by id.
pub fn get(db: &Connection, id: ResidentId) -> Result<Option<Resident>, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM residents WHERE id = ?1")?;
    let mut rows = statement.query_map([id.to_string()], read)?;
    Ok(rows.next().transpose()?)
}

/// Everyone behind a door.
pub fn at_door(db: &Connection, door: &Door) -> Result<Vec<Resident>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM residents WHERE building = ?1 AND floor = ?2 AND flat = ?3
            AND archived_at IS NULL ORDER BY id",
    )?;
    let rows = statement.query_map(params![door.building, door.floor, door.flat], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everyone, by door.
pub fn all(db: &Connection) -> Result<Vec<Resident>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT r.* FROM residents r JOIN buildings b ON b.number = r.building
         WHERE archived_at IS NULL ORDER BY b.position, floor, flat, id",
    )?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those who were archived, by name.
pub fn archived(db: &Connection) -> Result<Vec<Resident>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM residents WHERE archived_at IS NOT NULL ORDER BY name, id",
    )?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Archives a resident at a moment, or brings them back with none.
pub fn set_archived(
    tx: &Transaction<'_>,
    id: ResidentId,
    at: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE residents SET archived_at = ?2 WHERE id = ?1")?
        .execute(params![id.to_string(), at.map(millis)])?;
    Ok(())
}

/// Whether a resident is archived.
pub fn is_archived(db: &Connection, id: ResidentId) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM residents WHERE id = ?1 AND archived_at IS NOT NULL)",
    )?;
    Ok(statement.query_row([id.to_string()], |row| row.get(0))?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Resident> {
    Ok(Resident {
        id: parsed(row, "id")?,
        name: row.get("name")?,
        door: Door {
            building: row.get("building")?,
            floor: row.get("floor")?,
            flat: row.get("flat")?,
        },
        phone: row.get("phone")?,
        category: parsed(row, "category")?,
        allergies: json(row, "allergies")?,
        usual: json(row, "usual")?,
        door_note: row.get("door_note")?,
        eat_by: maybe_time(row, "eat_by")?,
    })
}

//! Family contacts, pauses and consent of residents.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use std::collections::HashSet;

use super::StoreError;
use super::convert::{maybe_parsed, millis, parsed, timestamp};
use crate::domain::{Consent, FamilyContact, Pause, ResidentId, ServiceDate};

/// Who may be told, the first to be called first.
pub fn contacts(db: &Connection, resident: ResidentId) -> Result<Vec<FamilyContact>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT name, relation, phone FROM family_contacts WHERE resident_id = ?1 ORDER BY position",
    )?;
    let rows = statement.query_map([resident.to_string()], |row| {
        Ok(FamilyContact {
            name: row.get("name")?,
            relation: row.get("relation")?,
            phone: row.get("phone")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Replaces the list of who may be told.
pub fn keep_contacts(
    tx: &Transaction<'_>,
    resident: ResidentId,
    list: &[FamilyContact],
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM family_contacts WHERE resident_id = ?1")?
        .execute([resident.to_string()])?;
    for (contact, position) in list.iter().zip(1_u32..) {
        tx.prepare_cached(
            "INSERT INTO family_contacts (resident_id, position, name, relation, phone)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            resident.to_string(),
            position,
            contact.name,
            contact.relation,
            contact.phone
        ])?;
    }
    Ok(())
}

/// A resident's pauses, the latest first.
pub fn pauses(db: &Connection, resident: ResidentId) -> Result<Vec<Pause>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM pauses WHERE resident_id = ?1 ORDER BY from_date DESC, id DESC",
    )?;
    let rows = statement.query_map([resident.to_string()], read_pause)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The pause of a resident that covers a day, if there is one.
pub fn paused(
    db: &Connection,
    resident: ResidentId,
    date: ServiceDate,
) -> Result<Option<Pause>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM pauses WHERE resident_id = ?1 AND from_date <= ?2
            AND (until_date IS NULL OR until_date >= ?2) LIMIT 1",
    )?;
    Ok(statement.query_row([resident.to_string(), date.to_string()], read_pause).optional()?)
}

/// Everybody who is not expected on a day.
pub fn all_paused(db: &Connection, date: ServiceDate) -> Result<HashSet<ResidentId>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT resident_id FROM pauses WHERE from_date <= ?1
            AND (until_date IS NULL OR until_date >= ?1)",
    )?;
    let rows = statement.query_map([date.to_string()], |row| parsed(row, "resident_id"))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds a pause; its row is given anew.
pub fn add_pause(
    tx: &Transaction<'_>,
    resident: ResidentId,
    pause: &Pause,
    who: &str,
    now: Timestamp,
) -> Result<i64, StoreError> {
    tx.prepare_cached(
        "INSERT INTO pauses (resident_id, from_date, until_date, kind, note, added_at, added_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        resident.to_string(),
        pause.from.to_string(),
        pause.until.map(|d| d.to_string()),
        pause.kind.as_str(),
        pause.note,
        millis(now),
        who,
    ])?;
    Ok(tx.last_insert_rowid())
}

/// Sets the last day of a pause.
pub fn end_pause(tx: &Transaction<'_>, id: i64, until: ServiceDate) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE pauses SET until_date = ?2 WHERE id = ?1")?
        .execute(params![id, until.to_string()])?;
    Ok(())
}

/// Takes a pause away that has not begun.
pub fn drop_pause(tx: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM pauses WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// What was last said about knocking; none if nobody was asked.
pub fn consent(db: &Connection, resident: ResidentId) -> Result<Option<Consent>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM knock_consents WHERE resident_id = ?1 ORDER BY id DESC LIMIT 1",
    )?;
    Ok(statement
        .query_row([resident.to_string()], |row| {
            Ok(Consent {
                agreed: row.get("agreed")?,
                said_by: row.get("said_by")?,
                at: timestamp(row, "at")?,
            })
        })
        .optional()?)
}

/// Everybody for whom neighbours may knock.
pub fn all_agreed(db: &Connection) -> Result<Vec<ResidentId>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT c.resident_id FROM knock_consents c JOIN residents r ON r.id = c.resident_id
         WHERE c.agreed = 1 AND r.archived_at IS NULL
            AND c.id = (SELECT max(l.id) FROM knock_consents l WHERE l.resident_id = c.resident_id)",
    )?;
    let rows = statement.query_map([], |row| parsed(row, "resident_id"))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes down what was said about knocking.
pub fn agree(
    tx: &Transaction<'_>,
    resident: ResidentId,
    consent: &Consent,
    account: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO knock_consents (resident_id, agreed, said_by, at, account)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        resident.to_string(),
        consent.agreed,
        consent.said_by,
        millis(consent.at),
        account
    ])?;
    Ok(())
}

fn read_pause(row: &Row<'_>) -> rusqlite::Result<Pause> {
    Ok(Pause {
        id: row.get("id")?,
        from: parsed(row, "from_date")?,
        until: maybe_parsed(row, "until_date")?,
        kind: parsed(row, "kind")?,
        note: row.get("note")?,
    })
}

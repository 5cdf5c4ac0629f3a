//! Residents' cards and wrong tries at a door's digits.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::StoreError;
use super::convert::{broken, millis};
use crate::domain::{Door, ResidentId};

/// What is known of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// Whose it is.
    pub resident: ResidentId,
    /// Whether it is no longer accepted: blocked, or its resident is archived.
    pub blocked: bool,
}

/// Records a new card; the resident's older ones are blocked.
pub fn issue(
    tx: &Transaction<'_>,
    code: &str,
    resident: ResidentId,
    now: Timestamp,
) -> Result<(), StoreError> {
    block_all(tx, resident, now)?;
    tx.prepare_cached("INSERT INTO cards (code, resident_id, issued_at) VALUES (?1, ?2, ?3)")?
        .execute(params![code, resident.to_string(), millis(now)])?;
    Ok(())
}

/// Blocks every card of a resident; returns how many were open.
pub fn block_all(
    tx: &Transaction<'_>,
    resident: ResidentId,
    now: Timestamp,
) -> Result<usize, StoreError> {
    Ok(tx
        .prepare_cached(
            "UPDATE cards SET blocked_at = ?2 WHERE resident_id = ?1 AND blocked_at IS NULL",
        )?
        .execute(params![resident.to_string(), millis(now)])?)
}

/// The code of the card with which a resident orders now.
pub fn current(db: &Connection, resident: ResidentId) -> Result<Option<String>, StoreError> {
    let code = db
        .prepare_cached(
            "SELECT code FROM cards WHERE resident_id = ?1 AND blocked_at IS NULL
             ORDER BY issued_at DESC LIMIT 1",
        )?
        .query_row([resident.to_string()], |row| row.get(0))
        .optional()?;
    Ok(code)
}

/// A card by its code.
pub fn get(db: &Connection, code: &str) -> Result<Option<Card>, StoreError> {
    let row: Option<(String, bool)> = db
        .prepare_cached(
            "SELECT resident_id, blocked_at IS NOT NULL OR archived_at IS NOT NULL
             FROM cards JOIN residents ON id = resident_id WHERE code = ?1",
        )?
        .query_row([code], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(id, blocked)| {
        let resident = id.parse().map_err(|e| broken(&e))?;
        Ok(Card { resident, blocked })
    })
    .transpose()
}

/// Records a wrong try.
pub fn wrong_try(tx: &Transaction<'_>, door: &Door, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO wrong_tries (door, at) VALUES (?1, ?2)")?
        .execute(params![door.to_string(), millis(now)])?;
    Ok(())
}

/// The moments of wrong tries at a door since `since`, oldest first.
pub fn wrong_tries(
    db: &Connection,
    door: &Door,
    since: Timestamp,
) -> Result<Vec<Timestamp>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT at FROM wrong_tries WHERE door = ?1 AND at > ?2 ORDER BY at")?;
    let rows = statement.query_map(params![door.to_string(), millis(since)], |row| {
        super::convert::timestamp(row, "at")
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Forgets wrong tries after a right one.
pub fn forget_tries(tx: &Transaction<'_>, door: &Door) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM wrong_tries WHERE door = ?1")?.execute([door.to_string()])?;
    Ok(())
}

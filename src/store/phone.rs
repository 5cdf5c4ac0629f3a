//! What volunteers' phones report, and the secret that their links are made of.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::StoreError;
use super::convert::millis;
use crate::domain::{OrderId, Outcome, RoundId};

/// A report as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick<'a> {
    /// The id that the phone gave it.
    pub id: &'a str,
    /// Of which round.
    pub round: RoundId,
    /// Of which order.
    pub order: OrderId,
    /// What happened at the door.
    pub outcome: Outcome,
    /// When it happened.
    pub at: Timestamp,
    /// Why it was not taken; empty if it was.
    pub refused: &'a str,
}

/// What became of a report that was received before: empty if it was taken, else why it was not.
pub fn known(db: &Connection, id: &str) -> Result<Option<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT refused FROM phone_ticks WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// Keeps a report.
pub fn insert(tx: &Transaction<'_>, tick: &Tick<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO phone_ticks (id, round_id, order_id, outcome, at, received_at, refused)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        tick.id,
        tick.round.to_string(),
        tick.order.to_string(),
        tick.outcome.as_str(),
        millis(tick.at),
        millis(now),
        tick.refused
    ])?;
    Ok(())
}

/// The secret of this house, if it has one yet.
pub fn secret(db: &Connection) -> Result<Option<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT value FROM secrets WHERE name = 'phone'")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?)
}

/// Keeps the secret of this house; one that is there stays.
pub fn keep_secret(tx: &Transaction<'_>, value: &str) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT OR IGNORE INTO secrets (name, value) VALUES ('phone', ?1)")?
        .execute([value])?;
    Ok(())
}

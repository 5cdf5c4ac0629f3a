//! What slips said before their rounds were changed. Appended, never overwritten.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::convert::{json, millis, parsed, timestamp, to_json};
use crate::domain::{RoundChange, RoundId};
use crate::tickets::content::RoundSlip;

/// A round as it stood before a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// When it was changed.
    pub at: Timestamp,
    /// The revision that was replaced.
    pub revision: u32,
    /// Why.
    pub reason: RoundChange,
    /// What its slip said.
    pub said: RoundSlip,
}

/// Appends what a round's slip said until now.
pub fn append(
    tx: &Transaction<'_>,
    round: RoundId,
    revision: u32,
    reason: RoundChange,
    said: &RoundSlip,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO round_changes (round_id, at, revision, reason, said) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        round.to_string(),
        millis(now),
        revision,
        reason.as_str(),
        to_json(said)?
    ])?;
    Ok(())
}

/// Everything a round was before, oldest first; what has lost its names is no longer told.
pub fn of(db: &Connection, round: RoundId) -> Result<Vec<Changed>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT at, revision, reason, said FROM round_changes WHERE round_id = ?1 AND said <> '' ORDER BY id",
    )?;
    let rows = statement.query_map([round.to_string()], |row| {
        Ok(Changed {
            at: timestamp(row, "at")?,
            revision: row.get("revision")?,
            reason: parsed(row, "reason")?,
            said: json(row, "said")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

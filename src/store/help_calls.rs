//! Calls for a person, from the screen or the button beside it.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::convert::{millis, timestamp};

/// A call that nobody has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HelpCall {
    /// Which.
    pub id: i64,
    /// When.
    pub at: Timestamp,
}

/// Notes a call; one that is still open stays the same call.
pub fn call(tx: &Transaction<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO help_calls (at)
         SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM help_calls WHERE answered_at IS NULL)",
    )?
    .execute([millis(now)])?;
    Ok(())
}

/// The open ones, the oldest first.
pub fn open(db: &Connection) -> Result<Vec<HelpCall>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT id, at FROM help_calls WHERE answered_at IS NULL ORDER BY at")?;
    let rows = statement
        .query_map([], |row| Ok(HelpCall { id: row.get("id")?, at: timestamp(row, "at")? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes who went there; whether the call was open.
pub fn answer(tx: &Transaction<'_>, id: i64, by: &str, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE help_calls SET answered_at = ?3, answered_by = ?2
             WHERE id = ?1 AND answered_at IS NULL",
        )?
        .execute(params![id, by, millis(now)])?;
    Ok(changed > 0)
}

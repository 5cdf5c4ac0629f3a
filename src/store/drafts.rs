//! The drawing of the compound that is being mended, each change a row.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::StoreError;
use super::convert::{json, millis, timestamp, to_json};
use crate::import::Compound;

/// Changes that are kept to be taken back.
const KEPT: i64 = 100;

/// A draft as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Which change of it this is.
    pub version: i64,
    /// The compound; its paths may be in pieces.
    pub compound: Compound,
    /// What had to be assumed when it was read.
    pub remarks: Vec<String>,
    /// Whose change.
    pub account: String,
    /// When.
    pub at: Timestamp,
    /// Whether there is a change that can be taken back.
    pub changed: bool,
}

/// The newest change, if there is a draft.
pub fn newest(db: &Connection) -> Result<Option<Draft>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT *, (SELECT count(*) FROM compound_drafts) AS changes FROM compound_drafts
         ORDER BY version DESC LIMIT 1",
    )?;
    let draft = statement.query_row([], |row| {
        Ok(Draft {
            version: row.get("version")?,
            compound: json(row, "compound")?,
            remarks: json(row, "remarks")?,
            account: row.get("account")?,
            at: timestamp(row, "at")?,
            changed: row.get::<_, i64>("changes")? > 1,
        })
    });
    Ok(draft.optional()?)
}

/// Adds a change; the oldest beyond a hundred are forgotten.
pub fn add(
    tx: &Transaction<'_>,
    compound: &Compound,
    remarks: &[String],
    account: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO compound_drafts (compound, remarks, account, at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![to_json(compound)?, to_json(&remarks)?, account, millis(now)])?;
    tx.prepare_cached("DELETE FROM compound_drafts WHERE version <= ?1 - ?2")?
        .execute([tx.last_insert_rowid(), KEPT])?;
    Ok(())
}

/// Takes the newest change back.
pub fn undo(tx: &Transaction<'_>, version: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM compound_drafts WHERE version = ?1", [version])?;
    Ok(())
}

/// Drops the draft.
pub fn clear(tx: &Transaction<'_>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM compound_drafts", [])?;
    Ok(())
}

//! What was changed at the desk, and whose data was looked at.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};
use serde_json::Value;

use super::StoreError;
use super::convert::{millis, timestamp};
use crate::domain::ResidentId;

/// One change at the desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// Who: the account's name.
    pub account: String,
    /// What was done, as a short word such as `menu.portions`.
    pub what: String,
    /// To what: a date, a number, an id.
    pub subject: String,
    /// The rest, as JSON.
    pub detail: String,
}

/// Adds a change to the history.
pub fn changed(
    tx: &Transaction<'_>,
    account: &str,
    what: &str,
    subject: &str,
    detail: &Value,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO desk_history (at, account, what, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![millis(now), account, what, subject, detail.to_string()])?;
    Ok(())
}

/// The newest changes first, at most `most` of them after the first `skip`.
pub fn changes(db: &Connection, most: u32, skip: u32) -> Result<Vec<Change>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM desk_history ORDER BY id DESC LIMIT ?1 OFFSET ?2")?;
    let rows = statement.query_map([most, skip], |row| {
        Ok(Change {
            at: timestamp(row, "at")?,
            account: row.get("account")?,
            what: row.get("what")?,
            subject: row.get("subject")?,
            detail: row.get("detail")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that personal data was looked at: of one resident, or of a page full of them.
pub fn looked(
    tx: &Transaction<'_>,
    account: &str,
    page: &str,
    resident: Option<ResidentId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO audit_reads (at, account, page, resident_id) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![millis(now), account, page, resident.map(|r| r.to_string())])?;
    Ok(())
}

/// One look at personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// Who: the account's name.
    pub account: String,
    /// On which page.
    pub page: String,
    /// At whose data; none for a page full of people.
    pub resident: Option<String>,
}

/// Who looked at what, the newest first, at most `most` after the first `skip`.
pub fn looks(db: &Connection, most: u32, skip: u32) -> Result<Vec<Look>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM audit_reads ORDER BY id DESC LIMIT ?1 OFFSET ?2")?;
    let rows = statement.query_map([most, skip], |row| {
        Ok(Look {
            at: timestamp(row, "at")?,
            account: row.get("account")?,
            page: row.get("page")?,
            resident: row.get("resident_id")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

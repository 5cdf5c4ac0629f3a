//! Who is signed in at the desk: found by the hash of a token that only the browser has.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::StoreError;
use super::accounts::read;
use super::convert::{millis, timestamp};
use crate::domain::{Account, AccountId};

/// A session as it is on record.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Whose.
    pub account: Account,
    /// What every form of this session has to bring along.
    pub form_token: String,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
}

/// Begins one.
pub fn insert(
    tx: &Transaction<'_>,
    token_hash: &str,
    account: AccountId,
    form_token: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO sessions (token_hash, account_id, form_token, began_at, seen_at)
         VALUES (?1, ?2, ?3, ?4, ?4)",
    )?
    .execute(params![token_hash, account.to_string(), form_token, millis(now)])?;
    Ok(())
}

/// The session of a token, if its account still works.
pub fn get(db: &Connection, token_hash: &str) -> Result<Option<Stored>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT a.*, s.form_token, s.began_at, s.seen_at FROM sessions s
         JOIN accounts a ON a.id = s.account_id
         WHERE s.token_hash = ?1 AND a.disabled_at IS NULL",
    )?;
    let found = statement.query_row([token_hash], |row| {
        Ok(Stored {
            account: read(row)?,
            form_token: row.get("form_token")?,
            began_at: timestamp(row, "began_at")?,
            seen_at: timestamp(row, "seen_at")?,
        })
    });
    Ok(found.optional()?)
}

/// Notes that a session was used.
pub fn seen(tx: &Transaction<'_>, token_hash: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE sessions SET seen_at = ?2 WHERE token_hash = ?1")?
        .execute(params![token_hash, millis(now)])?;
    Ok(())
}

/// Ends one.
pub fn end(tx: &Transaction<'_>, token_hash: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM sessions WHERE token_hash = ?1")?.execute([token_hash])?;
    Ok(())
}

/// Ends every session of a name.
pub fn end_all(tx: &Transaction<'_>, name: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM sessions WHERE account_id IN (SELECT id FROM accounts WHERE name = ?1)",
    )?
    .execute([name])?;
    Ok(())
}

/// Forgets those that began before a moment.
pub fn forget_before(tx: &Transaction<'_>, moment: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM sessions WHERE began_at < ?1")?.execute([millis(moment)])?;
    Ok(())
}

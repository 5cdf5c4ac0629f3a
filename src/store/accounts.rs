//! Accounts at the desk, and the passwords that did not fit.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::StoreError;
use super::convert::{millis, parsed};
use crate::domain::Account;

/// An account with its password's hash, for who compares it.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The account.
    pub account: Account,
    /// The password as an argon2 string.
    pub password: String,
}

/// Adds one; the name must be free.
pub fn insert(
    tx: &Transaction<'_>,
    account: &Account,
    password: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO accounts (id, name, role, building, password, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        account.id.to_string(),
        account.name,
        account.role.as_str(),
        account.building,
        password,
        millis(now)
    ])?;
    Ok(())
}

/// Whether a name is taken, by an account that works or one that was switched off.
pub fn taken(db: &Connection, name: &str) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM accounts WHERE name = ?1")?;
    Ok(statement.exists([name])?)
}

/// The account of a name, unless it was switched off.
pub fn by_name(db: &Connection, name: &str) -> Result<Option<Stored>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM accounts WHERE name = ?1 AND disabled_at IS NULL")?;
    Ok(statement.query_row([name], stored).optional()?)
}

/// Every account that works, by name.
pub fn list(db: &Connection) -> Result<Vec<Account>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM accounts WHERE disabled_at IS NULL ORDER BY name")?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets another password; whether there was such an account.
pub fn set_password(tx: &Transaction<'_>, name: &str, password: &str) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE accounts SET password = ?2 WHERE name = ?1 AND disabled_at IS NULL",
        )?
        .execute(params![name, password])?;
    Ok(changed > 0)
}

/// Switches one off; whether it was on.
pub fn disable(tx: &Transaction<'_>, name: &str, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE accounts SET disabled_at = ?2 WHERE name = ?1 AND disabled_at IS NULL",
        )?
        .execute(params![name, millis(now)])?;
    Ok(changed > 0)
}

/// Notes a wrong password, and forgets those before `since`.
pub fn wrong(
    tx: &Transaction<'_>,
    name: &str,
    address: &str,
    now: Timestamp,
    since: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM wrong_passwords WHERE at < ?1")?.execute([millis(since)])?;
    tx.prepare_cached("INSERT INTO wrong_passwords (name, address, at) VALUES (?1, ?2, ?3)")?
        .execute(params![name, address, millis(now)])?;
    Ok(())
}

/// How many wrong passwords there were since a moment: for the name, and from the address.
pub fn wrong_since(
    db: &Connection,
    name: &str,
    address: &str,
    since: Timestamp,
) -> Result<(u32, u32), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT coalesce(sum(name = ?1), 0), coalesce(sum(address = ?2), 0)
         FROM wrong_passwords WHERE at >= ?3",
    )?;
    Ok(statement
        .query_row(params![name, address, millis(since)], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Forgets the wrong passwords of a name: the right one came.
pub fn forgive(tx: &Transaction<'_>, name: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM wrong_passwords WHERE name = ?1")?.execute([name])?;
    Ok(())
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored { account: read(row)?, password: row.get("password")? })
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: parsed(row, "id")?,
        name: row.get("name")?,
        role: parsed(row, "role")?,
        building: row.get("building")?,
    })
}

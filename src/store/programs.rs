//! Programs that may talk to the clubhouse, and what they asked for under which key.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::StoreError;
use super::convert::{maybe_timestamp, millis, parsed, timestamp};
use crate::domain::{OrderId, Program, ProgramId};

/// Lets one in; its name must be free.
pub fn insert(tx: &Transaction<'_>, program: &Program, token_hash: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO programs (id, name, scope, token_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        program.id.to_string(),
        program.name,
        program.scope.as_str(),
        token_hash,
        millis(program.created_at)
    ])?;
    Ok(())
}

/// Whether a name is taken, by a program that may come in or one that may not any more.
pub fn taken(db: &Connection, name: &str) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM programs WHERE name = ?1")?;
    Ok(statement.exists([name])?)
}

/// Those that may come in, by name.
pub fn list(db: &Connection) -> Result<Vec<Program>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM programs WHERE revoked_at IS NULL ORDER BY name")?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The program of a token, unless it may not come in any more.
pub fn by_token(db: &Connection, token_hash: &str) -> Result<Option<Program>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM programs WHERE token_hash = ?1 AND revoked_at IS NULL")?;
    Ok(statement.query_row([token_hash], read).optional()?)
}

/// Notes that one was here.
pub fn used(tx: &Transaction<'_>, id: ProgramId, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE programs SET used_at = ?2 WHERE id = ?1")?
        .execute(params![id.to_string(), millis(now)])?;
    Ok(())
}

/// Lets one in no more; whether it was in.
pub fn revoke(tx: &Transaction<'_>, name: &str, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE programs SET revoked_at = ?2 WHERE name = ?1 AND revoked_at IS NULL",
        )?
        .execute(params![name, millis(now)])?;
    Ok(changed > 0)
}

/// What came of a request, with the digest of what it asked for.
pub fn request(
    db: &Connection,
    program: ProgramId,
    key: &str,
) -> Result<Option<(String, OrderId)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT digest, order_id FROM program_requests WHERE program_id = ?1 AND key = ?2",
    )?;
    let found = statement.query_row([&program.to_string(), key], |row| {
        Ok((row.get("digest")?, parsed(row, "order_id")?))
    });
    Ok(found.optional()?)
}

/// Keeps what came of a request.
pub fn keep_request(
    tx: &Transaction<'_>,
    (program, key, digest): (ProgramId, &str, &str),
    order: OrderId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO program_requests (program_id, key, digest, order_id, at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![program.to_string(), key, digest, order.to_string(), millis(now)])?;
    Ok(())
}

/// Forgets requests from before a moment.
pub fn forget_requests(tx: &Transaction<'_>, before: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM program_requests WHERE at < ?1")?.execute([millis(before)])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Program> {
    Ok(Program {
        id: parsed(row, "id")?,
        name: row.get("name")?,
        scope: parsed(row, "scope")?,
        created_at: timestamp(row, "created_at")?,
        used_at: maybe_timestamp(row, "used_at")?,
    })
}

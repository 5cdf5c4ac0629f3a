//! Queues that a person has sent to another printer.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeMap;

use super::StoreError;
use super::convert::{millis, parsed};
use crate::domain::PrintQueue;

/// Notes where a queue goes from now on; an empty printer means where the settings send it.
pub fn insert(
    tx: &Transaction<'_>,
    queue: PrintQueue,
    printer: &str,
    actor: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO queue_moves (queue, printer, at, actor) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![queue.as_str(), printer, millis(now), actor])?;
    Ok(())
}

/// The queues that are sent elsewhere now, with their printers.
pub fn current(db: &Connection) -> Result<BTreeMap<PrintQueue, String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT queue, printer FROM queue_moves
         WHERE id IN (SELECT max(id) FROM queue_moves GROUP BY queue) AND printer <> ''",
    )?;
    let rows = statement
        .query_map([], |row| Ok((parsed(row, "queue")?, row.get::<_, String>("printer")?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

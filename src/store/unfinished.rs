//! Orders that were begun and not confirmed.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

use super::StoreError;
use super::convert::{json, maybe_parsed, maybe_timestamp, millis, parsed, timestamp, to_json};
use crate::domain::{ServiceDate, Unfinished, UnfinishedRecord};

/// Keeps one.
pub fn insert(tx: &Transaction<'_>, order: &Unfinished, at: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO unfinished_orders (left_at, service_date, fulfilment, portions, preferences,
            resident_id, reached) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        millis(at),
        order.date.to_string(),
        order.fulfilment.as_str(),
        order.portions.get(),
        to_json(&order.preferences)?,
        order.resident.map(|r| r.to_string()),
        order.reached.as_str(),
    ])?;
    Ok(())
}

/// Those for `from` and later, the newest first, at most `most`; with `open_only`, those that
/// nobody has asked after and whose resident has not ordered for that date since.
pub fn list(
    db: &Connection,
    from: ServiceDate,
    open_only: bool,
    most: u32,
) -> Result<Vec<UnfinishedRecord>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM unfinished_orders u
         WHERE service_date >= ?1 AND (NOT ?2 OR (followed_up_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM orders o WHERE o.resident_id = u.resident_id
                AND o.service_date = u.service_date AND o.state <> 'cancelled'
                AND o.placed_at >= u.left_at)))
         ORDER BY left_at DESC, id DESC LIMIT ?3",
    )?;
    let rows = statement.query_map(params![from.to_string(), open_only, most], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that the staff asked after one; whether there was one that nobody had asked after.
pub fn followed_up(tx: &Transaction<'_>, id: i64, at: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE unfinished_orders SET followed_up_at = ?2
             WHERE id = ?1 AND followed_up_at IS NULL",
        )?
        .execute(params![id, millis(at)])?;
    Ok(changed > 0)
}

/// Forgets those for dates before `date`: nobody can order for them any more.
pub fn forget_before(tx: &Transaction<'_>, date: ServiceDate) -> Result<usize, StoreError> {
    Ok(tx
        .prepare_cached("DELETE FROM unfinished_orders WHERE service_date < ?1")?
        .execute([date.to_string()])?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<UnfinishedRecord> {
    let portions: u8 = row.get("portions")?;
    Ok(UnfinishedRecord {
        id: row.get("id")?,
        left_at: timestamp(row, "left_at")?,
        order: Unfinished {
            date: parsed(row, "service_date")?,
            fulfilment: parsed(row, "fulfilment")?,
            portions: portions.try_into().map_err(|e| super::convert::broken(&e))?,
            preferences: json(row, "preferences")?,
            resident: maybe_parsed(row, "resident_id")?,
            reached: parsed(row, "reached")?,
        },
        followed_up_at: maybe_timestamp(row, "followed_up_at")?,
    })
}

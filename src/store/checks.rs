//! Welfare checks after doors that did not open.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

use super::StoreError;
use super::convert::{broken, maybe_parsed, maybe_timestamp, millis, parsed, timestamp};
use crate::domain::{CheckId, Door, OrderId, ServiceDate, WelfareCheck};

/// Opens a check.
pub fn open(tx: &Transaction<'_>, check: &WelfareCheck) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO welfare_checks (id, order_id, resident_id, leader_id, opened_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        check.id.to_string(),
        check.order.to_string(),
        check.resident.map(|r| r.to_string()),
        check.leader.map(|l| l.to_string()),
        millis(check.opened_at),
    ])?;
    Ok(())
}

/// Closes a check with what was found; whether there was such an open one.
pub fn close(
    tx: &Transaction<'_>,
    id: CheckId,
    finding: &str,
    by: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let closed = tx
        .prepare_cached(
            "UPDATE welfare_checks SET closed_at = ?2, finding = ?3, closed_by = ?4
             WHERE id = ?1 AND closed_at IS NULL",
        )?
        .execute(params![id.to_string(), millis(now), finding, by])?;
    Ok(closed > 0)
}

/// Opens a closed check again.
pub fn reopen(tx: &Transaction<'_>, id: CheckId, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE welfare_checks SET opened_at = ?2, closed_at = NULL, finding = '', closed_by = ''
         WHERE id = ?1",
    )?
    .execute(params![id.to_string(), millis(now)])?;
    Ok(())
}

/// The check of an order, if its door ever stayed shut.
pub fn of_order(db: &Connection, order: OrderId) -> Result<Option<WelfareCheck>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT c.*, o.number, o.building, o.floor, o.flat FROM welfare_checks c
         JOIN orders o ON o.id = c.order_id WHERE c.order_id = ?1",
    )?;
    let mut rows = statement.query_map([order.to_string()], read)?;
    Ok(rows.next().transpose()?)
}

/// The checks of a date, oldest first.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<WelfareCheck>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT c.*, o.number, o.building, o.floor, o.flat FROM welfare_checks c
         JOIN orders o ON o.id = c.order_id WHERE o.service_date = ?1 ORDER BY c.opened_at, o.number",
    )?;
    let rows = statement.query_map([date.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The open checks of any date, oldest first.
pub fn all_open(db: &Connection) -> Result<Vec<WelfareCheck>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT c.*, o.number, o.building, o.floor, o.flat FROM welfare_checks c
         JOIN orders o ON o.id = c.order_id WHERE c.closed_at IS NULL ORDER BY c.opened_at",
    )?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<WelfareCheck> {
    let building: Option<String> = row.get("building")?;
    let closed_at = maybe_timestamp(row, "closed_at")?;
    let finding: String = row.get("finding")?;
    Ok(WelfareCheck {
        id: parsed(row, "id")?,
        order: parsed(row, "order_id")?,
        number: row.get("number")?,
        resident: maybe_parsed(row, "resident_id")?,
        door: Door {
            building: building.ok_or_else(|| broken(&"a check without a door"))?,
            floor: row.get("floor")?,
            flat: row.get("flat")?,
        },
        leader: maybe_parsed(row, "leader_id")?,
        opened_at: timestamp(row, "opened_at")?,
        closed: closed_at.map(|at| (at, finding)),
    })
}

//! Welfare checks after doors that did not open.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::StoreError;
use super::convert::{maybe_parsed, maybe_timestamp, millis, parsed, timestamp};
use crate::domain::{CheckId, Door, OrderId, ResidentId, ServiceDate, WelfareCheck};

/// What is read of a check.
const CHECK: &str =
    "SELECT c.*, o.number FROM welfare_checks c LEFT JOIN orders o ON o.id = c.order_id";

/// Opens a check.
pub fn open(tx: &Transaction<'_>, check: &WelfareCheck) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO welfare_checks (id, service_date, order_id, resident_id, leader_id, building, floor, flat,
            opened_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        check.id.to_string(),
        check.date.to_string(),
        check.order.map(|o| o.to_string()),
        check.resident.map(|r| r.to_string()),
        check.leader.map(|l| l.to_string()),
        check.door.building,
        check.door.floor,
        check.door.flat,
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

/// A check by id.
pub fn get(db: &Connection, id: CheckId) -> Result<Option<WelfareCheck>, StoreError> {
    let mut statement = db.prepare_cached(&format!("{CHECK} WHERE c.id = ?1"))?;
    Ok(statement.query_row([id.to_string()], read).optional()?)
}

/// The check of an order, if its door ever stayed shut.
pub fn of_order(db: &Connection, order: OrderId) -> Result<Option<WelfareCheck>, StoreError> {
    let mut statement = db.prepare_cached(&format!("{CHECK} WHERE c.order_id = ?1"))?;
    Ok(statement.query_row([order.to_string()], read).optional()?)
}

/// The open check of a resident, if there is one.
pub fn open_of_resident(
    db: &Connection,
    resident: ResidentId,
) -> Result<Option<WelfareCheck>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{CHECK} WHERE c.resident_id = ?1 AND c.closed_at IS NULL ORDER BY c.opened_at LIMIT 1"
    ))?;
    Ok(statement.query_row([resident.to_string()], read).optional()?)
}

/// The checks of a date, oldest first.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<WelfareCheck>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{CHECK} WHERE c.service_date = ?1 ORDER BY c.opened_at, o.number"
    ))?;
    let rows = statement.query_map([date.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The open checks of any date, oldest first.
pub fn all_open(db: &Connection) -> Result<Vec<WelfareCheck>, StoreError> {
    let mut statement =
        db.prepare_cached(&format!("{CHECK} WHERE c.closed_at IS NULL ORDER BY c.opened_at"))?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<WelfareCheck> {
    let closed_at = maybe_timestamp(row, "closed_at")?;
    let finding: String = row.get("finding")?;
    Ok(WelfareCheck {
        id: parsed(row, "id")?,
        date: parsed(row, "service_date")?,
        order: maybe_parsed(row, "order_id")?,
        number: row.get("number")?,
        resident: maybe_parsed(row, "resident_id")?,
        door: Door {
            building: row.get("building")?,
            floor: row.get("floor")?,
            flat: row.get("flat")?,
        },
        leader: maybe_parsed(row, "leader_id")?,
        opened_at: timestamp(row, "opened_at")?,
        closed: closed_at.map(|at| (at, finding)),
        closed_by: row.get("closed_by")?,
    })
}

//! Visits: what happened at each door. Appended once an order; what is put right
//! later stands in `visit_corrections`, and everything but the first record is read with it.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::StoreError;
use super::convert::{maybe_parsed, millis, parsed, timestamp};
use crate::domain::{Fen, OrderId, Outcome, RoundId, ServiceDate, Visit};

/// Records a visit; without a round if somebody else brought the meal.
pub fn insert(
    tx: &Transaction<'_>,
    round: Option<RoundId>,
    visit: &Visit,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO visits (id, order_id, round_id, outcome, left_with, cash_fen, meals_back, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        visit.id.to_string(),
        visit.order.to_string(),
        round.map(|r| r.to_string()),
        visit.outcome.as_str(),
        visit.left_with,
        visit.cash.0,
        visit.meals_back,
        millis(visit.at),
    ])?;
    Ok(())
}

/// What happened at the door of an order, if recorded.
pub fn outcome(db: &Connection, order: OrderId) -> Result<Option<Outcome>, StoreError> {
    let mut statement = db.prepare_cached("SELECT outcome FROM visits_now WHERE order_id = ?1")?;
    Ok(statement.query_row([order.to_string()], |row| parsed(row, "outcome")).optional()?)
}

/// The visit of an order as it holds now, and the round it was on; none if none is recorded, or if
/// it was taken back.
pub fn current(
    db: &Connection,
    order: OrderId,
) -> Result<Option<(Option<RoundId>, Visit)>, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM visits_now WHERE order_id = ?1")?;
    let found = statement.query_row([order.to_string()], |row| {
        let visit = Visit {
            id: parsed(row, "id")?,
            order: parsed(row, "order_id")?,
            outcome: parsed(row, "outcome")?,
            left_with: row.get("left_with")?,
            cash: Fen(row.get("cash_fen")?),
            meals_back: row.get("meals_back")?,
            at: timestamp(row, "at")?,
        };
        Ok((maybe_parsed(row, "round_id")?, visit))
    });
    Ok(found.optional()?)
}

/// Whether anything was ever recorded of an order's door, even if it was taken back.
pub fn ever(db: &Connection, order: OrderId) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM visits WHERE order_id = ?1")?
        .exists([order.to_string()])?)
}

/// How often each outcome was recorded on a date.
pub fn tally(db: &Connection, date: ServiceDate) -> Result<Vec<(Outcome, u32)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT v.outcome, count(*) FROM visits_now v JOIN orders o ON o.id = v.order_id
         WHERE o.service_date = ?1 GROUP BY v.outcome ORDER BY v.outcome",
    )?;
    let rows = statement
        .query_map([date.to_string()], |row| Ok((parsed(row, "outcome")?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Doors on rounds of a date that nobody has recorded yet, by pick-up number.
pub fn missing(db: &Connection, date: ServiceDate) -> Result<Vec<u32>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT o.number FROM orders o
         WHERE o.service_date = ?1 AND o.fulfilment = 'delivery' AND o.state IN ('placed', 'ready', 'on_round')
         ORDER BY o.number",
    )?;
    let rows = statement.query_map([date.to_string()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

//! Corrections of visits: appended; the last one of an order holds. And which postings a visit made.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::convert::{maybe_parsed, millis, parsed, timestamp};
use super::ledger::Account;
use crate::domain::{Fen, OrderId, Outcome, RoundId};

/// A visit as somebody put it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The order carried there.
    pub order: OrderId,
    /// The round it was carried on, if any.
    pub round: Option<RoundId>,
    /// What happened; none if the visit is taken back and the meal is on its way again.
    pub outcome: Option<Outcome>,
    /// With whom it was left.
    pub left_with: String,
    /// Cash taken at the door.
    pub cash: Fen,
    /// Meals that came back.
    pub meals_back: u8,
    /// When the visit was recorded.
    pub visited_at: Timestamp,
    /// When it was put right.
    pub at: Timestamp,
    /// Who put it right.
    pub actor: String,
}

/// Appends a correction.
pub fn insert(tx: &Transaction<'_>, correction: &Correction) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO visit_corrections (order_id, round_id, outcome, left_with, cash_fen, meals_back,
            visited_at, at, actor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        correction.order.to_string(),
        correction.round.map(|r| r.to_string()),
        correction.outcome.map(Outcome::as_str),
        correction.left_with,
        correction.cash.0,
        correction.meals_back,
        millis(correction.visited_at),
        millis(correction.at),
        correction.actor,
    ])?;
    Ok(())
}

/// The corrections of an order, oldest first.
pub fn of_order(db: &Connection, order: OrderId) -> Result<Vec<Correction>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM visit_corrections WHERE order_id = ?1 ORDER BY id")?;
    let rows = statement.query_map([order.to_string()], |row| {
        Ok(Correction {
            order: parsed(row, "order_id")?,
            round: maybe_parsed(row, "round_id")?,
            outcome: maybe_parsed(row, "outcome")?,
            left_with: row.get("left_with")?,
            cash: Fen(row.get("cash_fen")?),
            meals_back: row.get("meals_back")?,
            visited_at: timestamp(row, "visited_at")?,
            at: timestamp(row, "at")?,
            actor: row.get("actor")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that the postings of an order after entry `mark` were made for its visit.
pub fn own_postings(tx: &Transaction<'_>, order: OrderId, mark: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO visit_postings (posting, order_id)
         SELECT DISTINCT posting, order_id FROM ledger_entries WHERE order_id = ?1 AND id > ?2",
    )?
    .execute(params![order.to_string(), mark])?;
    Ok(())
}

/// What the visit of an order and its corrections moved, account by account; adds up to zero.
pub fn moved(db: &Connection, order: OrderId) -> Result<Vec<(Account, Fen)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT account, sum(amount_fen) FROM ledger_entries
         WHERE posting IN (SELECT posting FROM visit_postings WHERE order_id = ?1)
         GROUP BY account HAVING sum(amount_fen) <> 0 ORDER BY account",
    )?;
    let rows = statement
        .query_map([order.to_string()], |row| Ok((parsed(row, "account")?, Fen(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

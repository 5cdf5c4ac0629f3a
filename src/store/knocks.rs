//! The knock list: who eats here by habit, and what was found at their doors.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};
use std::collections::HashSet;

use super::StoreError;
use super::convert::{millis, parsed, timestamp};
use crate::domain::{KnockOutcome, KnockReason, ResidentId, ServiceDate};

/// A door of the list at which somebody was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock {
    /// Who lives there.
    pub resident: ResidentId,
    /// Why somebody went.
    pub reason: KnockReason,
    /// What came out.
    pub outcome: KnockOutcome,
    /// What was found, in words.
    pub finding: String,
    /// Who went.
    pub who: String,
    /// When it was written down.
    pub at: Timestamp,
}

/// Writes down what was found; whether nobody had done so before.
pub fn close(tx: &Transaction<'_>, date: ServiceDate, knock: &Knock) -> Result<bool, StoreError> {
    let added = tx
        .prepare_cached(
            "INSERT INTO knocks (service_date, resident_id, reason, outcome, finding, who, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            date.to_string(),
            knock.resident.to_string(),
            knock.reason.as_str(),
            knock.outcome.as_str(),
            knock.finding,
            knock.who,
            millis(knock.at),
        ])?;
    Ok(added > 0)
}

/// What was found on a date, in order.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<Knock>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM knocks WHERE service_date = ?1 ORDER BY at")?;
    let rows = statement.query_map([date.to_string()], |row| {
        Ok(Knock {
            resident: parsed(row, "resident_id")?,
            reason: parsed(row, "reason")?,
            outcome: parsed(row, "outcome")?,
            finding: row.get("finding")?,
            who: row.get("who")?,
            at: timestamp(row, "at")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Who ordered, and did not take it back, on at least `least` of the last `of` days before a date
/// that fell on its weekday and had lunch.
pub fn regulars(
    db: &Connection,
    date: ServiceDate,
    least: u32,
    of: u32,
) -> Result<HashSet<ResidentId>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT o.resident_id FROM orders o
         WHERE o.resident_id IS NOT NULL AND o.state <> 'cancelled' AND o.service_date IN (
            SELECT service_date FROM service_days
            WHERE service_date < ?1 AND last_number > 0
                AND strftime('%w', service_date) = strftime('%w', ?1)
            ORDER BY service_date DESC LIMIT ?3)
         GROUP BY o.resident_id HAVING count(DISTINCT o.service_date) >= ?2",
    )?;
    let rows = statement
        .query_map(params![date.to_string(), least, of], |row| parsed(row, "resident_id"))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

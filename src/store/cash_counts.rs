//! Cash as it was counted at the close of a day.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::StoreError;
use super::convert::{millis, timestamp};
use crate::domain::{Fen, ServiceDate};

/// A count of the cash of one calendar day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashCount {
    /// When it was counted.
    pub at: Timestamp,
    /// Who wrote it down.
    pub account: String,
    /// What lay there.
    pub counted: Fen,
    /// What the ledger had.
    pub expected: Fen,
    /// Why the two differ; empty if they do not.
    pub reason: String,
}

impl CashCount {
    /// What is there too much; negative if some is missing.
    pub fn difference(&self) -> Fen {
        self.counted - self.expected
    }
}

/// Adds a count; the last one of a day holds.
pub fn insert(
    tx: &Transaction<'_>,
    date: ServiceDate,
    count: &CashCount,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO cash_counts (date, at, account, counted_fen, expected_fen, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        date.to_string(),
        millis(count.at),
        count.account,
        count.counted.0,
        count.expected.0,
        count.reason
    ])?;
    Ok(())
}

/// The counts of a day, the last one first.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<CashCount>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM cash_counts WHERE date = ?1 ORDER BY id DESC")?;
    let rows = statement.query_map([date.to_string()], |row| {
        Ok(CashCount {
            at: timestamp(row, "at")?,
            account: row.get("account")?,
            counted: Fen(row.get("counted_fen")?),
            expected: Fen(row.get("expected_fen")?),
            reason: row.get("reason")?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

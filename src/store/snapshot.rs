//! A database that nobody uses, such as a copy: opened for reading only, looked at as a whole.

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::path::Path;

use super::{StoreError, days, ledger};
use crate::domain::ServiceDate;

/// What such a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The schema's number.
    pub schema: i64,
    /// Orders of all dates.
    pub orders: u64,
    /// The last date with a number given, and how many.
    pub last_day: Option<(ServiceDate, u32)>,
    /// When anything of an order was last recorded.
    pub latest: Option<Timestamp>,
    /// Postings of the ledger that don't add up.
    pub unbalanced: u32,
}

impl Snapshot {
    /// Opens the file, lets `SQLite` look at every page and index of it, and reads what it holds.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let damaged = |detail: String| StoreError::Damaged { path: path.to_owned(), detail };
        let open = |source| StoreError::Open { path: path.to_owned(), source };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(open)?;
        let verdict: String = db
            .pragma_query_value(None, "integrity_check", |row| row.get(0))
            .map_err(|e| damaged(e.to_string()))?;
        if verdict != "ok" {
            return Err(damaged(verdict.lines().next().unwrap_or_default().to_owned()));
        }
        let schema: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if schema == 0 {
            return Err(damaged("it is no database of a clubhouse".to_owned()));
        }
        Ok(Self {
            schema,
            orders: db.query_row("SELECT count(*) FROM orders", [], |row| {
                row.get::<_, i64>(0).map(i64::unsigned_abs)
            })?,
            last_day: last_day(&db)?,
            latest: days::latest_moment(&db)?,
            unbalanced: ledger::unbalanced(&db)?,
        })
    }
}

fn last_day(db: &Connection) -> Result<Option<(ServiceDate, u32)>, StoreError> {
    let found: Option<(String, u32)> = db
        .query_row(
            "SELECT service_date, last_number FROM service_days
             WHERE last_number > 0 ORDER BY service_date DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    found
        .map(|(date, number)| {
            let date = date.parse().map_err(|_| StoreError::Value(format!("date {date}")))?;
            Ok((date, number))
        })
        .transpose()
}

//! The roll in each printer, and what it has printed since it was put in.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::StoreError;
use super::convert::{maybe_timestamp, millis};
use crate::domain::ServiceDate;

/// The roll in a printer, or the one that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roll {
    /// When it was put in, if that was seen.
    pub since: Option<Timestamp>,
    /// Since when the printer says that it is nearly at its end.
    pub low_at: Option<Timestamp>,
    /// When it ran out; until then it is in the printer.
    pub ended_at: Option<Timestamp>,
}

/// The last roll of a printer; none if nothing was ever noted of one.
pub fn last(db: &Connection, printer: &str) -> Result<Option<Roll>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT since, low_at, ended_at FROM paper_rolls WHERE printer = ?1 ORDER BY id DESC LIMIT 1",
    )?;
    let roll = statement.query_row([printer], |row| {
        Ok(Roll {
            since: maybe_timestamp(row, "since")?,
            low_at: maybe_timestamp(row, "low_at")?,
            ended_at: maybe_timestamp(row, "ended_at")?,
        })
    });
    Ok(roll.optional()?)
}

/// A new roll is in.
pub fn begin(tx: &Transaction<'_>, printer: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO paper_rolls (printer, since) VALUES (?1, ?2)")?
        .execute(params![printer, millis(now)])?;
    Ok(())
}

/// The roll is nearly at its end.
pub fn low(tx: &Transaction<'_>, printer: &str, now: Timestamp) -> Result<(), StoreError> {
    mark(tx, printer, "low_at", now)
}

/// The roll has run out.
pub fn end(tx: &Transaction<'_>, printer: &str, now: Timestamp) -> Result<(), StoreError> {
    mark(tx, printer, "ended_at", now)
}

/// Marks the last roll, or one of which nothing else is known.
fn mark(
    tx: &Transaction<'_>,
    printer: &str,
    column: &'static str,
    now: Timestamp,
) -> Result<(), StoreError> {
    if last(tx, printer)?.is_none() {
        tx.execute("INSERT INTO paper_rolls (printer) VALUES (?1)", [printer])?;
    }
    tx.execute(
        &format!(
            "UPDATE paper_rolls SET {column} = ?2
             WHERE id = (SELECT max(id) FROM paper_rolls WHERE printer = ?1)"
        ),
        params![printer, millis(now)],
    )?;
    Ok(())
}

/// How many papers a printer printed since a moment, and their dots down the paper.
pub fn printed(db: &Connection, printer: &str, since: Timestamp) -> Result<(u32, u64), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*), coalesce(sum(dots), 0) FROM print_attempts
         WHERE printer = ?1 AND at >= ?2 AND dots > 0",
    )?;
    let sums = statement.query_row(params![printer, millis(since)], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as u64))
    })?;
    Ok(sums)
}

/// Papers of a printer since a moment, their dots, and on how many service dates other than `but`.
pub fn printed_by_day(
    db: &Connection,
    printer: &str,
    since: Timestamp,
    but: ServiceDate,
) -> Result<(u32, u64, u32), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*), coalesce(sum(a.dots), 0), count(DISTINCT j.service_date)
         FROM print_attempts a JOIN print_jobs j ON j.id = a.job_id
         WHERE a.printer = ?1 AND a.at >= ?2 AND a.dots > 0 AND j.service_date <> ?3",
    )?;
    let sums = statement.query_row(params![printer, millis(since), but.to_string()], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as u64, row.get(2)?))
    })?;
    Ok(sums)
}

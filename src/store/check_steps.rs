//! The steps that were taken for a door that did not open. Appended only.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

use super::StoreError;
use super::convert::{millis, parsed, timestamp};
use crate::domain::{CheckId, Ladder, TakenStep, WelfareCheck};

/// Appends a step.
pub fn append(
    tx: &Transaction<'_>,
    check: CheckId,
    position: u32,
    step: &TakenStep,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO check_steps (check_id, position, step, outcome, who, at, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        check.to_string(),
        position,
        step.step.as_str(),
        step.outcome.as_str(),
        step.who,
        millis(step.at),
        step.note,
    ])?;
    Ok(())
}

/// How far a check has come. What was done before it was opened anew belongs to the first time.
pub fn ladder(db: &Connection, check: &WelfareCheck) -> Result<Ladder, StoreError> {
    let all = of(db, check.id)?;
    let position = all.len() as u32;
    let opened_at: Timestamp = check.opened_at;
    let taken = all.into_iter().filter(|step| step.at >= opened_at).collect();
    Ok(Ladder { opened_at, taken, position })
}

fn of(db: &Connection, check: CheckId) -> Result<Vec<TakenStep>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM check_steps WHERE check_id = ?1 ORDER BY position")?;
    let rows = statement.query_map([check.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<TakenStep> {
    Ok(TakenStep {
        step: parsed(row, "step")?,
        outcome: parsed(row, "outcome")?,
        who: row.get("who")?,
        at: timestamp(row, "at")?,
        note: row.get("note")?,
    })
}

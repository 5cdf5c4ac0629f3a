//! Taking names, doors and notes out of what is old, a day or a handful of rows at a time. Numbers,
//! states, buildings and money stay as they are.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::HashMap;

use super::StoreError;
use super::convert::{maybe_parsed, millis, parsed, to_json};
use crate::domain::ServiceDate;
use crate::tickets::Ticket;
use crate::tickets::content::EmptiedPaper;

crate::text_enum!(
    /// What is kept for a number of months of its own.
    Kept, "kind of what is kept" {
        /// Orders and papers.
        Orders = "orders",
        /// Visits, checks, knocks, slips of rounds.
        Visits = "visits",
        /// Who looked at whose data.
        Audit = "audit",
        /// Who changed what.
        History = "history",
    }
);

/// The date before which nothing of a kind has names any more, if it was ever looked at.
pub fn done_before(db: &Connection, what: Kept) -> Result<Option<ServiceDate>, StoreError> {
    let mut statement = db.prepare_cached("SELECT before FROM retention WHERE what = ?1")?;
    Ok(statement.query_row([what.as_str()], |row| parsed(row, "before")).optional()?)
}

/// Notes how far a kind has come.
pub fn mark(
    tx: &Transaction<'_>,
    what: Kept,
    before: ServiceDate,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO retention (what, before, at) VALUES (?1, ?2, ?3)
         ON CONFLICT (what) DO UPDATE SET before = excluded.before, at = excluded.at",
    )?
    .execute(params![what.as_str(), before.to_string(), millis(now)])?;
    Ok(())
}

/// The first date from `from` on and before `before` of which there may be names.
pub fn next_date(
    db: &Connection,
    what: Kept,
    from: Option<ServiceDate>,
    before: ServiceDate,
) -> Result<Option<ServiceDate>, StoreError> {
    let tables: &[&str] = match what {
        Kept::Orders => &["orders", "print_jobs"],
        Kept::Visits => &["orders", "rounds", "welfare_checks", "knocks"],
        Kept::Audit | Kept::History => return Ok(None),
    };
    let from = from.map_or(String::new(), |date| date.to_string());
    let mut first: Option<ServiceDate> = None;
    for table in tables {
        let sql = format!(
            "SELECT min(service_date) AS first FROM {table} WHERE service_date >= ?1 AND service_date < ?2"
        );
        let found: Option<ServiceDate> = db
            .prepare_cached(&sql)?
            .query_row(params![from, before.to_string()], |row| maybe_parsed(row, "first"))?;
        first = match (first, found) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    Ok(first)
}

/// Runs a change after which what it removed can't be read from the file's free pages either.
pub fn overwriting<T, E: From<StoreError>>(
    tx: &Transaction<'_>,
    change: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    tx.pragma_update(None, "secure_delete", true).map_err(StoreError::from)?;
    let changed = change()?;
    tx.pragma_update(None, "secure_delete", false).map_err(StoreError::from)?;
    Ok(changed)
}

/// Takes who ordered, the door and the notes out of a day's orders. The building of a delivery stays,
/// for the figures.
pub fn empty_orders(tx: &Transaction<'_>, date: ServiceDate) -> Result<usize, StoreError> {
    let date = date.to_string();
    let orders = tx
        .prepare_cached(
            "UPDATE orders SET resident_id = NULL, floor = iif(floor IS NULL, NULL, 0),
                flat = iif(flat IS NULL, NULL, 0), allergies = '[]',
                preferences = json_set(preferences, '$.note', '')
             WHERE service_date = ?1",
        )?
        .execute([&date])?;
    tx.prepare_cached("DELETE FROM unfinished_orders WHERE service_date = ?1")?.execute([&date])?;
    Ok(orders)
}

/// Takes everything out of a day's papers but what they were, and which said the same.
pub fn empty_papers(tx: &Transaction<'_>, date: ServiceDate) -> Result<usize, StoreError> {
    let papers: Vec<(i64, String)> = {
        let mut statement = tx.prepare_cached(
            "SELECT seq, ticket FROM print_jobs
             WHERE service_date = ?1 AND state NOT IN ('queued', 'sending') ORDER BY seq",
        )?;
        let rows = statement.query_map([date.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    let mut firsts: HashMap<&str, i64> = HashMap::new();
    for (seq, ticket) in &papers {
        let first = *firsts.entry(ticket).or_insert(*seq);
        empty_paper(tx, *seq, first, date, ticket)?;
    }
    Ok(papers.len())
}

/// Takes everything out of one paper.
pub(super) fn empty_paper(
    tx: &Transaction<'_>,
    seq: i64,
    first: i64,
    date: ServiceDate,
    ticket: &str,
) -> Result<(), StoreError> {
    let said: Option<Ticket> = serde_json::from_str(ticket).ok();
    if matches!(said, Some(Ticket::Emptied(_))) {
        return Ok(());
    }
    let number = said.as_ref().and_then(Ticket::number);
    let emptied = Ticket::Emptied(EmptiedPaper { date, number, first });
    tx.prepare_cached("UPDATE print_jobs SET ticket = ?2 WHERE seq = ?1")?
        .execute(params![seq, to_json(&emptied)?])?;
    Ok(())
}

/// Takes names, doors and notes out of a day's visits, closed checks and changed slips, and forgets
/// its knocks. A check that is still open keeps what is needed to close it.
pub fn empty_visits(tx: &Transaction<'_>, date: ServiceDate) -> Result<(), StoreError> {
    let date = date.to_string();
    for sql in [
        "UPDATE visits SET left_with = '' WHERE left_with <> ''
            AND order_id IN (SELECT id FROM orders WHERE service_date = ?1)",
        "UPDATE visit_corrections SET left_with = '' WHERE left_with <> ''
            AND order_id IN (SELECT id FROM orders WHERE service_date = ?1)",
        "UPDATE round_changes SET said = '' WHERE said <> ''
            AND round_id IN (SELECT id FROM rounds WHERE service_date = ?1)",
        "DELETE FROM knocks WHERE service_date = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([&date])?;
    }
    empty_checks(tx, "service_date = ?1", &date)
}

/// The same for checks that were closed only after their day had been emptied.
pub fn empty_late_checks(tx: &Transaction<'_>, before: ServiceDate) -> Result<(), StoreError> {
    empty_checks(tx, "service_date < ?1", &before.to_string())
}

/// Whether there are such checks.
pub fn any_late_check(db: &Connection, before: ServiceDate) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT 1 FROM welfare_checks
         WHERE service_date < ?1 AND closed_at IS NOT NULL AND floor <> 0",
    )?;
    Ok(statement.exists([before.to_string()])?)
}

fn empty_checks(tx: &Transaction<'_>, which: &str, date: &str) -> Result<(), StoreError> {
    let closed = format!("{which} AND closed_at IS NOT NULL");
    tx.prepare_cached(&format!(
        "UPDATE check_steps SET note = '' WHERE note <> ''
            AND check_id IN (SELECT id FROM welfare_checks WHERE {closed})"
    ))?
    .execute([date])?;
    tx.prepare_cached(&format!(
        "UPDATE welfare_checks SET resident_id = NULL, floor = 0, flat = 0, finding = '', closed_by = ''
         WHERE {closed}"
    ))?
    .execute([date])?;
    Ok(())
}

/// Forgets the oldest lines about who looked at or changed something before a moment, at most
/// `most`; how many.
pub fn forget_lines(
    tx: &Transaction<'_>,
    what: Kept,
    before: Timestamp,
    most: u32,
) -> Result<usize, StoreError> {
    let tables: &[&str] = match what {
        Kept::Audit => &["audit_reads", "wrong_tries", "wrong_passwords"],
        Kept::History => &["desk_history"],
        Kept::Orders | Kept::Visits => &[],
    };
    let mut gone = 0;
    for table in tables {
        gone += tx
            .prepare_cached(&format!(
                "DELETE FROM {table} WHERE id IN
                    (SELECT id FROM {table} WHERE at < ?1 ORDER BY id LIMIT ?2)"
            ))?
            .execute(params![millis(before), most])?;
    }
    Ok(gone)
}

/// Forgets days away that ended before a date, and what was said about knocking before it was said
/// anew.
pub fn forget_care(
    tx: &Transaction<'_>,
    date: ServiceDate,
    before: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM pauses WHERE until_date < ?1")?.execute([date.to_string()])?;
    tx.prepare_cached(
        "DELETE FROM knock_consents WHERE at < ?1
            AND id < (SELECT max(l.id) FROM knock_consents l WHERE l.resident_id = knock_consents.resident_id)",
    )?
    .execute([millis(before)])?;
    Ok(())
}

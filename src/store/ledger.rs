//! The ledger: double entry, appended only. The amounts of one posting add up to zero.
//!
//! Signs: money that the clubhouse holds or is owed is positive (`cash`, `other`, `receivable`);
//! what it has sold or owes is negative (`sales`, `prepaid`). A resident's balance is therefore
//! minus the sum of their `prepaid` entries.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};
use uuid::Uuid;

use super::StoreError;
use super::convert::{maybe_parsed, millis, parsed, timestamp};
use crate::domain::{Fen, OrderId, ResidentId, ServiceDate};

crate::text_enum!(
    /// Where money is, or what it is for.
    Account, "ledger account" {
        /// Notes and coins.
        Cash = "cash",
        /// Any other means the desk took.
        Other = "other",
        /// Lunches sold.
        Sales = "sales",
        /// Still to be paid.
        Receivable = "receivable",
        /// Residents' prepaid accounts.
        Prepaid = "prepaid",
    }
);

/// Who and what a posting is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct About<'a> {
    /// The service date, for a sale.
    pub date: Option<ServiceDate>,
    /// The order, for a sale.
    pub order: Option<OrderId>,
    /// The resident, for a prepaid account.
    pub resident: Option<ResidentId>,
    /// A word on why.
    pub note: &'a str,
}

/// Moves an amount from one account to another.
pub fn transfer(
    tx: &Transaction<'_>,
    now: Timestamp,
    amount: Fen,
    from: Account,
    to: Account,
    about: About<'_>,
) -> Result<(), StoreError> {
    if amount == Fen::ZERO {
        return Ok(());
    }
    post(tx, now, &[(from, -amount), (to, amount)], about)
}

/// Books one posting; the amounts of `legs` add up to zero.
pub fn post(
    tx: &Transaction<'_>,
    now: Timestamp,
    legs: &[(Account, Fen)],
    about: About<'_>,
) -> Result<(), StoreError> {
    let posting = Uuid::now_v7().to_string();
    let mut insert = tx.prepare_cached(
        "INSERT INTO ledger_entries (posting, at, service_date, account, amount_fen, order_id, resident_id, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (account, amount) in legs {
        insert.execute(params![
            posting,
            millis(now),
            about.date.map(|d| d.to_string()),
            account.as_str(),
            amount.0,
            about.order.map(|o| o.to_string()),
            about.resident.filter(|_| *account == Account::Prepaid).map(|r| r.to_string()),
            about.note,
        ])?;
    }
    Ok(())
}

/// The number of the last entry, to tell later ones from it; 0 before the first.
pub fn last_entry(db: &Connection) -> Result<i64, StoreError> {
    Ok(db
        .prepare_cached("SELECT coalesce(max(id), 0) FROM ledger_entries")?
        .query_row([], |row| row.get(0))?)
}

/// The money taken for an order, by the account that holds it.
pub fn tills(db: &Connection, order: OrderId) -> Result<Vec<(Account, Fen)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT account, sum(amount_fen) FROM ledger_entries
         WHERE order_id = ?1 AND account IN ('cash', 'other', 'prepaid')
         GROUP BY account HAVING sum(amount_fen) <> 0 ORDER BY account",
    )?;
    let rows = statement
        .query_map([order.to_string()], |row| Ok((parsed(row, "account")?, Fen(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a resident's prepaid account holds.
pub fn balance(db: &Connection, resident: ResidentId) -> Result<Fen, StoreError> {
    let held: i64 = db
        .prepare_cached(
            "SELECT coalesce(sum(amount_fen), 0) FROM ledger_entries
             WHERE account = 'prepaid' AND resident_id = ?1",
        )?
        .query_row([resident.to_string()], |row| row.get(0))?;
    Ok(Fen(-held))
}

/// What is still owed for an order.
pub fn owed(db: &Connection, order: OrderId) -> Result<Fen, StoreError> {
    let owed: i64 = db
        .prepare_cached(
            "SELECT coalesce(sum(amount_fen), 0) FROM ledger_entries
             WHERE account = 'receivable' AND order_id = ?1",
        )?
        .query_row([order.to_string()], |row| row.get(0))?;
    Ok(Fen(owed))
}

/// The sum of an account over the postings of one service date.
pub fn total(db: &Connection, account: Account, date: ServiceDate) -> Result<Fen, StoreError> {
    let sum: i64 = db
        .prepare_cached(
            "SELECT coalesce(sum(amount_fen), 0) FROM ledger_entries WHERE account = ?1 AND service_date = ?2",
        )?
        .query_row(params![account.as_str(), date.to_string()], |row| row.get(0))?;
    Ok(Fen(sum))
}

/// How many postings do not add up to zero: none, ever.
pub fn unbalanced(db: &Connection) -> Result<u32, StoreError> {
    unbalanced_after(db, 0)
}

/// The same of the postings after an entry: those up to it were summed before, and what is appended
/// is never changed.
pub fn unbalanced_after(db: &Connection, entry: i64) -> Result<u32, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM (SELECT posting FROM ledger_entries NOT INDEXED WHERE id > ?1
            GROUP BY posting HAVING sum(amount_fen) <> 0)",
    )?;
    Ok(statement.query_row([entry], |row| row.get(0))?)
}

/// One side of a posting, as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What holds the sides of one posting together.
    pub posting: String,
    /// When it was booked.
    pub at: Timestamp,
    /// The service date, for a sale.
    pub date: Option<ServiceDate>,
    /// The account.
    pub account: Account,
    /// The amount; the entries of one posting add up to zero.
    pub amount: Fen,
    /// The pick-up number of the order, for a sale.
    pub number: Option<u32>,
    /// Whose prepaid account, for one.
    pub resident: Option<ResidentId>,
    /// A word on why.
    pub note: String,
}

/// The entries booked in a span of time, open at either end, oldest first.
pub fn between(
    db: &Connection,
    from: Option<Timestamp>,
    before: Option<Timestamp>,
) -> Result<Vec<Entry>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT l.posting, l.at, l.service_date, l.account, l.amount_fen, l.resident_id, l.note, o.number
         FROM ledger_entries l LEFT JOIN orders o ON o.id = l.order_id
         WHERE l.at >= ?1 AND l.at < ?2 ORDER BY l.id",
    )?;
    let from = from.map_or(i64::MIN, millis);
    let rows = statement.query_map(params![from, before.map_or(i64::MAX, millis)], entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a resident's prepaid account held just before a moment.
pub fn balance_before(
    db: &Connection,
    resident: ResidentId,
    moment: Timestamp,
) -> Result<Fen, StoreError> {
    let held: i64 = db
        .prepare_cached(
            "SELECT coalesce(sum(amount_fen), 0) FROM ledger_entries
             WHERE account = 'prepaid' AND resident_id = ?1 AND at < ?2",
        )?
        .query_row(params![resident.to_string(), millis(moment)], |row| row.get(0))?;
    Ok(Fen(-held))
}

/// How many movements a resident's prepaid account ever had.
pub fn movements(db: &Connection, resident: ResidentId) -> Result<usize, StoreError> {
    let count: i64 = db
        .prepare_cached(
            "SELECT count(*) FROM ledger_entries WHERE account = 'prepaid' AND resident_id = ?1",
        )?
        .query_row([resident.to_string()], |row| row.get(0))?;
    Ok(count as usize)
}

/// The movements of a resident's prepaid account in a span of time, oldest first.
pub fn of_resident(
    db: &Connection,
    resident: ResidentId,
    from: Timestamp,
    before: Timestamp,
) -> Result<Vec<Entry>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT l.posting, l.at, l.service_date, l.account, l.amount_fen, l.resident_id, l.note, o.number
         FROM ledger_entries l LEFT JOIN orders o ON o.id = l.order_id
         WHERE l.resident_id = ?1 AND l.account = 'prepaid' AND l.at >= ?2 AND l.at < ?3 ORDER BY l.id",
    )?;
    let span = params![resident.to_string(), millis(from), millis(before)];
    let rows = statement.query_map(span, entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        posting: row.get("posting")?,
        at: timestamp(row, "at")?,
        date: maybe_parsed(row, "service_date")?,
        account: parsed(row, "account")?,
        amount: Fen(row.get("amount_fen")?),
        number: row.get("number")?,
        resident: maybe_parsed(row, "resident_id")?,
        note: row.get("note")?,
    })
}

//! The ledger of a day, and the cash counted at its close.

use jiff::Timestamp;
use jiff::civil::Time;
use rusqlite::Connection;
use serde_json::json;

use super::{MOST_REASON, Till, TillError};
use crate::domain::{Account as Person, Fen, ServiceDate};
use crate::error::Error;
use crate::store::audit;
use crate::store::cash_counts::{self, CashCount};
use crate::store::days;
use crate::store::ledger::{self, Account, Entry};

/// One posting with all its sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// When it was booked.
    pub at: Timestamp,
    /// The service date and pick-up number, for a sale.
    pub lunch: Option<(ServiceDate, u32)>,
    /// A word on why.
    pub note: String,
    /// The sides: account and amount.
    pub sides: Vec<(Account, Fen)>,
}

impl Posting {
    /// What the sides add up to: zero, or the ledger has a fault.
    pub fn sum(&self) -> Fen {
        self.sides.iter().map(|(_, amount)| *amount).sum()
    }
}

/// What was booked on one calendar day.
#[derive(Debug, Clone)]
pub struct LedgerDay {
    /// The day.
    pub date: ServiceDate,
    /// The postings, oldest first.
    pub postings: Vec<Posting>,
    /// What each account moved by, in the order of [`Account::ALL`].
    pub totals: Vec<(Account, Fen)>,
    /// Cash that came in that day, less what was given back: what the box must hold beside the
    /// change that it began with.
    pub cash: Fen,
    /// The counts, the last one first.
    pub counts: Vec<CashCount>,
    /// Postings of the whole ledger that do not add up: none, ever.
    pub faults: u32,
}

impl Till {
    /// What was booked on a calendar day.
    pub fn day(&self, date: ServiceDate) -> Result<LedgerDay, Error> {
        self.house.store.read(|db| self.read_day(db, date))
    }

    /// Writes down what was counted. `seen` is the cash that the page said the ledger had.
    pub fn count(
        &self,
        date: ServiceDate,
        counted: Fen,
        reason: &str,
        seen: Fen,
        who: &Person,
    ) -> Result<CashCount, TillError> {
        let reason: String = reason.trim().chars().take(MOST_REASON).collect();
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            if date > self.house.settings.calendar().today(now) {
                return Err(TillError::NotYet(date));
            }
            let expected = self.read_day(tx, date)?.cash;
            if expected != seen {
                return Err(TillError::ChangedMeanwhile);
            }
            if counted != expected && reason.is_empty() {
                return Err(TillError::ReasonMissing(counted - expected));
            }
            let count = CashCount { at: now, account: who.name.clone(), counted, expected, reason };
            cash_counts::insert(tx, date, &count)?;
            let detail = json!({ "counted_fen": counted, "expected_fen": expected });
            audit::changed(tx, &who.name, "cash.counted", &date.to_string(), &detail, now)?;
            Ok(count)
        })
    }

    fn read_day(&self, db: &Connection, date: ServiceDate) -> Result<LedgerDay, Error> {
        let calendar = self.house.settings.calendar();
        let midnight = |date| Some(calendar.at(date, Time::midnight()));
        let entries = ledger::between(db, midnight(date), midnight(date.next()))?;
        let totals: Vec<(Account, Fen)> = Account::ALL
            .iter()
            .map(|account| {
                let of = entries.iter().filter(|e| e.account == *account);
                (*account, of.map(|e| e.amount).sum())
            })
            .collect();
        let cash = totals.iter().find(|(a, _)| *a == Account::Cash).map_or(Fen::ZERO, |(_, f)| *f);
        Ok(LedgerDay {
            date,
            totals,
            cash,
            counts: cash_counts::on(db, date)?,
            faults: ledger::unbalanced_after(db, days::balanced_to(db)?)?,
            postings: together(entries),
        })
    }
}

/// The entries, those of one posting together; they lie side by side in the ledger.
fn together(entries: Vec<Entry>) -> Vec<Posting> {
    let mut postings: Vec<(String, Posting)> = Vec::new();
    for entry in entries {
        let side = (entry.account, entry.amount);
        match postings.last_mut() {
            Some((id, posting)) if *id == entry.posting => posting.sides.push(side),
            _ => {
                let lunch = entry.date.zip(entry.number);
                let posting = Posting { at: entry.at, lunch, note: entry.note, sides: vec![side] };
                postings.push((entry.posting, posting));
            }
        }
    }
    postings.into_iter().map(|(_, posting)| posting).collect()
}

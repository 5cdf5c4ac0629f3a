//! What became of a resident's money.

use jiff::Timestamp;
use jiff::civil::Time;

use super::Till;
use crate::domain::{Fen, Refusal, Resident, ResidentId, ServiceDate};
use crate::error::Error;
use crate::store::{ledger, residents};

/// One movement of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// The service date and pick-up number, for a lunch.
    pub lunch: Option<(ServiceDate, u32)>,
    /// The ledger's word on it: `top-up`, `refund`, or empty.
    pub note: String,
    /// Money onto the account; negative amounts are money from it.
    pub amount: Fen,
    /// What the account holds afterwards.
    pub balance: Fen,
}

/// A resident's account over a span of days.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Whose.
    pub resident: Resident,
    /// What it held before the first line.
    pub before: Fen,
    /// The movements, oldest first.
    pub lines: Vec<Line>,
    /// What it holds after the last one.
    pub after: Fen,
    /// How many movements the account ever had: what a form carries to be told from a stale one.
    pub movements: usize,
    /// What it holds now.
    pub balance: Fen,
}

impl Till {
    /// The movements of an account from the day `from` to the day `until`, both included.
    pub fn statement(
        &self,
        id: ResidentId,
        from: ServiceDate,
        until: ServiceDate,
    ) -> Result<Statement, Error> {
        self.house.store.read(|db| {
            let resident = residents::get(db, id)?.ok_or(Refusal::UnknownResident)?;
            let calendar = self.house.calendar(db)?;
            let midnight = |date| calendar.at(date, Time::midnight());
            let (from, before_next) = (midnight(from), midnight(until.next()));
            let before = ledger::balance_before(db, id, from)?;
            let mut held = before;
            let line = |entry: ledger::Entry| {
                // The clubhouse owes what the account holds: the ledger's sign is the other one.
                let amount = -entry.amount;
                held = held + amount;
                let lunch = entry.date.zip(entry.number);
                Line { at: entry.at, lunch, note: entry.note, amount, balance: held }
            };
            let entries = ledger::of_resident(db, id, from, before_next)?;
            let lines: Vec<Line> = entries.into_iter().map(line).collect();
            let (movements, balance) = (ledger::movements(db, id)?, ledger::balance(db, id)?);
            Ok(Statement { resident, before, lines, after: held, movements, balance })
        })
    }
}

//! Money onto a resident's prepaid account, and what is left of it paid out.

use rusqlite::{Connection, Transaction};
use serde_json::json;

use super::{MOST_TOP_UP, Till, TillError};
use crate::domain::{
    Account as Person, Fen, PaymentMethod, PrintQueue, Refusal, Resident, ResidentId,
};
use crate::error::Error;
use crate::printing::outbox::{Paper, post};
use crate::store::ledger::{self, About, Account};
use crate::store::{StoreError, audit, residents};
use crate::tickets::Ticket;
use crate::tickets::content::AccountSlip;

impl Till {
    /// Puts money on an account and prints the slip that proves it; returns what it holds now.
    /// `seen` is how many movements the account had when the page was shown.
    pub fn top_up(
        &self,
        resident: ResidentId,
        amount: Fen,
        method: PaymentMethod,
        seen: usize,
        who: &Person,
    ) -> Result<Fen, TillError> {
        let till = match method {
            PaymentMethod::Cash => Account::Cash,
            PaymentMethod::Other => Account::Other,
            PaymentMethod::Account => return Err(TillError::Amount),
        };
        if amount <= Fen::ZERO || amount > MOST_TOP_UP {
            return Err(TillError::Amount);
        }
        self.house.store.write(|tx| {
            let someone = unmoved(tx, resident, seen)?;
            let now = self.house.writing_time(tx)?;
            let about = About { resident: Some(resident), note: "top-up", ..Default::default() };
            ledger::transfer(tx, now, amount, Account::Prepaid, till, about)?;
            self.write_down(tx, &someone, amount, method, "account.topped_up", who)
        })
    }

    /// Pays out in cash all that is left on an account; returns what that was.
    pub fn refund(
        &self,
        resident: ResidentId,
        seen: usize,
        who: &Person,
    ) -> Result<Fen, TillError> {
        self.house.store.write(|tx| {
            let someone = unmoved(tx, resident, seen)?;
            let now = self.house.writing_time(tx)?;
            let left = ledger::balance(tx, resident)?;
            if left <= Fen::ZERO {
                return Err(TillError::Empty);
            }
            let about = About { resident: Some(resident), note: "refund", ..Default::default() };
            ledger::transfer(tx, now, left, Account::Cash, Account::Prepaid, about)?;
            let cash = PaymentMethod::Cash;
            self.write_down(tx, &someone, -left, cash, "account.refunded", who)?;
            Ok(left)
        })
    }

    /// Prints the slip and adds to the history; returns what the account holds now.
    fn write_down(
        &self,
        tx: &Transaction<'_>,
        someone: &Resident,
        amount: Fen,
        method: PaymentMethod,
        what: &str,
        who: &Person,
    ) -> Result<Fen, TillError> {
        let now = self.house.writing_time(tx)?;
        let calendar = self.house.calendar(tx)?;
        let balance = ledger::balance(tx, someone.id)?;
        let date = calendar.today(now);
        let slip = Ticket::Account(AccountSlip {
            date,
            at: calendar.local(now),
            surname: someone.surname().to_owned(),
            door: someone.door.clone(),
            amount,
            method,
            balance,
            clerk: who.name.clone(),
        });
        post(tx, Paper::report(PrintQueue::Counter, date, now, slip), now)?;
        let detail = json!({ "fen": amount, "method": method });
        audit::changed(tx, &who.name, what, &someone.id.to_string(), &detail, now)?;
        Ok(balance)
    }
}

/// The resident, if the account has as many movements as were seen.
fn unmoved(db: &Connection, id: ResidentId, seen: usize) -> Result<Resident, TillError> {
    let someone = residents::get(db, id)?.ok_or(Error::from(Refusal::UnknownResident))?;
    if movements(db, id)? != seen {
        return Err(TillError::ChangedMeanwhile);
    }
    Ok(someone)
}

/// How many movements an account has had.
fn movements(db: &Connection, id: ResidentId) -> Result<usize, StoreError> {
    ledger::movements(db, id)
}

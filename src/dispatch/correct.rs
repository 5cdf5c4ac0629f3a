//! Putting right what was said of a door: a hand-in taken back at once, a visit corrected later.
//!
//! What was said first stays on record. A correction balances exactly the postings that the visit
//! made, so that money paid at the desk before or after is left alone, and then does what a visit
//! with the right outcome would have done.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Transaction;
use serde_json::json;

use super::welfare::withdraw_check;
use super::{Dispatch, HandInLine};
use crate::counter::{Actor, KIOSK, open_order, take};
use crate::domain::{
    Fen, Order, OrderId, OrderState, PaymentMethod, PaymentState, Refusal, Round, RoundId,
    RoundState,
};
use crate::error::Error;
use crate::store::corrections::{self, Correction};
use crate::store::ledger::{self, About, Account};
use crate::store::{orders, rounds, visits};

/// How long the clerk still takes a hand-in back: the seconds the screen offers it, and the time a
/// slow answer may take.
const TAKEN_BACK_WITHIN: SignedDuration = SignedDuration::from_secs(60);

impl Dispatch {
    /// Takes a hand-in back: the named orders are on their way as before, and the round is out.
    /// All of it or nothing.
    pub fn undo_hand_in(&self, id: RoundId, taken_back: &[OrderId]) -> Result<Round, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let round = rounds::get(tx, id)?.ok_or(Refusal::NoRound)?;
            let stands = Refusal::HandInStands { round: round.number };
            let in_time = round.back_at.is_some_and(|back| now <= back + TAKEN_BACK_WITHIN);
            if round.state != RoundState::HandedIn || !in_time {
                return Err(stands.into());
            }
            for order in taken_back {
                let order = open_order(tx, *order)?;
                let Some((on, visit)) = visits::current(tx, order.id)? else {
                    return Err(stands.into());
                };
                if on != Some(id) {
                    return Err(stands.into());
                }
                let order = unwind(tx, now, order, KIOSK)?;
                let order = Order { state: OrderState::OnRound, ..order };
                orders::update(tx, &order, now)?;
                let correction = Correction {
                    order: order.id,
                    round: on,
                    outcome: None,
                    left_with: String::new(),
                    cash: Fen::ZERO,
                    meals_back: 0,
                    visited_at: visit.at,
                    at: now,
                    actor: KIOSK.to_owned(),
                };
                corrections::insert(tx, &correction)?;
                let detail = json!({ "round": round.number, "taken_back": visit.outcome });
                orders::event(tx, order.id, now, orders::Event::OnRound, KIOSK, &detail)?;
            }
            rounds::reopen(tx, id, now)?;
            Ok(rounds::get(tx, id)?.ok_or(Refusal::NoRound)?)
        })
    }

    /// Puts right what happened at a door; order, money and welfare check follow. The same once
    /// more changes nothing. Cash that is not named is what was owed at the door.
    pub fn correct_visit(&self, line: &HandInLine, actor: Actor<'_>) -> Result<Order, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let order = open_order(tx, line.order)?;
            let (round, visit) = visits::current(tx, order.id)?
                .ok_or(Refusal::NotVisited { number: order.number })?;
            let moved = corrections::moved(tx, order.id)?;
            let at_the_door = ledger::owed(tx, order.id)? - sum(&moved, Account::Receivable);
            let expected = if line.outcome.meal_stayed() { at_the_door } else { Fen::ZERO };
            let cash = line.cash.unwrap_or(expected);
            let said = (visit.outcome, visit.left_with.as_str(), visit.cash);
            if said == (line.outcome, line.left_with.as_str(), cash) {
                return Ok(order);
            }
            let order = unwind(tx, now, order, actor)?;
            let line = HandInLine { cash: Some(cash), ..line.clone() };
            corrections::insert(tx, &Correction {
                order: order.id,
                round,
                outcome: Some(line.outcome),
                left_with: line.left_with.clone(),
                cash,
                meals_back: super::visits::meals_back(&order, line.outcome),
                visited_at: visit.at,
                at: now,
                actor: actor.to_owned(),
            })?;
            let detail =
                json!({ "correction": true, "was": visit.outcome, "outcome": line.outcome, "cash": cash });
            orders::event(tx, order.id, now, orders::Event::Visited, actor, &detail)?;
            self.follow(tx, now, order, &line, actor)
        })
    }
}

/// The order, its money and its check as they were before the door was recorded.
fn unwind(
    tx: &Transaction<'_>,
    now: Timestamp,
    order: Order,
    actor: Actor<'_>,
) -> Result<Order, Error> {
    let moved = corrections::moved(tx, order.id)?;
    if !moved.is_empty() {
        let mark = ledger::last_entry(tx)?;
        let back: Vec<(Account, Fen)> =
            moved.iter().map(|(account, amount)| (*account, -*amount)).collect();
        let about = About {
            date: Some(order.date),
            order: Some(order.id),
            resident: order.resident,
            note: "correction",
        };
        ledger::post(tx, now, &back, about)?;
        corrections::own_postings(tx, order.id, mark)?;
    }
    withdraw_check(tx, order.id, actor, now)?;
    cover_overdraft(tx, now, &order)?;
    before_the_door(tx, order)
}

/// What was given back to an account and is spent by now can't be taken again: it is owed instead.
fn cover_overdraft(tx: &Transaction<'_>, now: Timestamp, order: &Order) -> Result<(), Error> {
    let Some(resident) = order.resident else { return Ok(()) };
    let balance = ledger::balance(tx, resident)?;
    if balance < Fen::ZERO {
        take(tx, now, order, balance, PaymentMethod::Account)?;
    }
    Ok(())
}

/// Payment as the ledger shows it without what happened at the door.
fn before_the_door(tx: &Transaction<'_>, order: Order) -> Result<Order, Error> {
    if order.total == Fen::ZERO {
        return Ok(order);
    }
    let payment = if ledger::owed(tx, order.id)? > Fen::ZERO {
        PaymentState::Due
    } else {
        PaymentState::Paid
    };
    let method = ledger::tills(tx, order.id)?.into_iter().find_map(|(account, _)| match account {
        Account::Prepaid => Some(PaymentMethod::Account),
        Account::Other => Some(PaymentMethod::Other),
        Account::Cash => Some(PaymentMethod::Cash),
        Account::Sales | Account::Receivable => None,
    });
    Ok(Order { payment, method, ..order })
}

fn sum(moved: &[(Account, Fen)], account: Account) -> Fen {
    moved.iter().filter(|(of, _)| *of == account).map(|(_, amount)| *amount).sum()
}

//! Money: paying an order, giving it back, topping up an account.

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::json;

use super::{Actor, Counter, open_order};
use crate::domain::{
    Fen, Order, OrderId, OrderState, PaymentMethod, PaymentState, Refusal, ResidentId,
};
use crate::error::Error;
use crate::store::ledger::{self, About, Account};
use crate::store::{orders, residents};

impl Counter {
    /// Takes what is owed for an order.
    pub fn pay(
        &self,
        id: OrderId,
        method: PaymentMethod,
        actor: Actor<'_>,
    ) -> Result<Order, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let order = open_order(tx, id)?;
            if order.payment != PaymentState::Due || order.state == OrderState::Cancelled {
                return Err(Refusal::NotDue { number: order.number }.into());
            }
            let order = settle(tx, now, order, method, actor)?;
            orders::update(tx, &order, now)?;
            Ok(order)
        })
    }

    /// Puts money on a resident's account; returns what it holds now.
    pub fn top_up(
        &self,
        resident: ResidentId,
        amount: Fen,
        method: PaymentMethod,
    ) -> Result<Fen, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            residents::get(tx, resident)?.ok_or(Refusal::UnknownResident)?;
            let about = About { resident: Some(resident), note: "top-up", ..Default::default() };
            ledger::transfer(tx, now, amount, Account::Prepaid, till(method), about)?;
            Ok(ledger::balance(tx, resident)?)
        })
    }

    /// What a resident's account holds.
    pub fn balance(&self, resident: ResidentId) -> Result<Fen, Error> {
        self.house.store.read(|db| Ok(ledger::balance(db, resident)?))
    }

    /// What is still owed for an order.
    pub fn owed(&self, order: OrderId) -> Result<Fen, Error> {
        self.house.store.read(|db| Ok(ledger::owed(db, order)?))
    }
}

/// Where the money of a way of paying lies.
fn till(method: PaymentMethod) -> Account {
    match method {
        PaymentMethod::Cash => Account::Cash,
        PaymentMethod::Account => Account::Prepaid,
        PaymentMethod::Other => Account::Other,
    }
}

/// Takes all that is owed for an order and marks it paid.
pub(crate) fn settle(
    tx: &Transaction<'_>,
    now: Timestamp,
    mut order: Order,
    method: PaymentMethod,
    actor: Actor<'_>,
) -> Result<Order, Error> {
    let owed = ledger::owed(tx, order.id)?;
    if method == PaymentMethod::Account {
        let resident = order.resident.ok_or(Refusal::UnknownResident)?;
        let balance = ledger::balance(tx, resident)?;
        if balance < owed {
            return Err(Refusal::NotEnoughMoney { balance, needed: owed }.into());
        }
    }
    take(tx, now, &order, owed, method)?;
    order.payment = PaymentState::Paid;
    order.method = Some(method);
    orders::update(tx, &order, now)?;
    let detail = json!({ "amount": owed, "method": method });
    orders::event(tx, order.id, now, orders::Event::Paid, actor, &detail)?;
    Ok(order)
}

/// Books money taken for an order (or, with a negative amount, given back).
pub(crate) fn take(
    tx: &Transaction<'_>,
    now: Timestamp,
    order: &Order,
    amount: Fen,
    method: PaymentMethod,
) -> Result<(), Error> {
    let about =
        About { date: Some(order.date), order: Some(order.id), resident: order.resident, note: "" };
    Ok(ledger::transfer(tx, now, amount, Account::Receivable, till(method), about)?)
}

/// Takes a sale back: what was paid is given back the way it came, the rest is no longer owed.
pub(crate) fn reverse(
    tx: &Transaction<'_>,
    now: Timestamp,
    mut order: Order,
    actor: Actor<'_>,
) -> Result<Order, Error> {
    let paid = order.total - ledger::owed(tx, order.id)?;
    super::place::sell(tx, now, &order, -order.total)?;
    let tills = ledger::tills(tx, order.id)?;
    if let Some(method) = order.method.filter(|_| !tills.is_empty()) {
        let about = About {
            date: Some(order.date),
            order: Some(order.id),
            resident: order.resident,
            note: "",
        };
        // An order may be paid in more than one way, as when cash came for a prepaid one.
        for (till, amount) in tills {
            ledger::transfer(tx, now, amount, till, Account::Receivable, about)?;
        }
        order.payment = PaymentState::Refunded;
        let detail = json!({ "amount": paid, "method": method });
        orders::event(tx, order.id, now, orders::Event::Refunded, actor, &detail)?;
    }
    Ok(order)
}

//! Changing an order and taking it back, until the cut-off.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde_json::json;

use super::place::{check_left, check_preferences, door_of, sell};
use super::{Actor, Amendment, Counter, Deadline, open_menu, open_order, papers, pay};
use crate::domain::{Fen, Order, OrderId, OrderState, PaymentMethod, PaymentState, Refusal};
use crate::error::Error;
use crate::store::{days, ledger, orders, residents};

impl Counter {
    /// Changes an order; the money and the papers follow.
    pub fn amend(&self, id: OrderId, change: &Amendment, actor: Actor<'_>) -> Result<Order, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let old = self.placed_order(tx, id, Deadline::Holds, now)?;
            if change.seen.as_ref().is_some_and(|seen| *seen != old.version()) {
                return Err(Refusal::ChangedMeanwhile { number: old.number }.into());
            }
            let calendar = self.house.calendar(tx)?;
            let menu = open_menu(tx, &calendar, old.date)?;
            let mut order = old.clone();
            if let Some(fulfilment) = change.fulfilment {
                calendar.check_orderable(order.date, fulfilment, now)?;
                let resident = match order.resident {
                    Some(id) => residents::get(tx, id)?,
                    None => None,
                };
                order.door = door_of(tx, fulfilment, order.door.as_ref(), resident.as_ref())?;
                order.fulfilment = fulfilment;
            }
            if let Some(preferences) = &change.preferences {
                check_preferences(&menu, preferences, &order.allergies)?;
                order.preferences = preferences.clone();
            }
            if let Some(portions) = change.portions {
                let more = i64::from(portions.get()) - i64::from(old.portions.get());
                check_left(tx, &menu, u32::try_from(more).unwrap_or(0))?;
                days::take_portions(tx, order.date, more)?;
                // The price it was sold at stays, even if the menu's has changed since.
                let each = Fen(old.total.0 / i64::from(old.portions.get()));
                order.total = each * i64::from(portions.get());
                order.portions = portions;
            }
            if order == old {
                return Ok(order);
            }
            let order = follow_money(tx, now, &old, order, actor)?;
            orders::update(tx, &order, now)?;
            let detail = json!({
                "portions": [old.portions, order.portions],
                "fulfilment": [old.fulfilment, order.fulfilment],
                "total": [old.total, order.total],
            });
            orders::event(tx, order.id, now, orders::Event::Amended, actor, &detail)?;
            papers::amended(tx, &self.house, &calendar, &menu, &old, &order, now)?;
            Ok(order)
        })
    }

    /// Takes an order back; the money and the papers follow.
    pub fn cancel(&self, id: OrderId, actor: Actor<'_>) -> Result<Order, Error> {
        self.cancel_by(id, Deadline::Holds, actor)
    }

    /// Takes an order back, if need be after the cut-off, as long as nobody has left with it.
    pub fn cancel_by(
        &self,
        id: OrderId,
        deadline: Deadline,
        actor: Actor<'_>,
    ) -> Result<Order, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let old = self.placed_order(tx, id, deadline, now)?;
            let calendar = self.house.calendar(tx)?;
            let mut order = pay::reverse(tx, now, old.clone(), actor)?;
            order.state = OrderState::Cancelled;
            orders::update(tx, &order, now)?;
            days::take_portions(tx, order.date, -i64::from(order.portions.get()))?;
            orders::event(tx, order.id, now, orders::Event::Cancelled, actor, &json!({}))?;
            papers::cancelled(tx, &calendar, &old, now)?;
            Ok(order)
        })
    }

    /// An order that nobody has cooked or carried yet, before its cut-off.
    fn placed_order(
        &self,
        db: &Connection,
        id: OrderId,
        deadline: Deadline,
        now: Timestamp,
    ) -> Result<Order, Error> {
        let order = open_order(db, id)?;
        if order.state != OrderState::Placed {
            return Err(Refusal::WrongState { number: order.number, state: order.state }.into());
        }
        deadline.check(&self.house.calendar(db)?, order.date, order.fulfilment, now)?;
        Ok(order)
    }
}

/// Brings the ledger from the old total to the new one.
fn follow_money(
    tx: &Transaction<'_>,
    now: Timestamp,
    old: &Order,
    mut order: Order,
    actor: Actor<'_>,
) -> Result<Order, Error> {
    let difference = order.total - old.total;
    sell(tx, now, &order, difference)?;
    match (order.payment, order.method) {
        (PaymentState::Paid, Some(PaymentMethod::Account)) if difference > Fen::ZERO => {
            return pay::settle(tx, now, order, PaymentMethod::Account, actor);
        }
        (PaymentState::Paid, Some(method)) if difference < Fen::ZERO => {
            pay::take(tx, now, &order, difference, method)?;
        }
        _ => {}
    }
    if ledger::owed(tx, order.id)? > Fen::ZERO {
        order.payment = PaymentState::Due;
    }
    Ok(order)
}

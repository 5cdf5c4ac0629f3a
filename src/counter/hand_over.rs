//! At the window: ready, called, collected.

use rusqlite::Transaction;
use serde_json::json;

use super::{Actor, Counter, open_order};
use crate::domain::{Fulfilment, Order, OrderId, OrderState, Refusal, ServiceDate};
use crate::error::Error;
use crate::store::orders;

impl Counter {
    /// The order stands at the window and its number is called.
    pub fn ready(&self, id: OrderId, actor: Actor<'_>) -> Result<Order, Error> {
        self.step(id, OrderState::Placed, OrderState::Ready, orders::Event::Ready, actor)
    }

    /// The order was handed over.
    pub fn collected(&self, id: OrderId, actor: Actor<'_>) -> Result<Order, Error> {
        self.step(id, OrderState::Ready, OrderState::Collected, orders::Event::Collected, actor)
    }

    /// The next step at the window: ready, then collected.
    pub fn advance(
        &self,
        date: ServiceDate,
        number: u32,
        actor: Actor<'_>,
    ) -> Result<Order, Error> {
        let order = self.by_number(date, number)?;
        match order.state {
            OrderState::Ready if order.fulfilment != Fulfilment::Delivery => {
                self.collected(order.id, actor)
            }
            _ => self.ready(order.id, actor),
        }
    }

    /// The numbers that stand at the window, the longest called first. Deliveries are not called:
    /// their volunteers take them.
    pub fn called(&self, date: ServiceDate) -> Result<Vec<u32>, Error> {
        self.house.store.read(|db| Ok(orders::called(db, date)?))
    }

    /// The numbers that stand at the window now; looked at every second, so it asks no calendar.
    pub fn called_today(&self) -> Result<Vec<u32>, Error> {
        self.called(self.house.settings.calendar().today(self.house.clock.now()))
    }

    fn step(
        &self,
        id: OrderId,
        from: OrderState,
        to: OrderState,
        event: orders::Event,
        actor: Actor<'_>,
    ) -> Result<Order, Error> {
        self.house.store.write(|tx| {
            let order = open_order(tx, id)?;
            if order.state != from {
                return Err(Refusal::WrongState { number: order.number, state: order.state }.into());
            }
            self.moved(tx, order, to, event, actor)
        })
    }

    fn moved(
        &self,
        tx: &Transaction<'_>,
        mut order: Order,
        to: OrderState,
        event: orders::Event,
        actor: Actor<'_>,
    ) -> Result<Order, Error> {
        let now = self.house.writing_time(tx)?;
        order.state = to;
        orders::update(tx, &order, now)?;
        orders::event(tx, order.id, now, event, actor, &json!({}))?;
        Ok(order)
    }
}

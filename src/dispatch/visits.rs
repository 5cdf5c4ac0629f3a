//! From the slip taken to the round handed in.

use jiff::Timestamp;
use rusqlite::Transaction;
use serde_json::json;

use super::{Dispatch, HandInLine};
use crate::counter::{Actor, KIOSK, STAFF, reverse, settle, take};
use crate::domain::{
    Fen, Fulfilment, Order, OrderId, OrderState, Outcome, PaymentMethod, Refusal, Round, RoundId,
    RoundState, Visit, VisitId,
};
use crate::error::Error;
use crate::house::entropy;
use crate::store::corrections::{self, Correction};
use crate::store::{ledger, orders, rounds, visits};

impl Dispatch {
    /// The volunteer takes the slip and leaves: every meal of the round is on its way.
    pub fn take_slip(&self, id: RoundId) -> Result<Round, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let round = rounds::get(tx, id)?.ok_or(Refusal::NoRound)?;
            if round.state != RoundState::Planned {
                return Ok(round);
            }
            leave(tx, &round, now)?;
            Ok(rounds::get(tx, id)?.ok_or(Refusal::NoRound)?)
        })
    }

    /// Records every stop of a round as the volunteer reports it. All of it or nothing.
    pub fn hand_in(&self, id: RoundId, lines: &[HandInLine]) -> Result<Round, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let round = rounds::get(tx, id)?.ok_or(Refusal::NoRound)?;
            if round.state != RoundState::Out {
                return Err(Refusal::NoRound.into());
            }
            for line in lines {
                if !round.stops.iter().any(|s| s.order == line.order) {
                    return Err(Refusal::UnknownOrder.into());
                }
                self.visit(tx, Some(id), line, now, now, KIOSK)?;
            }
            end_if_done(tx, id, now)?;
            Ok(rounds::get(tx, id)?.ok_or(Refusal::NoRound)?)
        })
    }

    /// Staff record a delivery that no round carried, or that its volunteer did not report.
    pub fn record_visit(&self, line: &HandInLine) -> Result<Order, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let order = orders::get(tx, line.order)?.ok_or(Refusal::UnknownOrder)?;
            let round = rounds::on(tx, order.date)?
                .into_iter()
                .find(|r| r.stops.iter().any(|s| s.order == order.id));
            self.visit(tx, round.as_ref().map(|r| r.id), line, now, now, STAFF)?;
            if let Some(round) = round {
                end_if_done(tx, round.id, now)?;
            }
            Ok(orders::get(tx, line.order)?.ok_or(Refusal::UnknownOrder)?)
        })
    }

    /// Writes down now what happened at a door at some moment before.
    pub(super) fn visit(
        &self,
        tx: &Transaction<'_>,
        round: Option<RoundId>,
        line: &HandInLine,
        now: Timestamp,
        at: Timestamp,
        actor: Actor<'_>,
    ) -> Result<(), Error> {
        let order = deliverable(tx, line.order)?;
        let owed = ledger::owed(tx, order.id)?;
        let expected = if line.outcome.meal_stayed() { owed } else { Fen::ZERO };
        let cash = line.cash.unwrap_or(expected);
        let visit = Visit {
            id: VisitId::new(now, entropy()),
            order: order.id,
            outcome: line.outcome,
            left_with: line.left_with.clone(),
            cash,
            meals_back: meals_back(&order, line.outcome),
            at,
        };
        record(tx, round, &visit, actor)?;
        let detail =
            json!({ "outcome": visit.outcome, "cash": visit.cash, "meals_back": visit.meals_back });
        orders::event(tx, order.id, now, orders::Event::Visited, actor, &detail)?;
        let line = HandInLine { cash: Some(cash), ..line.clone() };
        self.follow(tx, now, order, &line, actor)?;
        Ok(())
    }

    /// What follows from the outcome at a door: money, the order's state, the welfare check.
    pub(super) fn follow(
        &self,
        tx: &Transaction<'_>,
        now: Timestamp,
        order: Order,
        line: &HandInLine,
        actor: Actor<'_>,
    ) -> Result<Order, Error> {
        let mark = ledger::last_entry(tx)?;
        let owed = ledger::owed(tx, order.id)?;
        let order = take_cash(tx, now, order, line.cash.unwrap_or(Fen::ZERO), owed, actor)?;
        let order = if line.outcome.meal_stayed() {
            Order { state: OrderState::Delivered, ..order }
        } else {
            // A meal that came back is not charged; what was paid is given back.
            Order { state: OrderState::Returned, ..reverse(tx, now, order, actor)? }
        };
        orders::update(tx, &order, now)?;
        corrections::own_postings(tx, order.id, mark)?;
        if line.outcome == Outcome::NoAnswer {
            self.open_check(tx, &order, now)?;
        }
        Ok(order)
    }
}

/// Every meal of a planned round is on its way.
pub(super) fn leave(tx: &Transaction<'_>, round: &Round, now: Timestamp) -> Result<(), Error> {
    for stop in &round.stops {
        let mut order = orders::get(tx, stop.order)?.ok_or(Refusal::UnknownOrder)?;
        if order.state.is_final() {
            continue;
        }
        order.state = OrderState::OnRound;
        orders::update(tx, &order, now)?;
        let detail = json!({ "round": round.number });
        orders::event(tx, order.id, now, orders::Event::OnRound, KIOSK, &detail)?;
    }
    Ok(rounds::set_state(tx, round.id, RoundState::Out, now)?)
}

/// A round of which every door is on record is handed in.
pub(super) fn end_if_done(tx: &Transaction<'_>, id: RoundId, now: Timestamp) -> Result<(), Error> {
    let round = rounds::get(tx, id)?.ok_or(Refusal::NoRound)?;
    if round.stops.iter().all(|s| s.visited.is_some()) {
        rounds::set_state(tx, id, RoundState::HandedIn, now)?;
    }
    Ok(())
}

/// Meals of an order that come back with an outcome.
pub(super) fn meals_back(order: &Order, outcome: Outcome) -> u8 {
    if outcome.meal_stayed() { 0 } else { order.portions.get() }
}

/// Writes a visit down: the first time as such, after one that was taken back as its correction.
fn record(
    tx: &Transaction<'_>,
    round: Option<RoundId>,
    visit: &Visit,
    actor: Actor<'_>,
) -> Result<(), Error> {
    if !visits::ever(tx, visit.order)? {
        return Ok(visits::insert(tx, round, visit)?);
    }
    let correction = Correction {
        order: visit.order,
        round,
        outcome: Some(visit.outcome),
        left_with: visit.left_with.clone(),
        cash: visit.cash,
        meals_back: visit.meals_back,
        visited_at: visit.at,
        at: visit.at,
        actor: actor.to_owned(),
    };
    Ok(corrections::insert(tx, &correction)?)
}

/// A delivery that nobody has recorded yet.
pub(super) fn deliverable(tx: &Transaction<'_>, id: OrderId) -> Result<Order, Error> {
    let order = orders::get(tx, id)?.ok_or(Refusal::UnknownOrder)?;
    if let Some(outcome) = visits::outcome(tx, id)? {
        return Err(Refusal::AlreadyVisited { outcome }.into());
    }
    if order.fulfilment != Fulfilment::Delivery || order.state.is_final() {
        return Err(Refusal::WrongState { number: order.number, state: order.state }.into());
    }
    Ok(order)
}

/// Books the cash that a volunteer brought back.
fn take_cash(
    tx: &Transaction<'_>,
    now: Timestamp,
    order: Order,
    cash: Fen,
    owed: Fen,
    actor: Actor<'_>,
) -> Result<Order, Error> {
    if cash == Fen::ZERO {
        return Ok(order);
    }
    if cash == owed {
        return settle(tx, now, order, PaymentMethod::Cash, actor);
    }
    // Less than owed: the rest stays due. More: the rest is the resident's, still on the order.
    take(tx, now, &order, cash, PaymentMethod::Cash)?;
    Ok(Order { method: order.method.or(Some(PaymentMethod::Cash)), ..order })
}

//! Closing the day: nothing open, numbers without a gap, a ledger that adds up, a backup.

use rusqlite::Connection;
use serde_json::json;

use super::{Dispatch, papers};
use crate::counter::{Count, STAFF, count_orders, reverse};
use crate::domain::{
    Fen, Obstacle, Order, OrderState, Outcome, PaymentState, PrintJobState, Refusal, RoundState,
    ServiceDate,
};
use crate::error::Error;
use crate::store::ledger::{self, Account};
use crate::store::{checks, days, orders, print_jobs, rounds, unfinished, visits};

/// A closed day in figures.
#[derive(Debug, Clone)]
pub struct Closing {
    /// The date.
    pub date: ServiceDate,
    /// The last pick-up number; all from 1 were given.
    pub last_number: u32,
    /// Orders taken back.
    pub cancelled: Vec<u32>,
    /// Orders nobody came for.
    pub not_collected: Vec<u32>,
    /// Meals that came back from doors, by pick-up number.
    pub returned: Vec<u32>,
    /// Portions that were served, by way of eating.
    pub served: Count,
    /// Visits by outcome.
    pub visits: Vec<(Outcome, u32)>,
    /// Cash taken, less cash given back.
    pub cash: Fen,
    /// Paid from prepaid accounts.
    pub account: Fen,
    /// Paid in other ways.
    pub other: Fen,
    /// Still owed for meals that were served, by pick-up number.
    pub owed: Vec<(u32, Fen)>,
    /// Papers of which nobody knows whether they came out, by pick-up number (0 without one).
    pub uncertain: Vec<u32>,
    /// Papers printed again with the mark.
    pub reprinted: u32,
}

impl Dispatch {
    /// What stands in the way of closing a date.
    pub fn obstacles(&self, date: ServiceDate) -> Result<Vec<Obstacle>, Error> {
        self.house.store.read(|db| self.obstacles_in(db, date))
    }

    /// Closes a date: writes off what nobody collected and prints the tally.
    pub fn close_day(&self, date: ServiceDate) -> Result<Closing, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            super::open_day(tx, date)?;
            let balanced_to = ledger::last_entry(tx)?;
            let what = self.obstacles_in(tx, date)?;
            if !what.is_empty() {
                return Err(Refusal::NotYetClosable { what }.into());
            }
            days::ensure(tx, date)?;
            for order in orders::on(tx, date)?.into_iter().filter(|o| !o.state.is_final()) {
                let mut order = if order.payment == PaymentState::Due {
                    reverse(tx, now, order, STAFF)?
                } else {
                    order
                };
                order.state = OrderState::NotCollected;
                orders::update(tx, &order, now)?;
                orders::event(tx, order.id, now, orders::Event::NotCollected, STAFF, &json!({}))?;
            }
            days::close(tx, date, now, balanced_to)?;
            // Whoever did not finish ordering for this lunch can't any more.
            unfinished::forget_before(tx, date.next())?;
            let closing = closing(tx, date)?;
            let calendar = self.house.calendar(tx)?;
            papers::closing(tx, &calendar, &closing, now)?;
            Ok(closing)
        })
    }

    /// The figures of a date so far.
    pub fn figures(&self, date: ServiceDate) -> Result<Closing, Error> {
        self.house.store.read(|db| closing(db, date))
    }

    fn obstacles_in(&self, db: &Connection, date: ServiceDate) -> Result<Vec<Obstacle>, Error> {
        let calendar = self.house.calendar(db)?;
        let mut what = Vec::new();
        if self.house.clock.now() < calendar.at(date, calendar.times.service_until) {
            what.push(Obstacle::StillServing { until: calendar.times.service_until });
        }
        for round in rounds::on(db, date)?.iter().filter(|r| r.state == RoundState::Out) {
            what.push(Obstacle::RoundOut { round: round.number });
        }
        let missing = visits::missing(db, date)?;
        if !missing.is_empty() {
            what.push(Obstacle::NotVisited { numbers: missing });
        }
        let (mut numbers, mut doors) = (Vec::new(), Vec::new());
        for check in checks::on(db, date)?.into_iter().filter(|c| c.closed.is_none()) {
            match check.number {
                Some(number) => numbers.push(number),
                None => doors.push(format!("{}-{}", check.door.building, check.door.room())),
            }
        }
        if !numbers.is_empty() {
            what.push(Obstacle::CheckOpen { numbers });
        }
        if !doors.is_empty() {
            what.push(Obstacle::KnockOpen { doors });
        }
        let given = orders::on(db, date)?;
        let last = days::get(db, date)?.last_number;
        if !without_gap(&given, last) {
            what.push(Obstacle::NumbersGap { last });
        }
        let unbalanced = ledger::unbalanced_after(db, days::balanced_to(db)?)?;
        if unbalanced > 0 {
            what.push(Obstacle::Unbalanced { postings: unbalanced });
        }
        Ok(what)
    }
}

fn without_gap(given: &[Order], last: u32) -> bool {
    given.len() == last as usize
        && given.iter().zip(1..).all(|(order, number)| order.number == number)
}

fn closing(db: &Connection, date: ServiceDate) -> Result<Closing, Error> {
    let all = orders::on(db, date)?;
    let in_state =
        |state| all.iter().filter(|o| o.state == state).map(|o| o.number).collect::<Vec<u32>>();
    let served = |o: &&Order| matches!(o.state, OrderState::Collected | OrderState::Delivered);
    let mut owed = Vec::new();
    for order in all.iter().filter(served) {
        let still = ledger::owed(db, order.id)?;
        if still != Fen::ZERO {
            owed.push((order.number, still));
        }
    }
    let jobs = print_jobs::on(db, date)?;
    let number_of = |order| all.iter().find(|o| Some(o.id) == order).map_or(0, |o| o.number);
    Ok(Closing {
        date,
        last_number: days::get(db, date)?.last_number,
        cancelled: in_state(OrderState::Cancelled),
        not_collected: in_state(OrderState::NotCollected),
        returned: in_state(OrderState::Returned),
        served: count_orders(all.iter().filter(served)),
        visits: visits::tally(db, date)?,
        cash: ledger::total(db, Account::Cash, date)?,
        account: ledger::total(db, Account::Prepaid, date)?,
        other: ledger::total(db, Account::Other, date)?,
        owed,
        uncertain: print_jobs::troubled(db, date)?
            .iter()
            .filter(|j| j.state == PrintJobState::Uncertain)
            .map(|j| number_of(j.order))
            .collect(),
        reprinted: jobs.iter().filter(|j| j.duplicate && j.state.may_be_on_paper()).count() as u32,
    })
}

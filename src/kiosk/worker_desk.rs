//! The clerk's answers to the desk's quick actions.

use super::desk::{DayEnd, NumberView, OrderPapers, SeenVisit};
use super::protocol::{DoubtfulPaper, Reply};
use super::worker::Worker;
use crate::backup;
use crate::counter::STAFF;
use crate::dispatch::HandInLine;
use crate::domain::{Fen, Fulfilment, Outcome};
use crate::error::Error;
use crate::printing;
use crate::store::{corrections, days, ledger, visits};

impl Worker {
    /// One number of today as it stands, with what is on record of its door.
    pub(super) fn number(&self, number: u32) -> Result<Reply, Error> {
        let order = self.counter.by_number(self.date()?, number)?;
        let (visit, owed, moved) = self.house.store.read(|db| {
            let visit = visits::current(db, order.id)?;
            let moved = corrections::moved(db, order.id)?;
            Ok::<_, Error>((visit, ledger::owed(db, order.id)?, moved))
        })?;
        let by_visit: Fen = moved
            .iter()
            .filter(|(account, _)| *account == ledger::Account::Receivable)
            .map(|(_, amount)| *amount)
            .sum();
        let visit = visit.map(|(_, visit)| SeenVisit {
            outcome: visit.outcome,
            left_with: visit.left_with,
            cash: visit.cash,
        });
        Ok(Reply::Number(Box::new(NumberView { order, visit, at_the_door: owed - by_visit })))
    }

    /// The newest paper of each kind of a number, as far as it may be printed again.
    pub(super) fn order_papers(&self, number: u32) -> Result<Reply, Error> {
        let order = self.counter.by_number(self.date()?, number)?;
        let again = printing::reprintable(&self.house, order.id, None)?.papers;
        let papers = again.into_iter().map(|job| DoubtfulPaper {
            id: job.id,
            title: job.ticket.title_zh(),
            number: Some(number),
            state: job.state,
        });
        Ok(Reply::OrderPapers(Box::new(OrderPapers { number, papers: papers.collect() })))
    }

    /// Puts a door right and shows the number as it is now.
    pub(super) fn correct(
        &self,
        number: u32,
        outcome: Outcome,
        left_with: String,
        cash: Fen,
    ) -> Result<Reply, Error> {
        let order = self.counter.by_number(self.date()?, number)?.id;
        let line = HandInLine { order, outcome, left_with, cash: Some(cash) };
        self.dispatch.correct_visit(&line, STAFF)?;
        if outcome == Outcome::NoAnswer {
            self.alarm.no_answer();
        }
        self.number(number)
    }

    /// How the end of today stands.
    pub(super) fn day_end(&self) -> Result<Reply, Error> {
        let date = self.date()?;
        let day = self.house.store.read(|db| Ok::<_, Error>(days::get(db, date)?))?;
        let figures = self.dispatch.figures(date)?;
        let waiting =
            |o: &crate::domain::Order| !o.state.is_final() && o.fulfilment != Fulfilment::Delivery;
        let not_collected = self.counter.orders(date)?.into_iter().filter(waiting).count();
        Ok(Reply::DayEnd(Box::new(DayEnd {
            closed: day.closed_at.is_some(),
            obstacles: self.dispatch.obstacles(date)?,
            served: figures.served.total(),
            cash: figures.cash,
            account: figures.account,
            other: figures.other,
            owed: figures.owed.iter().map(|(_, fen)| *fen).sum(),
            not_collected: u32::try_from(not_collected).unwrap_or(u32::MAX),
        })))
    }

    /// Closes today, then copies the database; a copy that fails leaves the day closed.
    pub(super) fn close_day(&self) -> Result<Reply, Error> {
        self.dispatch.close_day(self.date()?)?;
        Ok(Reply::DayClosed(backup::after_closing(&self.house)))
    }
}

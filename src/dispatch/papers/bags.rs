//! Strips on the meals in the bags: which are printed, which no longer hold, which are missing.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Transaction;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Calendar, Order, OrderId, PrintJobState, PrintQueue, Refusal, Round};
use crate::error::Error;
use crate::house::House;
use crate::printing::outbox::{Paper, post};
use crate::store::{orders, print_jobs};
use crate::tickets::Ticket;
use crate::tickets::content::{BagStrip, BagVoid};

/// Where every meal was before a change and where it is now.
pub(in crate::dispatch) struct Bags<'a> {
    /// The house, for what its slips name.
    pub house: &'a House,
    /// The compound's calendar.
    pub calendar: &'a Calendar,
    /// The moment of the change.
    pub now: Timestamp,
    /// How long a meal stays hot.
    pub hot: SignedDuration,
    /// The rounds as they stood before.
    pub before: &'a [Round],
    /// The rounds as they stand now.
    pub after: &'a [Round],
}

impl Bags<'_> {
    /// The number of the round that carried a pick-up number before.
    pub fn was_on(&self, number: u32) -> Option<u32> {
        on(self.before, number).map(|r| r.number)
    }

    /// The number of the round that carries a pick-up number now.
    pub fn now_on(&self, number: u32) -> Option<u32> {
        on(self.after, number).map(|r| r.number)
    }

    /// Whether the door of a pick-up number was visited.
    pub fn is_visited(&self, number: u32) -> bool {
        on(self.before, number)
            .and_then(|r| r.stops.iter().find(|s| s.number == number))
            .is_some_and(|s| s.visited.is_some())
    }

    /// Takes strips that no longer hold out of the queue, and queues a note for each that may be
    /// on a bag in the kitchen.
    pub fn void_strips(&self, tx: &Transaction<'_>, changed: &[Round]) -> Result<(), Error> {
        let orders: BTreeMap<u32, OrderId> =
            changed.iter().flat_map(|r| &r.stops).map(|s| (s.number, s.order)).collect();
        for (number, id) in orders {
            for job in print_jobs::of_order(tx, id)? {
                let strip = matches!(job.ticket, Ticket::BagStrip(_) | Ticket::BagVoid(_));
                if strip && job.state == PrintJobState::Queued {
                    print_jobs::set_state(tx, job.id, PrintJobState::Superseded, self.now)?;
                }
            }
            let Some(printed) = printed(tx, id)? else { continue };
            let order = orders::get(tx, id)?.ok_or(Refusal::UnknownOrder)?;
            let to = self.now_on(number);
            let carried_off = self.before.iter().any(|r| r.number == printed.round && r.has_left());
            if holds(&printed, &order, to) || carried_off {
                continue;
            }
            let note = Ticket::BagVoid(BagVoid {
                date: order.date,
                number,
                round: printed.round,
                door: printed.door,
                portions: printed.portions,
                to,
                at: self.calendar.local(self.now).time(),
            });
            self.post(tx, &order, None, note)?;
        }
        Ok(())
    }

    /// Queues the strips that a round's meals do not have yet, in reverse stop order, so that the
    /// first door's meal lies on top.
    pub fn strips(&self, tx: &Transaction<'_>, round: &Round) -> Result<(), Error> {
        let local = |at: Timestamp| self.calendar.local(at).time();
        for (position, stop) in round.stops.iter().enumerate().rev() {
            if stop.visited.is_some() {
                continue;
            }
            let order = orders::get(tx, stop.order)?.ok_or(Refusal::UnknownOrder)?;
            if let Some(printed) = printed(tx, order.id)?
                && holds(&printed, &order, Some(round.number))
            {
                continue;
            }
            let strip = Ticket::BagStrip(BagStrip {
                date: round.date,
                number: stop.number,
                round: round.number,
                stop: position as u32 + 1,
                door: stop.door.clone(),
                portions: order.portions,
                preferences: order.preferences.clone(),
                allergies: order.allergies.clone(),
                packed_at: None,
                leave_by: local(round.depart_at),
                eat_by: local(round.depart_at + self.hot),
            });
            self.post(tx, &order, Some(round), strip)?;
        }
        Ok(())
    }

    /// Portions that left with a volunteer who gave up, and are made again, by order.
    pub fn made_again(&self) -> Vec<OrderId> {
        let left = |number: u32| on(self.before, number).is_some_and(Round::has_left);
        let waiting = self.after.iter().filter(|r| !r.has_left()).flat_map(|r| &r.stops);
        waiting
            .filter(|s| left(s.number))
            .map(|s| s.order)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn post(
        &self,
        tx: &Transaction<'_>,
        order: &Order,
        round: Option<&Round>,
        ticket: Ticket,
    ) -> Result<(), Error> {
        let paper = Paper::of_meal(PrintQueue::Rounds, self.calendar, order.date, self.now, ticket)
            .about(order.id);
        let paper = match round {
            Some(round) => paper.on_round(round.id),
            None => paper,
        };
        post(tx, paper, self.now)?;
        Ok(())
    }
}

fn on(rounds: &[Round], number: u32) -> Option<&Round> {
    rounds.iter().find(|r| r.stops.iter().any(|s| s.number == number))
}

/// The strip that may be on an order's meal, unless a later note took it off.
fn printed(tx: &Transaction<'_>, order: OrderId) -> Result<Option<BagStrip>, Error> {
    let jobs = print_jobs::of_order(tx, order)?.into_iter();
    Ok(jobs.filter(|job| job.state.may_be_on_paper()).fold(None, |strip, job| match job.ticket {
        Ticket::BagStrip(new) => Some(new),
        Ticket::BagVoid(_) => None,
        _ => strip,
    }))
}

/// Whether a printed strip is still right for an order on this round.
fn holds(strip: &BagStrip, order: &Order, round: Option<u32>) -> bool {
    round == Some(strip.round)
        && strip.portions == order.portions
        && strip.preferences == order.preferences
}

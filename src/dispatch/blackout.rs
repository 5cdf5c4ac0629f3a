//! What is needed on paper to serve lunch with the kiosk dead.

use jiff::Timestamp;
use rusqlite::Connection;
use std::collections::BTreeMap;

use super::Dispatch;
use crate::domain::{Calendar, Order, OrderState, PaymentState, PrintQueue, ServiceDate, resident};
use crate::error::Error;
use crate::printing::outbox::{Paper, post};
use crate::store::{days, duty, orders, print_jobs, rounds, volunteers};
use crate::tickets::Ticket;
use crate::tickets::content::{BlackoutLine, BlackoutList, Contact, avoid, wishes};

impl Dispatch {
    /// Prints the list of a date at the counter: the whole one first, and afterwards, when `again`
    /// is set, what has come or changed since. Whether there was anything to print; nothing is
    /// written if not, so that the clock can ask every second.
    pub fn print_blackout(&self, date: ServiceDate, again: bool) -> Result<bool, Error> {
        if self.house.store.read(|db| self.missing(db, date, again))?.is_none() {
            return Ok(false);
        }
        self.house.store.write(|tx| {
            let Some(list) = self.missing(tx, date, again)? else { return Ok(false) };
            let now = self.house.clock.now();
            let calendar = self.house.calendar(tx)?;
            for page in list.pages() {
                let ticket = Ticket::Blackout(page);
                post(tx, Paper::of_meal(PrintQueue::Counter, &calendar, date, now, ticket), now)?;
            }
            Ok(true)
        })
    }

    /// What no list of a date says yet; nothing after the first one unless `again` is set.
    fn missing(
        &self,
        db: &Connection,
        date: ServiceDate,
        again: bool,
    ) -> Result<Option<BlackoutList>, Error> {
        if !again && print_jobs::exists(db, date, Ticket::BLACKOUT)? {
            return Ok(None);
        }
        let calendar = self.house.calendar(db)?;
        let list = written(db, &calendar, date, &printed(db, date)?, self.house.clock.now())?;
        Ok((!list.lines.is_empty() || !list.void.is_empty()).then_some(list))
    }

    /// Prints the whole list of a date anew, whatever was printed before.
    pub fn print_whole_blackout(&self, date: ServiceDate) -> Result<usize, Error> {
        self.house.store.write(|tx| {
            let now = self.house.clock.now();
            let calendar = self.house.calendar(tx)?;
            let list = written(tx, &calendar, date, &[], now)?;
            let lines = list.lines.len();
            for page in list.pages() {
                let ticket = Ticket::Blackout(page);
                post(tx, Paper::report(PrintQueue::Counter, date, now, ticket), now)?;
            }
            Ok(lines)
        })
    }
}

/// The lists of a date so far, oldest first.
fn printed(db: &Connection, date: ServiceDate) -> Result<Vec<BlackoutList>, Error> {
    let jobs = print_jobs::of_kind(db, date, Ticket::BLACKOUT)?.into_iter();
    Ok(jobs
        .filter_map(|job| match job.ticket {
            Ticket::Blackout(list) => Some(list),
            _ => None,
        })
        .collect())
}

fn written(
    db: &Connection,
    calendar: &Calendar,
    date: ServiceDate,
    before: &[BlackoutList],
    now: Timestamp,
) -> Result<BlackoutList, Error> {
    let planned = rounds::on(db, date)?;
    let carried: BTreeMap<_, _> = planned
        .iter()
        .filter(|r| r.state != crate::domain::RoundState::Withdrawn)
        .flat_map(|r| r.stops.iter().map(|s| (s.order, r.number)))
        .collect();
    // What a person holds in hand: the newest line of each number.
    let mut on_paper: BTreeMap<u32, &BlackoutLine> = BTreeMap::new();
    for old in before {
        for number in &old.void {
            on_paper.remove(number);
        }
        on_paper.extend(old.lines.iter().map(|line| (line.number, line)));
    }
    let mut lines = Vec::new();
    let mut void = Vec::new();
    for order in orders::on(db, date)? {
        let line = line(&order, carried.get(&order.id).copied());
        match on_paper.get(&order.number) {
            Some(_) if order.state == OrderState::Cancelled => void.push(order.number),
            Some(old) if said_alike(old, &line) => {}
            _ if order.state == OrderState::Cancelled || order.state.is_final() => {}
            Some(_) => {
                void.push(order.number);
                lines.push(line);
            }
            None => lines.push(line),
        }
    }
    Ok(BlackoutList {
        date,
        at: calendar.local(now),
        after: before.last().map_or(0, |list| list.last),
        last: days::get(db, date)?.last_number,
        lines,
        void,
        page: (1, 1),
        contacts: if before.is_empty() { contacts(db, date, &planned)? } else { Vec::new() },
    })
}

fn line(order: &Order, round: Option<u32>) -> BlackoutLine {
    let must = avoid(&order.allergies).into_iter();
    BlackoutLine {
        number: order.number,
        fulfilment: order.fulfilment,
        portions: order.portions.get(),
        words: must.chain(wishes(&order.preferences)).collect::<Vec<_>>().join("  "),
        due: if order.payment == PaymentState::Due {
            order.total
        } else {
            crate::domain::Fen::ZERO
        },
        door: order.door.clone(),
        round,
    }
}

/// Whether a line says all that matters about handing over a meal; who has paid meanwhile shows on
/// the slip, and rounds bring their own papers.
fn said_alike(old: &BlackoutLine, new: &BlackoutLine) -> bool {
    (old.fulfilment, old.portions, &old.words, &old.door)
        == (new.fulfilment, new.portions, &new.words, &new.door)
}

/// Who carries, then who leads the buildings that are delivered to.
fn contacts(
    db: &Connection,
    date: ServiceDate,
    planned: &[crate::domain::Round],
) -> Result<Vec<Contact>, Error> {
    let mut all = Vec::new();
    for volunteer in duty::on(db, date)? {
        let own: Vec<String> = planned
            .iter()
            .filter(|r| r.volunteer == volunteer.id)
            .map(|r| format!("第{}轮", r.number))
            .collect();
        let role = if own.is_empty() { "值班".to_owned() } else { own.join("、") };
        all.push(contact(role, &volunteer.name, &volunteer.phone));
    }
    let delivered: std::collections::BTreeSet<String> = orders::on(db, date)?
        .into_iter()
        .filter_map(|order| order.door.map(|door| door.building))
        .collect();
    for leader in volunteers::all(db)? {
        if let Some(building) = leader.leads.as_ref().filter(|b| delivered.contains(*b)) {
            all.push(contact(format!("{building}号楼组长"), &leader.name, &leader.phone));
        }
    }
    all.retain(|contact| !contact.phone.is_empty());
    Ok(all)
}

fn contact(role: String, name: &str, phone: &str) -> Contact {
    Contact { role, surname: resident::surname(name).to_owned(), phone: phone.to_owned() }
}

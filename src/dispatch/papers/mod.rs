//! The papers of delivery: bag strips and round slips, welfare notes, the closing tally.

mod bags;
mod round;

pub(super) use bags::Bags;
pub(super) use round::{SAME_WALK_S, changed, slip_of};

use jiff::Timestamp;
use rusqlite::Transaction;

use crate::dispatch::Closing;
use crate::domain::{
    Calendar, Fulfilment, PrintJobState, PrintQueue, Volunteer, WelfareCheck, resident,
};
use crate::error::Error;
use crate::house::House;
use crate::printing::outbox::{Paper, post};
use crate::store::{orders, print_jobs, residents};
use crate::tickets::Ticket;
use crate::tickets::content::{ClosingTally, UncertainPaper, WayCount, WelfareNote};

/// What the building's leader takes along to a door that did not open.
pub(super) fn welfare(
    tx: &Transaction<'_>,
    house: &House,
    check: &WelfareCheck,
    leader: Option<&Volunteer>,
    happened: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let resident = match check.resident {
        Some(id) => residents::get(tx, id)?,
        None => None,
    };
    let note = Ticket::WelfareNote(WelfareNote {
        date: check.date,
        number: check.number.unwrap_or(0),
        door: check.door.clone(),
        surname: resident.as_ref().map_or_else(String::new, |r| r.surname().to_owned()),
        leader: leader.map_or_else(String::new, |l| resident::surname(&l.name).to_owned()),
        at: house.calendar(tx)?.local(now).time(),
        happened: happened.to_owned(),
        door_note: resident.map_or_else(String::new, |r| r.door_note),
    });
    let paper = Paper::report(PrintQueue::Rounds, check.date, now, note);
    let paper = match check.order {
        Some(order) => paper.about(order),
        None => paper,
    };
    post(tx, paper, now)?;
    Ok(())
}

/// The tally at the end of the day.
pub(super) fn closing(
    tx: &Transaction<'_>,
    calendar: &Calendar,
    closing: &Closing,
    now: Timestamp,
) -> Result<(), Error> {
    let all = orders::on(tx, closing.date)?;
    let portions_of = |numbers: &[u32]| {
        let chosen = all.iter().filter(|o| numbers.contains(&o.number));
        chosen.map(|o| u32::from(o.portions.get())).sum()
    };
    let reprinted = print_jobs::on(tx, closing.date)?
        .iter()
        .filter(|job| job.duplicate && job.state.may_be_on_paper())
        .filter_map(|job| job.ticket.number())
        .collect();
    let (uncertain, unprinted): (Vec<_>, Vec<_>) = print_jobs::troubled(tx, closing.date)?
        .into_iter()
        .partition(|job| job.state == PrintJobState::Uncertain);
    let named = |jobs: Vec<print_jobs::PrintJob>| {
        let named = jobs.into_iter().map(|job| UncertainPaper {
            what: job.ticket.title_zh().to_owned(),
            number: job.ticket.number(),
        });
        named.collect()
    };
    let tally = Ticket::Closing(ClosingTally {
        date: closing.date,
        closed_at: calendar.local(now),
        last_number: closing.last_number,
        missing: (1..=closing.last_number)
            .filter(|n| !all.iter().any(|o| o.number == *n))
            .collect(),
        void: closing.cancelled.clone(),
        reprinted,
        served: Fulfilment::ALL
            .iter()
            .map(|way| WayCount { fulfilment: *way, portions: closing.served.of(*way) })
            .collect(),
        returned: portions_of(&closing.returned),
        not_collected: portions_of(&closing.not_collected),
        cash: closing.cash,
        account: closing.account,
        other: closing.other,
        due: closing.owed.iter().map(|(_, fen)| *fen).sum(),
        uncertain: named(uncertain),
        unprinted: named(unprinted),
    });
    post(tx, Paper::report(PrintQueue::Kitchen, closing.date, now, tally), now)?;
    Ok(())
}

//! The slip of a round, and what a volunteer gets instead who holds one that no longer holds.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Transaction};

use super::super::phone::link;
use super::bags::Bags;
use crate::domain::{
    Calendar, PrintJobState, PrintQueue, Refusal, Round, RoundChange, Volunteer, resident,
};
use crate::error::Error;
use crate::printing::outbox::{Paper, post};
use crate::store::{orders, print_jobs, residents};
use crate::tickets::Ticket;
use crate::tickets::content::{DeltaDoor, RoundDelta, RoundEnd, RoundSlip, SlipStop};

/// How much a walk may change, in seconds, before the same doors in the same order deserve a new
/// slip.
pub(in crate::dispatch) const SAME_WALK_S: i64 = 300;

/// What a round's slip says.
pub(in crate::dispatch) fn slip_of(
    tx: &Connection,
    calendar: &Calendar,
    round: &Round,
    volunteer: &Volunteer,
) -> Result<RoundSlip, Error> {
    let local = |at: Timestamp| calendar.local(at).time();
    let mut stops = Vec::with_capacity(round.stops.len());
    for stop in &round.stops {
        let order = orders::get(tx, stop.order)?.ok_or(Refusal::UnknownOrder)?;
        let resident = match order.resident {
            Some(id) => residents::get(tx, id)?,
            None => None,
        };
        stops.push(SlipStop {
            number: stop.number,
            door: stop.door.clone(),
            arrive: local(stop.arrive_at),
            surname: resident.as_ref().map_or_else(String::new, |r| r.surname().to_owned()),
            meals: stop.portions,
            collect: stop.collect,
            preferences: order.preferences,
            allergies: order.allergies,
            door_note: resident.map_or_else(String::new, |r| r.door_note),
        });
    }
    Ok(RoundSlip {
        date: round.date,
        round: round.number,
        surname: resident::surname(&volunteer.name).to_owned(),
        badge: volunteer.badge,
        trip: round.trip,
        revision: round.revision,
        depart: local(round.depart_at),
        back: local(round.depart_at + SignedDuration::from_secs(round.duration_s.into())),
        stops,
        link: String::new(),
    })
}

/// Queues a round's strips and its slip, or, where a slip may be on paper, what is different.
pub(in crate::dispatch) fn changed(
    tx: &Transaction<'_>,
    bags: &Bags<'_>,
    round: &Round,
    volunteer: &Volunteer,
    reason: RoundChange,
    end: Option<RoundEnd>,
) -> Result<(), Error> {
    let calendar = bags.calendar;
    let now = bags.now;
    let mut in_hand = None;
    for job in print_jobs::of_round(tx, round.id)? {
        let says = match job.ticket {
            Ticket::RoundSlip(slip) => slip,
            Ticket::RoundDelta(delta) => delta.slip,
            _ => continue,
        };
        if job.state == PrintJobState::Queued {
            print_jobs::set_state(tx, job.id, PrintJobState::Superseded, now)?;
        } else if job.state.may_be_on_paper() {
            in_hand = Some(says);
        }
    }
    if end.is_none() {
        bags.strips(tx, round)?;
    }
    let mut slip = slip_of(tx, calendar, round, volunteer)?;
    slip.link = link(tx, bags.house, round.id)?;
    if end.is_some() {
        slip.stops.clear();
    }
    let ticket = match in_hand {
        None if end.is_some() => return Ok(()),
        None => Ticket::RoundSlip(slip),
        Some(before) => {
            let delta = delta(&before, slip, reason, calendar.local(now).time(), end, bags);
            if !delta.says_something() {
                return Ok(());
            }
            Ticket::RoundDelta(Box::new(delta))
        }
    };
    let paper = Paper::of_meal(PrintQueue::Rounds, calendar, round.date, now, ticket);
    post(tx, paper.on_round(round.id), now)?;
    Ok(())
}

/// What is different between the slip in a volunteer's hand and the round as it is now.
fn delta(
    before: &RoundSlip,
    slip: RoundSlip,
    reason: RoundChange,
    at: jiff::civil::Time,
    end: Option<RoundEnd>,
    bags: &Bags<'_>,
) -> RoundDelta {
    let door = |stop: &SlipStop, round: Option<u32>| DeltaDoor {
        number: stop.number,
        door: stop.door.clone(),
        meals: stop.meals,
        collect: stop.collect,
        round,
    };
    let find = |slip: &RoundSlip, number| slip.stops.iter().find(|s| s.number == number).cloned();
    let added = slip
        .stops
        .iter()
        .filter(|s| find(before, s.number).is_none())
        .map(|s| door(s, bags.was_on(s.number).filter(|r| *r != slip.round)))
        .collect();
    // What was visited before its volunteer gave up is neither taken out nor brought back.
    let gone = |s: &&SlipStop| find(&slip, s.number).is_none() && !bags.is_visited(s.number);
    let removed =
        before.stops.iter().filter(gone).map(|s| door(s, bags.now_on(s.number))).collect();
    let altered = slip
        .stops
        .iter()
        .filter(|s| {
            find(before, s.number).is_some_and(|b| b.meals != s.meals || b.collect != s.collect)
        })
        .map(|s| door(s, None))
        .collect();
    let kept = |a: &RoundSlip, b: &RoundSlip| -> Vec<u32> {
        a.stops.iter().map(|s| s.number).filter(|n| find(b, *n).is_some()).collect()
    };
    let reordered = kept(before, &slip) != kept(&slip, before);
    let on_the_walk =
        |slip: &RoundSlip, stop: &SlipStop| (stop.arrive.duration_since(slip.depart)).as_secs();
    let retimed = slip.stops.iter().any(|s| {
        find(before, s.number)
            .is_some_and(|b| (on_the_walk(before, &b) - on_the_walk(&slip, s)).abs() > SAME_WALK_S)
    });
    let who = (before.surname.clone(), before.badge);
    let before = (before.badge != slip.badge).then_some(who);
    RoundDelta { slip, reason, at, before, added, removed, altered, reordered, retimed, end }
}

//! Which papers an order brings: the kitchen's, the customer's, and what a change makes of them.

use jiff::Timestamp;
use rusqlite::Transaction;
use std::collections::BTreeMap;

use super::count::count_of;
use crate::domain::{
    Calendar, Fulfilment, Menu, Order, OrderId, PaymentState, PrintJobState, PrintQueue,
};
use crate::error::Error;
use crate::house::House;
use crate::printing::outbox::{Paper, kitchen_due, post};
use crate::store::{days, print_jobs};
use crate::tickets::Ticket;
use crate::tickets::content::{
    ChangedStrip, ClashLine, Collect, CountDelta, CountRow, CustomerSlip, DishCount, KitchenTicket,
    NoteLine, OrderContent, Paid, PrepCount, VoidStrip,
};

/// The papers of a new order.
pub(super) fn placed(
    tx: &Transaction<'_>,
    house: &House,
    calendar: &Calendar,
    menu: &Menu,
    order: &Order,
    now: Timestamp,
) -> Result<(), Error> {
    kitchen_ticket(tx, calendar, menu, order, now)?;
    slip(tx, house, calendar, menu, order, now)?;
    delta(tx, calendar, order, i32::from(order.portions.get()), now)
}

/// The papers of a changed order.
pub(super) fn amended(
    tx: &Transaction<'_>,
    house: &House,
    calendar: &Calendar,
    menu: &Menu,
    old: &Order,
    order: &Order,
    now: Timestamp,
) -> Result<(), Error> {
    let new = content(menu, order);
    match withdraw(tx, order.id, PrintQueue::Kitchen, now)? {
        None => kitchen_ticket(tx, calendar, menu, order, now)?,
        Some(on_paper) if on_paper == new => {}
        Some(on_paper) => {
            let at = calendar.local(now).time();
            let (date, number) = (order.date, order.number);
            let strip = Ticket::Changed(ChangedStrip { date, number, old: on_paper, new, at });
            let due = kitchen_due(calendar, order.date, now);
            post(
                tx,
                Paper::of_meal(PrintQueue::Kitchen, calendar, order.date, due, strip)
                    .about(order.id),
                now,
            )?;
        }
    }
    withdraw(tx, order.id, PrintQueue::Counter, now)?;
    slip(tx, house, calendar, menu, order, now)?;
    let same_count = old.fulfilment == order.fulfilment
        && old.portions == order.portions
        && old.preferences.words_zh() == order.preferences.words_zh();
    if !same_count {
        delta(tx, calendar, old, -i32::from(old.portions.get()), now)?;
        delta(tx, calendar, order, i32::from(order.portions.get()), now)?;
    }
    Ok(())
}

/// The papers of an order that was taken back.
pub(super) fn cancelled(
    tx: &Transaction<'_>,
    calendar: &Calendar,
    old: &Order,
    now: Timestamp,
) -> Result<(), Error> {
    if let Some(on_paper) = withdraw(tx, old.id, PrintQueue::Kitchen, now)? {
        let at = calendar.local(now).time();
        let strip =
            Ticket::Void(VoidStrip { date: old.date, number: old.number, old: on_paper, at });
        let due = kitchen_due(calendar, old.date, now);
        post(
            tx,
            Paper::of_meal(PrintQueue::Kitchen, calendar, old.date, due, strip).about(old.id),
            now,
        )?;
    }
    withdraw(tx, old.id, PrintQueue::Counter, now)?;
    delta(tx, calendar, old, -i32::from(old.portions.get()), now)
}

/// The count to cook by, as it stands.
pub(super) fn count(
    tx: &Transaction<'_>,
    calendar: &Calendar,
    menu: &Menu,
    ordered: &[Order],
    last: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let mut rows: BTreeMap<(bool, String), CountRow> = BTreeMap::new();
    for order in ordered {
        let words = order.preferences.words_zh().join(" ");
        let row = rows.entry((!words.is_empty(), words.clone())).or_insert_with(|| CountRow {
            words,
            eat_in: 0,
            take_away: 0,
            delivery: 0,
        });
        let portions = u32::from(order.portions.get());
        match order.fulfilment {
            Fulfilment::EatIn => row.eat_in += portions,
            Fulfilment::TakeAway => row.take_away += portions,
            Fulfilment::Delivery => row.delivery += portions,
        }
    }
    let clashing = ordered.iter().filter(|o| !menu.clashes(&o.allergies, false).is_empty());
    let noted = ordered.iter().filter(|o| !o.preferences.note.is_empty());
    let count = PrepCount {
        date: menu.date,
        counted_at: calendar.local(now),
        preliminary: !last,
        dishes: dishes(menu, ordered),
        rows: rows.into_values().collect(),
        clashes: clashing
            .map(|o| ClashLine {
                number: o.number,
                fulfilment: o.fulfilment,
                portions: o.portions.get(),
                allergies: menu.clashes(&o.allergies, false),
                instead: substitute(menu, o).unwrap_or_default(),
            })
            .collect(),
        notes: noted
            .map(|o| NoteLine { number: o.number, note: o.preferences.note.clone() })
            .collect(),
    };
    let expiry = calendar.at(menu.date, calendar.times.service_until);
    let paper = Paper {
        expires_at: expiry,
        ..Paper::report(PrintQueue::Kitchen, menu.date, now, Ticket::PrepCount(count))
    };
    post(tx, paper, now)?;
    Ok(())
}

/// Portions of each dish and, beneath it, of its substitute.
fn dishes(menu: &Menu, ordered: &[Order]) -> Vec<DishCount> {
    let portions = |changed: bool| -> u32 {
        let wanted = ordered.iter().filter(|o| !changed || o.preferences.substitute);
        wanted.map(|o| u32::from(o.portions.get())).sum()
    };
    let (all, changed) = (portions(false), portions(true));
    let mut counts = Vec::new();
    for dish in &menu.dishes {
        let other = dish.substitute.as_ref();
        let instead = if other.is_some() { changed } else { 0 };
        counts.push(DishCount { dish: dish.zh.clone(), portions: all - instead });
        if let Some(other) = other.filter(|_| changed > 0) {
            counts.push(DishCount { dish: other.zh.clone(), portions: changed });
        }
    }
    counts
}

fn kitchen_ticket(
    tx: &Transaction<'_>,
    calendar: &Calendar,
    menu: &Menu,
    order: &Order,
    now: Timestamp,
) -> Result<(), Error> {
    let ticket = Ticket::Kitchen(KitchenTicket {
        date: order.date,
        number: order.number,
        content: content(menu, order),
        placed_at: calendar.local(order.placed_at),
    });
    let due = kitchen_due(calendar, order.date, now);
    post(
        tx,
        Paper::of_meal(PrintQueue::Kitchen, calendar, order.date, due, ticket).about(order.id),
        now,
    )?;
    Ok(())
}

fn slip(
    tx: &Transaction<'_>,
    house: &House,
    calendar: &Calendar,
    menu: &Menu,
    order: &Order,
    now: Timestamp,
) -> Result<(), Error> {
    let times = &calendar.times;
    let dishes = menu.dishes.iter().map(|dish| match &dish.substitute {
        Some(other) if order.preferences.substitute => other.zh.clone(),
        _ => dish.zh.clone(),
    });
    let collect = match &order.door {
        Some(door) => Collect::AtDoor {
            door: door.clone(),
            from: house.settings.rounds.depart,
            until: times.service_until,
        },
        None => Collect::AtWindow {
            place: house.settings.window.clone(),
            from: times.service_from,
            until: times.service_until,
        },
    };
    let paid = match (order.payment, order.method) {
        (PaymentState::Paid, Some(method)) => Paid::Paid(method),
        _ if order.fulfilment == Fulfilment::Delivery => Paid::DueAtDoor,
        _ => Paid::DueAtCounter,
    };
    let ticket = Ticket::Slip(CustomerSlip {
        date: order.date,
        number: order.number,
        code: order.code.clone(),
        content: content(menu, order),
        dishes: dishes.collect(),
        collect,
        total: order.total,
        paid,
    });
    let paper = Paper::of_meal(PrintQueue::Counter, calendar, order.date, now, ticket);
    post(tx, paper.about(order.id), now)?;
    Ok(())
}

/// After the final count, a strip with what one change does to it.
fn delta(
    tx: &Transaction<'_>,
    calendar: &Calendar,
    order: &Order,
    change: i32,
    now: Timestamp,
) -> Result<(), Error> {
    if days::get(tx, order.date)?.counted_at.is_none() {
        return Ok(());
    }
    let strip = Ticket::CountDelta(CountDelta {
        date: order.date,
        change,
        words: order.preferences.words_zh().join(" "),
        fulfilment: order.fulfilment,
        total: count_of(tx, order.date)?.total(),
        at: calendar.local(now).time(),
    });
    let paper = Paper::of_meal(PrintQueue::Kitchen, calendar, order.date, now, strip);
    post(tx, paper.about(order.id), now)?;
    Ok(())
}

/// Takes an order's unprinted papers out of a queue; returns what of it may be on paper already.
fn withdraw(
    tx: &Transaction<'_>,
    order: OrderId,
    queue: PrintQueue,
    now: Timestamp,
) -> Result<Option<OrderContent>, Error> {
    let mut on_paper = None;
    for job in print_jobs::of_order(tx, order)?.into_iter().filter(|j| j.queue == queue) {
        let says = match job.ticket {
            Ticket::Kitchen(ticket) => Some(ticket.content),
            Ticket::Changed(strip) => Some(strip.new),
            Ticket::Slip(slip) => Some(slip.content),
            _ => None,
        };
        let Some(says) = says else { continue };
        if job.state == PrintJobState::Queued {
            print_jobs::set_state(tx, job.id, PrintJobState::Superseded, now)?;
        } else if job.state.may_be_on_paper() {
            on_paper = Some(says);
        }
    }
    Ok(on_paper)
}

fn content(menu: &Menu, order: &Order) -> OrderContent {
    OrderContent {
        fulfilment: order.fulfilment,
        portions: order.portions,
        preferences: order.preferences.clone(),
        allergies: order.allergies.clone(),
        substitute: substitute(menu, order),
    }
}

/// The dish that goes in instead, if the order wants it.
fn substitute(menu: &Menu, order: &Order) -> Option<String> {
    let (_, other) = menu.substitutable().filter(|_| order.preferences.substitute)?;
    Some(other.zh.clone())
}

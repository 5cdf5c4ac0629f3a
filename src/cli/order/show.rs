//! Orders on the terminal.

use super::super::Failure;
use super::super::resident::short;
use crate::counter::Counter;
use crate::domain::{Fen, Fulfilment, Order, OrderState, PaymentState, ServiceDate};
use crate::house::House;
use crate::store::{corrections, orders, print_jobs};

/// An order in one line.
pub fn line(order: &Order) -> String {
    let door = order.door.as_ref().map_or_else(|| "-".to_owned(), short);
    let (number, portions, total) = (order.number, order.portions.get(), order.total);
    let money = match (order.payment, order.method) {
        (PaymentState::Due, _) => "due".to_owned(),
        (PaymentState::Paid, Some(method)) => format!("paid ({method})"),
        (state, _) => state.to_string(),
    };
    let state = order.state.as_str().replace('_', " ");
    let mut words = order.preferences.words_zh();
    if !order.preferences.note.is_empty() {
        words.push(&order.preferences.note);
    }
    let line = format!(
        "{number:>4}  {}  {:<9} x{portions}  {door:<9} {total:>4} yuan {money:<14} {state:<13} {} {}",
        order.date,
        order.fulfilment.as_str(),
        order.code,
        words.join(" ")
    );
    line.trim_end().to_owned()
}

/// The orders of a date, and their sum.
pub fn list(counter: &Counter, date: ServiceDate) -> Result<(), Failure> {
    let all = counter.orders(date)?;
    for order in &all {
        say!("{}", line(order));
    }
    let standing = || all.iter().filter(|o| o.state != OrderState::Cancelled);
    let portions = |way: Fulfilment| -> u32 {
        standing().filter(|o| o.fulfilment == way).map(|o| u32::from(o.portions.get())).sum()
    };
    let ways: Vec<String> =
        Fulfilment::ALL.iter().map(|way| format!("{} {way}", portions(*way))).collect();
    say!("{} orders stand for {date}: portions {}", standing().count(), ways.join(", "));
    Ok(())
}

/// Everything that is known of an order.
pub fn one(house: &House, counter: &Counter, order: &Order) -> Result<(), Failure> {
    say!("{}", line(order));
    let calendar = house.settings.calendar();
    let placed = calendar.local(order.placed_at).strftime("%Y-%m-%d %H:%M").to_string();
    say!("placed    {placed}, price group {}", order.category);
    if let Some(id) = order.resident {
        let known = counter.resident(id)?;
        say!(
            "resident  {} {} {}",
            short(&known.resident.door),
            known.resident.name,
            known.resident.phone
        );
    }
    if !order.allergies.is_empty() {
        let words: Vec<&str> = order.allergies.iter().map(|a| a.as_str()).collect();
        say!("not       {}", words.join(", "));
    }
    let owed = counter.owed(order.id)?;
    if owed != Fen::ZERO {
        say!("owed      {owed} yuan");
    }
    let (history, corrected, papers) = house
        .store
        .read(|db| {
            Ok::<_, crate::store::StoreError>((
                orders::history(db, order.id)?,
                corrections::of_order(db, order.id)?,
                print_jobs::of_order(db, order.id)?,
            ))
        })
        .map_err(Failure::failed)?;
    say!("history   {}", history.join(", ").replace('_', " "));
    for correction in corrected {
        let at = calendar.local(correction.at).strftime("%H:%M");
        let what = correction.outcome.map_or("taken back", |o| o.as_str()).replace('_', " ");
        let with = &correction.left_with;
        let with = if with.is_empty() { String::new() } else { format!(" {with}") };
        let (cash, actor) = (correction.cash, &correction.actor);
        say!("corrected {at} {what}{with}, cash {cash} yuan, by {actor}");
    }
    for job in papers {
        let mark = if job.duplicate { ", marked as a possible duplicate" } else { "" };
        say!("paper     {} {}: {}{mark}", job.queue, job.ticket.title_zh(), job.state);
    }
    Ok(())
}

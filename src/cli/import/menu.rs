//! Dated menus from a week's template.

use std::collections::BTreeMap;

use super::super::Failure;
use super::{Changes, Input};
use crate::counter::Counter;
use crate::domain::calendar::weekday_zh;
use crate::domain::{Menu, OrderState, ServiceDate};
use crate::house::House;
use crate::import::read_menu;
use crate::store::{days, menus};

/// Writes the menus of a span of dates, those of single dates after it, and the closed dates.
pub fn import(house: &House, file: &Input, from: ServiceDate, days: u16) -> Result<(), Failure> {
    let counter = Counter::new(house.clone());
    let calendar = counter.calendar()?;
    let today = calendar.today(house.clock.now());
    if from < today {
        return Err(Failure::input(format!("--from {from} is over; today is {today}")));
    }
    let text = std::str::from_utf8(&file.bytes)
        .map_err(|_| file.wrong(&"the file is not UTF-8 text, which a menu file must be"))?;
    let template = read_menu(text).map_err(|e| file.wrong(&e))?;

    let until = from.plus_days(i64::from(days));
    let span = (0..i64::from(days)).map(|n| from.plus_days(n));
    let single = template.dates.keys().map(|d| ServiceDate(*d)).filter(|d| *d >= until);
    let mut written = Vec::new();
    let mut changes = Changes::default();
    for date in span.chain(single) {
        let (old, closed) = on_record(house, date)?;
        let Some(menu) = template.menu_for(date) else { continue };
        if closed {
            say!("{date} has been closed for the day; its menu stays as it was");
            continue;
        }
        if let Some(reason) = calendar.closed(date) {
            say!(
                "look: {date} ({}) has a menu, but no lunch is sold: {reason}",
                weekday_zh(date.0.weekday())
            );
        }
        changes.count(old.as_ref(), &menu);
        written.push(menu);
    }
    let closed: BTreeMap<_, _> =
        template.closed.into_iter().filter(|(date, _)| ServiceDate(*date) >= today).collect();
    if !file.dry_run {
        counter.write_menus(&written, &closed)?;
    }
    changes.say("menus");
    for menu in &written {
        warn_orders(&counter, menu)?;
    }
    for (date, reason) in &closed {
        say!("closed on {date}: {reason}");
        let standing = standing(&counter, ServiceDate(*date))?;
        if standing > 0 {
            say!(
                "look: {standing} orders stand for {date}; tell these people and cancel the orders"
            );
        }
    }
    Ok(())
}

/// The menu of a date as it is now, and whether the day was closed with its tally.
fn on_record(house: &House, date: ServiceDate) -> Result<(Option<Menu>, bool), Failure> {
    house
        .store
        .read(|db| {
            Ok::<_, crate::store::StoreError>((
                menus::get(db, date)?,
                days::get(db, date)?.closed_at.is_some(),
            ))
        })
        .map_err(Failure::failed)
}

fn standing(counter: &Counter, date: ServiceDate) -> Result<usize, Failure> {
    Ok(counter.orders(date)?.iter().filter(|o| o.state != OrderState::Cancelled).count())
}

/// Names the orders that a new menu no longer suits.
fn warn_orders(counter: &Counter, menu: &Menu) -> Result<(), Failure> {
    for order in counter.orders(menu.date)?.iter().filter(|o| !o.state.is_final()) {
        let clash = menu.clashes(&order.allergies, order.preferences.substitute);
        if !clash.is_empty() {
            let words: Vec<&str> = clash.iter().map(|a| a.as_str()).collect();
            say!(
                "look: on {} number {} must not be served {}",
                menu.date,
                order.number,
                words.join(", ")
            );
        }
    }
    Ok(())
}

//! `menu`: what is cooked on a date, and how much of it is for sale.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Ended, Failure, open, resident::yuan};
use crate::counter::Counter;
use crate::domain::calendar::{DayPhase, weekday_zh};
use crate::domain::{Allergen, Category, Dish, Fen, Menu, OrderState, ServiceDate};
use crate::house::House;

/// The most dishes of a set menu, as in a menu file.
const MOST_DISHES: usize = 8;
/// The most portions of a date, as in a menu file.
const MOST_PORTIONS: i64 = 20_000;
/// The highest price, as in a menu file.
const HIGHEST: Fen = Fen::yuan(1000);

/// Show, change or sell out the menu of a date; close a date.
///
/// Whole weeks come from a file: “clubhouse-kiosk import menu FILE”.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Show dishes, prices, what is left and what can still be ordered.
    Show(When),
    /// Set how many portions are for sale; what is ordered stays ordered.
    Portions {
        /// Portions the kitchen cooks.
        #[arg(value_parser = clap::value_parser!(u32).range(0..=MOST_PORTIONS))]
        portions: u32,
        #[command(flatten)]
        when: When,
    },
    /// Sell nothing more; what is ordered stays ordered.
    SoldOut(When),
    /// Take “sold-out” back: sell the portions that were there.
    SellAgain(When),
    /// Set the price for a group, or stop selling to it.
    Price {
        /// Who buys: senior, hardship, volunteer or guest.
        category: Category,
        /// Yuan for a portion, or “none”.
        #[arg(value_parser = price)]
        price: Price,
        #[command(flatten)]
        when: When,
    },
    /// Put another dish in the place of one, or add one.
    Dish(DishArgs),
    /// Close a date: a holiday, a broken stove.
    Close {
        /// The date.
        day: open::Day,
        /// Why, as the screen will say it.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Open a date again that was closed.
    Open {
        /// The date.
        day: open::Day,
    },
}

#[derive(Debug, Clone, Copy, clap::Args)]
struct When {
    /// The date: 2026-11-24, today or tomorrow.
    #[arg(long, value_name = "DAY", default_value = "today")]
    date: open::Day,
}

#[derive(Debug, clap::Args)]
struct DishArgs {
    /// Its place in the set, from 1; the next free place adds one.
    place: usize,
    /// Its name in Chinese.
    #[arg(long, value_name = "NAME")]
    zh: String,
    /// Its name in English.
    #[arg(long, value_name = "NAME")]
    en: String,
    /// What it contains: pork, beef, fish, shellfish, egg, milk, soya, gluten, peanut, sesame;
    /// “none” if nothing of these.
    #[arg(long, value_name = "LIST", required = true, value_delimiter = ',', value_parser = allergen)]
    allergens: Vec<Contains>,
    #[command(flatten)]
    when: When,
}

#[derive(Debug, Clone, Copy)]
struct Contains(Option<Allergen>);

#[derive(Debug, Clone, Copy)]
struct Price(Option<Fen>);

fn allergen(word: &str) -> Result<Contains, String> {
    match word.trim() {
        "none" => Ok(Contains(None)),
        word => word.parse().map(|a| Contains(Some(a))).map_err(|e| format!("{e}, none")),
    }
}

fn price(text: &str) -> Result<Price, String> {
    if text == "none" {
        return Ok(Price(None));
    }
    match yuan(text)? {
        fen if fen <= HIGHEST => Ok(Price(Some(fen))),
        fen => {
            Err(format!("{fen} yuan is more than a lunch may cost; at most {HIGHEST} are taken"))
        }
    }
}

/// Does what the verb says.
pub fn run(args: &Args, config: Option<&Path>) -> Result<Ended, Failure> {
    let house = open::house(config)?;
    let counter = Counter::new(house.clone());
    match &args.verb {
        Verb::Show(when) => show(&counter, when.date.date(&house))?,
        Verb::Portions { portions, when } => {
            let date = when.date.date(&house);
            let left = counter.set_portions(date, *portions)?;
            say!("{date}: {portions} portions, {left} of them left");
        }
        Verb::SoldOut(when) => {
            let date = when.date.date(&house);
            counter.sell_out(date)?;
            say!("{date} is sold out; “menu sell-again” takes that back");
        }
        Verb::SellAgain(when) => {
            let date = when.date.date(&house);
            let left = counter.sell_again(date)?;
            say!("{date}: {left} portions are for sale");
        }
        Verb::Price { category, price: Price(price), when } => {
            let date = when.date.date(&house);
            set_price(&counter, date, *category, *price)?;
        }
        Verb::Dish(dish) => change_dish(&house, &counter, dish)?,
        Verb::Close { day, reason } => {
            return close(&house, &counter, day.date(&house), reason.trim());
        }
        Verb::Open { day } => {
            let date = day.date(&house);
            if !counter.open_day(date)? {
                return Err(Failure::input(format!("{date} is not on the list of closed dates")));
            }
            say!("{date} is open again");
            if let Some(reason) = counter.calendar()?.closed(date) {
                say!(
                    "but there is no lunch on this weekday ({reason}): see times.closed_weekdays in the settings"
                );
            }
        }
    }
    Ok(Ended::Done)
}

fn show(counter: &Counter, date: ServiceDate) -> Result<(), Failure> {
    let day = counter.day(date)?;
    say!("{date} {}", weekday_zh(date.0.weekday()));
    if let DayPhase::Closed { reason } = &day.phase {
        let next = day.next.map_or_else(String::new, |d| format!("; the next lunch is on {d}"));
        say!("closed: {reason}{next}");
        return Ok(());
    }
    let Some(menu) = &day.menu else {
        return Err(crate::error::Error::from(crate::domain::Refusal::NoMenu { date }).into());
    };
    print_menu(menu);
    say!("portions  {} for sale, {} left", menu.portions, day.left);
    say!(
        "ordering  {}",
        match day.phase {
            DayPhase::Open => "open",
            DayPhase::BeforeOpening { .. } => "open for staff; at the kiosk later this morning",
            DayPhase::CollectionOnly => "eat-in and take-away only; delivery orders are closed",
            _ => "closed for this date",
        }
    );
    Ok(())
}

fn print_menu(menu: &Menu) {
    for (dish, place) in menu.dishes.iter().zip(1..) {
        say!("{place}. {} {}{}", dish.zh, dish.en, contains(&dish.allergens));
        if let Some(other) = &dish.substitute {
            say!("   or {} {}{}", other.zh, other.en, contains(&other.allergens));
        }
    }
    let prices: Vec<String> = menu.prices.iter().map(|(who, fen)| format!("{who} {fen}")).collect();
    say!("price     {} yuan", prices.join(", "));
}

fn contains(allergens: &[Allergen]) -> String {
    let words: Vec<&str> = allergens.iter().map(|a| a.as_str()).collect();
    if words.is_empty() { String::new() } else { format!(" [{}]", words.join(", ")) }
}

fn set_price(
    counter: &Counter,
    date: ServiceDate,
    category: Category,
    price: Option<Fen>,
) -> Result<(), Failure> {
    let prices = counter.day(date)?.menu.map(|m| m.prices).unwrap_or_default();
    if price.is_none() && prices.keys().all(|c| *c == category) && !prices.is_empty() {
        return Err(Failure::input(
            "a menu needs at least one price; to stop selling use “menu sold-out”",
        ));
    }
    counter.change_menu(date, |menu| match price {
        Some(fen) => drop(menu.prices.insert(category, fen)),
        None => drop(menu.prices.remove(&category)),
    })?;
    if let Some(fen) = price {
        say!("{date}: {category} pays {fen} yuan a portion; earlier orders keep their price");
    } else {
        say!("{date}: no longer sold to {category}; earlier orders stay");
    }
    Ok(())
}

fn change_dish(house: &House, counter: &Counter, args: &DishArgs) -> Result<(), Failure> {
    let date = args.when.date.date(house);
    let (zh, en) = (args.zh.trim().to_owned(), args.en.trim().to_owned());
    if zh.is_empty() || en.is_empty() {
        return Err(Failure::input("a dish needs a name in Chinese and in English"));
    }
    let places = counter.day(date)?.menu.map_or(0, |m| m.dishes.len());
    if places > 0 && !(1..=(places + 1).min(MOST_DISHES)).contains(&args.place) {
        return Err(Failure::input(format!(
            "the set has {places} dishes; there is no place {}",
            args.place
        )));
    }
    let mut allergens: Vec<Allergen> = args.allergens.iter().filter_map(|c| c.0).collect();
    allergens.sort_unstable();
    allergens.dedup();
    let dish = Dish { zh, en, allergens, substitute: None };
    let at = args.place.saturating_sub(1);
    let menu = counter.change_menu(date, |menu| match menu.dishes.get_mut(at) {
        Some(old) => *old = dish,
        None => menu.dishes.push(dish),
    })?;
    print_menu(&menu);
    warn_clashes(counter, &menu)
}

/// Names the orders whose eaters must not be served what is cooked now.
fn warn_clashes(counter: &Counter, menu: &Menu) -> Result<(), Failure> {
    for order in counter.orders(menu.date)?.iter().filter(|o| !o.state.is_final()) {
        let clash = menu.clashes(&order.allergies, order.preferences.substitute);
        if !clash.is_empty() {
            say!(
                "look: number {} must not be served{}; tell the kitchen",
                order.number,
                contains(&clash)
            );
        }
        if order.preferences.substitute && menu.substitutable().is_none() {
            say!("look: number {} wants a substitute dish, and there is none now", order.number);
        }
    }
    Ok(())
}

fn close(
    house: &House,
    counter: &Counter,
    date: ServiceDate,
    reason: &str,
) -> Result<Ended, Failure> {
    if reason.is_empty() {
        return Err(Failure::input("say why with --reason; the screen shows it"));
    }
    if date < house.settings.calendar().today(house.clock.now()) {
        return Err(Failure::input(format!("{date} is over")));
    }
    let standing =
        counter.orders(date)?.iter().filter(|o| o.state != OrderState::Cancelled).count();
    if standing > 0 {
        return Err(Failure::input(format!(
            "{standing} orders stand for {date}; tell these people, cancel the orders (“order list --date {date}”), then close the date"
        )));
    }
    counter.write_menus(&[], &BTreeMap::from([(date.0, reason.to_owned())]))?;
    say!("{date} is closed: {reason}");
    Ok(Ended::Done)
}

//! Placing and changing an order from the desk.

use super::super::resident::Whom;
use super::super::{Failure, open};
use super::Which;
use crate::counter::{Amendment, Counter, Deadline, NewOrder, STAFF};
use crate::domain::{Category, Fulfilment, Order, Payment, Portions, Preferences};
use crate::house::House;

/// What is asked for.
#[derive(Debug, clap::Args)]
pub struct PlaceArgs {
    /// How it is eaten: eat-in, take-away or delivery.
    #[arg(long)]
    way: Fulfilment,
    /// How many portions, 1 to 4.
    #[arg(long, value_name = "N", default_value = "1", value_parser = portions)]
    portions: Portions,
    #[command(flatten)]
    wishes: Wishes,
    /// The price group of somebody who is not named: senior, hardship, volunteer or guest.
    #[arg(long, default_value = "guest")]
    category: Category,
    #[command(flatten)]
    who: Whom,
    /// Pay from the resident's prepaid account, at once.
    #[arg(long)]
    account: bool,
    /// The date: 2026-11-24, today or tomorrow.
    #[arg(long, value_name = "DAY", default_value = "today")]
    date: open::Day,
    /// After the cut-off, until the last meal; planned rounds are put right.
    #[arg(long)]
    late: bool,
}

/// The deadline that binds the desk.
pub fn deadline(late: bool) -> Deadline {
    if late { Deadline::Waived } else { Deadline::Holds }
}

/// What changes of an order.
#[derive(Debug, clap::Args)]
pub struct AmendArgs {
    #[command(flatten)]
    order: Which,
    /// Another way: eat-in, take-away or delivery.
    #[arg(long)]
    way: Option<Fulfilment>,
    /// Another number of portions, 1 to 4.
    #[arg(long, value_name = "N", value_parser = portions)]
    portions: Option<Portions>,
    #[command(flatten)]
    wishes: Wishes,
}

/// What the kitchen does differently; `--less-salt=false` takes a wish back.
#[derive(Debug, clap::Args)]
struct Wishes {
    /// Less salt.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    less_salt: Option<bool>,
    /// Cooked softer.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    softer: Option<bool>,
    /// Less rice.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    less_rice: Option<bool>,
    /// The substitute dish.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    substitute: Option<bool>,
    /// A note of at most 24 characters for the cook; an empty one takes it back.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

impl Wishes {
    /// The wishes as they are after this.
    fn over(&self, old: &Preferences) -> Preferences {
        Preferences {
            less_salt: self.less_salt.unwrap_or(old.less_salt),
            softer: self.softer.unwrap_or(old.softer),
            less_rice: self.less_rice.unwrap_or(old.less_rice),
            substitute: self.substitute.unwrap_or(old.substitute),
            note: self.note.as_ref().map_or_else(|| old.note.clone(), |n| n.trim().to_owned()),
        }
    }
}

fn portions(text: &str) -> Result<Portions, String> {
    let count = text.parse().map_err(|_| format!("“{text}” is not a number of portions"))?;
    Portions::new(count).map_err(|refusal| refusal.to_string())
}

/// Places an order.
pub fn place(house: &House, counter: &Counter, wish: &PlaceArgs) -> Result<Order, Failure> {
    let resident = wish.who.find(house)?;
    // Named by id, a delivery may go to another door; named by a door, it goes there.
    let door =
        wish.who.door.as_ref().map(|d| d.0.clone()).filter(|_| wish.way == Fulfilment::Delivery);
    let order = NewOrder {
        date: wish.date.date(house),
        fulfilment: wish.way,
        portions: wish.portions,
        preferences: wish.wishes.over(&Preferences::default()),
        category: wish.category,
        resident: resident.map(|r| r.id),
        door,
        payment: if wish.account { Payment::FromAccount } else { Payment::Later },
    };
    Ok(counter.place_by(&order, deadline(wish.late), STAFF)?)
}

/// Changes an order.
pub fn amend(house: &House, counter: &Counter, change: &AmendArgs) -> Result<Order, Failure> {
    let old = change.order.find(house, counter)?;
    let preferences = change.wishes.over(&old.preferences);
    let amendment = Amendment {
        fulfilment: change.way.filter(|way| *way != old.fulfilment),
        portions: change.portions.filter(|n| *n != old.portions),
        preferences: (preferences != old.preferences).then_some(preferences),
        seen: None,
    };
    if amendment == Amendment::default() {
        return Err(Failure::input(format!("nothing of order {} would change", old.number)));
    }
    Ok(counter.amend(old.id, &amendment, STAFF)?)
}

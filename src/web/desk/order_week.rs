//! The days of one resident as the page shows them.

use super::care::pause_words;
use crate::counter::WeekDay;
use crate::domain::{Fulfilment, Order, OrderState, PaymentState, Preferences, ServiceDate};
use crate::kiosk::words::{self, Lang};
use crate::web::state::Web;

/// A day.
pub struct DayLine {
    /// `2026-11-24`.
    pub date: String,
    /// `11月25日 周三`; today's says so.
    pub name: String,
    /// The dishes.
    pub dishes: String,
    /// What one portion costs.
    pub price: String,
    /// The ways that can still be ordered.
    pub ways: Vec<Fulfilment>,
    /// Why none can.
    pub shut: String,
    /// Whether the menu names a substitute.
    pub has_substitute: bool,
    /// How many an order would have.
    pub portions: u8,
    /// What would be done differently.
    pub preferences: Preferences,
    /// Why the resident is not expected; an order can be placed all the same.
    pub paused: Option<&'static str>,
    /// What is ordered already.
    pub ordered: Vec<Ordered>,
}

/// An order of that day.
pub struct Ordered {
    /// Its id.
    pub id: String,
    /// The pick-up number.
    pub number: u32,
    /// What it looks like, for who changes it.
    pub version: String,
    /// The way of eating.
    pub way: Fulfilment,
    /// How many.
    pub portions: u8,
    /// What is done differently.
    pub preferences: Preferences,
    /// How it stands.
    pub state: OrderState,
    /// What it costs.
    pub total: String,
    /// Whether it is still to be paid.
    pub due: bool,
    /// Whether it can still be changed.
    pub changeable: bool,
    /// The ways it may be changed to.
    pub ways: Vec<Fulfilment>,
}

/// A day of the week.
pub fn day_line(web: &Web, lang: Lang, today: ServiceDate, day: &WeekDay) -> DayLine {
    let open = |way: &&Fulfilment| day.obstacle(**way).is_none();
    let ways: Vec<_> = Fulfilment::ALL.iter().filter(open).copied().collect();
    let first = Fulfilment::ALL.first().and_then(|way| day.obstacle(*way));
    DayLine {
        date: day.date.to_string(),
        name: if day.date == today {
            format!("{} · {}", words::day(lang, day.date, today), words::date(lang, day.date))
        } else {
            words::date(lang, day.date)
        },
        dishes: words::dishes(lang, &day.menu, false),
        price: words::money(lang, day.price),
        shut: match (ways.is_empty(), first) {
            (true, Some(why)) => words::why_not(lang, why.into()).to_owned(),
            _ => String::new(),
        },
        has_substitute: day.menu.substitutable().is_some(),
        portions: day.portions.get(),
        preferences: day.preferences.clone(),
        paused: day.paused.map(|kind| pause_words(lang, kind)),
        ordered: day.ordered.iter().map(|order| ordered(web, lang, &ways, order)).collect(),
        ways,
    }
}

fn ordered(web: &Web, lang: Lang, open: &[Fulfilment], order: &Order) -> Ordered {
    let mut ways = open.to_vec();
    if !ways.contains(&order.fulfilment) {
        ways.push(order.fulfilment);
    }
    Ordered {
        id: order.id.to_string(),
        number: order.number,
        version: order.version(),
        way: order.fulfilment,
        portions: order.portions.get(),
        preferences: order.preferences.clone(),
        state: order.state,
        total: words::money(lang, order.total),
        due: order.payment == PaymentState::Due,
        changeable: web.counter.changeable(order).unwrap_or(false),
        ways,
    }
}

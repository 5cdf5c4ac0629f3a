//! The days ahead of a known resident: what each allows, several ordered in one go, and the same
//! grid on paper.

use rusqlite::Connection;

use super::{Actor, Counter, NewOrder};
use crate::domain::habit::{Unfit, suited};
use crate::domain::{
    Calendar, Fen, Fulfilment, Habit, Menu, Order, OrderState, PauseKind, Portions, Preferences,
    PrintQueue, Refusal, Resident, ResidentId, ServiceDate,
};
use crate::error::Error;
use crate::printing::outbox::{Paper, post};
use crate::store::{care, days, menus, orders, residents};
use crate::tickets::Ticket;
use crate::tickets::content::{FormDay, FormOrder, WeekForm};

/// The most days of one grid: a week.
pub const MOST_DAYS: usize = 7;

/// A date a resident may order for, as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekDay {
    /// The date.
    pub date: ServiceDate,
    /// Its menu.
    pub menu: Menu,
    /// How many portions an order would have: as usual, or what is left.
    pub portions: Portions,
    /// What would be done differently, as the menu allows it.
    pub preferences: Preferences,
    /// What an order would cost.
    pub price: Fen,
    /// The ways that can't be ordered, and why; the others can.
    pub shut: Vec<(Fulfilment, Unfit)>,
    /// What is ordered already and not taken back.
    pub ordered: Vec<Order>,
    /// Why the resident is not expected on it, if so. An order can be placed all the same.
    pub paused: Option<PauseKind>,
}

impl WeekDay {
    /// Why a way can't be ordered, if so.
    pub fn obstacle(&self, way: Fulfilment) -> Option<&Unfit> {
        self.shut.iter().find(|(shut, _)| *shut == way).map(|(_, why)| why)
    }
}

/// What became of one wish of several.
#[derive(Debug)]
pub struct DayPlaced {
    /// The date asked for.
    pub date: ServiceDate,
    /// The way asked for.
    pub fulfilment: Fulfilment,
    /// The order, or why there is none; the other days stand all the same.
    pub outcome: Result<Order, Error>,
}

impl Counter {
    /// Today and the days ahead that have a menu, at most [`MOST_DAYS`], for one resident.
    pub fn week(&self, resident: ResidentId) -> Result<Vec<WeekDay>, Error> {
        self.house.store.read(|db| {
            let resident = residents::get(db, resident)?.ok_or(Refusal::UnknownResident)?;
            self.week_of(db, &self.house.calendar(db)?, &resident)
        })
    }

    /// Places several orders, each in a transaction of its own: a day that can't be had does not
    /// lose the others.
    pub fn place_week(&self, wishes: &[NewOrder], actor: Actor<'_>) -> Vec<DayPlaced> {
        let placed = wishes.iter().map(|wish| DayPlaced {
            date: wish.date,
            fulfilment: wish.fulfilment,
            outcome: self.place(wish, actor),
        });
        placed.collect()
    }

    /// Prints the grid of a resident as a form to fill in by pen; returns what it says.
    pub fn print_form(&self, resident: ResidentId) -> Result<WeekForm, Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let calendar = self.house.calendar(tx)?;
            let resident = residents::get(tx, resident)?.ok_or(Refusal::UnknownResident)?;
            let week = self.week_of(tx, &calendar, &resident)?;
            let today = calendar.today(now);
            if week.is_empty() {
                return Err(Refusal::NoMenu { date: today }.into());
            }
            let form = WeekForm {
                date: today,
                name: resident.masked_name(),
                door: resident.door.clone(),
                days: week.iter().map(form_day).collect(),
                substitute: week.iter().any(|day| day.menu.substitutable().is_some()),
                leave_at: self.house.settings.window.clone(),
                delivery_by: calendar.times.delivery_cut_off,
                collection_by: calendar.times.collection_cut_off,
            };
            let ticket = Ticket::WeekForm(form.clone());
            post(tx, Paper::report(PrintQueue::Counter, today, now, ticket), now)?;
            Ok(form)
        })
    }

    fn week_of(
        &self,
        db: &Connection,
        calendar: &Calendar,
        resident: &Resident,
    ) -> Result<Vec<WeekDay>, Error> {
        let now = self.house.clock.now();
        let last = orders::last_of_resident(db, resident.id)?;
        let habit = Habit::of(resident, last.as_ref());
        let mut ordered = orders::of_resident(db, resident.id, calendar.today(now))?;
        ordered.retain(|order| order.state != OrderState::Cancelled);
        let mut week = Vec::new();
        for date in calendar.bookable(now) {
            let day = days::get(db, date)?;
            let Some(menu) = menus::get(db, date)?.filter(|_| day.closed_at.is_none()) else {
                continue;
            };
            let left = menu.portions.saturating_sub(day.sold);
            let shut = Fulfilment::ALL.iter().copied().filter_map(|way| {
                let over = calendar.check_orderable(date, way, now).is_err();
                over.then_some((way, Unfit::Over))
            });
            let ordered = ordered.iter().filter(|order| order.date == date).cloned().collect();
            let mut day = week_day(resident, habit.as_ref(), menu, left, shut.collect(), ordered);
            day.paused = care::paused(db, resident.id, date)?.map(|pause| pause.kind);
            week.push(day);
        }
        // A day on which nothing can be done any more only takes up room.
        let over = |day: &WeekDay| {
            Fulfilment::ALL.iter().all(|way| day.obstacle(*way) == Some(&Unfit::Over))
        };
        week.retain(|day| !day.ordered.is_empty() || !over(day));
        week.truncate(MOST_DAYS);
        Ok(week)
    }
}

/// Puts a day together; `shut` has the ways whose time is over.
fn week_day(
    resident: &Resident,
    habit: Option<&Habit>,
    menu: Menu,
    left: u32,
    mut shut: Vec<(Fulfilment, Unfit)>,
    ordered: Vec<Order>,
) -> WeekDay {
    let wished = habit.map_or_else(
        || Preferences { note: String::new(), ..resident.usual.clone() },
        |h| h.preferences.clone(),
    );
    let usual = habit.map_or(1, |h| h.portions.get());
    let (preferences, unfit) = match suited(&menu, &resident.allergies, &wished) {
        Ok((preferences, _)) => (preferences, None),
        Err(why) => (wished, Some(why)),
    };
    let portions = Portions::new(u8::try_from(left).unwrap_or(u8::MAX).min(usual));
    let price = menu.prices.get(&resident.category).copied();
    let unfit = match (price, &portions) {
        (None, _) => Some(Unfit::NotSold),
        (_, Err(_)) => Some(Unfit::SoldOut),
        _ => unfit,
    };
    if let Some(why) = unfit {
        for way in Fulfilment::ALL {
            if !shut.iter().any(|(over, _)| over == way) {
                shut.push((*way, why.clone()));
            }
        }
    }
    let portions = portions.unwrap_or(Portions::ONE);
    WeekDay {
        date: menu.date,
        price: price.unwrap_or_default() * i64::from(portions.get()),
        menu,
        portions,
        preferences,
        shut,
        ordered,
        paused: None,
    }
}

fn form_day(day: &WeekDay) -> FormDay {
    FormDay {
        date: day.date,
        dishes: day.menu.dishes.iter().map(|dish| dish.zh.clone()).collect(),
        ways: Fulfilment::ALL.iter().copied().filter(|way| day.obstacle(*way).is_none()).collect(),
        ordered: day
            .ordered
            .iter()
            .map(|order| FormOrder {
                number: order.number,
                fulfilment: order.fulfilment,
                portions: order.portions,
            })
            .collect(),
    }
}

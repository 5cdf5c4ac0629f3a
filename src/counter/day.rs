//! The menu and the stock of a date.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Counter;
use crate::domain::calendar::DayPhase;
use crate::domain::{Calendar, Menu, Refusal, ServiceDate};
use crate::error::Error;
use crate::store::{days, menus};

/// How things stand on a date.
#[derive(Debug, Clone, PartialEq)]
pub struct DayView {
    /// The date.
    pub date: ServiceDate,
    /// Its menu, if written and not closed.
    pub menu: Option<Menu>,
    /// Portions still for sale.
    pub left: u32,
    /// What can still be ordered.
    pub phase: DayPhase,
    /// The next date with lunch.
    pub next: Option<ServiceDate>,
}

impl Counter {
    /// The calendar as it is now.
    pub fn calendar(&self) -> Result<Calendar, Error> {
        self.house.store.read(|db| Ok(self.house.calendar(db)?))
    }

    /// How things stand on a date.
    pub fn day(&self, date: ServiceDate) -> Result<DayView, Error> {
        self.house.store.read(|db| {
            let calendar = self.house.calendar(db)?;
            let phase = calendar.phase(date, self.house.clock.now());
            let menu = match phase {
                DayPhase::Closed { .. } => None,
                _ => menus::get(db, date)?,
            };
            let sold = days::get(db, date)?.sold;
            let left = menu.as_ref().map_or(0, |m| m.portions.saturating_sub(sold));
            Ok(DayView { date, menu, left, phase, next: calendar.next_open(date) })
        })
    }

    /// Writes menus, in place of older ones, and closed days.
    pub fn write_menus(
        &self,
        written: &[Menu],
        closed: &BTreeMap<Date, String>,
    ) -> Result<(), Error> {
        self.house.store.write(|tx| {
            for menu in written {
                menus::put(tx, menu)?;
            }
            for (date, reason) in closed {
                menus::close_day(tx, *date, reason)?;
            }
            Ok(())
        })
    }

    /// Sets the portions for sale; fewer than are sold means sold out. Returns what is left.
    pub fn set_portions(&self, date: ServiceDate, portions: u32) -> Result<u32, Error> {
        self.house.store.write(|tx| {
            let mut menu = menus::get(tx, date)?.ok_or(Refusal::NoMenu { date })?;
            menu.portions = portions;
            menus::put(tx, &menu)?;
            Ok(portions.saturating_sub(days::get(tx, date)?.sold))
        })
    }

    /// Changes the menu of a date as it stands at that moment; returns it as it is now.
    pub fn change_menu(
        &self,
        date: ServiceDate,
        change: impl FnOnce(&mut Menu),
    ) -> Result<Menu, Error> {
        self.house.store.write(|tx| {
            let mut menu = menus::get(tx, date)?.ok_or(Refusal::NoMenu { date })?;
            change(&mut menu);
            menus::put(tx, &menu)?;
            Ok(menu)
        })
    }

    /// Opens a date that was closed with a reason; whether it was.
    pub fn open_day(&self, date: ServiceDate) -> Result<bool, Error> {
        self.house.store.write(|tx| Ok(menus::open_day(tx, date.0)?))
    }

    /// Sells nothing more on a date; what is ordered stays ordered.
    pub fn sell_out(&self, date: ServiceDate) -> Result<(), Error> {
        self.house.store.write(|tx| {
            menus::get(tx, date)?.ok_or(Refusal::NoMenu { date })?;
            Ok(menus::stop_selling(tx, date, days::get(tx, date)?.sold)?)
        })
    }

    /// Takes [`Counter::sell_out`] back: the portions that were there are for sale again. Returns
    /// what is left; nothing changes if selling had not been stopped.
    pub fn sell_again(&self, date: ServiceDate) -> Result<u32, Error> {
        self.house.store.write(|tx| {
            menus::sell_again(tx, date)?;
            let menu = menus::get(tx, date)?.ok_or(Refusal::NoMenu { date })?;
            Ok(menu.portions.saturating_sub(days::get(tx, date)?.sold))
        })
    }

    /// Portions that [`Counter::sell_again`] would bring back; none while selling is not stopped.
    pub fn held_back(&self, date: ServiceDate) -> Result<Option<u32>, Error> {
        self.house.store.read(|db| {
            let sold = days::get(db, date)?.sold;
            Ok(menus::portions_before(db, date)?.map(|before| before.saturating_sub(sold)))
        })
    }
}

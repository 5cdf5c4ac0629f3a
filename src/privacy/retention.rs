//! The nightly task: a day at a time, or a few hundred rows, so that nobody at the screen waits for it.

use jiff::civil::Time;
use jiff::{SignedDuration, ToSpan};

use super::Privacy;
use crate::domain::{Calendar, ServiceDate};
use crate::error::Error;
use crate::store::retention::{self, Kept};

/// Rows of the audit and the history that one step forgets.
const ROWS: u32 = 500;
/// How long after lunch it begins.
const AFTER_LUNCH: SignedDuration = SignedDuration::from_hours(2);

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgotten {
    /// A day's orders or visits have no names any more.
    Day(Kept, ServiceDate),
    /// So many rows are gone.
    Rows(Kept, usize),
    /// Everything of a kind before this date is done.
    Before(Kept, ServiceDate),
}

impl Privacy {
    /// One step, if one is due and lunch is over; nothing between the kitchen's beginning and two
    /// hours after the last meal.
    pub fn forget_at_night(&self) -> Result<Option<Forgotten>, Error> {
        let calendar = self.house.settings.calendar();
        let now = self.house.clock.now();
        let today = calendar.today(now);
        let begin = calendar.at(today, calendar.times.kitchen_from);
        let end = calendar.at(today, calendar.times.service_until) + AFTER_LUNCH;
        if (begin..end).contains(&now) {
            return Ok(None);
        }
        self.forget()
    }

    /// One step, if one is due; nothing once everything is as the settings have it.
    pub fn forget(&self) -> Result<Option<Forgotten>, Error> {
        let calendar = self.house.settings.calendar();
        let today = calendar.today(self.house.clock.now());
        let mut nothing_left = None;
        for what in Kept::ALL.iter().copied() {
            let before = months_before(today, self.months(what));
            let done = self.house.store.read(|db| retention::done_before(db, what))?;
            if done.is_none_or(|done| done < before) {
                match self.step(&calendar, what, done, before)? {
                    // Noted at once for every kind, so that no later look has to write.
                    noted @ Forgotten::Before(..) => nothing_left = Some(noted),
                    step => return Ok(Some(step)),
                }
            }
            let late = what == Kept::Visits
                && self.house.store.read(|db| retention::any_late_check(db, before))?;
            if late {
                self.house.store.write(|tx| {
                    retention::overwriting(tx, || retention::empty_late_checks(tx, before))
                })?;
                return Ok(Some(Forgotten::Before(what, before)));
            }
        }
        Ok(nothing_left)
    }

    fn step(
        &self,
        calendar: &Calendar,
        what: Kept,
        done: Option<ServiceDate>,
        before: ServiceDate,
    ) -> Result<Forgotten, Error> {
        let now = self.house.clock.now();
        let moment = calendar.at(before, Time::midnight());
        self.house.store.write(|tx| {
            retention::overwriting(tx, || {
                if let Some(date) = retention::next_date(tx, what, done, before)? {
                    match what {
                        Kept::Orders => {
                            retention::empty_orders(tx, date)?;
                            retention::empty_papers(tx, date)?;
                        }
                        _ => retention::empty_visits(tx, date)?,
                    }
                    retention::mark(tx, what, date.next(), now)?;
                    return Ok(Forgotten::Day(what, date));
                }
                let gone = retention::forget_lines(tx, what, moment, ROWS)?;
                if gone > 0 {
                    return Ok(Forgotten::Rows(what, gone));
                }
                if what == Kept::Visits {
                    retention::forget_care(tx, before, moment)?;
                }
                retention::mark(tx, what, before, now)?;
                Ok(Forgotten::Before(what, before))
            })
        })
    }

    fn months(&self, what: Kept) -> u32 {
        let kept = self.house.settings.privacy;
        match what {
            Kept::Orders => kept.orders_months,
            Kept::Visits => kept.visits_months,
            Kept::Audit => kept.audit_months,
            Kept::History => kept.history_months,
        }
    }
}

/// The same day so many months before; the last of its month where that has no such day.
fn months_before(today: ServiceDate, months: u32) -> ServiceDate {
    today.0.checked_sub(i64::from(months).months()).map_or(today.plus_days(-3660), ServiceDate)
}

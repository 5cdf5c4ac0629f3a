//! Service dates and the times that open and close them.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::order::Fulfilment;
use super::refusal::Refusal;

/// The day on which a lunch is eaten, by the compound's own calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServiceDate(pub Date);

impl fmt::Display for ServiceDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for ServiceDate {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl ServiceDate {
    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1.day()))
    }

    /// The day `days` days later (earlier if negative).
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.days()))
    }

    /// Month and day with the weekday, in Chinese: `11月24日 周二`.
    pub fn zh(self) -> String {
        format!("{}月{}日 {}", self.0.month(), self.0.day(), weekday_zh(self.0.weekday()))
    }

    /// Weekday, day and month, in English: `Tue 24 Nov`.
    pub fn en(self) -> String {
        self.0.strftime("%a %-d %b").to_string()
    }
}

/// The Chinese name of a weekday.
pub const fn weekday_zh(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

/// The times of a service day, local to the compound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceTimes {
    /// How many days ahead an order may be placed.
    pub days_ahead: u16,
    /// From when the kiosk takes orders, every day.
    pub orders_from: Time,
    /// The kitchen's first count, on the day before.
    pub pre_count: Time,
    /// When kitchen tickets of orders placed ahead are due, on the morning of service.
    pub kitchen_from: Time,
    /// The last moment for a delivery order.
    pub delivery_cut_off: Time,
    /// The last moment for an eat-in or take-away order.
    pub collection_cut_off: Time,
    /// The first meal is handed out.
    pub service_from: Time,
    /// The last meal is handed out.
    pub service_until: Time,
    /// The longest time between leaving the kitchen and the door.
    pub hot_limit_min: u16,
}

impl ServiceTimes {
    /// The last moment for an order of this kind.
    pub fn cut_off(&self, fulfilment: Fulfilment) -> Time {
        match fulfilment {
            Fulfilment::Delivery => self.delivery_cut_off,
            Fulfilment::EatIn | Fulfilment::TakeAway => self.collection_cut_off,
        }
    }
}

/// What the clubhouse's day looks like at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayPhase {
    /// No lunch on this date, and why.
    Closed {
        /// The reason in Chinese, as the desk wrote it.
        reason: String,
    },
    /// Nothing yet: the kiosk takes orders later this morning.
    BeforeOpening {
        /// From when, local.
        from: Time,
    },
    /// Everything can be ordered.
    Open,
    /// Delivery is over, collection is not.
    CollectionOnly,
    /// All ordering for the day is over; meals may still be handed out.
    OrdersClosed,
}

/// When lunch is served: the zone, the times, closed weekdays and closed dates.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The compound's time zone; the machine's own does not matter.
    pub zone: TimeZone,
    /// The times of every service day.
    pub times: ServiceTimes,
    /// Weekdays without lunch.
    pub closed_weekdays: Vec<Weekday>,
    /// Public holidays and other closed days, with the reason to show.
    pub closed_days: BTreeMap<Date, String>,
    /// Dates with lunch although their weekday has none, such as a Saturday made a working day.
    pub open_days: BTreeSet<Date>,
}

impl Calendar {
    /// The compound's wall clock at a moment.
    pub fn local(&self, now: Timestamp) -> DateTime {
        self.zone.to_datetime(now)
    }

    /// The compound's date at a moment.
    pub fn today(&self, now: Timestamp) -> ServiceDate {
        ServiceDate(self.local(now).date())
    }

    /// The moment at which the compound's wall clock shows `time` on `date`.
    pub fn at(&self, date: ServiceDate, time: Time) -> Timestamp {
        self.zone.to_timestamp(date.0.to_datetime(time)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Why there is no lunch on a date, if so.
    pub fn closed(&self, date: ServiceDate) -> Option<String> {
        if let Some(reason) = self.closed_days.get(&date.0) {
            return Some(reason.clone());
        }
        let rests = self.closed_weekdays.contains(&date.0.weekday());
        (rests && !self.open_days.contains(&date.0))
            .then(|| format!("{}休息", weekday_zh(date.0.weekday())))
    }

    /// The first date after `date` with lunch, looking at most 60 days ahead.
    pub fn next_open(&self, date: ServiceDate) -> Option<ServiceDate> {
        (1..=60).map(|days| date.plus_days(days)).find(|d| self.closed(*d).is_none())
    }

    /// Today and the days ahead for which orders are taken now, closed days left out.
    pub fn bookable(&self, now: Timestamp) -> Vec<ServiceDate> {
        let today = self.today(now);
        (0..=i64::from(self.times.days_ahead))
            .map(|days| today.plus_days(days))
            .filter(|d| self.closed(*d).is_none())
            .collect()
    }

    /// From when the kiosk takes orders, if it does not yet at `now`. Staff are not bound to it.
    pub fn opens_later(&self, now: Timestamp) -> Option<Time> {
        let from = self.times.orders_from;
        (self.local(now).time() < from).then_some(from)
    }

    /// What can still be done for `date` at `now`.
    pub fn phase(&self, date: ServiceDate, now: Timestamp) -> DayPhase {
        if let Some(reason) = self.closed(date) {
            return DayPhase::Closed { reason };
        }
        if now < self.at(date, self.times.delivery_cut_off) {
            match self.opens_later(now) {
                Some(from) => DayPhase::BeforeOpening { from },
                None => DayPhase::Open,
            }
        } else if now < self.at(date, self.times.collection_cut_off) {
            DayPhase::CollectionOnly
        } else {
            DayPhase::OrdersClosed
        }
    }

    /// Refuses an order for a date that is closed, past, too far ahead or past its cut-off.
    pub fn check_orderable(
        &self,
        date: ServiceDate,
        fulfilment: Fulfilment,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if let Some(reason) = self.closed(date) {
            return Err(Refusal::Closed { date, reason, next: self.next_open(date) });
        }
        let last = self.today(now).plus_days(i64::from(self.times.days_ahead));
        if date > last {
            return Err(Refusal::TooFarAhead { date, last });
        }
        let cut_off = self.times.cut_off(fulfilment);
        if now >= self.at(date, cut_off) {
            return Err(Refusal::PastCutOff { fulfilment, cut_off });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn calendar() -> Calendar {
        Calendar {
            zone: TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC),
            times: ServiceTimes {
                days_ahead: 3,
                orders_from: time(7, 0, 0, 0),
                pre_count: time(15, 0, 0, 0),
                kitchen_from: time(8, 0, 0, 0),
                delivery_cut_off: time(10, 0, 0, 0),
                collection_cut_off: time(11, 30, 0, 0),
                service_from: time(11, 0, 0, 0),
                service_until: time(12, 30, 0, 0),
                hot_limit_min: 30,
            },
            closed_weekdays: vec![Weekday::Saturday, Weekday::Sunday],
            closed_days: BTreeMap::from([(date(2026, 10, 1), "国庆节".to_owned())]),
            open_days: BTreeSet::from([date(2026, 10, 10)]),
        }
    }

    #[test]
    fn the_cut_off_is_by_the_compounds_clock() {
        let c = calendar();
        let tuesday = ServiceDate(date(2026, 11, 24));
        let cut_off = c.at(tuesday, time(10, 0, 0, 0));
        assert_eq!(cut_off.to_string(), "2026-11-24T02:00:00Z");
        let before = cut_off - 1.second();
        assert!(c.check_orderable(tuesday, Fulfilment::Delivery, before).is_ok());
        assert!(matches!(
            c.check_orderable(tuesday, Fulfilment::Delivery, cut_off),
            Err(Refusal::PastCutOff { .. })
        ));
        assert!(c.check_orderable(tuesday, Fulfilment::EatIn, cut_off).is_ok());
        assert_eq!(c.phase(tuesday, cut_off), DayPhase::CollectionOnly);
    }

    #[test]
    fn early_in_the_morning_the_kiosk_says_when_it_opens() {
        let c = calendar();
        let tuesday = ServiceDate(date(2026, 11, 24));
        let seven = c.at(tuesday, time(7, 0, 0, 0));
        let early = DayPhase::BeforeOpening { from: time(7, 0, 0, 0) };
        assert_eq!(c.phase(tuesday, seven - 1.second()), early);
        assert_eq!(c.phase(tuesday.next(), seven - 1.second()), early, "for days ahead too");
        assert_eq!(c.phase(tuesday, seven), DayPhase::Open);
        let late = c.at(tuesday, time(23, 0, 0, 0));
        assert_eq!(c.phase(tuesday.next(), late), DayPhase::Open, "it has no closing hour");
        let yesterday = tuesday.plus_days(-1);
        assert_eq!(c.phase(yesterday, seven - 1.second()), DayPhase::OrdersClosed);
    }

    #[test]
    fn holidays_and_weekends_are_skipped() {
        let c = calendar();
        let eve = ServiceDate(date(2026, 9, 30));
        assert_eq!(c.next_open(eve), Some(ServiceDate(date(2026, 10, 2))));
        let friday = ServiceDate(date(2026, 10, 2));
        assert_eq!(c.next_open(friday), Some(ServiceDate(date(2026, 10, 5))));
        let made_up = ServiceDate(date(2026, 10, 10));
        assert_eq!(c.closed(made_up), None, "a Saturday made a working day");
        assert!(matches!(
            c.check_orderable(
                ServiceDate(date(2026, 10, 1)),
                Fulfilment::EatIn,
                c.at(eve, time(9, 0, 0, 0))
            ),
            Err(Refusal::Closed { .. })
        ));
    }
}

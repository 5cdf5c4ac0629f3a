//! What the clock sets off: counts, rounds, expired papers. Each step can be repeated safely.

use std::time::{Duration, Instant};

use crate::counter::Counter;
use crate::dispatch::Dispatch;
use crate::domain::calendar::DayPhase;
use crate::domain::{Refusal, ServiceDate};
use crate::error::Error;
use crate::house::House;
use crate::printing;
use crate::privacy::{Forgotten, Privacy};
use crate::routing::{Control, Options};
use crate::store::{days, print_jobs};

/// What a look at the clock set off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// The first count for the next service date was printed.
    PreCount(ServiceDate),
    /// The final count was printed.
    Count(ServiceDate),
    /// Rounds were planned: how many, and doors left out.
    Rounds(ServiceDate, usize, usize),
    /// It was said at so many printers how far their paper will last.
    Forecast(ServiceDate, usize),
    /// What is needed to serve lunch without the kiosk was printed.
    Blackout(ServiceDate),
    /// Papers whose meal is over left the queue.
    Expired(usize),
    /// What is old lost its names.
    Forgot(Forgotten),
}

/// A planner's control that ends by time.
pub struct TimeLimit {
    started: Instant,
    limit: Duration,
}

impl TimeLimit {
    /// Starts now.
    pub fn new(limit: Duration) -> Self {
        Self { started: Instant::now(), limit }
    }
}

impl Control for TimeLimit {
    fn elapsed_fraction(&self) -> Option<f64> {
        Some(self.started.elapsed().as_secs_f64() / self.limit.as_secs_f64())
    }
}

/// Does what is due at the house's time; what is not due is only looked up. One failure does not hold up the rest.
pub fn tick(house: &House) -> (Vec<Done>, Vec<Error>) {
    let mut done = Vec::new();
    let mut failed = Vec::new();
    if house.clock.is_doubtful() {
        // Counts, rounds and expired papers of the wrong day are worse than late ones.
        return (done, failed);
    }
    for step in [expire, forecast, pre_count, count, rounds, blackout, forget] {
        match step(house) {
            Ok(Some(what)) => done.push(what),
            Ok(None) => {}
            Err(error) => failed.push(error),
        }
    }
    (done, failed)
}

/// A step of the nightly task: one each second until nothing is left to forget.
fn forget(house: &House) -> Result<Option<Done>, Error> {
    let step = Privacy::new(house.clone()).forget_at_night()?;
    // That nothing more is to be done is no news.
    let news = step.filter(|step| !matches!(step, Forgotten::Before(..)));
    Ok(news.map(Done::Forgot))
}

fn expire(house: &House) -> Result<Option<Done>, Error> {
    let now = house.clock.now();
    if !house.store.read(|db| Ok::<_, Error>(print_jobs::any_expired(db, now)?))? {
        return Ok(None);
    }
    let expired = house.store.write(|tx| Ok::<_, Error>(print_jobs::expire(tx, now)?))?;
    Ok((expired > 0).then_some(Done::Expired(expired)))
}

/// In the morning, while paper can still be fetched.
fn forecast(house: &House) -> Result<Option<Done>, Error> {
    let counter = Counter::new(house.clone());
    let calendar = counter.calendar()?;
    let now = house.clock.now();
    let today = calendar.today(now);
    let morning = calendar.at(today, calendar.times.kitchen_from);
    let is_morning = (morning..calendar.at(today, calendar.times.service_from)).contains(&now);
    if !is_morning || counter.day(today)?.menu.is_none() {
        return Ok(None);
    }
    let printers = printing::post_forecasts(house, today)?;
    Ok((printers > 0).then_some(Done::Forecast(today, printers)))
}

fn pre_count(house: &House) -> Result<Option<Done>, Error> {
    let counter = Counter::new(house.clone());
    let calendar = counter.calendar()?;
    let now = house.clock.now();
    let today = calendar.today(now);
    let Some(next) = calendar.next_open(today) else { return Ok(None) };
    let due = calendar.at(next.plus_days(-1), calendar.times.pre_count);
    let ordered = house.store.read(|db| Ok::<_, Error>(days::get(db, next)?.last_number))?;
    if now < due || ordered == 0 || counter.counted(next)?.0 {
        return Ok(None);
    }
    counter.print_count(next, false)?;
    Ok(Some(Done::PreCount(next)))
}

fn count(house: &House) -> Result<Option<Done>, Error> {
    let counter = Counter::new(house.clone());
    let Some(today) = past_cut_off(house, &counter)? else { return Ok(None) };
    if counter.counted(today)?.1 || counter.day(today)?.menu.is_none() {
        return Ok(None);
    }
    counter.print_count(today, true)?;
    Ok(Some(Done::Count(today)))
}

fn rounds(house: &House) -> Result<Option<Done>, Error> {
    let counter = Counter::new(house.clone());
    let Some(today) = past_cut_off(house, &counter)? else { return Ok(None) };
    if house.store.read(|db| Ok::<_, Error>(days::get(db, today)?.planned_at))?.is_some() {
        return Ok(None);
    }
    let delivered = counter.count(today)?.of(crate::domain::Fulfilment::Delivery);
    if delivered == 0 {
        return Ok(None);
    }
    let limit = TimeLimit::new(Duration::from_secs(u64::from(house.settings.rounds.plan_s)));
    match Dispatch::new(house.clone()).plan_rounds(today, &Options::default(), &limit) {
        Ok(planned) => Ok(Some(Done::Rounds(today, planned.rounds.len(), planned.left_out.len()))),
        // Until somebody is on duty there is nothing to plan; the desk sees it by the empty roster.
        Err(error) if matches!(error.refusal(), Some(Refusal::NobodyOnDuty { .. })) => Ok(None),
        Err(error) => Err(error),
    }
}

/// After the rounds, so that the list can name them; once more when the last orders are in.
fn blackout(house: &House) -> Result<Option<Done>, Error> {
    let counter = Counter::new(house.clone());
    let Some(today) = past_cut_off(house, &counter)? else { return Ok(None) };
    let calendar = counter.calendar()?;
    let last = matches!(calendar.phase(today, house.clock.now()), DayPhase::OrdersClosed);
    let printed = Dispatch::new(house.clone()).print_blackout(today, last)?;
    Ok(printed.then_some(Done::Blackout(today)))
}

/// Today, if its delivery cut-off has passed, lunch is not yet over and the day not closed.
fn past_cut_off(house: &House, counter: &Counter) -> Result<Option<ServiceDate>, Error> {
    let calendar = counter.calendar()?;
    let now = house.clock.now();
    let today = calendar.today(now);
    let closed = house.store.read(|db| Ok::<_, Error>(days::get(db, today)?.closed_at))?;
    let running = now < calendar.at(today, calendar.times.service_until) && closed.is_none();
    let after =
        matches!(calendar.phase(today, now), DayPhase::CollectionOnly | DayPhase::OrdersClosed);
    Ok((running && after).then_some(today))
}

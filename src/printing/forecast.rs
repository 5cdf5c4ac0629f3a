//! Whether the paper lasts through the day.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::outbox::{Paper, post};
use super::roll::{Left, left};
use crate::config;
use crate::domain::{PrintQueue, ServiceDate};
use crate::error::Error;
use crate::house::House;
use crate::store::{StoreError, paper_rolls, print_jobs, queue_moves};
use crate::tickets::Ticket;
use crate::tickets::content::PaperForecast;

/// What the days before say of the day ahead.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(28 * 24);
/// A paper's length in dots before any was printed: 12 cm, a slip and a kitchen ticket on average.
const USUAL: u64 = 960;

/// Whether the roll of a printer lasts through the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The printer's name in the settings.
    pub printer: String,
    /// What is left of its roll.
    pub left: Left,
    /// Papers that today will bring: as many as a day did lately, or what waits already.
    pub expected: u32,
}

/// The forecast of one printer for a date.
pub fn forecast(
    db: &Connection,
    (name, printer): (&str, &config::Printer),
    queues: &[PrintQueue],
    date: ServiceDate,
    now: Timestamp,
) -> Result<Forecast, StoreError> {
    let (papers, dots, days) = paper_rolls::printed_by_day(db, name, now - LOOK_BACK, date)?;
    let average = if papers == 0 { USUAL } else { dots / u64::from(papers) };
    let waiting = print_jobs::on(db, date)?.iter().filter(|j| queues.contains(&j.queue)).count();
    let expected = papers.checked_div(days).unwrap_or(0).max(waiting as u32);
    let left = left(db, name, printer.roll_m, average)?;
    Ok(Forecast { printer: name.to_owned(), left, expected })
}

/// The forecast of every printer, with the queues it serves by settings and by hand.
pub fn forecasts(
    db: &Connection,
    house: &House,
    date: ServiceDate,
) -> Result<Vec<(Forecast, Vec<PrintQueue>)>, StoreError> {
    let now = house.clock.now();
    let moved = queue_moves::current(db)?;
    let mut all = Vec::new();
    for (name, printer) in &house.settings.printers {
        let serves = |queue: &&PrintQueue| {
            moved.get(*queue).unwrap_or(&house.settings.queue(**queue).printer) == name
        };
        let queues: Vec<PrintQueue> = PrintQueue::ALL.iter().filter(serves).copied().collect();
        all.push((forecast(db, (name, printer), &queues, date, now)?, queues));
    }
    Ok(all)
}

/// Once a morning: a strip at each printer in use. Returns how many; asking again only reads.
pub fn post_forecasts(house: &House, date: ServiceDate) -> Result<usize, Error> {
    let done = |db: &Connection| Ok::<_, Error>(print_jobs::exists(db, date, Ticket::FORECAST)?);
    if house.store.read(done)? {
        return Ok(0);
    }
    house.store.write(|tx| {
        if done(tx)? {
            return Ok(0);
        }
        let now = house.clock.now();
        let calendar = house.calendar(tx)?;
        let mut posted = 0;
        for (forecast, queues) in forecasts(tx, house, date)? {
            let Some(queue) = queues.first() else { continue };
            let strip = Ticket::Forecast(PaperForecast {
                date,
                printer: forecast.printer,
                enough_for: forecast.left.papers,
                expected: forecast.expected,
                at: calendar.local(now),
            });
            post(tx, Paper::of_meal(*queue, &calendar, date, now, strip), now)?;
            posted += 1;
        }
        Ok(posted)
    })
}

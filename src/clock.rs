//! The time every part asks for: the machine's own, or the demonstration's.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::domain::ServiceDate;
use crate::error::Error;
use crate::house::House;
use crate::store::days;

/// A clock that all parts share and that a demonstration can move.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Milliseconds: an offset to the machine's clock, or the whole time if it stands still.
    value: Arc<AtomicI64>,
    runs: bool,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self { value: Arc::new(AtomicI64::new(0)), runs: true }
    }

    /// A clock that shows `start` now and runs on from there.
    pub fn starting_at(start: Timestamp) -> Self {
        let clock = Self::system();
        clock.set(start);
        clock
    }

    /// A clock that stands still until it is moved: for rehearsals and tests.
    pub fn standing_at(moment: Timestamp) -> Self {
        Self { value: Arc::new(AtomicI64::new(moment.as_millisecond())), runs: false }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        let value = self.value.load(Ordering::Relaxed);
        let millis = if self.runs { Timestamp::now().as_millisecond() + value } else { value };
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Moves the clock to a moment.
    pub fn set(&self, moment: Timestamp) {
        let base = if self.runs { Timestamp::now().as_millisecond() } else { 0 };
        self.value.store(moment.as_millisecond() - base, Ordering::Relaxed);
    }

    /// Moves the clock by a span.
    pub fn advance(&self, span: SignedDuration) {
        self.value.fetch_add(span.as_millis() as i64, Ordering::Relaxed);
    }
}

/// The clock of a demonstration: starts at `start` (local), or where its records end if they go
/// on later, or at the same time of the next service day once that day is closed.
pub fn demonstration(house: &House, start: DateTime) -> Result<Clock, Error> {
    let (calendar, latest) =
        house.store.read(|db| Ok::<_, Error>((house.calendar(db)?, days::latest_moment(db)?)))?;
    let mut moment = calendar.at(ServiceDate(start.date()), start.time());
    if let Some(latest) = latest.filter(|latest| *latest > moment) {
        moment = latest;
        let day = calendar.today(latest);
        let closed = house.store.read(|db| Ok::<_, Error>(days::get(db, day)?.closed_at))?;
        if let (Some(_), Some(next)) = (closed, calendar.next_open(day)) {
            moment = calendar.at(next, start.time());
        }
    }
    Ok(Clock::starting_at(moment))
}

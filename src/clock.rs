//! The time every part asks for: the machine's own, or the demonstration's.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

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
    /// Nobody knows whether it is right (see [`crate::clock_trust`]).
    doubtful: Arc<AtomicBool>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self { value: Arc::default(), runs: true, doubtful: Arc::default() }
    }

    /// A clock that shows `start` now and runs on from there.
    pub fn starting_at(start: Timestamp) -> Self {
        let clock = Self::system();
        clock.set(start);
        clock
    }

    /// A clock that stands still until it is moved: for rehearsals and tests.
    pub fn standing_at(moment: Timestamp) -> Self {
        let value = Arc::new(AtomicI64::new(moment.as_millisecond()));
        Self { value, runs: false, doubtful: Arc::default() }
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

    /// Whether nobody knows if it is right: then nothing of a service date may be written.
    pub fn is_doubtful(&self) -> bool {
        self.doubtful.load(Ordering::Relaxed)
    }

    /// Doubts it, or no longer; says whether that is news.
    pub(crate) fn doubt(&self, doubtful: bool) -> bool {
        self.doubtful.swap(doubtful, Ordering::Relaxed) != doubtful
    }

    /// By how much it differs from the machine's; zero for one that stands still.
    pub(crate) fn offset(&self) -> SignedDuration {
        let offset = if self.runs { self.value.load(Ordering::Relaxed) } else { 0 };
        SignedDuration::from_millis(offset)
    }

    /// Lets it differ from the machine's by so much.
    pub(crate) fn set_offset(&self, offset: SignedDuration) {
        if self.runs {
            self.value.store(offset.as_millis() as i64, Ordering::Relaxed);
        }
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

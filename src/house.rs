//! What every use case works with: the database, the clock and the settings.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::{Calendar, Refusal};
use crate::error::Error;
use crate::store::{Store, StoreError, days, menus};

/// How far the clock may stand behind the newest record before nothing is written any more.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// The clubhouse: shared by every use case, cheap to clone.
#[derive(Clone)]
pub struct House {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub settings: Arc<Settings>,
}

impl House {
    /// The folder of the database, the pictures and the backups.
    pub fn folder(&self) -> &std::path::Path {
        // A database always lies in some folder; without a name it is the present one.
        self.store.path().parent().unwrap_or(std::path::Path::new(""))
    }

    /// The calendar with the closed days of the database.
    pub fn calendar(&self, db: &Connection) -> Result<Calendar, StoreError> {
        let mut calendar = self.settings.calendar();
        calendar.closed_days = menus::closed_days(db)?;
        // A menu written for a date says that there is lunch, whatever its weekday.
        calendar.open_days = menus::dates_on(db, &calendar.closed_weekdays)?;
        Ok(calendar)
    }

    /// The time now, refused if nobody knows whether it is right or it lies before what is on record.
    pub fn writing_time(&self, db: &Connection) -> Result<Timestamp, Error> {
        if self.clock.is_doubtful() {
            return Err(Refusal::ClockUnknown.into());
        }
        let now = self.clock.now();
        match days::latest_moment(db)? {
            Some(latest) if now + CLOCK_TOLERANCE < latest => {
                Err(Refusal::ClockSetBack { now, latest }.into())
            }
            _ => Ok(now),
        }
    }
}

/// Ten random bytes for an id.
pub fn entropy() -> [u8; 10] {
    rand::random()
}

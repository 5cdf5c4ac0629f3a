//! The use cases of delivery: roster, rounds, visits, welfare checks, close of day.

mod ask;
mod blackout;
mod close;
mod correct;
mod estate;
mod hand;
mod keep;
mod keep_papers;
mod ladder;
mod pairing;
mod papers;
mod phone;
mod plan;
mod replan;
mod roster;
mod standing;
mod types;
mod version;
mod visits;
mod welfare;

pub use ask::Needed;
pub use close::Closing;
pub use keep::{Became, RoundNews};
pub use ladder::{NOTE_MAX, Standing};
pub use phone::{PhoneRound, Tick, Ticked};
pub use plan::{LateDoor, PlannedDay};
pub use roster::DutyChange;
pub use types::HandInLine;

use rusqlite::Connection;

use crate::domain::{Refusal, ServiceDate};
use crate::error::Error;
use crate::house::House;
use crate::store::days;

/// Refuses what would change a day that is closed.
pub(crate) fn open_day(db: &Connection, date: ServiceDate) -> Result<(), Error> {
    if days::get(db, date)?.closed_at.is_some() {
        return Err(Refusal::DayClosed { date }.into());
    }
    Ok(())
}

/// The dispatcher's desk.
#[derive(Clone)]
pub struct Dispatch {
    house: House,
    /// The plan that was seen; a change is refused where it is another one by now.
    seen: Option<String>,
}

impl Dispatch {
    /// Opens the dispatcher's desk of a house.
    pub fn new(house: House) -> Self {
        Self { house, seen: None }
    }
}

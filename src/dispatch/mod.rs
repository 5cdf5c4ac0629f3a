//! The use cases of delivery: roster, rounds, visits, welfare checks, close of day.

mod ask;
mod blackout;
mod close;
mod correct;
mod estate;
mod hand;
mod keep;
mod keep_papers;
mod pairing;
mod papers;
mod plan;
mod replan;
mod roster;
mod standing;
mod types;
mod visits;
mod welfare;

pub use ask::Needed;
pub use close::Closing;
pub use keep::{Became, RoundNews};
pub use plan::{LateDoor, PlannedDay};
pub use types::HandInLine;

use crate::house::House;

/// The dispatcher's desk.
#[derive(Clone)]
pub struct Dispatch {
    house: House,
}

impl Dispatch {
    /// Opens the dispatcher's desk of a house.
    pub fn new(house: House) -> Self {
        Self { house }
    }
}

//! The use cases of delivery: roster, rounds, visits, welfare checks, close of day.

mod close;
mod papers;
mod plan;
mod roster;
mod types;
mod visits;
mod welfare;

pub use close::Closing;
pub use plan::{PlannedDay, estate_of};
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

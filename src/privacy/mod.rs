//! How long names are kept, and what becomes of one person's data on request.

mod person;
mod retention;

pub use person::Exported;
pub use retention::Forgotten;

use crate::house::House;

/// Keeps what may be kept, and forgets the rest.
#[derive(Clone)]
pub struct Privacy {
    house: House,
}

impl Privacy {
    /// Opens the keeper of a house.
    pub fn new(house: House) -> Self {
        Self { house }
    }
}

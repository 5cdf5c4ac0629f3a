//! The use cases of the office's money: prepaid accounts, the cash of a day, what lunch costs.
//!
//! Whoever books something says what they had before them; if the account or the cash has moved
//! since, nothing is booked, so that neither two clerks nor a double click book twice.

mod account;
mod cash;
mod prices;
mod statement;

pub use cash::{LedgerDay, Posting};
pub use statement::{Line, Statement};

use crate::domain::{Fen, ServiceDate};
use crate::error::Error;
use crate::house::House;
use crate::store::StoreError;

/// The most that is put on an account at once.
pub const MOST_TOP_UP: Fen = Fen::yuan(10_000);
/// The most letters of a reason.
pub const MOST_REASON: usize = 200;

/// Why nothing was booked.
#[derive(Debug, thiserror::Error)]
pub enum TillError {
    /// The account or the cash moved since the page was shown.
    #[error("something was booked in the meantime; nothing was booked now, look again")]
    ChangedMeanwhile,
    /// Nothing, a negative amount, or one that can't be meant.
    #[error("the amount must be more than 0 and at most {MOST_TOP_UP} yuan")]
    Amount,
    /// Nothing is left on the account.
    #[error("there is nothing left on this account")]
    Empty,
    /// Counted and booked cash differ, and nobody said why.
    #[error("the cash differs by {0} yuan; write down why")]
    ReasonMissing(Fen),
    /// A day that has not come.
    #[error("{0} has not come yet")]
    NotYet(ServiceDate),
    /// The rest.
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<StoreError> for TillError {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

/// The office's till.
#[derive(Clone)]
pub struct Till {
    house: House,
}

impl Till {
    /// Opens the till of a house.
    pub fn new(house: House) -> Self {
        Self { house }
    }
}

//! draft
mod join;
mod labels;
mod master;
mod model;
mod neighbours;
mod prices;
mod simplex;
mod subset_row;
pub mod generation;
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoBound {
    #[error("{0}")]
    TooManyDoors(usize),
    #[error("n")]
    NumbersTooLarge,
    #[error("m")]
    NothingToCarry,
    #[error("b")]
    BagTooLarge(i64),
    #[error("u")]
    Unservable(String),
}

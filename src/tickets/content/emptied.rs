//! What is left of a paper once its names are gone.

use serde::{Deserialize, Serialize};

use crate::domain::ServiceDate;

/// A paper without what it said. It can't be printed again; how often it was stays on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmptiedPaper {
    /// The service date that it belonged to.
    pub date: ServiceDate,
    /// The pick-up number that it spoke of, if it spoke of one order.
    pub number: Option<u32>,
    /// The place in the outbox of the first paper that said the same, so that copies still count as
    /// copies.
    pub first: i64,
}

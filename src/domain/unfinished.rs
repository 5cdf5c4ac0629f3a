//! An order that somebody began and did not confirm.

use jiff::Timestamp;

use super::calendar::ServiceDate;
use super::ids::ResidentId;
use super::order::{Fulfilment, Portions, Preferences};

crate::text_enum!(
    /// The question at which an order was left.
    Reached, "question" {
        /// Who is there.
        Door = "door",
        /// How many, and what is done differently.
        Options = "options",
        /// Is it all right.
        Confirm = "confirm",
        /// Which days.
        Week = "week",
    }
);

/// An order that was left half done: asked after by the staff, never placed by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// The date it was meant for.
    pub date: ServiceDate,
    /// The way of eating.
    pub fulfilment: Fulfilment,
    /// How many.
    pub portions: Portions,
    /// What was to be done differently.
    pub preferences: Preferences,
    /// Who began it, if they had shown who they are.
    pub resident: Option<ResidentId>,
    /// How far they came.
    pub reached: Reached,
}

/// An order left half done, as it is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedRecord {
    /// Its place in the record.
    pub id: i64,
    /// When it was left.
    pub left_at: Timestamp,
    /// What it was.
    pub order: Unfinished,
    /// When the staff had asked after it.
    pub followed_up_at: Option<Timestamp>,
}

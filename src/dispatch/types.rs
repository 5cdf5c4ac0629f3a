//! What goes into and comes out of the delivery use cases.

use crate::domain::{OrderId, Outcome};

/// What a volunteer reports of one stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandInLine {
    /// The order carried there.
    pub order: OrderId,
    /// What happened.
    pub outcome: Outcome,
    /// With whom it was left; empty otherwise.
    pub left_with: String,
    /// Cash taken at the door, in fen; `None` means what the slip said.
    pub cash: Option<crate::domain::Fen>,
}

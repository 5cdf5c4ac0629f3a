//! Proof of money that went onto a prepaid account, or was paid out of it.

use crate::domain::{Door, Fen, PaymentMethod, ServiceDate};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The slip in the resident's hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSlip {
    /// The day.
    pub date: ServiceDate,
    /// When, local.
    pub at: DateTime,
    /// Whose: the surname alone.
    pub surname: String,
    /// The door.
    pub door: Door,
    /// Money onto the account; negative for money paid out.
    pub amount: Fen,
    /// How the money came or went.
    pub method: PaymentMethod,
    /// What the account holds now.
    pub balance: Fen,
    /// Who took it.
    pub clerk: String,
}

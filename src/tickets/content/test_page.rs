//! Proof that a printer prints everything a ticket may need.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// A page that shows what a printer can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestPage {
    /// The printer's name in the settings.
    pub printer: String,
    /// The queues that it serves, in Chinese or by their names.
    pub queues: Vec<String>,
    /// When it was asked for, local.
    pub at: DateTime,
}

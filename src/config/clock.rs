//! `[clock]`: when the machine's clock is believed.

use serde::Deserialize;
use std::path::PathBuf;

/// When the machine's clock is believed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Clock {
    /// Whether no order is taken before the network, a battery-backed clock or a person has said what
    /// time it is.
    pub check: bool,
    /// The file that exists once the network's time has come.
    pub synchronised: PathBuf,
}

impl Default for Clock {
    fn default() -> Self {
        Self { check: true, synchronised: "/run/systemd/timesync/synchronized".into() }
    }
}

//! What the staff's page of updates shows.

use std::path::PathBuf;

use crate::update::{Outcome, Report};

/// Packages on the stick, and how the last update ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdatesView {
    /// The version that is installed.
    pub installed: String,
    /// Newer versions on the stick, the newest first.
    pub offered: Vec<Offered>,
    /// Whether one is being installed.
    pub under_way: bool,
    /// How the last one ended.
    pub last: Option<Report>,
    /// Why the one that was confirmed is not being installed.
    pub trouble: Option<Trouble>,
}

/// A newer version on the stick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The package.
    pub file: PathBuf,
    /// Its version.
    pub version: String,
    /// Its SHA-256 in sixteen groups of four digits.
    pub checksum: String,
}

/// Why an update that was confirmed does not begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The file is no longer the one whose checksum was shown.
    Changed,
    /// It can't be read, or can't be copied.
    Unreadable,
}

impl UpdatesView {
    /// The last update's end, if it is one that somebody should hear of.
    pub fn failed_before(&self) -> Option<&Report> {
        self.last.as_ref().filter(|report| report.outcome != Outcome::Installed)
    }
}

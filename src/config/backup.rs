//! `[backup]`: where copies of the database go, and how many stay.

use serde::Deserialize;
use std::path::{Path, PathBuf};

use super::between;

/// Copies of the database.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Backup {
    /// A second place beside the data folder: a USB stick or a folder elsewhere; empty for none.
    pub folder: PathBuf,
    /// Whether something must be mounted there, so that a missing stick is not taken for an empty one.
    pub mounted: bool,
    /// Of so many newest days the last copy stays.
    pub daily: u32,
    /// Of so many newest months the last copy stays.
    pub monthly: u32,
}

impl Default for Backup {
    fn default() -> Self {
        Self { folder: PathBuf::new(), mounted: true, daily: 30, monthly: 12 }
    }
}

impl Backup {
    pub(super) fn check(&self) -> Result<(), String> {
        between("backup.daily", self.daily, 2, 366)?;
        between("backup.monthly", self.monthly, 0, 120)
    }

    /// The second place, if there is one.
    pub fn elsewhere(&self) -> Option<&Path> {
        (!self.folder.as_os_str().is_empty()).then_some(self.folder.as_path())
    }
}

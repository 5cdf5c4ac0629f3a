//! `[idle]`: the neighbours' photographs on a screen that nobody uses.

use serde::Deserialize;
use std::path::PathBuf;

use super::between;

/// What is shown while nobody is there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Idle {
    /// The folder with the photographs, seen from the data folder: `<title> - <name>.jpg`.
    pub slides: PathBuf,
    /// Seconds without a touch before the first one is shown.
    pub after_s: u32,
    /// Seconds that each one stays.
    pub each_s: u32,
}

impl Default for Idle {
    fn default() -> Self {
        Self { slides: "pictures/slides".into(), after_s: 120, each_s: 12 }
    }
}

impl Idle {
    pub(super) fn check(&self) -> Result<(), String> {
        between("idle.after_s", self.after_s, 10, 3600)?;
        // Longer would burn into the panel, shorter would be restless.
        between("idle.each_s", self.each_s, 5, 600)
    }
}

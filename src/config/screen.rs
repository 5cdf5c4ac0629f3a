//! `[screen]` and `[staff]`: the touch panel, and the staff's side of it.

use serde::Deserialize;

use super::between;

/// The touch panel: what fingers and eyes meet, in pixels and millimetres.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Screen {
    /// Pixels across.
    pub width_px: u32,
    /// Pixels down.
    pub height_px: u32,
    /// Millimetres across.
    pub width_mm: u32,
    /// Millimetres down.
    pub height_mm: u32,
    /// Whether the window fills the screen.
    pub fullscreen: bool,
}

/// The staff's side of the screen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Staff {
    /// Four to eight digits that open the staff screen.
    pub pin: String,
}

impl Default for Screen {
    fn default() -> Self {
        Self { width_px: 1280, height_px: 800, width_mm: 217, height_mm: 136, fullscreen: false }
    }
}

impl Default for Staff {
    fn default() -> Self {
        Self { pin: "2468".into() }
    }
}

impl Screen {
    /// Checks the sizes.
    pub(super) fn check(&self) -> Result<(), String> {
        between("screen.width_px", self.width_px, 480, 8192)?;
        between("screen.height_px", self.height_px, 480, 8192)?;
        between("screen.width_mm", self.width_mm, 60, 2000)?;
        between("screen.height_mm", self.height_mm, 60, 2000)
    }
}

impl Staff {
    /// Checks the digits.
    pub(super) fn check(&self) -> Result<(), String> {
        let pin = &self.pin;
        if !(4..=8).contains(&pin.len()) || !pin.bytes().all(|b| b.is_ascii_digit()) {
            return Err("staff.pin must be 4 to 8 digits".into());
        }
        Ok(())
    }
}

//! `[screen]` and `[staff]`: the touch panel, and the staff's side of it.

use serde::Deserialize;
use std::path::PathBuf;

use super::between;

/// The touch panel: what fingers and eyes meet, in pixels and millimetres.
#[derive(Debug, Clone, Deserialize)]
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
    /// Seconds with nobody there until the screen goes dark; 0 for never.
    pub blank_after_s: u32,
    /// The folder of the kernel's backlights.
    pub backlight: PathBuf,
}

/// The staff's side of the screen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Staff {
    /// Four to eight digits that open the staff screen.
    pub pin: String,
    /// A file that holds them in its first line instead; empty for none. A package can make one
    /// for each house, which the settings, being the same everywhere, can't be.
    pub pin_file: PathBuf,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            width_px: 1280,
            height_px: 800,
            width_mm: 217,
            height_mm: 136,
            fullscreen: false,
            blank_after_s: 600,
            backlight: "/sys/class/backlight".into(),
        }
    }
}

impl Default for Staff {
    fn default() -> Self {
        Self { pin: "2468".into(), pin_file: PathBuf::new() }
    }
}

impl Screen {
    /// Checks the sizes, and that the photographs come before the dark.
    pub(super) fn check(&self, slides_after_s: u32) -> Result<(), String> {
        between("screen.width_px", self.width_px, 480, 8192)?;
        between("screen.height_px", self.height_px, 480, 8192)?;
        between("screen.width_mm", self.width_mm, 60, 2000)?;
        between("screen.height_mm", self.height_mm, 60, 2000)?;
        if self.blank_after_s == 0 {
            return Ok(());
        }
        between("screen.blank_after_s", self.blank_after_s, 30, 86_400)?;
        if self.blank_after_s <= slides_after_s {
            return Err(format!(
                "screen.blank_after_s ({}) must be more than idle.after_s ({slides_after_s}), or 0 for a screen that never goes dark",
                self.blank_after_s
            ));
        }
        Ok(())
    }
}

impl Staff {
    /// Takes the digits from their file, if the settings name one.
    pub(super) fn read_pin(&mut self) -> Result<(), String> {
        if self.pin_file.as_os_str().is_empty() {
            return Ok(());
        }
        let file = self.pin_file.display();
        let text = std::fs::read_to_string(&self.pin_file)
            .map_err(|e| format!("staff.pin_file = \"{file}\" can't be read: {e}"))?;
        text.lines().next().unwrap_or_default().trim().clone_into(&mut self.pin);
        self.check().map_err(|_| format!("staff.pin_file = \"{file}\" must hold 4 to 8 digits"))
    }

    /// Checks the digits.
    pub(super) fn check(&self) -> Result<(), String> {
        let pin = &self.pin;
        if !(4..=8).contains(&pin.len()) || !pin.bytes().all(|b| b.is_ascii_digit()) {
            return Err("staff.pin must be 4 to 8 digits".into());
        }
        Ok(())
    }
}

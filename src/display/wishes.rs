//! What the installer wants of the display: the variables of `display.env`.

use std::path::Path;

/// The variables that Slint and the udev rule read, as they were written; nothing where unset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// `SLINT_BACKEND`: `linuxkms…` draws on the kernel's display itself.
    pub backend: Option<String>,
    /// `SLINT_KMS_ROTATION`: degrees to the right.
    pub rotation: Option<String>,
    /// `SLINT_DRM_OUTPUT`: the output, where there are several.
    pub output: Option<String>,
    /// `SLINT_DRM_MODE`: the place of a mode in the output's list.
    pub mode: Option<String>,
    /// `LIBINPUT_CALIBRATION_MATRIX`: a touch panel's own.
    pub calibration: Option<String>,
}

impl Wishes {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self::of(|name| std::env::var(name).ok())
    }

    /// Those of a file like `display.env`; none where it can't be read.
    pub fn of_file(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        Self::of(|wanted| {
            let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
            let mut values = lines.filter_map(|line| line.split_once('='));
            let value = values.rfind(|(name, _)| name.trim() == wanted)?.1.trim();
            Some(value.trim_matches(['"', '\'']).to_owned())
        })
    }

    fn of(value: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name| value(name).filter(|value| !value.trim().is_empty());
        Self {
            backend: value("SLINT_BACKEND"),
            rotation: value("SLINT_KMS_ROTATION"),
            output: value("SLINT_DRM_OUTPUT"),
            mode: value("SLINT_DRM_MODE"),
            calibration: value("LIBINPUT_CALIBRATION_MATRIX"),
        }
    }

    /// Where nothing is set, what `other` says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            backend: self.backend.or(other.backend),
            rotation: self.rotation.or(other.rotation),
            output: self.output.or(other.output),
            mode: self.mode.or(other.mode),
            calibration: self.calibration.or(other.calibration),
        }
    }

    /// Whether the window is to be drawn on the kernel's display, without X or Wayland.
    pub fn is_kernels(&self) -> bool {
        self.backend.as_deref().is_some_and(|name| name.to_lowercase().starts_with("linuxkms"))
    }
}

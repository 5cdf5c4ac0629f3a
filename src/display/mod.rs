//! The panel as the kernel shows it, on a machine without a desktop: its outputs and their modes,
//! its touch devices, and what keeps the picture away.

mod inputs;
mod outputs;
mod report;
mod rotation;
mod trouble;
mod wishes;

pub use inputs::{Touch, touches};
pub use outputs::{Output, Plugged, outputs};
pub use report::{Finding, report};
pub use rotation::Rotation;
pub use trouble::{DisplayTrouble, look};
pub use wishes::Wishes;

use std::path::{Path, PathBuf};

/// Where the kernel and udev show the machine; another place in a story.
#[derive(Debug, Clone)]
pub struct Roots {
    /// `/sys`.
    pub sys: PathBuf,
    /// `/dev`.
    pub dev: PathBuf,
    /// `/run/udev`.
    pub udev: PathBuf,
}

impl Default for Roots {
    fn default() -> Self {
        Self { sys: "/sys".into(), dev: "/dev".into(), udev: "/run/udev".into() }
    }
}

/// Whether this user may read and write a device.
fn may_use(device: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(device, Access::READ_OK | Access::WRITE_OK).is_ok()
}

/// The names in a folder, in order; none where there is no such folder.
fn names(folder: &Path) -> Vec<String> {
    /// A machine has some dozens.
    const MOST: usize = 1000;
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST);
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// The first line of a file of the kernel; empty where it can't be read.
fn line(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().next().unwrap_or_default().trim().to_owned()
}

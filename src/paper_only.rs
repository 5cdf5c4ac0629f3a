//! Paper-only mode: the screen takes no orders and sends people to the window.
//!
//! Staff switch it on and off; the switch is a file in the data folder, because it must hold after
//! a restart and when the database can't be written. The other reasons come from the store itself.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::disk::sync_name;
use crate::store::StoreError;

/// The file that says so.
const MARKER: &str = "paper-only";

/// With fewer free bytes than this the disk counts as full: a lunch's orders and papers need less.
pub const TIGHT: u64 = 4 << 20;
/// So many bytes must be free again before orders are taken: not one more, to fail at the next.
pub const AMPLE: u64 = 8 << 20;

/// Why no orders are taken on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperOnly {
    /// Staff switched it on.
    Staff,
    /// Nobody knows whether the clock is right.
    Clock,
    /// No room on the disk.
    DiskFull,
    /// The disk, or the database on it, may only be read.
    ReadOnly,
    /// Another program has held the database for longer than a writer waits.
    Locked,
    /// The disk does not do what it must, or the database can't be opened.
    Disk,
}

impl PaperOnly {
    /// The reason in an error of the store, if orders can't be written because of it.
    pub fn from_store(error: &StoreError) -> Option<Self> {
        match error {
            StoreError::DiskFull => Some(Self::DiskFull),
            StoreError::ReadOnly => Some(Self::ReadOnly),
            StoreError::Busy => Some(Self::Locked),
            StoreError::Disk(_)
            | StoreError::Open { .. }
            | StoreError::Make { .. }
            | StoreError::Damaged { .. } => Some(Self::Disk),
            StoreError::Sql(_) => error.is_of_the_file().then_some(Self::Disk),
            StoreError::Newer { .. } | StoreError::Migration(_) | StoreError::Value(_) => None,
        }
    }

    /// For the log and the command line.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Staff => "staff switched it on",
            Self::Clock => {
                "nobody knows whether the clock is right; confirm it on the staff screen"
            }
            Self::DiskFull => "the disk is full; make room",
            Self::ReadOnly => {
                "the disk may only be read; restart the machine, then look at its card"
            }
            Self::Locked => "another program holds the database; end it",
            Self::Disk => "the disk or the database fails; look at both with “doctor”",
        }
    }
}

/// The staff's switch.
#[derive(Debug, Clone)]
pub struct Switch {
    marker: PathBuf,
}

impl Switch {
    /// The switch in a data folder.
    pub fn new(data: &Path) -> Self {
        Self { marker: data.join(MARKER) }
    }

    /// Whether it is on.
    pub fn is_on(&self) -> bool {
        self.marker.exists()
    }

    /// Switches it on or off; the same again changes nothing. When this returns `Ok`, it stays so
    /// though the power goes.
    pub fn set(&self, on: bool) -> std::io::Result<()> {
        let done = if on {
            File::create(&self.marker).and_then(|marker| marker.sync_all())
        } else {
            std::fs::remove_file(&self.marker)
        };
        match done {
            Err(e) if !on && e.kind() == ErrorKind::NotFound => {}
            done => done?,
        }
        sync_name(&self.marker)
    }
}

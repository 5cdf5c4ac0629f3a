//! The kinds of trouble a start can have.

use crate::error::Error;
use crate::fonts::FontError;
use crate::store::StoreError;
use clubhouse_hardware::panel::PanelError;
use clubhouse_hardware::printer::TargetError;

/// What kept the kiosk from starting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The settings are wrong or can't be read.
    Settings,
    /// The data folder can't be made or written.
    Folder,
    /// The disk is full.
    DiskFull,
    /// The disk may only be read, or fails.
    Disk,
    /// The database is damaged.
    Damaged,
    /// The database is of a newer version.
    Newer,
    /// The database is held by another program.
    Busy,
    /// The fonts are missing.
    Fonts,
    /// A printer's settings are wrong.
    Printers,
    /// The pins of lamp and buttons can't be had.
    Panel,
    /// Something else.
    Other,
}

impl Cause {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Settings,
        Self::Folder,
        Self::DiskFull,
        Self::Disk,
        Self::Damaged,
        Self::Newer,
        Self::Busy,
        Self::Fonts,
        Self::Printers,
        Self::Panel,
        Self::Other,
    ];

    /// Its name in files and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Folder => "folder",
            Self::DiskFull => "disk-full",
            Self::Disk => "disk",
            Self::Damaged => "damaged",
            Self::Newer => "newer",
            Self::Busy => "busy",
            Self::Fonts => "fonts",
            Self::Printers => "printers",
            Self::Panel => "panel",
            Self::Other => "other",
        }
    }

    /// What the store's failure means.
    pub fn of_store(error: &StoreError) -> Self {
        match error {
            StoreError::Damaged { .. } | StoreError::Value(_) => Self::Damaged,
            StoreError::Newer { .. } => Self::Newer,
            StoreError::DiskFull => Self::DiskFull,
            StoreError::Disk(_) | StoreError::ReadOnly => Self::Disk,
            StoreError::Busy => Self::Busy,
            StoreError::Make { source, .. } => Self::of_io(source),
            StoreError::Open { .. } => Self::Folder,
            StoreError::Sql(_) if error.is_of_the_file() => Self::Damaged,
            StoreError::Sql(_) | StoreError::Migration(_) => Self::Other,
        }
    }

    /// What the system's refusal of a file or folder means.
    pub fn of_io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded => Self::DiskFull,
            ReadOnlyFilesystem => Self::Disk,
            _ => Self::Folder,
        }
    }

    /// What a failure of one of the parts means.
    pub fn of(error: &anyhow::Error) -> Self {
        for part in error.chain() {
            if part.is::<FontError>() {
                return Self::Fonts;
            }
            if part.is::<TargetError>() {
                return Self::Printers;
            }
            if part.is::<PanelError>() {
                return Self::Panel;
            }
            if let Some(error) = part.downcast_ref::<StoreError>() {
                return Self::of_store(error);
            }
            if let Some(Error::Store(error)) = part.downcast_ref::<Error>() {
                return Self::of_store(error);
            }
        }
        Self::Other
    }
}

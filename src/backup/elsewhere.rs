//! The second place: a stick that may be missing, full, pulled out, or no stick at all.

use jiff::Timestamp;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::{BackupError, copy, folder};
use crate::config::Settings;
use crate::house::House;
use crate::store::Snapshot;

/// The note of the last copy that went elsewhere, among the house's own copies.
const NOTE: &str = "elsewhere";

/// How the second place stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Whether a copy could be put there now.
    pub there: bool,
    /// When the last copy was put there.
    pub last: Option<Timestamp>,
}

/// How the second place of a house stands; none if its settings name none.
pub fn place(settings: &Settings) -> Option<Place> {
    let second = settings.backup.elsewhere()?;
    let note = std::fs::read_to_string(settings.data.join(super::FOLDER).join(NOTE));
    Some(Place {
        there: look(second, settings.backup.mounted).is_ok(),
        last: note.ok().and_then(|text| text.trim().parse().ok()),
    })
}

/// Puts a copy that is proved already into the second place, and proves it there again.
pub(super) fn send(house: &House, path: &Path, second: &Path) -> Result<PathBuf, BackupError> {
    look(second, house.settings.backup.mounted)?;
    let in_folder = |source| BackupError::Folder { folder: second.to_owned(), source };
    copy::make_room(&house.settings.backup, second, path)?;
    let target = second.join(path.file_name().unwrap_or_default());
    copy::settle(second, &target, |part| {
        std::fs::copy(path, part).map_err(in_folder)?;
        let (here, there) = (Snapshot::open(path)?, Snapshot::open(part)?);
        if here == there {
            return Ok(());
        }
        let what = "it holds something else than the copy on this machine".to_owned();
        Err(BackupError::Wrong { path: part.to_owned(), what })
    })?;
    copy::tidy(&house.settings.backup, second).map_err(in_folder)?;
    let noted = std::fs::write(folder(house).join(NOTE), house.clock.now().to_string());
    if let Err(error) = noted {
        tracing::warn!(%error, "the copy is there, but when it was made can't be noted");
    }
    Ok(target)
}

/// Whether the second place is there, and is what it should be.
fn look(second: &Path, mounted: bool) -> Result<(), BackupError> {
    let missing = || BackupError::Missing { folder: second.to_owned() };
    let in_folder = |source| BackupError::Folder { folder: second.to_owned(), source };
    let found = match std::fs::metadata(second) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing()),
        Err(error) => return Err(in_folder(error)),
    };
    if !found.is_dir() {
        return Err(in_folder(io::ErrorKind::NotADirectory.into()));
    }
    if !mounted {
        return Ok(());
    }
    // A mount point has another device than the folder it lies in; without a stick they are the same.
    let around = std::fs::metadata(second.join("..")).map_err(in_folder)?;
    if around.dev() == found.dev() { Err(missing()) } else { Ok(()) }
}

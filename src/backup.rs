//! Copies of the database: made online, checked by opening them, the newest kept.

use std::path::{Path, PathBuf};

use crate::house::House;
use crate::store::StoreError;

/// The folder of the backups, in the data folder.
const FOLDER: &str = "backups";

/// Backups kept in the folder.
const KEPT: usize = 30;

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder can't be used.
    #[error(
        "the backup folder {folder} can't be used: {source}. Orders are safe; make room or choose another folder, then back up again"
    )]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The copy failed or is not sound.
    #[error("the backup failed: {0}")]
    Copy(#[from] StoreError),
}

/// Writes a checked copy of a house's database into the folder of its backups.
pub fn back_up(house: &House) -> Result<PathBuf, BackupError> {
    back_up_to(house, &house.settings.data.join(FOLDER))
}

/// Writes a checked copy named after the local time, and removes the oldest beyond thirty.
pub fn back_up_to(house: &House, folder: &Path) -> Result<PathBuf, BackupError> {
    let in_folder = |source| BackupError::Folder { folder: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(in_folder)?;
    let local = house.settings.calendar().local(house.clock.now());
    let target = folder.join(format!("lunch-{}.sqlite", local.strftime("%Y-%m-%dT%H%M%S")));
    let part = target.with_extension("part");
    if part.exists() {
        std::fs::remove_file(&part).map_err(in_folder)?;
    }
    house.store.backup_to(&part)?;
    // A half-written copy never bears the name of a good one.
    std::fs::File::open(&part).and_then(|file| file.sync_all()).map_err(in_folder)?;
    std::fs::rename(&part, &target).map_err(in_folder)?;
    // The new name is on the disk before anybody is told of it.
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(in_folder)?;
    for old in backups(folder).map_err(in_folder)?.iter().rev().skip(KEPT) {
        std::fs::remove_file(old).map_err(in_folder)?;
    }
    Ok(target)
}

/// The backups of a folder, oldest first.
pub fn backups(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "sqlite"))
        .collect();
    found.sort();
    Ok(found)
}

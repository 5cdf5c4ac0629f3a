//! One copy: made under another name, proved, and only then called a backup.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::{BackupError, kept};
use crate::config::Backup;
use crate::disk::{beside, free, sync_name};
use crate::store::Snapshot;

/// Copies that stay when room is made, however little there is.
const LEAST: usize = 2;
/// Room beside the copy itself, in bytes.
const SPARE: u64 = 16 << 20;

/// Refuses a copy whose ledger does not add up.
pub(super) fn prove(path: &Path) -> Result<(), BackupError> {
    let unbalanced = Snapshot::open(path)?.unbalanced;
    if unbalanced == 0 {
        return Ok(());
    }
    let what = format!("{unbalanced} postings of its ledger don't add up");
    Err(BackupError::Wrong { path: path.to_owned(), what })
}

/// Lets `write` make a file beside `target`, and gives it that name once it is on the disk.
///
/// A half-written copy never bears the name of a good one, and is gone when this fails.
pub(super) fn settle(
    folder: &Path,
    target: &Path,
    write: impl FnOnce(&Path) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let in_folder = |source| BackupError::Folder { folder: folder.to_owned(), source };
    let part = target.with_extension("part");
    if part.exists() {
        std::fs::remove_file(&part).map_err(in_folder)?;
    }
    let settled = write(&part).and_then(|()| {
        // The name is on the disk after the bytes, and both before anybody is told.
        File::open(&part).and_then(|file| file.sync_all()).map_err(in_folder)?;
        std::fs::rename(&part, target).map_err(in_folder)?;
        sync_name(target).map_err(in_folder)
    });
    if settled.is_err() {
        // It may never have been made.
        let _ = std::fs::remove_file(&part);
    }
    settled
}

/// Removes the copies that need not stay.
pub(super) fn tidy(rule: &Backup, folder: &Path) -> std::io::Result<()> {
    remove_parts(folder)?;
    for old in kept::superfluous(&kept::backups(folder)?, rule.daily, rule.monthly) {
        std::fs::remove_file(old)?;
    }
    Ok(())
}

/// What a pulled stick or a power cut left half written.
fn remove_parts(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)?.filter_map(Result::ok) {
        let path = entry.path();
        let is_part = path.extension().is_some_and(|e| e == "part");
        if is_part && kept::time_of(&path.with_extension("sqlite")).is_some() {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Sees that a copy of `source` fits; the oldest ones go for it, the newest two never.
pub(super) fn make_room(rule: &Backup, folder: &Path, source: &Path) -> Result<(), BackupError> {
    let in_folder = |source| BackupError::Folder { folder: folder.to_owned(), source };
    tidy(rule, folder).map_err(in_folder)?;
    let needed = size_of(source).map_err(in_folder)? + SPARE;
    let mut copies: Vec<PathBuf> = kept::backups(folder).map_err(in_folder)?;
    while free(folder).is_some_and(|free| free < needed) {
        if copies.len() <= LEAST {
            return Err(BackupError::NoRoom { folder: folder.to_owned() });
        }
        let oldest = copies.remove(0);
        tracing::warn!(copy = %oldest.display(), "the oldest copy goes to make room for a new one");
        std::fs::remove_file(oldest).map_err(in_folder)?;
    }
    Ok(())
}

/// A database with the log that lies beside it.
fn size_of(database: &Path) -> std::io::Result<u64> {
    let log = std::fs::metadata(beside(database, "-wal")).map_or(0, |log| log.len());
    Ok(std::fs::metadata(database)?.len() + log)
}

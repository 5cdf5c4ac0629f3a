//! Puts a copy in the database's place. What was there is kept beside it.

use jiff::Timestamp;
use std::path::{Path, PathBuf};

use super::{BackupError, copy, kept};
use crate::config::Settings;
use crate::disk::{beside, sync_name};
use crate::store::{Snapshot, StoreError, newest_schema};

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The kiosk runs.
    #[error(
        "the kiosk is running with this database. Nothing was changed; end it first (systemctl stop clubhouse-kiosk)"
    )]
    Running,
    /// The copy can't be used.
    #[error("this copy can't be used: {0}. Nothing was changed; choose another one")]
    Copy(StoreError),
    /// The copy was made by a newer program.
    #[error(
        "this copy was made by a newer version of this program (schema {found}, this one knows {known}). Nothing was changed; install that version first"
    )]
    Newer {
        /// The schema of the copy.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// There is no sound copy.
    #[error("there is no sound copy in {0}. Nothing was changed")]
    None(String),
    /// The disk does not let it.
    #[error("the copy could not be put in place: {0}. The database that was there is kept")]
    Disk(#[from] std::io::Error),
    /// The copy on this disk is not sound.
    #[error(transparent)]
    Settle(#[from] BackupError),
}

/// A copy that could be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The copy.
    pub path: PathBuf,
    /// The local time of its name.
    pub made: jiff::civil::DateTime,
    /// What it holds.
    pub contents: Snapshot,
}

/// The newest sound copy, of this machine's or of the second place. Newer ones that are not sound
/// are passed over.
pub fn newest_good(settings: &Settings) -> Result<Offer, RestoreError> {
    // A folder that can't be read has no copy to offer.
    let folders = super::places(settings);
    let mut copies: Vec<PathBuf> =
        folders.iter().flat_map(|folder| kept::backups(folder).unwrap_or_default()).collect();
    copies.sort_by_key(|path| kept::time_of(path));
    for path in copies.into_iter().rev() {
        match describe(&path) {
            Ok(offer) => return Ok(offer),
            Err(error) => tracing::warn!(copy = %path.display(), %error, "a copy is passed over"),
        }
    }
    let folders: Vec<String> = folders.iter().map(|f| f.display().to_string()).collect();
    Err(RestoreError::None(folders.join(", ")))
}

/// What a copy holds, if it can be restored.
pub fn describe(path: &Path) -> Result<Offer, RestoreError> {
    let contents = Snapshot::open(path).map_err(RestoreError::Copy)?;
    let known = newest_schema();
    if contents.schema > known {
        return Err(RestoreError::Newer { found: contents.schema, known });
    }
    let made = kept::time_of(path).or_else(|| modified(path)).unwrap_or_default();
    Ok(Offer { path: path.to_owned(), made, contents })
}

fn modified(path: &Path) -> Option<jiff::civil::DateTime> {
    let time = std::fs::metadata(path).and_then(|file| file.modified()).ok()?;
    Some(jiff::tz::TimeZone::UTC.to_datetime(Timestamp::try_from(time).ok()?))
}

/// Puts a copy in the place of `database`; the file that was there, sound or not, is kept under the
/// name that is returned. Nobody may have it open.
///
/// A power cut at any moment leaves either the old database or the copy: the copy is on this disk and
/// proved before the old one is moved, and [`finish_interrupted`] completes what was begun.
pub fn restore(
    offer: &Offer,
    database: &Path,
    now: Timestamp,
) -> Result<Option<PathBuf>, RestoreError> {
    let folder = database.parent().unwrap_or(Path::new("."));
    let waiting = beside(database, WAITING);
    copy::settle(folder, &waiting, |part| {
        let in_folder = |source| BackupError::Folder { folder: folder.to_owned(), source };
        std::fs::copy(&offer.path, part).map_err(in_folder)?;
        keep_private(part).map_err(in_folder)?;
        if Snapshot::open(part)? == offer.contents {
            return Ok(());
        }
        let what = "it changed while it was copied".to_owned();
        Err(BackupError::Wrong { path: part.to_owned(), what })
    })?;
    let kept = keep_what_is_there(database, now)?;
    finish_interrupted(database)?;
    Ok(kept)
}

/// The ending of a copy that is proved and waits to take the database's place.
const WAITING: &str = ".restoring";

/// Completes a restore that a power cut broke off: the database is gone and a copy waits.
pub fn finish_interrupted(database: &Path) -> std::io::Result<()> {
    let waiting = beside(database, WAITING);
    if !waiting.exists() {
        return Ok(());
    }
    if database.exists() {
        // The restore was broken off before it moved anything; the database that is there counts.
        return std::fs::remove_file(waiting);
    }
    for ending in ["-wal", "-shm", "-damaged"] {
        // They belong to the file that was moved away.
        match std::fs::remove_file(beside(database, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    std::fs::rename(&waiting, database)?;
    sync_name(database)
}

/// Moves the database and its log aside.
fn keep_what_is_there(database: &Path, now: Timestamp) -> std::io::Result<Option<PathBuf>> {
    if !database.exists() {
        return Ok(None);
    }
    let stamp = now.strftime("%Y%m%dT%H%M%SZ");
    let kept = database.with_file_name(format!("lunch-replaced-{stamp}.sqlite"));
    let log = beside(database, "-wal");
    if log.exists() {
        // A second name first, so that the log is never without its database.
        std::fs::copy(&log, beside(&kept, "-wal"))?;
        std::fs::File::open(beside(&kept, "-wal"))?.sync_all()?;
    }
    std::fs::rename(database, &kept)?;
    sync_name(database)?;
    Ok(Some(kept))
}

/// Only its owner reads a database: it holds names and doors. A stick's files may have no such rights.
fn keep_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}

//! Copies of the database: made beside the work, proved by opening them, put in two places, and put
//! back when the database is lost.

mod copy;
mod elsewhere;
mod kept;
mod restore;

pub use elsewhere::{Place, place};
pub use kept::{backups, time_of};
pub use restore::{Offer, RestoreError, describe, finish_interrupted, newest_good, restore};

use std::path::{Path, PathBuf};

use crate::config::Settings;
use crate::house::House;
use crate::store::StoreError;

/// The folder of the backups, in the data folder.
const FOLDER: &str = "backups";

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
    /// Nothing is mounted where the stick should be.
    #[error(
        "no stick is at {folder}. Orders and the copies on this machine are safe; put the stick in, then back up again"
    )]
    Missing {
        /// The folder.
        folder: PathBuf,
    },
    /// The copy does not fit, even after old ones went.
    #[error(
        "there is no room for a backup in {folder}. Orders are safe; make room or take a larger stick, then back up again"
    )]
    NoRoom {
        /// The folder.
        folder: PathBuf,
    },
    /// The copy failed or is not sound.
    #[error("the backup failed: {0}")]
    Copy(#[from] StoreError),
    /// The copy can be opened, but does not hold what it must.
    #[error("the copy {path} is not what was copied: {what}. It was thrown away; back up again")]
    Wrong {
        /// The copy.
        path: PathBuf,
        /// What differs.
        what: String,
    },
}

/// A backup that was made.
#[derive(Debug)]
pub struct Made {
    /// The copy on this machine.
    pub path: PathBuf,
    /// The copy in the second place, if there is one.
    pub elsewhere: Option<Result<PathBuf, BackupError>>,
}

/// What became of the backup behind a closed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackedUp {
    /// Everywhere it should be.
    Everywhere,
    /// On this machine only; the stick was not there, full or broken.
    HereOnly,
    /// Nowhere.
    Nowhere,
}

/// Backs up behind a closed day; what fails is logged, and leaves the day closed.
pub fn after_closing(house: &House) -> BackedUp {
    match back_up(house) {
        Ok(Made { elsewhere: Some(Err(error)), .. }) => {
            tracing::error!(%error, "the backup is on this machine only");
            BackedUp::HereOnly
        }
        Ok(_) => BackedUp::Everywhere,
        Err(error) => {
            tracing::error!(%error, "the day is closed without a backup");
            BackedUp::Nowhere
        }
    }
}

/// The folder of a house's own copies.
pub fn folder(house: &House) -> PathBuf {
    house.settings.data.join(FOLDER)
}

/// Every folder of copies that the settings name.
pub fn places(settings: &Settings) -> Vec<PathBuf> {
    let own = settings.data.join(FOLDER);
    let second = settings.backup.elsewhere().map(Path::to_owned);
    [Some(own), second].into_iter().flatten().collect()
}

/// Writes a proved copy of a house's database into the folder of its backups, and the same file into
/// the second place of the settings.
pub fn back_up(house: &House) -> Result<Made, BackupError> {
    let path = back_up_to(house, &folder(house))?;
    let elsewhere =
        house.settings.backup.elsewhere().map(|second| elsewhere::send(house, &path, second));
    Ok(Made { path, elsewhere })
}

/// Writes a proved copy named after the local time, and removes what is superfluous.
pub fn back_up_to(house: &House, folder: &Path) -> Result<PathBuf, BackupError> {
    let in_folder = |source| BackupError::Folder { folder: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(in_folder)?;
    let local = house.settings.calendar().local(house.clock.now());
    let target = folder.join(local.strftime(kept::NAME).to_string());
    copy::make_room(&house.settings.backup, folder, house.store.path())?;
    copy::settle(folder, &target, |part| {
        house.store.backup_to(part)?;
        copy::prove(part)
    })?;
    copy::tidy(&house.settings.backup, folder).map_err(in_folder)?;
    Ok(target)
}

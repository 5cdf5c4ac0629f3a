//! What can go wrong with the database, in words for the person who must act.

use std::path::PathBuf;

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file can't be opened or made.
    #[error(
        "the database {path} can't be opened: {source}. Check that its folder exists and may be written by this user"
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// What `SQLite` said.
        source: rusqlite::Error,
    },
    /// The file can't be made.
    #[error(
        "the database {path} can't be made: {source}. Check that its folder exists and may be written by this user"
    )]
    Make {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no sound database.
    #[error(
        "the database {path} is damaged ({detail}). Nothing in it was changed. “clubhouse-kiosk restore --latest” puts the newest sound copy of the backups in its place and keeps this file"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the check found.
        detail: String,
    },
    /// The file was written by a newer program.
    #[error(
        "the database {path} was written by a newer version of this program (schema {found}, this program knows {known}); install that version again"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema of the file.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// A migration failed; the file is as it was.
    #[error("the database could not be brought to this version: {0}")]
    Migration(#[from] rusqlite_migration::Error),
    /// No room to write.
    #[error("the disk is full: nothing was changed. Make room, then try again")]
    DiskFull,
    /// The disk does not do what it must.
    #[error(
        "the disk can't be read or written ({0}); nothing was changed. Look at the disk and its room, then try again"
    )]
    Disk(rusqlite::Error),
    /// The file, or the disk it is on, may only be read.
    #[error(
        "the database may only be read, not written; nothing was changed. Look at the rights of its folder, or restart the machine: a failing card turns itself read-only"
    )]
    ReadOnly,
    /// Another program holds the database.
    #[error("the database is busy with another program; nothing was changed. Try again")]
    Busy,
    /// A statement failed.
    #[error("the database failed: {0}")]
    Sql(rusqlite::Error),
    /// A stored value is not of its closed set.
    #[error("the database holds a value this program does not know: {0}")]
    Value(String),
}

impl StoreError {
    /// Whether the file itself failed while it was used: it can't be opened, or is damaged.
    pub fn is_of_the_file(&self) -> bool {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseCorrupt, NotADatabase};
        let Self::Sql(error) = self else { return false };
        let code = error.sqlite_error_code();
        matches!(code, Some(CannotOpen | DatabaseCorrupt | NotADatabase))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::SystemIoFailure) => Self::Disk(error),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sql(error),
        }
    }
}

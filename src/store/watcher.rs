//! Whether anything was written, by whomever.

use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

use super::StoreError;

/// A connection of its own that only asks whether another one wrote (`PRAGMA data_version`).
pub struct Watcher {
    connection: Connection,
    seen: i64,
}

impl Watcher {
    /// Opens one beside the database that is there.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|source| StoreError::Open { path: path.to_owned(), source })?;
        connection.busy_timeout(Duration::from_secs(1))?;
        let seen = version(&connection)?;
        Ok(Self { connection, seen })
    }

    /// Whether anything was written since it was last asked.
    pub fn changed(&mut self) -> Result<bool, StoreError> {
        let now = version(&self.connection)?;
        Ok(std::mem::replace(&mut self.seen, now) != now)
    }
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

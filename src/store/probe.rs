//! Whether the store could take an order now.

use super::{Store, StoreError};
use crate::disk;

impl Store {
    /// Sees whether `room` bytes are free on the disk of the file; a disk that does not say counts
    /// as large.
    ///
    /// Writing a page would not tell: on a full disk it still finds a place in the write-ahead log,
    /// where an order with its papers does not.
    pub fn has_room(&self, room: u64) -> Result<(), StoreError> {
        let full = disk::free(self.path()).is_some_and(|free| free < room);
        if full { Err(StoreError::DiskFull) } else { Ok(()) }
    }

    /// Reads one page.
    pub fn touch(&self) -> Result<(), StoreError> {
        self.read(|db| {
            db.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?;
            // A page of the tree, so that the file itself has to be there.
            db.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
            Ok(())
        })
    }

    /// Writes one page, the same as before, and waits until it is on the disk.
    pub fn probe(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            let version: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
            Ok(tx.pragma_update(None, "user_version", version)?)
        })
    }
}

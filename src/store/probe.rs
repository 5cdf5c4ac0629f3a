//! Whether the store could take an order now.

use super::{Store, StoreError};

impl Store {
    /// Sees whether `room` bytes are free on the disk of the file, then writes one page, the same
    /// as before, and waits until it is there.
    ///
    /// The page alone would not tell: on a full disk it still finds a place in the write-ahead log,
    /// where an order with its papers does not.
    pub fn probe(&self, room: u64) -> Result<(), StoreError> {
        if self.room().is_some_and(|free| free < room) {
            return Err(StoreError::DiskFull);
        }
        self.write(|tx| {
            let version: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
            Ok(tx.pragma_update(None, "user_version", version)?)
        })
    }

    /// Bytes that this user may still write on the disk of the file; nothing if the disk does not
    /// say.
    fn room(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(self.path()).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }
}

//! What several parts ask of the disk: room, a name beside a file, and names that outlast a power cut.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Free bytes of the disk that a file or folder is on; none if it does not say.
pub fn free(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// The file beside another one whose name has this ending behind it.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Waits until it is on the disk that a file is in its folder, or is not: a name is written there.
pub fn sync_name(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

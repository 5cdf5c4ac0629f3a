//! One kiosk a data folder, and nobody puts another database under a running one.

use rustix::fs::{FlockOperation, flock};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The file that is held while the kiosk runs.
const FILE: &str = "running";

/// Why the data folder can't be had for oneself.
#[derive(Debug, thiserror::Error)]
pub enum RunningError {
    /// A kiosk runs with it.
    #[error("a kiosk is running with the data folder {0} already; end it first")]
    Taken(PathBuf),
    /// The file can't be made.
    #[error("the data folder {folder} can't be used: {source}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// The data folder is ours until this is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct Running {
    _held: Option<File>,
}

impl Running {
    /// Takes a data folder. On a disk that may only be read there is nothing to protect, and lunch
    /// goes on with orders on paper.
    pub fn take(data: &Path) -> Result<Self, RunningError> {
        let in_folder = |source| RunningError::Folder { folder: data.to_owned(), source };
        let file = match File::create(data.join(FILE)) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::ReadOnlyFilesystem => {
                return Ok(Self { _held: None });
            }
            Err(error) => return Err(in_folder(error)),
        };
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self { _held: Some(file) }),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(RunningError::Taken(data.to_owned())),
            Err(error) => Err(in_folder(error.into())),
        }
    }
}

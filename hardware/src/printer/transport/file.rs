//! A plain file that collects the bytes, for looking at them later.

use super::{Link, Readiness, TransportError};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Instant;

struct FileLink {
    file: File,
}

/// Opens the file to append to it, making it if need be.
pub(super) fn open(path: &Path) -> Result<impl Link + use<>, TransportError> {
    let flags = rustix::fs::OFlags::NONBLOCK.bits() as i32;
    // Non-blocking, since a pipe in the file's place would hang here until somebody reads.
    let opened = File::options().append(true).create(true).custom_flags(flags).open(path);
    let wrong_kind =
        || TransportError::WrongKind { path: path.to_path_buf(), expected: "plain file" };
    let file = opened.map_err(|error| match error.kind() {
        ErrorKind::IsADirectory => wrong_kind(),
        ErrorKind::NotFound => TransportError::System {
            detail: format!("there is no folder for the print file {}", path.display()),
        },
        _ => TransportError::opening(path, &error),
    })?;
    let kind = file.metadata().map_err(|error| TransportError::opening(path, &error))?;
    if !kind.is_file() {
        return Err(wrong_kind());
    }
    Ok(FileLink { file })
}

impl Link for FileLink {
    fn wait(&mut self, _want_write: bool, _until: Instant) -> Result<Readiness, TransportError> {
        Ok(Readiness { readable: false, writable: true })
    }

    fn try_write(&mut self, bytes: &[u8]) -> Result<usize, TransportError> {
        match self.file.write(bytes) {
            Ok(count) => Ok(count),
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) =>
            {
                Ok(0)
            }
            Err(error) => Err(TransportError::talking(&error)),
        }
    }

    fn try_read(&mut self, _buffer: &mut [u8]) -> Result<usize, TransportError> {
        Ok(0)
    }

    fn can_answer(&self) -> bool {
        false
    }
}

//! A printer behind a device node, `/dev/usb/lp0` as a rule.

use super::TransportError;
use super::fd::{EmptyRead, FdLink};
use rustix::fd::OwnedFd;
use rustix::fs::{FileType, Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, isatty, tcgetattr, tcsetattr};
use std::io;
use std::path::Path;

/// Opens the node without waiting for anything.
pub(super) fn open(path: &Path) -> Result<FdLink, TransportError> {
    let fd = open_node(path, "printer device")?;
    if isatty(&fd) {
        let failed = |error: Errno| TransportError::opening(path, &io::Error::from(error));
        // A terminal line would turn 0Ah into 0Dh 0Ah and echo the printer's answers back to it.
        let mut line = tcgetattr(&fd).map_err(failed)?;
        line.make_raw();
        tcsetattr(&fd, OptionalActions::Now, &line).map_err(failed)?;
    }
    Ok(FdLink::new(fd, EmptyRead::IsNothing, |_| ()))
}

/// Opens a character device to be read and written without waiting.
pub(super) fn open_node(path: &Path, expected: &'static str) -> Result<OwnedFd, TransportError> {
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let failed = |error: Errno| TransportError::opening(path, &io::Error::from(error));
    let wrong_kind = || TransportError::WrongKind { path: path.to_path_buf(), expected };
    let fd = rustix::fs::open(path, flags, Mode::empty()).map_err(|error| match error {
        Errno::ISDIR => wrong_kind(),
        other => failed(other),
    })?;
    let kind = FileType::from_raw_mode(rustix::fs::fstat(&fd).map_err(failed)?.st_mode);
    if kind == FileType::CharacterDevice { Ok(fd) } else { Err(wrong_kind()) }
}

//! A printer behind a device node, `/dev/usb/lp0` as a rule.

use super::TransportError;
use super::fd::{EmptyRead, FdLink};
use rustix::fs::{FileType, Mode, OFlags};
use rustix::termios::{OptionalActions, isatty, tcgetattr, tcsetattr};
use std::io;
use std::path::Path;

/// Opens the node without waiting for anything.
pub(super) fn open(path: &Path) -> Result<FdLink, TransportError> {
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let failed = |error: rustix::io::Errno| TransportError::opening(path, &io::Error::from(error));
    let fd = rustix::fs::open(path, flags, Mode::empty()).map_err(|error| match error {
        rustix::io::Errno::ISDIR => wrong_kind(path),
        other => failed(other),
    })?;
    let kind = FileType::from_raw_mode(rustix::fs::fstat(&fd).map_err(failed)?.st_mode);
    if kind != FileType::CharacterDevice {
        return Err(wrong_kind(path));
    }
    if isatty(&fd) {
        // A terminal line would turn 0Ah into 0Dh 0Ah and echo the printer's answers back to it.
        let mut line = tcgetattr(&fd).map_err(failed)?;
        line.make_raw();
        tcsetattr(&fd, OptionalActions::Now, &line).map_err(failed)?;
    }
    Ok(FdLink::new(fd, EmptyRead::IsNothing, |_| ()))
}

fn wrong_kind(path: &Path) -> TransportError {
    TransportError::WrongKind { path: path.to_path_buf(), expected: "printer device" }
}

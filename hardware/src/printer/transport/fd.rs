//! Non-blocking reading and writing of a file descriptor with poll.

use super::{Link, Readiness, TransportError};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::Errno;
use std::io;
use std::time::{Duration, Instant};

/// How long to look away from a device that calls itself readable and has nothing.
const EMPTY_READ_PAUSE: Duration = Duration::from_millis(5);

/// How the end of a stream shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::printer) enum EmptyRead {
    /// A socket that reads 0 bytes was closed by the other end.
    IsTheEnd,
    /// A USB printer with nothing to say may read as 0 bytes again and again.
    IsNothing,
}

/// A socket or device node in non-blocking mode.
pub(in crate::printer) struct FdLink {
    fd: OwnedFd,
    empty_read: EmptyRead,
    read_was_empty: bool,
    on_finish: fn(&OwnedFd),
}

impl FdLink {
    /// Takes a descriptor that is already non-blocking.
    pub(in crate::printer) fn new(
        fd: OwnedFd,
        empty_read: EmptyRead,
        on_finish: fn(&OwnedFd),
    ) -> Self {
        Self { fd, empty_read, read_was_empty: false, on_finish }
    }

    /// The descriptor itself.
    pub(super) const fn descriptor(&self) -> &OwnedFd {
        &self.fd
    }
}

impl Link for FdLink {
    fn wait(&mut self, want_write: bool, until: Instant) -> Result<Readiness, TransportError> {
        let mut flags = PollFlags::empty();
        let mut left = until.saturating_duration_since(Instant::now());
        let was_empty = self.read_was_empty;
        if was_empty {
            // Without this pause, a device that is for ever readable and empty would take a whole core.
            left = left.min(EMPTY_READ_PAUSE);
        } else {
            flags |= PollFlags::IN;
        }
        if want_write {
            flags |= PollFlags::OUT;
        }
        self.read_was_empty = false;
        let timeout =
            Timespec { tv_sec: left.as_secs() as i64, tv_nsec: i64::from(left.subsec_nanos()) };
        let mut fds = [PollFd::from_borrowed_fd(self.fd.as_fd(), flags)];
        match poll(&mut fds, Some(&timeout)) {
            Ok(0) | Err(Errno::INTR) => Ok(Readiness::default()),
            Ok(_) => {
                let seen = fds[0].revents();
                if was_empty && seen.contains(PollFlags::HUP) {
                    return Err(TransportError::Lost { detail: "the device has gone".into() });
                }
                let broken = seen.intersects(PollFlags::ERR | PollFlags::HUP | PollFlags::NVAL);
                Ok(Readiness {
                    readable: broken || seen.contains(PollFlags::IN),
                    writable: broken || seen.contains(PollFlags::OUT),
                })
            }
            Err(error) => Err(TransportError::talking(&error.into())),
        }
    }

    fn try_write(&mut self, bytes: &[u8]) -> Result<usize, TransportError> {
        match rustix::io::write(&self.fd, bytes) {
            Ok(count) => Ok(count),
            Err(Errno::AGAIN | Errno::INTR) => Ok(0),
            Err(error) => Err(TransportError::talking(&io::Error::from(error))),
        }
    }

    fn try_read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError> {
        match rustix::io::read(&self.fd, &mut *buffer) {
            Ok(0) if !buffer.is_empty() && self.empty_read == EmptyRead::IsTheEnd => {
                Err(TransportError::Lost { detail: "the printer closed it".into() })
            }
            Ok(0) => {
                self.read_was_empty = true;
                Ok(0)
            }
            Ok(count) => Ok(count),
            Err(Errno::AGAIN | Errno::INTR) => Ok(0),
            Err(error) => Err(TransportError::talking(&io::Error::from(error))),
        }
    }

    fn finish(&mut self, _deadline: Instant) -> Result<(), TransportError> {
        (self.on_finish)(&self.fd);
        Ok(())
    }
}

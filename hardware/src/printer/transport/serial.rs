//! A printer on a serial line: RS-232, or a USB adapter to it.

use super::device::open_node;
use super::fd::{EmptyRead, FdLink};
use super::{Link, Readiness, TransportError};
use crate::printer::{Baud, FlowControl};
use rustix::fd::OwnedFd;
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use rustix::termios::{
    ControlModes, InputModes, OptionalActions, QueueSelector, isatty, tcflush, tcgetattr, tcsetattr,
};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// What the kernel's buffer is given ahead of the line. Little, so that the bytes counted as
/// taken have left, and a question is not behind seconds of picture.
const AHEAD: Duration = Duration::from_millis(250);
/// Start bit, eight data bits, stop bit.
const BITS_PER_BYTE: u32 = 10;

/// A serial line, fed no faster than it can pass the bytes on.
struct SerialLink {
    line: FdLink,
    byte_time: Duration,
    /// When the line will have passed on what it was given, if nothing holds it up.
    idle_at: Instant,
    finished: bool,
}

/// Opens the line as 8N1, raw, with the flow control asked for.
pub(super) fn open(
    path: &Path,
    baud: Baud,
    flow: FlowControl,
) -> Result<impl Link + use<>, TransportError> {
    let fd = open_node(path, "serial line")?;
    if !isatty(&fd) {
        return Err(TransportError::WrongKind {
            path: path.to_path_buf(),
            expected: "serial line",
        });
    }
    // As terminal programs and modem drivers do it; two jobs at once would mix their pictures.
    flock(&fd, FlockOperation::NonBlockingLockExclusive).map_err(|error| match error {
        Errno::WOULDBLOCK => TransportError::Busy,
        other => TransportError::opening(path, &io::Error::from(other)),
    })?;
    set_up(&fd, baud, flow).map_err(|error| match error.kind() {
        io::ErrorKind::Unsupported => TransportError::Baud { path: path.to_path_buf(), baud },
        _ => TransportError::opening(path, &error),
    })?;
    Ok(SerialLink {
        line: FdLink::new(fd, EmptyRead::IsNothing, |_| ()),
        byte_time: Duration::from_secs(1) * BITS_PER_BYTE / baud.bits_per_second(),
        idle_at: Instant::now(),
        finished: false,
    })
}

fn set_up(fd: &OwnedFd, baud: Baud, flow: FlowControl) -> io::Result<()> {
    let mut line = tcgetattr(fd)?;
    line.make_raw();
    line.set_speed(baud.bits_per_second())?;
    // No modem signal decides whether the line is there, and none falls when it is closed: a
    // printer that sees DTR go takes the computer for switched off and keeps its answers.
    line.control_modes -= ControlModes::CSTOPB | ControlModes::PARENB | ControlModes::HUPCL;
    line.control_modes |= ControlModes::CLOCAL | ControlModes::CREAD;
    line.control_modes.set(ControlModes::CRTSCTS, flow == FlowControl::Hardware);
    // XOFF stops the line in either case: no answer of a printer contains 11h or 13h, so nothing
    // is lost by it. It is never sent, since 11h or 13h in a picture would be taken for it.
    line.input_modes |= InputModes::IXON;
    line.input_modes -= InputModes::IXOFF | InputModes::IXANY;
    tcsetattr(fd, OptionalActions::Now, &line)?;
    // The call succeeds if anything of it could be done.
    let now = tcgetattr(fd)?;
    if now.output_speed() != baud.bits_per_second() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    if flow == FlowControl::Hardware && !now.control_modes.contains(ControlModes::CRTSCTS) {
        tracing::debug!("the serial line has no RTS/CTS; XON/XOFF alone holds the bytes up");
    }
    Ok(())
}

impl SerialLink {
    /// When more bytes may be given to the line.
    fn next_turn(&self) -> Instant {
        self.idle_at.checked_sub(AHEAD / 2).unwrap_or(self.idle_at)
    }
}

impl Link for SerialLink {
    fn wait(&mut self, want_write: bool, until: Instant) -> Result<Readiness, TransportError> {
        let turn = self.next_turn();
        if !want_write || turn <= Instant::now() {
            return self.line.wait(want_write, until);
        }
        let seen = self.line.wait(false, until.min(turn))?;
        Ok(Readiness { writable: turn <= Instant::now(), ..seen })
    }

    fn try_write(&mut self, bytes: &[u8]) -> Result<usize, TransportError> {
        let now = Instant::now();
        let free = AHEAD.saturating_sub(self.idle_at.saturating_duration_since(now));
        let room = (free.as_nanos() / self.byte_time.as_nanos().max(1)) as usize;
        let offered = &bytes[..bytes.len().min(room)];
        if offered.is_empty() {
            return Ok(0);
        }
        let taken = self.line.try_write(offered)?;
        self.idle_at = self.idle_at.max(now) + self.byte_time * taken as u32;
        Ok(taken)
    }

    fn try_read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError> {
        self.line.try_read(buffer)
    }

    /// Waits until the printer has let the line pass (nearly) everything on: closing it throws
    /// the rest away after a while.
    fn finish(&mut self, deadline: Instant) -> Result<(), TransportError> {
        loop {
            // The answers are no longer of interest; read, they don't keep the wait awake.
            let mut rest = [0; 64];
            while self.line.try_read(&mut rest)? > 0 && Instant::now() < deadline {}
            if self.wait(true, deadline)?.writable {
                self.finished = true;
                return Ok(());
            }
            if Instant::now() >= deadline {
                return Err(TransportError::HeldUp);
            }
        }
    }
}

impl Drop for SerialLink {
    fn drop(&mut self) {
        if !self.finished {
            // Otherwise closing would wait for half a minute until the printer takes the rest.
            let _ = tcflush(self.line.descriptor(), QueueSelector::OFlush);
        }
    }
}

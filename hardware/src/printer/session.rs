//! The conversation of one job: what is sent, and the questions before it.

use super::outcome::{Outcome, PrintError};
use super::progress::{Progress, Watch};
use super::reply::{Reply, ReplyParser};
use super::status::{RealTimeStatus, Status};
use super::transport::{Connection, Input, TransportError};
use escpos::driver::Driver;
use std::time::{Duration, Instant};

/// How often the one who watches is told something.
pub(super) const PERIOD: Duration = Duration::from_millis(500);
/// A printer at work takes bytes, or answers, more often than this.
pub(super) const STANDS_STILL: Duration = Duration::from_secs(2);

/// How long the line must be quiet before no answer too many is under way.
const LEFT_OVER: Duration = Duration::from_millis(20);
/// Answers too many that are waited out before a question.
const MOST_LEFT_OVER: usize = 64;

/// A job that did not end well: why, and how the printer is.
pub(super) type Trouble = (PrintError, Status);

/// One job's conversation with a printer.
pub(super) struct Session {
    pub(super) connection: Connection,
    pub(super) deadline: Instant,
    pub(super) reply_timeout: Duration,
}

impl Session {
    pub(super) fn new(connection: Connection, reply_timeout: Duration, deadline: Instant) -> Self {
        Self { connection, deadline, reply_timeout }
    }

    /// Sends everything, telling the one who watches twice a second.
    pub(super) fn send(
        &mut self,
        bytes: &[u8],
        input: Input,
        watch: Watch,
    ) -> Result<(), PrintError> {
        self.queue(bytes)?;
        let before = self.connection.accepted();
        let (mut taken, mut moved) = (0, Instant::now());
        loop {
            let done = self.connection.advance(Instant::now() + PERIOD, input)?;
            let now_taken = self.connection.accepted() - before;
            if now_taken > taken {
                (taken, moved) = (now_taken, Instant::now());
            }
            let progress = if moved.elapsed() < STANDS_STILL {
                Progress::Sending { taken, total: bytes.len() }
            } else {
                Progress::Status(Status::Offline)
            };
            let broken_off = watch(progress).is_break();
            if done {
                return Ok(());
            }
            if broken_off {
                self.connection.give_up();
                return Err(PrintError::BrokenOff);
            }
        }
    }

    /// Hands bytes to the connection, whose own error says more than the library's text.
    fn queue(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        // After a failure nothing may be sent any more.
        if let Some(error) = self.connection.failure() {
            return Err(error);
        }
        self.connection.write(bytes).map_err(|error| {
            let other = || TransportError::System { detail: error.to_string() };
            self.connection.failure().unwrap_or_else(other)
        })
    }

    /// Sends to a printer that never answers.
    pub(super) fn send_only(&mut self, bytes: &[u8], watch: Watch) -> Outcome {
        let result = self.send(bytes, Input::Discarded, watch);
        let result = result.and_then(|()| Ok(self.connection.finish(self.deadline)?));
        let sent = self.connection.accepted();
        match result {
            Ok(()) => Outcome::Sent,
            Err(reason) => failed(sent, reason),
        }
    }

    /// Makes sure that the printer prints.
    pub(super) fn prepare(&mut self, recover: bool, watch: Watch) -> Result<(), Trouble> {
        let status = self.find_status(recover, watch);
        let broken_off = watch(Progress::Status(status)).is_break();
        if let Some(error) = self.connection.failure() {
            return Err((error.into(), status));
        }
        if broken_off {
            return Err((PrintError::BrokenOff, status));
        }
        if status.prints() {
            return Ok(());
        }
        let answered = !matches!(status, Status::Offline) || self.connection.has_received();
        let reason = if answered { PrintError::NotReady(status) } else { PrintError::NoAnswer };
        Err((reason, status))
    }

    /// Asks how the printer is; what is not simply ready is asked a second time, each question on a
    /// quiet line. An answer that is old or comes twice may have been taken for the next question's,
    /// and then a ready printer looks like one with its cover open.
    pub(super) fn ask_status(&mut self) -> Status {
        let status = self.ask_all(false);
        let silent = !self.connection.has_received() || self.connection.failure().is_some();
        if status == Status::Ready || silent { status } else { self.ask_all(true) }
    }

    /// Asks `DLE EOT` 1 to 4 one after another, so that each answer is known by its question.
    fn ask_all(&mut self, on_quiet_line: bool) -> Status {
        let mut answers = RealTimeStatus::default();
        for n in 1..=4 {
            let quiet = if on_quiet_line { self.wait_for_quiet() } else { Ok(()) };
            match quiet.and_then(|()| self.ask(n)) {
                Ok(Some(byte)) => answers.note(n, byte),
                // Who is silent at the first question is silent at all.
                Ok(None) if n == 1 => break,
                Ok(None) => {}
                Err(error) => return status_of(&error),
            }
        }
        answers.status()
    }

    fn wait_for_quiet(&mut self) -> Result<(), TransportError> {
        for _ in 0..MOST_LEFT_OVER {
            if self.connection.receive(&mut [0], Instant::now() + LEFT_OVER)? == 0 {
                break;
            }
        }
        Ok(())
    }

    fn ask(&mut self, n: u8) -> Result<Option<u8>, TransportError> {
        self.connection.discard_input()?;
        self.queue(&[0x10, 0x04, n])?;
        let until = (Instant::now() + self.reply_timeout).min(self.deadline);
        if !self.connection.advance(until, Input::Kept)? {
            // A device that does not even take a question is full: nothing can be sent to it.
            return Err(self.connection.give_up());
        }
        let mut parser = ReplyParser::new();
        let mut byte = [0];
        while self.connection.receive(&mut byte, until)? > 0 {
            if let Some(Reply::RealTime(answer)) = parser.push(byte[0]) {
                return Ok(Some(answer));
            }
            if Instant::now() >= until {
                break;
            }
        }
        Ok(None)
    }
}

/// A send that failed: whether anything was taken makes all the difference.
pub(super) fn failed(sent: usize, reason: PrintError) -> Outcome {
    let status = status_after(&reason);
    if sent == 0 {
        Outcome::NotSent { reason, status }
    } else {
        Outcome::Uncertain { sent, reason, status }
    }
}

/// How the printer is after a failure, as far as the failure itself says it.
pub(super) fn status_after(reason: &PrintError) -> Status {
    match reason {
        PrintError::Transport(error) => status_of(error),
        PrintError::NotReady(status) => *status,
        PrintError::Nonsense => Status::Error,
        _ => Status::Offline,
    }
}

/// What a failed conversation says about the printer.
pub(super) fn status_of(error: &TransportError) -> Status {
    match error {
        TransportError::Busy | TransportError::Stalled { .. } | TransportError::HeldUp => {
            Status::Offline
        }
        TransportError::Babbling { .. }
        | TransportError::TooLong { .. }
        | TransportError::DiskFull => Status::Error,
        _ => Status::Disconnected,
    }
}

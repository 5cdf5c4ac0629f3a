//! Getting back into step with a printer after a job that was broken off.

use super::encode::{BAND_ROWS, MAX_PRINT_WIDTH_DOTS};
use super::outcome::PrintError;
use super::progress::{Progress, Watch};
use super::reply::{Reply, ReplyParser};
use super::session::{Session, Trouble, status_after};
use super::status::Status;
use super::transport::Input;
use std::time::{Duration, Instant};

/// After a broken-off job: how long the line must be quiet before old answers count as gone.
const QUIET: Duration = Duration::from_millis(150);
/// How long a silent printer is helped out of a broken-off command before it counts as offline.
const LONGEST_SILENCE: Duration = Duration::from_secs(20);
/// NULs sent at most to get a printer out of a command that was broken off.
const MOST_FILLING: usize = 6 * 1024 * 1024;
/// NULs that make up for the longest band a broken-off job can have left unfinished.
const FILLING: usize = BAND_ROWS * MAX_PRINT_WIDTH_DOTS as usize / 8 + 8;

impl Session {
    /// Fills up a broken-off command with NULs until the printer answers in its place in the
    /// stream again, then waits for old answers to have come in.
    ///
    /// One band's worth is enough as a rule. But a raster header that lost its last bytes takes
    /// the questions of status for its sizes and then swallows up to some megabytes.
    pub(super) fn recover(&mut self, watch: Watch) -> Result<(), Trouble> {
        self.fill_up(self.deadline, watch).map_err(|reason| {
            let status = status_after(&reason);
            (reason, status)
        })
    }

    /// Asks for the status; with `recover`, one that is silent is first helped into step.
    ///
    /// Not every printer hears `DLE EOT` in the middle of a command: behind a picture that broke
    /// off it takes the question for dots, and on a line without connections it would do so for ever.
    pub(super) fn find_status(&mut self, recover: bool, watch: Watch) -> Status {
        let status = self.ask_status();
        let silent = !self.connection.has_received() && self.connection.failure().is_none();
        if !(recover && silent) {
            return status;
        }
        let until = (Instant::now() + LONGEST_SILENCE).min(self.deadline);
        match self.fill_up(until, watch) {
            Ok(()) => self.ask_status(),
            Err(_) => status,
        }
    }

    fn fill_up(&mut self, until: Instant, watch: Watch) -> Result<(), PrintError> {
        let (mut asked, mut answered, mut filling, mut filled) = (0_u32, 0_u32, FILLING, 0);
        let mut parser = ReplyParser::new();
        let mut buffer = [0; 64];
        while Instant::now() < until {
            if answered == 0 && filled < MOST_FILLING {
                let mut bytes = vec![0; filling];
                // ESC @, GS r 1.
                bytes.extend([0x1B, b'@', 0x1D, b'r', 1]);
                self.send(&bytes, Input::Kept, watch)?;
                asked += 1;
                filled += filling;
                filling *= 2;
            }
            let patience = if answered == 0 { self.reply_timeout } else { QUIET };
            let count = self.connection.receive(&mut buffer, Instant::now() + patience)?;
            for byte in &buffer[..count] {
                answered += u32::from(matches!(parser.push(*byte), Some(Reply::Paper(_))));
            }
            if answered > 0 && count == 0 {
                return Ok(());
            }
            // Nobody is kept waiting for minutes without a word, and whoever has to stop can.
            if count == 0 && watch(Progress::Status(Status::Offline)).is_break() {
                return Err(PrintError::BrokenOff);
            }
        }
        tracing::debug!(asked, answered, filled, "the printer did not come back into step");
        Err(PrintError::NoAnswer)
    }
}

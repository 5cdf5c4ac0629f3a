//! Getting back into step with a printer after a job that was broken off.

use super::encode::{BAND_ROWS, MAX_PRINT_WIDTH_DOTS};
use super::outcome::PrintError;
use super::progress::Watch;
use super::reply::{Reply, ReplyParser};
use super::session::{Session, Trouble, status_after};
use super::transport::Input;
use std::time::{Duration, Instant};

/// After a broken-off job: how long the line must be quiet before old answers count as gone.
const QUIET: Duration = Duration::from_millis(150);
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
        self.fill_up(watch).map_err(|reason| {
            let status = status_after(&reason);
            (reason, status)
        })
    }

    fn fill_up(&mut self, watch: Watch) -> Result<(), PrintError> {
        let (mut asked, mut answered, mut filling, mut filled) = (0_u32, 0_u32, FILLING, 0);
        let mut parser = ReplyParser::new();
        let mut buffer = [0; 64];
        while Instant::now() < self.deadline {
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
        }
        tracing::debug!(asked, answered, filled, "the printer did not come back into step");
        Err(PrintError::NoAnswer)
    }
}

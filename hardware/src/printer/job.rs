//! One document to one printer, and what became of it.

use super::document::Document;
use super::encode::{BAND_ROWS, MAX_PRINT_WIDTH_DOTS, encode, protocol};
use super::outcome::{JobOptions, Outcome, PrintError, Proof};
use super::reply::{Reply, ReplyParser};
use super::status::{RealTimeStatus, Status, StatusRound, paper_from_gs_r};
use super::target::Target;
use super::transport::{Connection, TransportError, open};
use escpos::printer::Printer;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Time for a question about the status outside of a job.
const STATUS_DEADLINE: Duration = Duration::from_secs(2);
/// Longest time for a job, whatever the options say.
const LONGEST: Duration = Duration::from_hours(1);
/// How often the status is asked while the proof is waited for.
const STATUS_PERIOD: Duration = Duration::from_millis(500);
/// After a broken-off job: how long the line must be quiet before old answers count as gone.
const QUIET: Duration = Duration::from_millis(150);
/// How long a silent printer is helped out of a broken-off command before it counts as offline.
const LONGEST_SILENCE: Duration = Duration::from_secs(20);
/// NULs sent at most to get a printer out of a command that was broken off.
const MOST_FILLING: usize = 6 * 1024 * 1024;
/// NULs that make up for the longest band a broken-off job can have left unfinished.
const FILLING: usize = BAND_ROWS * MAX_PRINT_WIDTH_DOTS as usize / 8 + 8;

/// Prints a document. Returns at the latest when `options.deadline` is over.
pub fn print(target: &Target, document: &Document, options: &JobOptions) -> Outcome {
    print_watched(target, document, options, &mut |_| ControlFlow::Continue(()))
}

/// Like [`print()`]; `watch` is told the status beforehand and about twice a second while the
/// proof is waited for, so that a paper-out shows at once, and may break the wait off.
pub fn print_watched(
    target: &Target,
    document: &Document,
    options: &JobOptions,
    watch: &mut dyn FnMut(Status) -> ControlFlow<()>,
) -> Outcome {
    let bytes = match encode(document) {
        Ok(bytes) => bytes,
        Err(error) => {
            let status = status_with(target, &JobOptions { deadline: STATUS_DEADLINE, ..*options });
            return Outcome::NotSent { reason: error.into(), status };
        }
    };
    let deadline = Instant::now() + options.deadline.min(LONGEST);
    let connection = match open(target, deadline) {
        Ok(connection) => connection,
        Err(error) => {
            let status = status_of(&error);
            return Outcome::NotSent { reason: error.into(), status };
        }
    };
    let mut job = Job::new(connection, options, deadline);
    if !job.expects_replies {
        return job.send_only(&bytes);
    }
    match job.prepare(options.recover, watch) {
        Err((reason, status)) => Outcome::NotSent { reason, status },
        Ok(()) => job.send_and_prove(&bytes, options.proof, watch),
    }
}

/// Asks a printer how it is; takes two seconds at most.
pub fn status(target: &Target) -> Status {
    status_with(target, &JobOptions { deadline: STATUS_DEADLINE, ..JobOptions::default() })
}

/// Asks a printer how it is within `options.deadline`; one that never answers counts as ready if it can be opened.
pub fn status_with(target: &Target, options: &JobOptions) -> Status {
    let deadline = Instant::now() + options.deadline.min(LONGEST);
    match open(target, deadline) {
        Err(error) => status_of(&error),
        Ok(connection) => {
            let mut job = Job::new(connection, options, deadline);
            if job.expects_replies { job.find_status(options.recover) } else { Status::Ready }
        }
    }
}

/// What a failed conversation says about the printer.
fn status_of(error: &TransportError) -> Status {
    match error {
        TransportError::Busy | TransportError::Stalled { .. } => Status::Offline,
        TransportError::Babbling { .. }
        | TransportError::TooLong { .. }
        | TransportError::DiskFull => Status::Error,
        _ => Status::Disconnected,
    }
}

struct Job {
    connection: Connection,
    printer: Printer<Connection>,
    deadline: Instant,
    reply_timeout: Duration,
    expects_replies: bool,
}

impl Job {
    fn new(connection: Connection, options: &JobOptions, deadline: Instant) -> Self {
        Self {
            printer: Printer::new(connection.clone(), protocol(), None),
            deadline,
            reply_timeout: options.reply_timeout.min(LONGEST),
            expects_replies: options.expects_replies && connection.can_answer(),
            connection,
        }
    }

    /// Sends through the command library, whose error is only text: the connection knows better.
    fn send(&mut self, bytes: &[u8]) -> Result<(), TransportError> {
        // After a failure the library still holds the bytes and would send them a second time.
        if let Some(error) = self.connection.failure() {
            return Err(error);
        }
        let result = self.printer.custom(bytes).and_then(Printer::print).map(|_| ());
        result.map_err(|error| {
            self.connection
                .failure()
                .unwrap_or_else(|| TransportError::System { detail: error.to_string() })
        })
    }

    fn send_only(&mut self, bytes: &[u8]) -> Outcome {
        let result = self.send(bytes);
        let sent = self.connection.accepted();
        match result {
            Ok(()) => {
                self.connection.finish();
                Outcome::Sent
            }
            Err(error) => failed(sent, error),
        }
    }

    /// Makes sure that the printer prints and that no old answer is on its way.
    fn prepare(
        &mut self,
        recover: bool,
        watch: &mut dyn FnMut(Status) -> ControlFlow<()>,
    ) -> Result<(), (PrintError, Status)> {
        let status = self.find_status(recover);
        let broken_off = watch(status).is_break();
        if let Some(error) = self.connection.failure() {
            return Err((error.into(), status));
        }
        if broken_off {
            return Err((PrintError::BrokenOff, status));
        }
        if !status.prints() {
            let answered = !matches!(status, Status::Offline) || self.connection.has_received();
            return Err((
                if answered { PrintError::NotReady(status) } else { PrintError::NoAnswer },
                status,
            ));
        }
        if recover {
            self.recover(self.deadline).map_err(|reason| {
                let status =
                    self.connection.failure().map_or(Status::Offline, |error| status_of(&error));
                (reason, status)
            })?;
        }
        Ok(())
    }

    /// Fills up a broken-off command with NULs until the printer answers in its place in the
    /// stream again, then waits for old answers to have come in.
    ///
    /// One band's worth is enough as a rule. But a raster header that lost its last bytes takes
    /// the questions of status for its sizes and then swallows up to some megabytes.
    fn recover(&mut self, until: Instant) -> Result<(), PrintError> {
        let (mut asked, mut answered, mut filling, mut filled) = (0_u32, 0_u32, FILLING, 0);
        let mut parser = ReplyParser::new();
        let mut buffer = [0; 64];
        while Instant::now() < until {
            if answered == 0 && filled < MOST_FILLING {
                let mut bytes = vec![0; filling];
                // ESC @, GS r 1.
                bytes.extend([0x1B, b'@', 0x1D, b'r', 1]);
                self.send(&bytes)?;
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

    fn send_and_prove(
        &mut self,
        bytes: &[u8],
        proof: Proof,
        watch: &mut dyn FnMut(Status) -> ControlFlow<()>,
    ) -> Outcome {
        let before = self.connection.accepted();
        let id = job_id();
        let mut stream = bytes.to_vec();
        match proof {
            Proof::PaperSensor => stream.extend([0x1D, b'r', 1]),
            Proof::ProcessId => {
                stream.extend([0x1D, b'(', b'H', 6, 0, 48, 48]);
                stream.extend(id);
            }
        }
        let result = self.connection.discard_input().and_then(|()| self.send(&stream));
        let sent = self.connection.accepted() - before;
        if let Err(error) = result {
            return failed(sent, error);
        }
        let wanted = move |reply: Reply| match proof {
            Proof::PaperSensor => matches!(reply, Reply::Paper(_)),
            Proof::ProcessId => reply == Reply::ProcessId(id),
        };
        let result = self.wait_for_proof(wanted, watch);
        // The status after goes by the deadline, too; a broken connection is a status by itself.
        match result {
            Ok(()) => {
                let status = self.ask_status();
                self.connection.finish();
                Outcome::Confirmed { status }
            }
            Err((reason, status)) => Outcome::Uncertain { sent, reason, status },
        }
    }

    fn wait_for_proof(
        &mut self,
        wanted: impl Fn(Reply) -> bool,
        watch: &mut dyn FnMut(Status) -> ControlFlow<()>,
    ) -> Result<(), (PrintError, Status)> {
        let mut parser = ReplyParser::new();
        let mut wait = StatusRound::default();
        let mut status = Status::Offline;
        let mut buffer = [0; 64];
        loop {
            let until = (Instant::now() + STATUS_PERIOD).min(self.deadline);
            let count = self.connection.receive(&mut buffer, until).map_err(broken)?;
            for byte in &buffer[..count] {
                match parser.push(*byte) {
                    // Only a printer that throws away what it cannot print gets there without paper.
                    Some(Reply::Paper(byte)) if paper_from_gs_r(byte) == Some(Status::PaperOut) => {
                        return Err((PrintError::NotReady(Status::PaperOut), Status::PaperOut));
                    }
                    Some(reply) if wanted(reply) => return Ok(()),
                    // A byte that is no answer makes the next "answer" worthless, too.
                    Some(Reply::Rubbish(_)) => return Err((PrintError::Nonsense, Status::Error)),
                    Some(Reply::RealTime(byte)) => wait.note(byte),
                    _ => {}
                }
            }
            if let Some(known) = wait.finished() {
                status = known;
                if watch(status).is_break() {
                    return Err((PrintError::BrokenOff, status));
                }
            }
            if Instant::now() >= self.deadline {
                return Err((PrintError::NoProof, status));
            }
            if count == 0 {
                self.send(&wait.question()).map_err(broken)?;
            }
        }
    }

    /// Asks for the status; with `recover`, one that is silent is first helped into step.
    ///
    /// Not every printer hears `DLE EOT` in the middle of a command: behind a picture that broke
    /// off it takes the question for dots, and on a line without connections it would do so for ever.
    fn find_status(&mut self, recover: bool) -> Status {
        let status = self.ask_status();
        let silent = !self.connection.has_received() && self.connection.failure().is_none();
        if !(recover && silent) {
            return status;
        }
        match self.recover((Instant::now() + LONGEST_SILENCE).min(self.deadline)) {
            Ok(()) => self.ask_status(),
            Err(_) => status,
        }
    }

    /// Asks `DLE EOT` 1 to 4 one after another, so that each answer is known by its question.
    fn ask_status(&mut self) -> Status {
        let mut answers = RealTimeStatus::default();
        for n in 1..=4 {
            match self.ask(n) {
                Ok(Some(byte)) => answers.note(n, byte),
                // Who is silent at the first question is silent at all.
                Ok(None) if n == 1 => break,
                Ok(None) => {}
                Err(error) => return status_of(&error),
            }
        }
        answers.status()
    }

    fn ask(&mut self, n: u8) -> Result<Option<u8>, TransportError> {
        self.connection.discard_input()?;
        self.send(&[0x10, 0x04, n])?;
        let until = (Instant::now() + self.reply_timeout).min(self.deadline);
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

fn broken(error: TransportError) -> (PrintError, Status) {
    let status = status_of(&error);
    (error.into(), status)
}

/// A send that failed: whether anything was taken makes all the difference.
fn failed(sent: usize, error: TransportError) -> Outcome {
    let (reason, status) = broken(error);
    if sent == 0 {
        Outcome::NotSent { reason, status }
    } else {
        Outcome::Uncertain { sent, reason, status }
    }
}

/// Four printable characters that differ from job to job, and, by the clock, from start to start.
fn job_id() -> [u8; 4] {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let since_1970 = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    let number = NEXT.fetch_add(1, Ordering::SeqCst).wrapping_add(since_1970.as_millis() as u32);
    let mut rest = number;
    [(); 4].map(|()| {
        let digit = (rest % 36) as u8;
        rest /= 36;
        if digit < 10 { b'0' + digit } else { b'A' + digit - 10 }
    })
}

//! Sending a document, and what proves that the printer has processed it.

use super::outcome::{Outcome, PrintError, Proof};
use super::progress::{Progress, Watch};
use super::reply::{Reply, ReplyParser};
use super::session::{PERIOD, STANDS_STILL, Session, Trouble, failed, status_after};
use super::status::{Status, StatusRound, paper_from_gs_r};
use super::transport::Input;
use std::ops::ControlFlow;
use std::time::Instant;

/// What is asked behind a document.
#[derive(Debug, Clone, Copy)]
enum Question {
    /// `GS r 1`.
    Paper,
    /// `GS ( H` with this id.
    Process([u8; 4]),
}

/// What an answer says about the question behind the document.
enum Answer {
    /// The printer has come to the question.
    Proof,
    /// It has come to the question without printing: it throws away what it has no paper for.
    NoPaper,
    /// It belongs to another question.
    Other,
}

impl Question {
    fn new(proof: Proof) -> Self {
        match proof {
            Proof::PaperSensor => Self::Paper,
            Proof::ProcessId => Self::Process(job_id()),
        }
    }

    fn bytes(self) -> Vec<u8> {
        match self {
            Self::Paper => vec![0x1D, b'r', 1],
            Self::Process([a, b, c, d]) => vec![0x1D, b'(', b'H', 6, 0, 48, 48, a, b, c, d],
        }
    }

    fn judge(self, reply: Reply) -> Answer {
        match (self, reply) {
            (Self::Paper, Reply::Paper(byte)) => match paper_from_gs_r(byte) {
                Some(Status::PaperOut) => Answer::NoPaper,
                _ => Answer::Proof,
            },
            (Self::Process(wanted), Reply::ProcessId(id)) if id == wanted => Answer::Proof,
            // An id of another job, too: a late answer to an earlier question.
            _ => Answer::Other,
        }
    }
}

impl Session {
    /// Sends the document with a question behind it, and waits for that question's answer.
    pub(super) fn send_and_prove(&mut self, bytes: &[u8], proof: Proof, watch: Watch) -> Outcome {
        let before = self.connection.accepted();
        let question = Question::new(proof);
        let result = self.send_with(bytes, question, watch);
        let sent = self.connection.accepted() - before;
        if let Err(reason) = result {
            return failed(sent, reason);
        }
        match self.wait_for_proof(question, watch) {
            Ok(()) => {
                // The status after goes by the deadline, too; a broken connection is a status by itself.
                let status = self.ask_status();
                // The proof is in: how the line ends changes nothing any more, nor is it waited for long.
                let _ = self.connection.finish(Instant::now() + self.reply_timeout);
                Outcome::Confirmed { status }
            }
            Err((reason, status)) => Outcome::Uncertain { sent, reason, status },
        }
    }

    /// Sends the document, and then the question: what comes before it cannot be its answer, what
    /// comes while it is being sent may be.
    fn send_with(
        &mut self,
        bytes: &[u8],
        question: Question,
        watch: Watch,
    ) -> Result<(), PrintError> {
        self.send(bytes, Input::Discarded, watch)?;
        self.connection.discard_input()?;
        self.send(&question.bytes(), Input::Kept, &mut only_states(watch))
    }

    fn wait_for_proof(&mut self, question: Question, watch: Watch) -> Result<(), Trouble> {
        let mut parser = ReplyParser::new();
        let mut round = StatusRound::default();
        let mut status = Status::Offline;
        let mut buffer = [0; 64];
        let mut heard = Instant::now();
        let silence = STANDS_STILL.max(self.reply_timeout);
        loop {
            let until = (Instant::now() + PERIOD).min(self.deadline);
            let received = self.connection.receive(&mut buffer, until);
            let count = received.map_err(|error| trouble(error.into(), status))?;
            for byte in &buffer[..count] {
                let Some(reply) = parser.push(*byte) else {
                    continue;
                };
                match question.judge(reply) {
                    Answer::Proof => return Ok(()),
                    Answer::NoPaper => {
                        return Err((PrintError::NotReady(Status::PaperOut), Status::PaperOut));
                    }
                    Answer::Other => {}
                }
                match reply {
                    // A byte that is no answer makes the next "answer" worthless, too.
                    Reply::Rubbish(_) => return Err((PrintError::Nonsense, Status::Error)),
                    Reply::RealTime(byte) => round.note(byte),
                    _ => {}
                }
            }
            if count > 0 {
                heard = Instant::now();
            }
            // A printer whose power went says nothing at all, and its network still takes bytes.
            let silent = (heard.elapsed() >= silence).then_some(Status::Offline);
            if let Some(known) = round.finished().or(silent) {
                status = known;
                if watch(Progress::Status(status)).is_break() {
                    return Err((PrintError::BrokenOff, status));
                }
            }
            if Instant::now() >= self.deadline {
                return Err((PrintError::NoProof, status));
            }
            if count == 0 {
                // Whatever comes while the question is sent may be the proof.
                self.send(&round.question(), Input::Kept, &mut only_states(watch))
                    .map_err(|reason| trouble(reason, status))?;
            }
        }
    }
}

/// A watch that is not told of bytes: a question's few are no progress of the document.
fn only_states(watch: Watch) -> impl FnMut(Progress) -> ControlFlow<()> {
    |progress| match progress {
        Progress::Status(_) => watch(progress),
        Progress::Sending { .. } => ControlFlow::Continue(()),
    }
}

/// A wait that failed; one that was only broken off leaves the printer as it was last known.
fn trouble(reason: PrintError, known: Status) -> Trouble {
    let status = if reason == PrintError::BrokenOff { known } else { status_after(&reason) };
    (reason, status)
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

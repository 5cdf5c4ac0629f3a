//! Works off the papers of one printer, in order of when they are due.

use clubhouse_hardware::printer::{
    Document, Item, JobOptions, Outcome, PrintError, Progress, Status, print_with_progress,
    status_watched,
};
use jiff::{SignedDuration, Timestamp};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::board::{Board, Press};
use super::outbox::{self, Paper};
use super::roll::RollWatch;
use super::{Bell, again, goes_again};
use crate::domain::{PrintJobState, PrintQueue};
use crate::error::Error;
use crate::fonts::Fonts;
use crate::heartbeat::Pulse;
use crate::house::House;
use crate::store::print_jobs::{self, Ended, PrintJob};
use crate::store::queue_moves;
use crate::tickets::content::RollLine;
use crate::tickets::{Late, Layouter, Marks, Ticket, render};

/// A paper this much later than it was due bears both times.
const LATE: SignedDuration = SignedDuration::from_mins(2);
/// How long a healthy printer may take for one paper.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a person may take to put in paper while one is being printed.
const LONGEST: Duration = Duration::from_mins(10);
/// How often an idle printer is asked how it is.
const POLL: Duration = Duration::from_secs(3);
/// How often a printer that can't print is asked.
const POLL_TROUBLE: Duration = Duration::from_millis(700);
/// Time for a look at how a printer is.
const LOOK: Duration = Duration::from_secs(2);
/// The same for one that may have to be helped out of a broken-off job first.
const HELP: Duration = Duration::from_secs(22);
/// A line on a new roll that did not come out by then is of no use any more.
const ROLL_LINE_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// What a step of the worker did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A paper was worked on.
    Worked(PrintJobState),
    /// Nothing is due.
    Idle,
    /// Papers wait, and the printer can't print.
    Blocked(Status),
}

/// What became of an attempt, not yet written down.
struct Unkept {
    job: PrintJob,
    attempt: i64,
    state: PrintJobState,
    ended: Ended,
}

/// The worker of one printer.
pub struct Worker {
    house: House,
    board: Board,
    press: Press,
    layouter: Layouter,
    roll: RollWatch,
    /// What became of an attempt and could not be written down.
    unkept: Option<Unkept>,
    /// Set when the next job must first clear what a broken-off one may have left.
    recover: bool,
    stopping: Arc<AtomicBool>,
    /// Says that this worker is not stuck.
    pulse: Option<Pulse>,
}

impl Worker {
    /// Makes the worker of a printer; `stopping` ends its longest wait.
    pub fn new(
        house: House,
        board: Board,
        press: Press,
        fonts: &Fonts,
        stopping: Arc<AtomicBool>,
    ) -> anyhow::Result<Self> {
        let layouter = Layouter::new(fonts)?;
        let roll = RollWatch::open(&house, &press.name)?;
        Ok(Self {
            house,
            board,
            press,
            layouter,
            roll,
            unkept: None,
            recover: true,
            stopping,
            pulse: None,
        })
    }

    /// The same, with a pulse that beats at each step and each look at the device.
    #[must_use]
    pub fn with_pulse(self, pulse: Pulse) -> Self {
        Self { pulse: Some(pulse), ..self }
    }

    fn beat(&self) {
        if let Some(pulse) = &self.pulse {
            pulse.beat();
        }
    }

    /// Works until told to stop; every failure is logged here and waited out.
    pub fn run(mut self, bell: &Bell) {
        while !self.stopping.load(Ordering::Relaxed) {
            let heard = bell.rings();
            let pause = match self.step() {
                Ok(Step::Worked(_)) => continue,
                Ok(Step::Idle) => POLL,
                Ok(Step::Blocked(_)) => POLL_TROUBLE,
                Err(error) => {
                    tracing::error!(printer = self.press.name, %error, "the outbox can't be worked off");
                    POLL
                }
            };
            bell.wait(heard, pause);
        }
    }

    /// Prints the next paper that is due, if there is one and the printer can.
    pub fn step(&mut self) -> Result<Step, Error> {
        self.beat();
        self.look_up()?;
        if let Some(Unkept { job, attempt, state, ended }) = self.unkept.take() {
            // Nothing else is printed before it is known what became of this one.
            return self.keep(&job, attempt, state, ended);
        }
        let job = self.next()?;
        // A printer that stands in the middle of a broken-off picture needs a longer look.
        let deadline = if self.recover { HELP } else { LOOK };
        let options =
            JobOptions { deadline, recover: self.recover, ..self.press.profile.options() };
        let state = status_watched(&self.press.target, &options, &mut |_| self.unless_stopping());
        self.board.note(&self.press.name, state);
        if self.roll.note(&self.house, state)? {
            return self.first_line();
        }
        match job {
            None => Ok(Step::Idle),
            Some(_) if !state.prints() => Ok(Step::Blocked(state)),
            Some(job) => self.print(&job),
        }
    }

    /// What persons have decided, and what still waits for them.
    fn look_up(&self) -> Result<(), Error> {
        let today = self.house.settings.calendar().today(self.house.clock.now());
        let (moves, doubtful) = self.house.store.read(|db| {
            Ok::<_, Error>((queue_moves::current(db)?, print_jobs::doubtful(db, today)?))
        })?;
        self.board.follow(moves);
        self.board.note_doubtful(doubtful);
        Ok(())
    }

    fn unless_stopping(&self) -> ControlFlow<()> {
        self.beat();
        if self.stopping.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Proof that a new roll prints, before the queue goes on.
    fn first_line(&mut self) -> Result<Step, Error> {
        let now = self.house.clock.now();
        let calendar = self.house.settings.calendar();
        let date = calendar.today(now);
        let queue = self.board.queues_of(&self.press.name).first().copied();
        let line = Ticket::RollLine(RollLine {
            date,
            printer: self.press.name.clone(),
            at: calendar.local(now),
        });
        let paper = Paper {
            expires_at: now + ROLL_LINE_LIFE,
            ..Paper::report(queue.unwrap_or(PrintQueue::Kitchen), date, now, line)
        };
        let job = self.house.store.write(|tx| -> Result<_, Error> {
            let id = outbox::post(tx, paper, now)?;
            Ok(print_jobs::get(tx, id)?)
        })?;
        match job {
            Some(job) => self.print(&job),
            None => Ok(Step::Idle),
        }
    }

    fn next(&self) -> Result<Option<PrintJob>, Error> {
        let now = self.house.clock.now();
        let due = self.house.store.read(|db| -> Result<_, Error> {
            let mut due = Vec::new();
            for queue in self.board.queues_of(&self.press.name) {
                due.extend(print_jobs::next_due(db, queue, now)?);
            }
            Ok(due)
        })?;
        let next = due.into_iter().min_by_key(|job| job.due_at);
        match next {
            Some(job) if job.expires_at <= now => {
                self.house.store.write(|tx| Ok::<_, Error>(print_jobs::expire(tx, now)?))?;
                self.next()
            }
            other => Ok(other),
        }
    }

    fn print(&mut self, job: &PrintJob) -> Result<Step, Error> {
        let now = self.house.clock.now();
        let name = &self.press.name;
        let begun = self
            .house
            .store
            .write(|tx| Ok::<_, Error>(print_jobs::begin(tx, job.id, name, now)?))?;
        let Some(attempt) = begun else {
            return Ok(Step::Worked(PrintJobState::Superseded));
        };
        let marks = Marks { late: self.late(job, now), possibly_duplicate: job.duplicate };
        let (width, letters) = (self.press.width, self.press.letters);
        let document = match render(&job.ticket, &marks, &mut self.layouter, width, letters) {
            Ok(document) => document,
            Err(error) => return self.unprintable(job, attempt, error.to_string()),
        };
        let options =
            JobOptions { deadline: LONGEST, recover: self.recover, ..self.press.profile.options() };
        let (board, name, stopping) = (&self.board, &self.press.name, &self.stopping);
        let pulse = &self.pulse;
        let mut healthy_since = Instant::now();
        let mut ran_out = false;
        let mut last_taken = 0;
        let outcome = print_with_progress(&self.press.target, &document, &options, &mut |known| {
            if let Some(pulse) = pulse {
                pulse.beat();
            }
            match known {
                Progress::Status(status) => {
                    board.note(name, status);
                    ran_out |= status == Status::PaperOut;
                    if !status.prints() {
                        healthy_since = Instant::now();
                    }
                }
                // A slow line that takes bytes is at work, however long it needs.
                Progress::Sending { taken, .. } if taken != last_taken => {
                    last_taken = taken;
                    healthy_since = Instant::now();
                }
                Progress::Sending { .. } => {}
            }
            if healthy_since.elapsed() > PATIENCE || stopping.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        if ran_out {
            self.roll.note(&self.house, Status::PaperOut)?;
        }
        self.record(job, attempt, &outcome, length(&document))
    }

    fn late(&self, job: &PrintJob, now: Timestamp) -> Option<Late> {
        let calendar = self.house.settings.calendar();
        (now.duration_since(job.due_at) > LATE)
            .then(|| Late { due: calendar.local(job.due_at), printed: calendar.local(now) })
    }

    /// A paper that can't be drawn never will be; the queue goes on without it.
    fn unprintable(&mut self, job: &PrintJob, attempt: i64, reason: String) -> Result<Step, Error> {
        tracing::error!(job = %job.id, reason, "a paper can't be drawn");
        let ended = Ended { outcome: "not_sent", reason, dots: 0 };
        self.keep(job, attempt, PrintJobState::Failed, ended)
    }

    fn record(
        &mut self,
        job: &PrintJob,
        attempt: i64,
        outcome: &Outcome,
        dots: u32,
    ) -> Result<Step, Error> {
        let (state, word, reason) = match outcome {
            Outcome::Confirmed { status } => {
                self.board.note(&self.press.name, *status);
                (PrintJobState::Confirmed, "confirmed", String::new())
            }
            Outcome::Sent => (PrintJobState::Sent, "sent", String::new()),
            Outcome::NotSent { reason, status } => {
                self.board.note(&self.press.name, *status);
                let lost = matches!(reason, PrintError::Document(_));
                let state = if lost { PrintJobState::Failed } else { PrintJobState::Queued };
                (state, "not_sent", reason.to_string())
            }
            Outcome::Uncertain { reason, status, .. } => {
                self.board.note(&self.press.name, *status);
                (PrintJobState::Uncertain, "uncertain", reason.to_string())
            }
        };
        // What was not sent has cleared nothing up: a picture broken off before is still open.
        self.recover = match outcome {
            Outcome::Confirmed { .. } | Outcome::Sent => false,
            Outcome::Uncertain { .. } => true,
            Outcome::NotSent { .. } => self.recover,
        };
        if !reason.is_empty() {
            tracing::warn!(printer = self.press.name, job = %job.id, outcome = word, reason, "a paper did not come out");
        }
        let dots = if word == "not_sent" { 0 } else { dots };
        self.keep(job, attempt, state, Ended { outcome: word, reason, dots })
    }

    /// Writes down what became of an attempt; if the disk refuses, it is tried again at the next step.
    fn keep(
        &mut self,
        job: &PrintJob,
        attempt: i64,
        state: PrintJobState,
        ended: Ended,
    ) -> Result<Step, Error> {
        let now = self.house.clock.now();
        let kept = self.house.store.write(|tx| -> Result<(), Error> {
            print_jobs::end(tx, attempt, &ended, now)?;
            print_jobs::set_state(tx, job.id, state, now)?;
            let tried = PrintJob { attempts: job.attempts + 1, ..job.clone() };
            if state == PrintJobState::Uncertain && goes_again(&self.house, &tried) {
                again(tx, &self.house, &tried, true)?;
            }
            Ok(())
        });
        match kept {
            Ok(()) => Ok(Step::Worked(state)),
            Err(error) => {
                self.unkept = Some(Unkept { job: job.clone(), attempt, state, ended });
                Err(error)
            }
        }
    }
}

/// Paper that a document takes, in dots: a line of letters counts as its height.
fn length(document: &Document) -> u32 {
    /// From the head to the knife: fed past it by each cut.
    const KNIFE: u32 = 120;
    let dots = |item: &Item| match item {
        Item::Image(picture) => picture.height(),
        Item::Text(line) => 30.max(u32::from(line.height) * 24),
        Item::Feed(clubhouse_hardware::printer::Feed::Dots(dots)) => u32::from(*dots),
        Item::Feed(clubhouse_hardware::printer::Feed::Lines(lines)) => u32::from(*lines) * 30,
        Item::Cut(_) => KNIFE,
    };
    document.items.iter().map(dots).sum()
}

//! Works off the papers of one printer, in order of when they are due.

use clubhouse_hardware::printer::{JobOptions, Outcome, Status, print_watched, status};
use jiff::{SignedDuration, Timestamp};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::board::{Board, Press};
use super::{Bell, MOST_ATTEMPTS, again};
use crate::domain::PrintJobState;
use crate::error::Error;
use crate::fonts::Fonts;
use crate::house::House;
use crate::store::print_jobs::{self, PrintJob};
use crate::tickets::{Late, LayoutError, Layouter, Marks, render};

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

/// The worker of one printer.
pub struct Worker {
    house: House,
    board: Board,
    press: Press,
    layouter: Layouter,
    /// Set when the next job must first clear what a broken-off one may have left.
    recover: bool,
    stopping: Arc<AtomicBool>,
}

impl Worker {
    /// Makes the worker of a printer; `stopping` ends its longest wait.
    pub fn new(
        house: House,
        board: Board,
        press: Press,
        fonts: &Fonts,
        stopping: Arc<AtomicBool>,
    ) -> Result<Self, LayoutError> {
        let layouter = Layouter::new(fonts)?;
        Ok(Self { house, board, press, layouter, recover: true, stopping })
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
        let Some(job) = self.next()? else {
            self.board.note(&self.press.name, status(&self.press.target));
            return Ok(Step::Idle);
        };
        let state = status(&self.press.target);
        self.board.note(&self.press.name, state);
        if !state.prints() {
            return Ok(Step::Blocked(state));
        }
        self.print(&job)
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
        let Some(attempt) =
            self.house.store.write(|tx| Ok::<_, Error>(print_jobs::begin(tx, job.id, now)?))?
        else {
            return Ok(Step::Worked(PrintJobState::Superseded));
        };
        let marks = Marks { late: self.late(job, now), possibly_duplicate: job.duplicate };
        let document = match render(&job.ticket, &marks, &mut self.layouter, self.press.width) {
            Ok(document) => document,
            Err(error) => return self.unprintable(job, attempt, &error.to_string()),
        };
        let options =
            JobOptions { deadline: LONGEST, recover: self.recover, ..JobOptions::default() };
        let (board, name, stopping) = (&self.board, &self.press.name, &self.stopping);
        let mut healthy_since = Instant::now();
        let outcome = print_watched(&self.press.target, &document, &options, &mut |status| {
            board.note(name, status);
            if !status.prints() {
                healthy_since = Instant::now();
            }
            if healthy_since.elapsed() > PATIENCE || stopping.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        self.record(job, attempt, &outcome)
    }

    fn late(&self, job: &PrintJob, now: Timestamp) -> Option<Late> {
        let calendar = self.house.settings.calendar();
        (now.duration_since(job.due_at) > LATE)
            .then(|| Late { due: calendar.local(job.due_at), printed: calendar.local(now) })
    }

    /// A paper that can't be drawn never will be; the queue goes on without it.
    fn unprintable(&self, job: &PrintJob, attempt: i64, reason: &str) -> Result<Step, Error> {
        tracing::error!(job = %job.id, reason, "a paper can't be drawn");
        self.keep(job, attempt, PrintJobState::Failed, "not_sent", reason)
    }

    fn record(&mut self, job: &PrintJob, attempt: i64, outcome: &Outcome) -> Result<Step, Error> {
        let (state, word, reason) = match outcome {
            Outcome::Confirmed { status } => {
                self.board.note(&self.press.name, *status);
                (PrintJobState::Confirmed, "confirmed", String::new())
            }
            Outcome::Sent => (PrintJobState::Sent, "sent", String::new()),
            Outcome::NotSent { reason, status } => {
                self.board.note(&self.press.name, *status);
                let lost = matches!(reason, clubhouse_hardware::printer::PrintError::Document(_));
                let state = if lost { PrintJobState::Failed } else { PrintJobState::Queued };
                (state, "not_sent", reason.to_string())
            }
            Outcome::Uncertain { reason, status, .. } => {
                self.board.note(&self.press.name, *status);
                (PrintJobState::Uncertain, "uncertain", reason.to_string())
            }
        };
        self.recover = state == PrintJobState::Uncertain;
        if !reason.is_empty() {
            tracing::warn!(printer = self.press.name, job = %job.id, outcome = word, reason, "a paper did not come out");
        }
        self.keep(job, attempt, state, word, &reason)
    }

    fn keep(
        &self,
        job: &PrintJob,
        attempt: i64,
        state: PrintJobState,
        outcome: &str,
        reason: &str,
    ) -> Result<Step, Error> {
        let now = self.house.clock.now();
        self.house.store.write(|tx| -> Result<(), Error> {
            print_jobs::end(tx, attempt, outcome, reason, now)?;
            print_jobs::set_state(tx, job.id, state, now)?;
            if state == PrintJobState::Uncertain && job.attempts + 1 < MOST_ATTEMPTS {
                let tried = PrintJob { attempts: job.attempts + 1, ..job.clone() };
                again(tx, &self.house, &tried)?;
            }
            Ok(())
        })?;
        Ok(Step::Worked(state))
    }
}

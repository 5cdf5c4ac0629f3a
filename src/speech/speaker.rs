//! The thread that speaks: takes what waits, calls before pages, one after the other.

use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::program::{self, Ending, SpeechError};
use super::{Inbox, Kind, Utterance, VoiceState};
use crate::config::Speech;

/// How often a silent speaker looks whether it should end.
const LOOK: Duration = Duration::from_millis(300);
/// The most programs that were killed and are still there; with more, nothing new is started.
const MOST_LEFT: usize = 3;

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The longest that one utterance may take.
    pub(super) longest: Duration,
    /// How long a call lets the page go on that is being read.
    pub(super) call_waits: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { longest: Duration::from_mins(3), call_waits: Duration::from_secs(8) }
    }
}

/// The one that speaks.
pub(super) struct Speaker {
    settings: Speech,
    inbox: Arc<Inbox>,
    stopping: Arc<AtomicBool>,
    limits: Limits,
}

impl Speaker {
    pub(super) fn new(
        settings: Speech,
        inbox: Arc<Inbox>,
        stopping: Arc<AtomicBool>,
        limits: Limits,
    ) -> Self {
        Self { settings, inbox, stopping, limits }
    }

    /// Speaks until everything stops.
    pub(super) fn work(&self) {
        let mut left: Vec<Child> = Vec::new();
        while let Some((turn, utterance)) = self.next() {
            left.retain_mut(|child| matches!(child.try_wait(), Ok(None)));
            if left.len() >= MOST_LEFT {
                let program = self.settings.program.clone();
                self.note(Err(SpeechError::Stuck { program }), true);
                continue;
            }
            let cut_off = |beat| self.cut_off(turn, utterance.kind, beat);
            let longest = self.limits.longest;
            match program::say(&self.settings, &utterance, longest, &mut left, cut_off) {
                Ok(Ending::Said) => self.note(Ok(()), false),
                // It was speaking, so it is not missing; whether it works is not known.
                Ok(Ending::CutOff) => {}
                Err(error) => self.note(Err(error), true),
            }
        }
    }

    /// The next utterance with its turn, or nothing when everything stops.
    fn next(&self) -> Option<(u64, Utterance)> {
        let mut waiting = self.inbox.lock();
        while !self.stopping.load(Ordering::Relaxed) {
            if let Some((_, call)) = waiting.calls.pop_front() {
                return Some((waiting.turn, call));
            }
            if let Some(page) = waiting.page.take() {
                return Some((waiting.turn, page));
            }
            (waiting, _) = self
                .inbox
                .changed
                .wait_timeout(waiting, LOOK)
                .unwrap_or_else(PoisonError::into_inner);
        }
        None
    }

    /// Waits for a beat, or until something changes; whether what is being said is enough.
    fn cut_off(&self, turn: u64, kind: Kind, beat: Duration) -> bool {
        let enough = |waiting: &super::Waiting| {
            let call = waiting.calls.front();
            let called = call.is_some_and(|(since, _)| since.elapsed() >= self.limits.call_waits);
            kind == Kind::Page && (waiting.turn != turn || called)
        };
        let mut waiting = self.inbox.lock();
        if !enough(&waiting) {
            (waiting, _) = self
                .inbox
                .changed
                .wait_timeout(waiting, beat)
                .unwrap_or_else(PoisonError::into_inner);
        }
        enough(&waiting) || self.stopping.load(Ordering::Relaxed)
    }

    /// Keeps how it went; a trouble is logged once, until it is over.
    pub(super) fn note(&self, went: Result<(), SpeechError>, counts: bool) {
        let mut waiting = self.inbox.lock();
        let state = match went {
            Ok(()) => VoiceState::Ready,
            Err(error) => VoiceState::Trouble(error.to_string()),
        };
        waiting.failures += u64::from(counts);
        let before = std::mem::replace(&mut waiting.state, state.clone());
        drop(waiting);
        match (before, state) {
            (VoiceState::Trouble(_), VoiceState::Ready) => tracing::info!("the voice is back"),
            (VoiceState::Off | VoiceState::Ready, VoiceState::Trouble(reason)) => {
                tracing::warn!("the kiosk can't speak: {reason}");
            }
            _ => {}
        }
    }
}

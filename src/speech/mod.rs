//! The voice: says a sentence through the speech program of the settings, off every other thread.
//!
//! Nobody ever waits for it. At most one page and a few calls are kept; a newer page takes the place
//! of an older one. What is said is never logged.

mod program;
mod speaker;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

pub use program::{SpeechError, find, say_and_wait, sound_card};

use crate::config::Speech;
use crate::kiosk::words::Lang;
use speaker::{Limits, Speaker};

/// The most calls that wait; an older one gives way, for it stands on the screen too.
const MOST_CALLS: usize = 4;

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utterance {
    /// The language of the text.
    pub lang: Lang,
    /// What is said, in words a synthesiser can read.
    pub text: String,
    /// Whether it is said at the louder of the two volumes.
    pub loud: bool,
    /// Whom it is for.
    pub kind: Kind,
}

/// Whom an utterance is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The person at the screen: their next touch cuts it off.
    Page,
    /// Everybody in the room: a stranger's touch does not cut it off.
    Call,
}

/// How the voice is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum VoiceState {
    /// The settings name no program.
    #[default]
    Off,
    /// The program is there, and worked when it was last asked to.
    Ready,
    /// What is wrong, and what to do.
    Trouble(String),
}

/// The voice of the house, for any thread; cheap to clone.
#[derive(Clone, Default)]
pub struct Voice {
    inbox: Arc<Inbox>,
}

/// What the speaker takes its work from.
#[derive(Default)]
struct Inbox {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

/// What is to be said, and how it went.
#[derive(Default)]
struct Waiting {
    page: Option<Utterance>,
    calls: VecDeque<(Instant, Utterance)>,
    /// Counts pages and hushes: a page being said under an older count is cut off.
    turn: u64,
    state: VoiceState,
    failures: u64,
}

impl Inbox {
    /// What a thread that broke down left is still a queue.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Voice {
    /// The voice of these settings, and the work that speaks until `stopping` is set; a house without
    /// a voice has no such work.
    pub fn new(
        settings: Speech,
        stopping: Arc<AtomicBool>,
    ) -> (Self, Option<impl FnOnce() + Send>) {
        Self::within(settings, stopping, Limits::default())
    }

    fn within(
        settings: Speech,
        stopping: Arc<AtomicBool>,
        limits: Limits,
    ) -> (Self, Option<impl FnOnce() + Send>) {
        let voice = Self::default();
        if settings.program.is_empty() {
            return (voice, None);
        }
        let found = find(&settings.program).map(|_| ());
        let speaker = Speaker::new(settings, voice.inbox.clone(), stopping, limits);
        speaker.note(found, false);
        (voice, Some(move || speaker.work()))
    }

    /// Says something as soon as it can be said.
    pub fn say(&self, utterance: Utterance) {
        let mut waiting = self.inbox.lock();
        if waiting.state == VoiceState::Off {
            return;
        }
        match utterance.kind {
            Kind::Page => {
                waiting.turn += 1;
                waiting.page = Some(utterance);
            }
            Kind::Call => {
                if waiting.calls.len() >= MOST_CALLS {
                    waiting.calls.pop_front();
                }
                waiting.calls.push_back((Instant::now(), utterance));
            }
        }
        self.inbox.changed.notify_all();
    }

    /// Cuts off the page being read; calls go on.
    pub fn hush(&self) {
        let mut waiting = self.inbox.lock();
        waiting.turn += 1;
        waiting.page = None;
        self.inbox.changed.notify_all();
    }

    /// How it is.
    pub fn state(&self) -> VoiceState {
        self.inbox.lock().state.clone()
    }

    /// How often something could not be said, since the start.
    pub fn failures(&self) -> u64 {
        self.inbox.lock().failures
    }
}

//! Calls for the buzzer, from any thread, and how each sounds.

use clubhouse_hardware::panel::Buzz;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// Calls that wait; who calls into a full channel is heard with the others.
const WAITING: usize = 8;

/// What the buzzer calls for. Staff tell them apart by number and length of the sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// Somebody at the screen needs a person.
    Help,
    /// A printer stopped, or orders go on paper.
    Fault,
    /// A volunteer came back from a door that did not open.
    NoAnswer,
    /// A delivery for today came in.
    Delivery,
    /// A delivery came in after the rounds were planned: nobody carries it yet.
    LateDelivery,
}

impl Sound {
    /// What is heard: help three long, a fault one very long, a shut door two middling, a delivery
    /// one short, a late one four short.
    pub const fn pattern(self) -> Buzz {
        const fn ms(ms: u64) -> Duration {
            Duration::from_millis(ms)
        }
        match self {
            Self::Help => Buzz::times(3, ms(600), ms(300)),
            Self::Fault => Buzz::once(ms(1800)),
            Self::NoAnswer => Buzz::times(2, ms(300), ms(200)),
            Self::Delivery => Buzz::once(ms(80)),
            Self::LateDelivery => Buzz::times(4, ms(80), ms(120)),
        }
    }
}

/// Calls the staff from any thread.
#[derive(Clone)]
pub struct Alarm {
    calls: SyncSender<Sound>,
    paper_only: Arc<AtomicBool>,
}

/// The end at which the panel listens.
pub struct Calls {
    heard: Receiver<Sound>,
}

impl Alarm {
    /// Makes the alarm and the end that the panel listens at.
    pub fn new() -> (Self, Calls) {
        let (calls, heard) = sync_channel(WAITING);
        (Self { calls, paper_only: Arc::default() }, Calls { heard })
    }

    /// Somebody at the screen needs a person.
    pub fn call_help(&self) {
        tracing::info!("help was called");
        self.sound(Sound::Help);
    }

    /// A volunteer came back from a door that did not open.
    pub fn no_answer(&self) {
        self.sound(Sound::NoAnswer);
    }

    /// Sounds the buzzer.
    pub fn sound(&self, sound: Sound) {
        // A full channel is buzzing already.
        let _ = self.calls.try_send(sound);
    }

    /// Notes whether the screen takes orders; while it does not, somebody is needed now.
    pub fn note_paper_only(&self, paper_only: bool) {
        self.paper_only.store(paper_only, Ordering::Relaxed);
    }

    /// Whether orders go on paper.
    pub fn paper_only(&self) -> bool {
        self.paper_only.load(Ordering::Relaxed)
    }
}

impl Calls {
    /// The next call, waited for so long.
    pub fn next(&self, wait: Duration) -> Option<Sound> {
        match self.heard.recv_timeout(wait) {
            Ok(sound) => Some(sound),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                // Nobody can call any more; the beat is kept all the same.
                std::thread::sleep(wait);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_calls_sound_alike_and_none_is_cut_off() {
        let all =
            [Sound::Help, Sound::Fault, Sound::NoAnswer, Sound::Delivery, Sound::LateDelivery];
        for (index, sound) in all.iter().enumerate() {
            assert_eq!(sound.pattern(), sound.pattern().bounded());
            assert!(all[..index].iter().all(|other| other.pattern() != sound.pattern()));
        }
    }
}

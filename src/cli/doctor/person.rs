//! The person in front of the machine: what they are asked, and what they answer.

use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

/// Time for an answer; nobody is waited for all night.
const PATIENCE: Duration = Duration::from_mins(3);
/// How often a question is put that was not understood.
const TRIES: usize = 3;

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is so.
    Yes,
    /// It is not.
    No,
    /// They went on, or are not there.
    Skipped,
}

/// Reads answers from standard input, on a thread of its own, as nobody may ever type one.
pub struct Person {
    lines: Receiver<String>,
}

impl Person {
    /// Begins to listen.
    pub fn listen() -> std::io::Result<Self> {
        let (typed, lines) = sync_channel(16);
        std::thread::Builder::new().name("answers".into()).spawn(move || {
            for line in std::io::stdin().lines().map_while(Result::ok) {
                if typed.send(line.trim().to_lowercase()).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { lines })
    }

    /// Asks for yes or no, in both languages.
    pub fn ask(&self, zh: &str, en: &str) -> Answer {
        for _ in 0..TRIES {
            say!("{zh} {en}  [y 是 yes / n 否 no / s 跳过 skip]");
            match self.lines.recv_timeout(PATIENCE).as_deref() {
                Ok("y" | "yes" | "是" | "对" | "好") => return Answer::Yes,
                Ok("n" | "no" | "否" | "不" | "没有") => return Answer::No,
                Ok("s" | "skip" | "跳过") | Err(_) => return Answer::Skipped,
                Ok(_) => {}
            }
        }
        Answer::Skipped
    }

    /// What was typed within a moment, if anything.
    pub fn typed(&self) -> Option<String> {
        self.lines.try_recv().ok()
    }

    /// Waits until `look` finds something, or the time is over; it is told what is typed meanwhile.
    pub fn while_waiting<T>(
        &self,
        time: Duration,
        mut look: impl FnMut(Option<String>) -> Option<T>,
    ) -> Option<T> {
        let until = Instant::now() + time;
        loop {
            if let Some(found) = look(self.typed()) {
                return Some(found);
            }
            if Instant::now() >= until {
                return None;
            }
        }
    }
}

/// The next event of a channel within a moment.
pub fn next<T>(events: &Receiver<T>) -> Option<T> {
    match events.recv_timeout(Duration::from_millis(50)) {
        Ok(event) => Some(event),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => {
            std::thread::sleep(Duration::from_millis(50));
            None
        }
    }
}

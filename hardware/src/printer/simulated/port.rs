//! The simulated printer's side of the line to the computer: what comes in, what is answered.

use super::fault::{Fault, ReplyFault};
use super::machine::Machine;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Answers that wait to be read, in bytes.
const MAX_OUTPUT: usize = 4096;
/// An answer that comes an hour late comes never.
const LATEST: Duration = Duration::from_hours(1);

/// A connection's end inside the printer.
pub(super) struct Session {
    id: u64,
    output: VecDeque<(Instant, u8)>,
    rubbish: usize,
    seed: u32,
}

impl Machine {
    pub(super) fn is_taken(&self) -> bool {
        self.session.is_some()
    }

    pub(super) fn open_session(&mut self) -> u64 {
        self.sessions += 1;
        let now = Instant::now();
        let stale: &[u8] = match self.reply_fault {
            ReplyFault::Stale => &[0x00, 0x12, 0x37, 0x22, b'0', b'0', b'0', b'0', 0x00],
            _ => &[],
        };
        let output = stale.iter().map(|byte| (now, *byte)).collect();
        self.session = Some(Session { id: self.sessions, output, rubbish: 0, seed: 1 });
        self.sessions
    }

    pub(super) fn close_session(&mut self, id: u64) {
        self.session.take_if(|session| session.id == id);
    }

    pub(super) fn is_open(&self, id: u64) -> bool {
        self.session.as_ref().is_some_and(|session| session.id == id)
    }

    pub(super) fn has_room(&self) -> bool {
        self.buffer.len() < self.buffer_bytes && !self.has(Fault::Stalled)
    }

    /// Takes what fits into the buffer; `None` if the connection is no more.
    pub(super) fn receive(&mut self, id: u64, bytes: &[u8]) -> Option<usize> {
        let mut taken = 0;
        while self.is_open(id) && self.has_room() {
            let rest = &bytes[taken..];
            let room = self.buffer_bytes - self.buffer.len();
            let before_failure = self.fail_after.map_or(usize::MAX, |(_, left)| left);
            let count = rest.len().min(room).min(before_failure);
            for byte in &rest[..count] {
                self.notice(*byte);
                self.buffer.push_back(*byte);
            }
            taken += count;
            self.pump();
            if let Some((fault, left)) = self.fail_after {
                self.fail_after = Some((fault, left - count));
                if left == count {
                    self.fail_after = None;
                    self.set_fault(fault, true);
                }
            }
            if taken == bytes.len() {
                break;
            }
        }
        (taken > 0 || self.is_open(id)).then_some(taken)
    }

    /// Answers `DLE EOT n` the moment it comes in, wherever it stands in the stream.
    fn notice(&mut self, byte: u8) {
        if self.last_two == [0x10, 0x04] && (1..=4).contains(&byte) {
            let answer = self.real_time_status(byte);
            self.answer(&[answer], false);
        }
        self.last_two = [self.last_two[1], byte];
    }

    fn real_time_status(&self, n: u8) -> u8 {
        let when = |on: bool, bits: u8| if on { bits } else { 0 };
        let out = self.has(Fault::PaperOut);
        0x12 | match n {
            1 => 0x04 | when(self.stands_still(), 0x08),
            2 => {
                when(self.has(Fault::CoverOpen), 0x04)
                    | when(out, 0x20)
                    | when(self.has(Fault::CutterError), 0x40)
            }
            3 => when(self.has(Fault::CutterError), 0x08),
            _ => when(out || self.is_low(), 0x0C) | when(out, 0x60),
        }
    }

    pub(super) fn answer(&mut self, bytes: &[u8], is_proof: bool) {
        if self.has(Fault::Stalled) {
            return;
        }
        let Some(session) = &mut self.session else {
            return;
        };
        let (times, delay) = match self.reply_fault {
            ReplyFault::Missing => return,
            ReplyFault::ProofMissing if is_proof => return,
            ReplyFault::Rubbish(count) => {
                session.rubbish = session.rubbish.saturating_add(count);
                return;
            }
            ReplyFault::Doubled => (2, Duration::ZERO),
            ReplyFault::Late(delay) => (1, delay),
            ReplyFault::None | ReplyFault::Stale | ReplyFault::ProofMissing => (1, Duration::ZERO),
        };
        let at = Instant::now() + delay.min(LATEST);
        for byte in bytes.repeat(times) {
            if session.output.len() < MAX_OUTPUT {
                session.output.push_back((at, byte));
            }
        }
    }

    /// When the next answer can be read, if one is under way.
    pub(super) fn next_output(&self) -> Option<Instant> {
        let session = self.session.as_ref()?;
        if session.rubbish > 0 {
            return Some(Instant::now());
        }
        session.output.front().map(|(at, _)| *at)
    }

    /// Reads answers; `None` if the connection is no more.
    pub(super) fn read_output(&mut self, id: u64, buffer: &mut [u8]) -> Option<usize> {
        let session = self.session.as_mut().filter(|session| session.id == id)?;
        let now = Instant::now();
        let mut count = 0;
        for slot in buffer {
            if session.rubbish > 0 {
                session.rubbish -= 1;
                session.seed = session.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *slot = (session.seed >> 24) as u8;
            } else if let Some((_, byte)) = session.output.pop_front_if(|(at, _)| *at <= now) {
                *slot = byte;
            } else {
                break;
            }
            count += 1;
        }
        Some(count)
    }
}

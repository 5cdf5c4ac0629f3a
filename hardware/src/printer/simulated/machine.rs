//! The insides of the simulated printer: buffer, mechanism, sensors, line to the computer.

use super::fault::{Fault, ReplyFault};
use super::fault_file::Script;
use super::interpreter::{Action, Interpreter, Question};
use super::paper::{Receipt, Sheet};
use crate::printer::{DOTS_PER_MM, PaperWidth};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Receive buffer of a middling receipt printer in bytes.
const BUFFER_BYTES: usize = 64 * 1024;
/// Pieces of paper kept; the oldest fall on the floor.
const MAX_RECEIPTS: usize = 512;
/// Answers that wait to be read, in bytes.
const MAX_OUTPUT: usize = 4096;
/// The near-end sensor sees the core of the roll with this much left.
const LOW_DOTS: u32 = 2_000 * DOTS_PER_MM;
/// A fresh roll, where nobody says how long it is.
const ROLL_DOTS: u32 = 50_000 * DOTS_PER_MM;
/// An answer that comes an hour late comes never.
const LATEST: Duration = Duration::from_hours(1);
/// From the head to the knife: fed at each cut.
const KNIFE_DOTS: u32 = 15 * DOTS_PER_MM;

/// A connection's end inside the printer.
struct Session {
    id: u64,
    output: VecDeque<(Instant, u8)>,
    rubbish: usize,
    seed: u32,
}

pub(super) struct Machine {
    pub(super) interpreter: Interpreter,
    pub(super) reply_fault: ReplyFault,
    pub(super) buffer_bytes: usize,
    pub(super) fail_after: Option<(Fault, usize)>,
    pub(super) version: u64,
    /// Whether a fault file has to be looked after.
    pub(super) is_steered: bool,
    width: u32,
    buffer: VecDeque<u8>,
    actions: VecDeque<Action>,
    sheet: Sheet,
    receipts: VecDeque<Arc<Receipt>>,
    faults: BTreeSet<Fault>,
    roll: Option<u32>,
    session: Option<Session>,
    sessions: u64,
    last_two: [u8; 2],
}

impl Machine {
    pub(super) fn new(paper: PaperWidth) -> Self {
        let width = paper.dots();
        Self {
            interpreter: Interpreter::new(width),
            reply_fault: ReplyFault::None,
            buffer_bytes: BUFFER_BYTES,
            fail_after: None,
            version: 0,
            is_steered: false,
            width,
            buffer: VecDeque::new(),
            actions: VecDeque::new(),
            sheet: Sheet::new(width),
            receipts: VecDeque::new(),
            faults: BTreeSet::new(),
            roll: None,
            session: None,
            sessions: 0,
            last_two: [0; 2],
        }
    }

    // ---- steering -------------------------------------------------------------------------

    pub(super) fn width(&self) -> u32 {
        self.width
    }

    pub(super) fn has(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    pub(super) fn set_fault(&mut self, fault: Fault, on: bool) {
        let changed = if on { self.faults.insert(fault) } else { self.faults.remove(&fault) };
        if !changed {
            return;
        }
        self.version += 1;
        if on && fault.cuts_off() {
            self.session = None;
        }
        if on && fault == Fault::PoweredOff {
            self.lose_power();
        }
        if !on && fault == Fault::PaperOut && self.roll == Some(0) {
            self.roll = Some(ROLL_DOTS);
        }
        self.pump();
    }

    /// Makes everything as a fault file says it, what went wrong by itself included.
    pub(super) fn follow(&mut self, script: &Script) {
        self.reply_fault = script.reply;
        self.fail_after = None;
        // What stops the mechanism comes before what lets it go on.
        for fault in &script.faults {
            self.set_fault(*fault, true);
        }
        self.roll = script.roll_mm.map(|length| length.saturating_mul(DOTS_PER_MM));
        for fault in Fault::ALL {
            let no_roll = fault == Fault::PaperOut && self.roll == Some(0);
            self.set_fault(fault, no_roll || script.faults.contains(&fault));
        }
        self.fail_after = script.fail_after;
        self.version += 1;
    }

    fn lose_power(&mut self) {
        self.buffer.clear();
        self.actions.clear();
        self.interpreter.power_cycle();
        self.last_two = [0; 2];
    }

    /// Puts a roll in: its length in millimetres, or one that never ends.
    pub(super) fn load_roll(&mut self, millimetres: Option<u32>) {
        self.roll = millimetres.map(|length| length.saturating_mul(DOTS_PER_MM));
        self.version += 1;
        self.faults.remove(&Fault::PaperOut);
        if self.roll == Some(0) {
            self.faults.insert(Fault::PaperOut);
        }
        self.pump();
    }

    pub(super) fn paper_left_mm(&self) -> Option<u32> {
        self.roll.map(|dots| dots / DOTS_PER_MM)
    }

    pub(super) fn buffered(&self) -> usize {
        self.buffer.len()
    }

    pub(super) fn sheet(&self) -> Option<Receipt> {
        self.sheet.look()
    }

    pub(super) fn receipts(&self) -> Vec<Arc<Receipt>> {
        self.receipts.iter().cloned().collect()
    }

    pub(super) fn take_receipts(&mut self) -> Vec<Arc<Receipt>> {
        if !self.receipts.is_empty() {
            self.version += 1;
        }
        self.receipts.drain(..).collect()
    }

    pub(super) fn end_sheet(&mut self, cut: bool) {
        if let Some(receipt) = self.sheet.end(cut) {
            if self.receipts.len() >= MAX_RECEIPTS {
                self.receipts.pop_front();
            }
            self.receipts.push_back(receipt);
            self.version += 1;
        }
    }

    // ---- the line to the computer ------------------------------------------------------------

    pub(super) fn can_connect(&self) -> bool {
        !self.faults.iter().any(|fault| fault.cuts_off())
    }

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

    fn is_low(&self) -> bool {
        self.has(Fault::PaperLow) || self.roll.is_some_and(|dots| dots <= LOW_DOTS)
    }

    fn answer(&mut self, bytes: &[u8], is_proof: bool) {
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

    // ---- the mechanism ---------------------------------------------------------------------

    fn stands_still(&self) -> bool {
        self.faults.iter().any(|fault| fault.stops_printing())
    }

    /// Prints what is in the buffer until it is empty or something stops the mechanism.
    fn pump(&mut self) {
        while !self.stands_still() {
            if let Some(action) = self.actions.pop_front() {
                self.act(action);
            } else if let data @ 1.. = self.interpreter.data_ahead().min(self.buffer.len()) {
                self.interpreter.take_data(self.buffer.drain(..data));
            } else if let Some(byte) = self.buffer.pop_front() {
                self.interpreter.take(byte, &mut self.actions);
            } else {
                return;
            }
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Row(row) => self.move_paper(&row),
            Action::Blank(0) => {}
            Action::Blank(rows) => {
                self.actions.push_front(Action::Blank(rows - 1));
                self.move_paper(&vec![0; self.width.div_ceil(8) as usize]);
            }
            Action::Text(text) => self.sheet.add_text(text),
            Action::Record(bytes) => self.sheet.record(&bytes),
            Action::Cut => {
                self.use_paper(KNIFE_DOTS);
                self.end_sheet(true);
            }
            Action::Answer(Question::Paper) => {
                let low = if self.is_low() { 0x03 } else { 0x00 };
                self.answer(&[low], true);
            }
            Action::Answer(Question::Other) => self.answer(&[0x00], true),
            Action::Answer(Question::ProcessId([a, b, c, d])) => {
                self.answer(&[0x37, 0x22, a, b, c, d, 0x00], true);
            }
        }
    }

    fn move_paper(&mut self, row: &[u8]) {
        let full = self.sheet.add_row(row);
        self.version += 1;
        self.use_paper(1);
        if full {
            self.end_sheet(false);
        }
    }

    fn use_paper(&mut self, dots: u32) {
        if let Some(left) = &mut self.roll {
            *left = left.saturating_sub(dots);
            if *left == 0 {
                self.faults.insert(Fault::PaperOut);
            }
        }
    }
}

//! The insides of the simulated printer: buffer, mechanism, sensors.

use super::fault::{Fault, ReplyFault};
use super::fault_file::Script;
use super::interpreter::{Action, Interpreter, Question};
use super::paper::{Receipt, Sheet};
use super::port::Session;
use crate::printer::{DOTS_PER_MM, PaperWidth};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// Receive buffer of a middling receipt printer in bytes.
const BUFFER_BYTES: usize = 64 * 1024;
/// Pieces of paper kept; the oldest fall on the floor.
const MAX_RECEIPTS: usize = 512;
/// The near-end sensor sees the core of the roll with this much left.
const LOW_DOTS: u32 = 2_000 * DOTS_PER_MM;
/// A fresh roll, where nobody says how long it is.
const ROLL_DOTS: u32 = 50_000 * DOTS_PER_MM;
/// From the head to the knife: fed at each cut.
const KNIFE_DOTS: u32 = 15 * DOTS_PER_MM;

pub(super) struct Machine {
    pub(super) interpreter: Interpreter,
    pub(super) reply_fault: ReplyFault,
    pub(super) buffer_bytes: usize,
    pub(super) fail_after: Option<(Fault, usize)>,
    pub(super) version: u64,
    /// Whether a fault file has to be looked after.
    pub(super) is_steered: bool,
    width: u32,
    pub(super) buffer: VecDeque<u8>,
    actions: VecDeque<Action>,
    sheet: Sheet,
    receipts: VecDeque<Arc<Receipt>>,
    faults: BTreeSet<Fault>,
    roll: Option<u32>,
    pub(super) session: Option<Session>,
    pub(super) sessions: u64,
    pub(super) last_two: [u8; 2],
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

    pub(super) fn can_connect(&self) -> bool {
        !self.faults.iter().any(|fault| fault.cuts_off())
    }

    // ---- the mechanism ---------------------------------------------------------------------

    pub(super) fn is_low(&self) -> bool {
        self.has(Fault::PaperLow) || self.roll.is_some_and(|dots| dots <= LOW_DOTS)
    }

    pub(super) fn stands_still(&self) -> bool {
        self.faults.iter().any(|fault| fault.stops_printing())
    }

    /// Prints what is in the buffer until it is empty or something stops the mechanism.
    pub(super) fn pump(&mut self) {
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

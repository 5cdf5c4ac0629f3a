//! What goes wrong: drawn for one printer at a time, and put right again.

use clubhouse_hardware::printer::{Fault, ReplyFault, SimulatedPrinter};
use std::time::Duration;

use super::chance::Chance;

/// A ticket is some 45,000 bytes; a fault may come anywhere in the next few.
const FEW_TICKETS: usize = 150_000;
/// The questions before a ticket, and what makes up for a picture that was broken off.
const FIRST_BYTES: usize = 14_000;
/// What the printer takes into its buffer when all is well.
const BUFFER: usize = 64 * 1024;

/// One thing that is the matter with a printer.
#[derive(Debug, Clone, Copy)]
pub enum Trouble {
    /// It has this fault from now on.
    Now(Fault),
    /// It will have this fault once it has taken this many more bytes.
    After(usize, Fault),
    /// Something is wrong with its answers.
    Answers(ReplyFault),
    /// Its roll ends after this many millimetres.
    ShortRoll(u32),
    /// Its buffer is small, and its mechanism stops in the middle of it.
    SmallBuffer(usize, usize, Fault),
}

impl Trouble {
    /// Any trouble that a printer can have.
    pub fn draw(chance: &mut Chance) -> Self {
        let fault = chance.pick(&Fault::ALL);
        let anywhere = chance.below(FEW_TICKETS);
        match chance.below(12) {
            0..=1 => Self::Now(fault),
            2..=4 => Self::After(anywhere, fault),
            5 => Self::loose_cable(chance),
            6 => Self::After(anywhere, Fault::Disconnected),
            7 => Self::After(anywhere, Fault::PoweredOff),
            8 => Self::ShortRoll(chance.between(1, 400) as u32),
            9 => Self::SmallBuffer(chance.between(16, 6_000), anywhere, fault),
            _ => Self::Answers(match chance.below(6) {
                0 => ReplyFault::Missing,
                1 => ReplyFault::ProofMissing,
                2 => ReplyFault::Doubled,
                3 => ReplyFault::Late(Duration::from_millis(chance.between(1, 700) as u64)),
                4 => ReplyFault::Stale,
                _ => ReplyFault::Rubbish(chance.between(1, 300)),
            }),
        }
    }

    /// The cable comes out again before the next ticket has begun, or not much later.
    pub fn loose_cable(chance: &mut Chance) -> Self {
        Self::After(chance.below(FIRST_BYTES), Fault::Disconnected)
    }

    pub fn happen(self, printer: &SimulatedPrinter) {
        match self {
            Self::Now(fault) => printer.set_fault(fault, true),
            Self::After(bytes, fault) => printer.fail_after(bytes, fault),
            Self::Answers(fault) => printer.set_reply_fault(fault),
            Self::ShortRoll(mm) => printer.load_paper(Some(mm)),
            Self::SmallBuffer(size, bytes, fault) => {
                printer.set_buffer_size(size);
                printer.fail_after(bytes, fault);
            }
        }
    }
}

/// Puts everything right. Nobody tears off what hangs in the printer: a person who does that while
/// it prints has torn a ticket in two, and no program can know.
pub fn put_right(printer: &SimulatedPrinter) {
    // There is no taking back of a fault to come but another one that never comes.
    printer.fail_after(usize::MAX, Fault::PaperLow);
    printer.set_reply_fault(ReplyFault::None);
    printer.set_buffer_size(BUFFER);
    for fault in Fault::ALL {
        printer.set_fault(fault, false);
    }
    printer.load_paper(None);
}

/// Waits that nothing but an interruption ends soon: the printer says that it is well and never
/// says that it has printed. Pulling the cable for a moment ends them.
pub fn interrupt(printer: &SimulatedPrinter) {
    printer.set_fault(Fault::Disconnected, true);
    printer.set_fault(Fault::Disconnected, false);
}

//! What is said above a paper that comes late or perhaps twice.

use super::parts::{clock, day_clock};
use crate::tickets::Marks;
use crate::tickets::paper::{Block, Paper, Text};
use jiff::civil::DateTime;

/// Adds what there is to say.
pub(super) fn add(paper: &mut Paper, marks: &Marks) {
    if marks.possibly_duplicate {
        paper.add(Block::Band(Text::bold("可能重复", 88).shrinking().centred()));
        paper.add(Text::bold("先核对：同号的单子只做一份", 40).shrinking().centred());
        paper.add(Block::Space(12));
    }
    if let Some(late) = marks.late {
        // One time is read against the other, so the date goes on both or on none.
        let same_day = late.due.date() == late.printed.date();
        let said = |at: DateTime| {
            if same_day { clock(at.time()) } else { day_clock(at) }
        };
        let (due, printed) = (said(late.due), said(late.printed));
        paper.add(Block::Band(Text::bold(format!("迟到：应 {due}，现 {printed}"), 44).shrinking()));
        paper.add(Block::Space(16));
    }
}

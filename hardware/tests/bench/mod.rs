//! A printer on the bench, ours or one that nobody here wrote, and the stories both have to tell alike.

pub mod stories;

use clubhouse_hardware::printer::{
    Bitmap, Cut, Document, Fault, JobOptions, Outcome, Proof, Status, Target, print, status_with,
};
use std::time::Duration;

/// What a story needs to know of a printer and may do to it.
pub trait Bench {
    /// What failures call it.
    fn name(&self) -> &str;

    /// The way to it.
    fn target(&self) -> &Target;

    /// Whether it knows the command of this proof.
    fn answers(&self, proof: Proof) -> bool;

    /// Brings a trouble about, or takes it away.
    fn set(&self, fault: Fault, on: bool);

    /// The papers since this was asked last, the oldest first; waits for `count` of them, within reason.
    fn papers(&self, count: usize) -> Vec<Bitmap>;

    /// Sends so many bytes of a document and breaks the connection off.
    fn break_off(&self, document: &Document, sent: usize);

    /// How long it may take over one answer.
    fn reply_timeout(&self) -> Duration;

    /// Time enough for a slow line.
    fn patient(&self) -> JobOptions {
        JobOptions {
            deadline: Duration::from_mins(1),
            reply_timeout: self.reply_timeout(),
            ..JobOptions::default()
        }
    }

    /// How it is.
    fn status(&self) -> Status {
        status_with(self.target(), &self.patient())
    }

    /// Prints with time enough for a slow line.
    fn print(&self, document: &Document) -> Outcome {
        print(self.target(), document, &self.patient())
    }

    /// Prints as after an uncertain job.
    fn print_again(&self, document: &Document) -> Outcome {
        print(self.target(), document, &JobOptions { recover: true, ..self.patient() })
    }
}

/// Printed, and nothing is the matter.
pub fn confirmed() -> Outcome {
    Outcome::Confirmed { status: Status::Ready }
}

/// A picture whose every row tells which picture it is; its last row is never white.
pub fn picture(number: u32, rows: u32) -> Bitmap {
    let mut picture = Bitmap::new(576, rows).unwrap();
    for y in 0..rows {
        for x in 0..576 {
            let (column, line) = (x / 7, y / 5 + number);
            picture.set(x, y, (column * 31 + line * line) % 5 < 2 || x == y % 576);
        }
    }
    picture
}

/// A ticket with that picture on it.
pub fn ticket(number: u32, rows: u32) -> Document {
    Document::new().image(picture(number, rows)).cut(Cut::Partial)
}

/// Whether a paper shows the picture from its first row on, and nothing but white below.
pub fn shows(paper: &Bitmap, picture: &Bitmap) -> bool {
    paper.width() == picture.width() && inked(paper) == inked(picture)
}

/// Whether a paper shows the picture at its end, behind whatever was begun there before.
pub fn ends_with(paper: &Bitmap, picture: &Bitmap) -> bool {
    paper.width() == picture.width() && inked(paper).ends_with(inked(picture))
}

/// The rows down to the last one that is not white.
fn inked(bitmap: &Bitmap) -> &[u8] {
    let last = bitmap.bytes().iter().rposition(|byte| *byte != 0);
    let rows = last.map_or(0, |index| index / bitmap.row_bytes() + 1);
    &bitmap.bytes()[..rows * bitmap.row_bytes()]
}

//! What the papers of a lunch say, and how they look.
//!
//! [`content`] is the plain data of each paper, stored with its print job so that a reprint says
//! the same. [`compose`] turns it into a [`paper::Paper`]: large words, bands, tables and codes
//! without a device. [`layout`] draws that as dots for the width of a printer.

pub mod compose;
pub mod content;
pub mod layout;
mod letters;
pub mod paper;

pub use content::Ticket;
pub use layout::{LayoutError, Layouter};

use clubhouse_hardware::printer::{Bitmap, Cut, Document, PaperWidth};
use jiff::civil::DateTime;

/// Rows of one picture item: a quarter of a metre of paper is the most a printer is given at once.
const BAND_ROWS: u32 = 2_000;
/// White dots below the print, so that the last line clears the bite of the knife.
const TAIL_DOTS: u16 = 24;

crate::text_enum!(
    /// How words get onto paper.
    Letters, "kind of letters" {
        /// Everything is drawn: every surname prints, on every printer.
        Picture = "picture",
        /// The printer's own Chinese letters, which are faster on a slow line; a line with a
        /// character that it lacks is drawn.
        Gb18030 = "gb18030",
    }
);

/// A paper that comes later than it was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// When it was due, local.
    pub due: DateTime,
    /// When it is printed, local.
    pub printed: DateTime,
}

/// What is said above a paper because of how it came to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// It comes late: both times are said.
    pub late: Option<Late>,
    /// The same paper may already have been printed.
    pub possibly_duplicate: bool,
}

impl Marks {
    /// Nothing to say.
    pub const NONE: Marks = Marks { late: None, possibly_duplicate: false };
}

/// Draws a ticket as one picture, `width` wide.
pub fn picture(
    ticket: &Ticket,
    marks: &Marks,
    layouter: &mut Layouter,
    width: PaperWidth,
) -> Result<Bitmap, LayoutError> {
    layouter.draw(&compose::compose(ticket, marks), width.dots())
}

/// Makes a ticket ready for a printer: its words and pictures, white paper and a partial cut.
pub fn render(
    ticket: &Ticket,
    marks: &Marks,
    layouter: &mut Layouter,
    width: PaperWidth,
    letters: Letters,
) -> Result<Document, LayoutError> {
    let document = match letters {
        Letters::Gb18030 => letters::set(&compose::compose(ticket, marks), layouter, width)?,
        Letters::Picture => {
            let mut document = Document::new();
            add_picture(&mut document, &picture(ticket, marks, layouter, width)?)?;
            document
        }
    };
    Ok(document.feed_dots(TAIL_DOTS).cut(Cut::Partial))
}

/// Adds a picture in bands.
fn add_picture(document: &mut Document, whole: &Bitmap) -> Result<(), LayoutError> {
    for band in whole.bytes().chunks(whole.row_bytes() * BAND_ROWS as usize) {
        let rows = (band.len() / whole.row_bytes()) as u32;
        let band = Bitmap::from_bytes(whole.width(), rows, band.to_vec())?;
        document.items.push(clubhouse_hardware::printer::Item::Image(band));
    }
    Ok(())
}

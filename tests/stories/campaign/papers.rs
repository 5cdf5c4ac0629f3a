//! What each attempt to print should look like, drawn again from what the database says, and which
//! of the papers that came out are whole.

use std::collections::hash_map::{DefaultHasher, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use clubhouse_hardware::printer::{Bitmap, Document, Feed, Item, PaperWidth, Receipt};
use clubhouse_kiosk::domain::Calendar;
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::tickets::{Late, Layouter, Letters, Marks, Ticket, render};
use jiff::{SignedDuration, Timestamp};

/// A paper this much later than it was due bears both times.
const LATE: SignedDuration = SignedDuration::from_mins(2);
/// Rows after which the simulated printer ends a piece by itself.
const LONGEST_PIECE: u32 = 16_384;

/// How a whole paper looks: its rows and a hash of their dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Look {
    rows: u32,
    dots: u64,
}

impl Look {
    fn of(bytes: &[u8], rows: u32) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self { rows, dots: hasher.finish() }
    }
}

/// Draws papers again.
pub struct Draughtsman {
    layouter: Layouter,
    calendar: Calendar,
}

impl Draughtsman {
    pub fn new(fonts: &Fonts, calendar: Calendar) -> Self {
        Self { layouter: Layouter::new(fonts).unwrap(), calendar }
    }

    /// How a ticket looks that was due then and printed at that moment.
    pub fn look(
        &mut self,
        ticket: &Ticket,
        duplicate: bool,
        due: Timestamp,
        at: Timestamp,
        width: PaperWidth,
    ) -> Look {
        let late = at.duration_since(due) > LATE;
        let late =
            late.then(|| Late { due: self.calendar.local(due), printed: self.calendar.local(at) });
        let marks = Marks { late, possibly_duplicate: duplicate };
        let document = render(ticket, &marks, &mut self.layouter, width, Letters::Picture);
        let (bytes, rows) = rows_of(&document.unwrap(), width);
        Look::of(&bytes, rows)
    }
}

/// The rows of dots that a document burns before the knife.
fn rows_of(document: &Document, width: PaperWidth) -> (Vec<u8>, u32) {
    let row_bytes = width.dots() as usize / 8;
    let mut bytes = Vec::new();
    for item in &document.items {
        match item {
            Item::Image(picture) => {
                assert_eq!(picture.row_bytes(), row_bytes, "tickets are as wide as the paper");
                bytes.extend_from_slice(picture.bytes());
            }
            Item::Feed(Feed::Dots(dots)) => {
                bytes.resize(bytes.len() + usize::from(*dots) * row_bytes, 0);
            }
            Item::Cut(_) => {}
            other => panic!("a drawn ticket has no {other:?}"),
        }
    }
    let rows = (bytes.len() / row_bytes) as u32;
    (bytes, rows)
}

/// What came out of one printer.
#[derive(Debug, Default)]
pub struct Sorted {
    /// Whole papers by their look.
    pub whole: HashMap<Look, usize>,
    /// Pieces with a paper on them that was broken off, alone or above a whole one.
    pub scraps: usize,
    /// Cut papers, by number and picture, that do not end as any attempt should: nobody must be
    /// told that these are good.
    pub garbled: Vec<(u64, Bitmap)>,
}

/// Sorts the papers of one printer by the looks that are known.
pub fn sort(papers: &[Arc<Receipt>], known: &[Look]) -> Sorted {
    let mut heights: Vec<u32> = known.iter().map(|look| look.rows).collect();
    heights.sort_unstable();
    heights.dedup();
    let mut sorted = Sorted::default();
    let mut above = Vec::new();
    for paper in papers {
        let row_bytes = paper.bitmap.row_bytes();
        let bytes = [above.as_slice(), paper.bitmap.bytes()].concat();
        above.clear();
        if !paper.cut && paper.bitmap.height() == LONGEST_PIECE {
            // Kept as two pieces for the sake of memory; a printer would not have cut it.
            above = bytes;
            continue;
        }
        if !paper.cut {
            sorted.scraps += 1;
            continue;
        }
        // What was broken off before hangs above the next paper, for nobody cut it.
        let all = (bytes.len() / row_bytes) as u32;
        let end = |rows: &u32| {
            let look = Look::of(&bytes[(all - rows) as usize * row_bytes..], *rows);
            known.contains(&look).then_some(look)
        };
        match heights.iter().rev().filter(|rows| **rows <= all).find_map(end) {
            Some(look) => {
                *sorted.whole.entry(look).or_default() += 1;
                sorted.scraps += usize::from(look.rows < all);
            }
            None => sorted.garbled.push((paper.number, paper.bitmap.clone())),
        }
    }
    sorted.scraps += usize::from(!above.is_empty());
    sorted
}

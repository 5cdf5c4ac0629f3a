//! The paper that comes out of the simulated printer.

use crate::printer::Bitmap;
use std::sync::Arc;

/// Rows on one piece of paper; a longer one is cut by itself, so that rubbish cannot fill the memory.
const MAX_ROWS: u32 = 16_384;
/// Bytes recorded for one piece of paper.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Lines of text recorded for one piece of paper.
const MAX_TEXTS: usize = 2000;

/// A piece of paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Counts the pieces since the printer was made, from 1.
    pub number: u64,
    /// What it looks like, as wide as the paper prints.
    pub bitmap: Bitmap,
    /// The lines that were printed in the printer's own letters.
    pub text: Vec<String>,
    /// The bytes since the last cut, questions (`DLE EOT`, `GS r`, `GS ( H`) and filling left out.
    pub bytes: Vec<u8>,
    /// Whether the knife cut it; a piece torn off unfinished was not.
    pub cut: bool,
}

/// The piece that still hangs in the printer.
pub(super) struct Sheet {
    width: u32,
    next_number: u64,
    rows: u32,
    dots: Vec<u8>,
    text: Vec<String>,
    bytes: Vec<u8>,
}

impl Sheet {
    pub(super) fn new(width: u32) -> Self {
        Self {
            width,
            next_number: 1,
            rows: 0,
            dots: Vec::new(),
            text: Vec::new(),
            bytes: Vec::new(),
        }
    }

    /// Adds a row; `true` if the piece is now as long as it may be.
    pub(super) fn add_row(&mut self, row: &[u8]) -> bool {
        self.dots.extend_from_slice(row);
        self.rows += 1;
        self.rows >= MAX_ROWS
    }

    pub(super) fn add_text(&mut self, text: String) {
        if self.text.len() < MAX_TEXTS {
            self.text.push(text);
        }
    }

    pub(super) fn record(&mut self, bytes: &[u8]) {
        let room = MAX_BYTES - self.bytes.len().min(MAX_BYTES);
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// The piece so far, if anything is on it.
    pub(super) fn look(&self) -> Option<Receipt> {
        let bitmap = Bitmap::from_bytes(self.width, self.rows, self.dots.clone()).ok()?;
        Some(Receipt {
            number: self.next_number,
            bitmap,
            text: self.text.clone(),
            bytes: self.bytes.clone(),
            cut: false,
        })
    }

    /// Ends the piece. Without a row on it there is no piece, and its bytes go.
    pub(super) fn end(&mut self, cut: bool) -> Option<Arc<Receipt>> {
        let bytes = std::mem::take(&mut self.bytes);
        let text = std::mem::take(&mut self.text);
        let dots = std::mem::take(&mut self.dots);
        let rows = std::mem::take(&mut self.rows);
        let bitmap = Bitmap::from_bytes(self.width, rows, dots).ok()?;
        let number = self.next_number;
        self.next_number += 1;
        Some(Arc::new(Receipt { number, bitmap, text, bytes, cut }))
    }
}

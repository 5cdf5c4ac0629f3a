//! A line in the printer's own letters, drawn as dots.

use crate::printer::{Align, Bitmap};
use std::sync::Arc;

/// Height of a letter of normal size in dots.
const CELL_HEIGHT: u32 = 24;
/// From line to line in dots, as printers have it after `ESC @`.
pub(super) const LINE_SPACING: u32 = 30;

/// A letter that the simulated printer asks to have drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlyphRequest {
    /// The letter.
    pub letter: char,
    /// Width of its cell in dots, enlargement included.
    pub width: u32,
    /// Height of its cell in dots, enlargement included.
    pub height: u32,
    /// Thicker strokes.
    pub bold: bool,
}

/// Draws a letter, or `None` for an empty box.
pub(super) type DrawGlyph = Arc<dyn Fn(GlyphRequest) -> Option<Bitmap> + Send + Sync>;

/// How the next letters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub width: u8,
    pub height: u8,
    pub bold: bool,
    pub inverted: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 1, height: 1, bold: false, inverted: false }
    }
}

/// The line that is being gathered.
#[derive(Default)]
pub(super) struct Line {
    cells: Vec<(char, Look)>,
    used: u32,
}

impl Line {
    /// Adds a letter; `false` if it does not fit on a line of `paper` dots any more.
    pub(super) fn push(&mut self, letter: char, look: Look, paper: u32) -> bool {
        let width = cell_width(letter, look);
        if self.used + width > paper && !self.cells.is_empty() {
            return false;
        }
        self.used += width;
        self.cells.push((letter, look));
        true
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.used = 0;
    }

    /// The letters as a string.
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(|(letter, _)| *letter).collect()
    }

    /// The line as dots across the whole paper; `None` for a line without height.
    pub(super) fn draw(
        &self,
        paper: u32,
        align: Align,
        glyphs: Option<&DrawGlyph>,
    ) -> Option<Bitmap> {
        let tallest =
            self.cells.iter().map(|(_, look)| u32::from(look.height) * CELL_HEIGHT).max()?;
        let mut dots = Bitmap::new(paper, tallest.max(LINE_SPACING)).ok()?;
        let spare = paper.saturating_sub(self.used);
        let mut x = match align {
            Align::Left => 0,
            Align::Centre => spare / 2,
            Align::Right => spare,
        };
        for (letter, look) in &self.cells {
            let request = GlyphRequest {
                letter: *letter,
                width: cell_width(*letter, *look),
                height: u32::from(look.height) * CELL_HEIGHT,
                bold: look.bold,
            };
            let y = tallest - request.height;
            draw_cell(&mut dots, request, look.inverted, (x, y), glyphs);
            x += request.width;
        }
        Some(dots)
    }
}

/// Letters of one byte are 12 dots wide (font A), Chinese ones 24.
fn cell_width(letter: char, look: Look) -> u32 {
    u32::from(look.width) * if letter.is_ascii() { 12 } else { 24 }
}

fn draw_cell(
    dots: &mut Bitmap,
    request: GlyphRequest,
    inverted: bool,
    (left, top): (u32, u32),
    glyphs: Option<&DrawGlyph>,
) {
    let glyph = glyphs.and_then(|draw| draw(request));
    for y in 0..request.height {
        for x in 0..request.width {
            let ink = match &glyph {
                Some(glyph) => glyph.get(x, y),
                None => {
                    !request.letter.is_whitespace()
                        && is_on_box(x, y, request.width, request.height)
                }
            };
            if ink != inverted {
                dots.set(left + x, top + y, true);
            }
        }
    }
}

/// A frame two dots inside the cell, for want of a font.
fn is_on_box(x: u32, y: u32, width: u32, height: u32) -> bool {
    let inside = (2..width - 2).contains(&x) && (2..height - 2).contains(&y);
    inside && (x == 2 || x == width - 3 || y == 2 || y == height - 3)
}

//! Words and digits as placed glyphs.

use super::Layouter;
use super::glyphs::Face;
use super::piece::{Ink, Piece};
use crate::tickets::paper::{Align, Text};
use parley::style::{FontFamily, FontWeight, LineHeight, OverflowWrap, StyleProperty, WordBreak};
use parley::{Alignment, AlignmentOptions, Layout, PositionedLayoutItem};

/// Height of a line as a part of the character's height: tight, since paper is short and the
/// font's own 1.45 wastes a third of it.
const LINE_HEIGHT: f32 = 1.22;
/// The smallest part of their size that shrinking words keep.
const LEAST_SHRINK: f32 = 0.66;
/// Character size at which the flat digits of the font are 18.6 mm tall in ink.
const DIGIT_SIZE: f32 = 204.0;

impl Layouter {
    /// The width that the words take on one line, in whole dots.
    pub(super) fn text_width(&mut self, text: &Text) -> u32 {
        let mut layout = self.shape(text);
        layout.break_all_lines(None);
        // One dot more than the sum of advances: rounding each glyph may push the last one out.
        layout.width().ceil() as u32 + 1
    }

    /// Sets words into a column `width` dots wide.
    pub(super) fn text(&mut self, text: &Text, width: u32) -> Piece {
        let smaller = self.shrunk(text, width);
        let text = smaller.as_ref().unwrap_or(text);
        let mut layout = self.shape(text);
        layout.break_all_lines(Some(width as f32));
        let alignment = match text.align {
            Align::Left => Alignment::Left,
            Align::Centre => Alignment::Center,
            Align::Right => Alignment::Right,
        };
        layout.align(alignment, AlignmentOptions::default());
        let mut piece = Piece::white(width, layout.height().ceil() as u32);
        let face = Face::of(text.bold);
        for line in layout.lines() {
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(run) = item else {
                    continue;
                };
                for glyph in run.positioned_glyphs() {
                    let Ok(id) = u16::try_from(glyph.id) else {
                        continue;
                    };
                    let drawn = self.glyphs.get(face, id, f32::from(text.size), 1.0);
                    if drawn.sprite.width > 0 {
                        let x = glyph.x.round() as i32 + drawn.left;
                        let y = glyph.y.round() as i32 - drawn.top;
                        piece.ink.push((x, y, Ink::Stamp(drawn.sprite)));
                    }
                }
            }
        }
        keep_inside(&mut piece);
        piece
    }

    /// The words as much smaller as they must be for one line, if they may be.
    fn shrunk(&mut self, text: &Text, width: u32) -> Option<Text> {
        if !text.shrinks {
            return None;
        }
        let natural = self.text_width(text);
        let factor = (width as f32 / natural as f32).max(LEAST_SHRINK);
        (natural > width)
            .then(|| Text { size: (f32::from(text.size) * factor) as u16, ..text.clone() })
    }

    fn shape(&mut self, text: &Text) -> Layout<()> {
        let (weight, family) = if text.bold {
            (FontWeight::BOLD, &self.families.bold)
        } else {
            (FontWeight::NORMAL, &self.families.regular)
        };
        let words = if text.whole_words { WordBreak::KeepAll } else { WordBreak::Normal };
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &text.text, 1.0, true);
        builder.push_default(StyleProperty::FontFamily(FontFamily::named(family)));
        builder.push_default(StyleProperty::FontSize(f32::from(text.size)));
        builder.push_default(StyleProperty::FontWeight(weight));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LINE_HEIGHT)));
        builder.push_default(StyleProperty::WordBreak(words));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.build(&text.text)
    }

    /// Sets digits 18 mm tall on a piece as tall as their ink, at most `width` dots wide.
    pub(super) fn digits(&mut self, digits: &str, width: u32) -> Piece {
        let natural = self.digits_width(digits).max(1);
        let squeeze = (width as f32 / natural as f32).min(1.0);
        let mut x = 0.0;
        let mut placed = Vec::new();
        for (id, advance) in self.glyphs.outline_of(Face::Bold, digits, DIGIT_SIZE) {
            let drawn = self.glyphs.get(Face::Bold, id, DIGIT_SIZE, squeeze);
            placed.push((x as i32 + drawn.left, drawn.top, drawn.sprite));
            x += advance * squeeze;
        }
        let top = placed.iter().map(|(_, top, _)| *top).max().unwrap_or(0);
        let mut piece = Piece::white((x.ceil() as u32).min(width), 0);
        for (left, rise, sprite) in placed {
            let y = top - rise;
            piece.height = piece.height.max(y as u32 + sprite.height);
            piece.ink.push((left, y, Ink::Stamp(sprite)));
        }
        keep_inside(&mut piece);
        piece
    }

    /// The width of the digits before any squeezing, in whole dots.
    pub(super) fn digits_width(&mut self, digits: &str) -> u32 {
        let glyphs = self.glyphs.outline_of(Face::Bold, digits, DIGIT_SIZE);
        glyphs.iter().map(|(_, advance)| advance).sum::<f32>().ceil() as u32
    }
}

/// Moves what sticks out by a rounded dot or a swung stroke back between the edges of its piece.
fn keep_inside(piece: &mut Piece) {
    let (_, top, _, bottom) = piece.bounds();
    let drop = (-top).max(0);
    for (x, y, ink) in &mut piece.ink {
        *y += drop;
        if let Ink::Stamp(sprite) = ink {
            *x = (*x).min(piece.width as i32 - sprite.width as i32).max(0);
        }
    }
    piece.height = piece.height.max((bottom + drop) as u32);
}

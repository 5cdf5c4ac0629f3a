//! A paper as dots: 576 across on 80 mm paper, 384 on 58 mm, 8 a millimetre.

mod blocks;
mod glyphs;
mod piece;
mod shapes;
mod sprite;
mod text;

use crate::fonts::{FontFace, Fonts};
use crate::tickets::paper::Paper;
use clubhouse_hardware::printer::{Bitmap, BitmapError};
use glyphs::Glyphs;
use parley::fontique::{Collection, CollectionOptions, SourceCache};
use parley::{FontContext, LayoutContext};
use piece::{Ink, Piece};

/// White at either side, in dots: heads and paper guides vary by half a millimetre.
const MARGIN: u32 = 8;
/// White above the first and below the last line, in dots.
const EDGE: u32 = 8;

/// Why a paper could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// The fonts given are no fonts.
    #[error("the ticket fonts can't be used: {0}")]
    Fonts(&'static str),
    /// Something is wider than the paper.
    #[error("a part of the ticket is {over} dots wider than the paper's {width}")]
    TooWide {
        /// Dots across the paper.
        width: u32,
        /// Dots that find no room.
        over: u32,
    },
    /// A text that no QR code holds.
    #[error("“{0}” is too long for a QR code")]
    Qr(String),
    /// The picture has no size, or one beyond all bounds.
    #[error(transparent)]
    Picture(#[from] BitmapError),
}

/// Draws papers; keeps what takes time between two of them.
///
/// One a thread: it is `Send` and takes `&mut self`.
pub struct Layouter {
    fonts: FontContext,
    families: Families,
    layouts: LayoutContext<()>,
    glyphs: Glyphs,
}

/// The names under which the layout knows the two weights; one and the same in a pair of fonts.
struct Families {
    regular: String,
    bold: String,
}

/// Gives a font file to the layout; the family of the wanted face.
fn register(collection: &mut Collection, face: &FontFace) -> Result<String, LayoutError> {
    let found = collection
        .register_fonts(face.file.clone(), None)
        .into_iter()
        .find(|(_, faces)| faces.iter().any(|f| f.index() == face.index));
    found
        .and_then(|(family, _)| collection.family_name(family))
        .map(str::to_owned)
        .ok_or(LayoutError::Fonts("they hold no face"))
}

impl std::fmt::Debug for Layouter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Layouter")
    }
}

impl Layouter {
    /// Takes the fonts; no font of the system is ever used.
    pub fn new(fonts: &Fonts) -> Result<Self, LayoutError> {
        let mut collection =
            Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let families = Families {
            regular: register(&mut collection, &fonts.regular)?,
            bold: register(&mut collection, &fonts.bold)?,
        };
        Ok(Self {
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            families,
            layouts: LayoutContext::new(),
            glyphs: Glyphs::new(fonts).ok_or(LayoutError::Fonts("they hold no outlines"))?,
        })
    }

    /// Draws a paper `width` dots wide and as tall as it needs.
    pub fn draw(&mut self, paper: &Paper, width: u32) -> Result<Bitmap, LayoutError> {
        let column = self.stack(&paper.blocks, width.saturating_sub(2 * MARGIN))?;
        let mut whole = Piece::default();
        whole.put(column, MARGIN, EDGE);
        whole.height += EDGE;
        let (left, top, right, bottom) = whole.bounds();
        let room = width.saturating_sub(MARGIN) as i32;
        let over = (right - room).max(-left).max(-top).max(bottom - whole.height as i32);
        if over > 0 {
            return Err(LayoutError::TooWide { width, over: over as u32 });
        }
        paint(&whole, width)
    }
}

/// Turns placed things into dots, in the order they were placed.
fn paint(whole: &Piece, width: u32) -> Result<Bitmap, LayoutError> {
    let row = width.div_ceil(8) as usize;
    let mut dots = vec![0u8; row * whole.height as usize];
    for (x, y, ink) in &whole.ink {
        // `draw` has refused whatever lies outside.
        let (x, y) = (*x as u32, *y as u32);
        match ink {
            Ink::Stamp(sprite) => sprite.stamp(&mut dots, row, x, y),
            Ink::Fill(w, h) => over_box(&mut dots, row, (x, y, *w, *h), |old, mask| old | mask),
            Ink::Invert(w, h) => over_box(&mut dots, row, (x, y, *w, *h), |old, mask| old ^ mask),
        }
    }
    Ok(Bitmap::from_bytes(width, whole.height, dots)?)
}

/// Changes each byte of a box (left, top, width, height), the box's dots being the mask.
fn over_box(
    dots: &mut [u8],
    row: usize,
    (left, top, width, height): (u32, u32, u32, u32),
    change: impl Fn(u8, u8) -> u8,
) {
    let right = left + width;
    for y in top..top + height {
        for column in left / 8..right.div_ceil(8) {
            let mut mask = 0xFFu8;
            if column * 8 < left {
                mask &= 0xFF >> (left - column * 8);
            }
            if column * 8 + 8 > right {
                mask &= 0xFF << (column * 8 + 8 - right);
            }
            if let Some(byte) = dots.get_mut(y as usize * row + column as usize) {
                *byte = change(*byte, mask);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Layouter, over_box};

    #[test]
    fn a_box_changes_its_own_dots_only() {
        for (left, width) in [(0, 8), (3, 2), (3, 10), (7, 17), (8, 8), (23, 1)] {
            let mut dots = vec![0u8; 3 * 3];
            over_box(&mut dots, 3, (left, 1, width, 1), |old, mask| old ^ mask);
            for y in 0..3 {
                for x in 0..24 {
                    let black = dots[(y * 3 + x / 8) as usize] & (0x80 >> (x % 8)) != 0;
                    let inside = y == 1 && (left..left + width).contains(&x);
                    assert_eq!(black, inside, "dot {x},{y} of {left}+{width}");
                }
            }
        }
    }

    #[test]
    fn a_layouter_moves_to_the_printing_thread() {
        fn send<T: Send + 'static>() {}
        send::<Layouter>();
    }
}

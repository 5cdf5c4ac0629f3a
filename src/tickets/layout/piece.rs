//! Things placed on paper before they become dots.

use super::sprite::Sprite;
use std::sync::Arc;

/// What is put at a place.
#[derive(Debug, Clone)]
pub(super) enum Ink {
    /// A picture.
    Stamp(Arc<Sprite>),
    /// A black box, width by height.
    Fill(u32, u32),
    /// A box in which black and white change places, width by height.
    Invert(u32, u32),
}

/// A thing with a size, and what is in it, placed from its upper left corner.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    pub width: u32,
    pub height: u32,
    pub ink: Vec<(i32, i32, Ink)>,
}

impl Piece {
    /// White paper.
    pub fn white(width: u32, height: u32) -> Self {
        Self { width, height, ink: Vec::new() }
    }

    /// One picture, as large as itself.
    pub fn stamp(sprite: Sprite) -> Self {
        let (width, height) = (sprite.width, sprite.height);
        Self { width, height, ink: vec![(0, 0, Ink::Stamp(Arc::new(sprite)))] }
    }

    /// Puts another piece into this one; its size grows to hold it.
    pub fn put(&mut self, other: Piece, left: u32, top: u32) {
        self.width = self.width.max(left + other.width);
        self.height = self.height.max(top + other.height);
        let moved = other.ink.into_iter();
        self.ink.extend(moved.map(|(x, y, ink)| (x + left as i32, y + top as i32, ink)));
    }

    /// The box around all that is placed, as left, top, right, bottom.
    pub fn bounds(&self) -> (i32, i32, i32, i32) {
        self.ink.iter().fold((0, 0, 0, 0), |(l, t, r, b), (x, y, ink)| {
            let (width, height) = match ink {
                Ink::Stamp(sprite) => (sprite.width, sprite.height),
                Ink::Fill(width, height) | Ink::Invert(width, height) => (*width, *height),
            };
            (l.min(*x), t.min(*y), r.max(x + width as i32), b.max(y + height as i32))
        })
    }
}

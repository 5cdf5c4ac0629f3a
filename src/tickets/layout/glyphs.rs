//! Glyphs as crisp one-bit pictures, each drawn once.

use super::sprite::Sprite;
use crate::fonts::{FontFace, Fonts};
use parley::fontique::Blob;
use std::collections::HashMap;
use std::sync::Arc;
use swash::scale::{Render, ScaleContext, Source};
use swash::zeno::Transform;
use swash::{CacheKey, FontRef, GlyphId};

/// Coverage of a dot, of 255, from which it is black. Below one half: a thermal dot's neighbour
/// spreads less than a thin stroke needs.
const INK_FROM: u8 = 112;
/// The most glyphs kept; a day's names and dishes at all sizes are a few hundred.
const MOST_KEPT: usize = 4_096;

/// One of the two weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Face {
    Regular,
    Bold,
}

impl Face {
    /// The face for a text's weight.
    pub const fn of(bold: bool) -> Self {
        if bold { Face::Bold } else { Face::Regular }
    }
}

/// A drawn glyph and where its corner lies from the pen: `left` to the right, `top` upwards.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    pub sprite: Arc<Sprite>,
    pub left: i32,
    pub top: i32,
}

/// Where a font's bytes begin, kept so that swash knows the font again and reuses its hints.
struct Opened {
    data: Blob<u8>,
    offset: u32,
    key: CacheKey,
}

impl Opened {
    fn new(face: &FontFace) -> Option<Self> {
        let font = FontRef::from_index(face.file.as_ref(), face.index as usize)?;
        Some(Self { offset: font.offset, key: font.key, data: face.file.clone() })
    }

    fn font(&self) -> FontRef<'_> {
        FontRef { data: self.data.as_ref(), offset: self.offset, key: self.key }
    }
}

/// Draws glyphs and remembers them.
pub(super) struct Glyphs {
    regular: Opened,
    bold: Opened,
    scaling: ScaleContext,
    kept: HashMap<(Face, GlyphId, u32, u32), Drawn>,
}

impl Glyphs {
    /// Opens both fonts; `None` if one is no font.
    pub fn new(fonts: &Fonts) -> Option<Self> {
        Some(Self {
            regular: Opened::new(&fonts.regular)?,
            bold: Opened::new(&fonts.bold)?,
            scaling: ScaleContext::new(),
            kept: HashMap::new(),
        })
    }

    /// Glyph and advance, in dots, of each character.
    pub fn outline_of(&self, face: Face, text: &str, size: f32) -> Vec<(GlyphId, f32)> {
        let font = self.source(face).font();
        let metrics = font.glyph_metrics(&[]).scale(size);
        let charmap = font.charmap();
        let glyphs = text.chars().map(|c| charmap.map(c));
        glyphs.map(|id| (id, metrics.advance_width(id))).collect()
    }

    /// The picture of a glyph, `stretch` times as wide as designed.
    pub fn get(&mut self, face: Face, id: GlyphId, size: f32, stretch: f32) -> Drawn {
        let key = (face, id, size.to_bits(), stretch.to_bits());
        if let Some(drawn) = self.kept.get(&key) {
            return drawn.clone();
        }
        let drawn = self.draw(face, id, size, stretch);
        if self.kept.len() >= MOST_KEPT {
            self.kept.clear();
        }
        self.kept.insert(key, drawn.clone());
        drawn
    }

    fn draw(&mut self, face: Face, id: GlyphId, size: f32, stretch: f32) -> Drawn {
        let source = match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        };
        let mut scaler = self.scaling.builder(source.font()).size(size).hint(true).build();
        let mut render = Render::new(&[Source::Outline]);
        if (stretch - 1.0).abs() > f32::EPSILON {
            render.transform(Some(Transform::scale(stretch, 1.0)));
        }
        let Some(image) = render.render(&mut scaler, id) else {
            return Drawn::default();
        };
        let (width, height) = (image.placement.width, image.placement.height);
        let inked = |x: u32, y: u32| {
            image.data.get((y * width + x) as usize).is_some_and(|alpha| *alpha >= INK_FROM)
        };
        Drawn {
            sprite: Arc::new(Sprite::draw(width, height, inked)),
            left: image.placement.left,
            top: image.placement.top,
        }
    }

    const fn source(&self, face: Face) -> &Opened {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }
}

//! What is to be put on paper, without a word about how.

use super::Bitmap;
use serde::{Deserialize, Serialize};

/// Paper that receipt printers take, with the dots a 203 dpi head prints across it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperWidth {
    /// 58 mm paper: 384 dots, 48 mm of print.
    Mm58,
    /// 80 mm paper: 576 dots, 72 mm of print.
    #[default]
    Mm80,
}

impl PaperWidth {
    /// Printable width in dots.
    pub const fn dots(self) -> u32 {
        match self {
            Self::Mm58 => 384,
            Self::Mm80 => 576,
        }
    }
}

/// One piece of paper to print: its parts from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The parts in printing order.
    pub items: Vec<Item>,
}

/// A part of a [`Document`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A picture; narrower than the paper it stands at the left edge.
    Image(Bitmap),
    /// A line in the printer's own letters.
    Text(TextLine),
    /// White paper.
    Feed(Feed),
    /// The knife, after feeding the print past it.
    Cut(Cut),
}

/// A line in the printer's own letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// One line: no control characters.
    pub text: String,
    /// How many times as wide as the normal letter, 1 to 8.
    pub width: u8,
    /// How many times as high as the normal letter, 1 to 8.
    pub height: u8,
    /// Thicker letters.
    pub bold: bool,
    /// White on black.
    pub inverted: bool,
    /// Where on the paper the line stands.
    pub align: Align,
}

impl TextLine {
    /// A plain line of normal size at the left edge.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            width: 1,
            height: 1,
            bold: false,
            inverted: false,
            align: Align::Left,
        }
    }

    /// The same line `width` and `height` times as large.
    #[must_use]
    pub fn sized(self, width: u8, height: u8) -> Self {
        Self { width, height, ..self }
    }

    /// The same line in thicker letters.
    #[must_use]
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same line white on black.
    #[must_use]
    pub fn inverted(self) -> Self {
        Self { inverted: true, ..self }
    }

    /// The same line standing elsewhere.
    #[must_use]
    pub fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// Where a line stands on the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// White paper, in the printer's lines (about 3.75 mm) or in dots (1/8 mm).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed {
    /// Lines at the printer's own line spacing.
    Lines(u8),
    /// Dots of 1/8 mm.
    Dots(u16),
}

/// How the paper is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// All the way: the paper falls.
    Full,
    /// A bridge is left: the paper hangs until a person takes it.
    Partial,
}

impl Document {
    /// A document with nothing on it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a picture.
    #[must_use]
    pub fn image(self, bitmap: Bitmap) -> Self {
        self.with(Item::Image(bitmap))
    }

    /// Adds a line of text.
    #[must_use]
    pub fn text(self, line: TextLine) -> Self {
        self.with(Item::Text(line))
    }

    /// Adds white lines.
    #[must_use]
    pub fn feed_lines(self, lines: u8) -> Self {
        self.with(Item::Feed(Feed::Lines(lines)))
    }

    /// Adds white dots of 1/8 mm.
    #[must_use]
    pub fn feed_dots(self, dots: u16) -> Self {
        self.with(Item::Feed(Feed::Dots(dots)))
    }

    /// Adds a cut.
    #[must_use]
    pub fn cut(self, cut: Cut) -> Self {
        self.with(Item::Cut(cut))
    }

    fn with(mut self, item: Item) -> Self {
        self.items.push(item);
        self
    }
}

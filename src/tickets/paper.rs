//! A paper as a stack of large, simple things; nothing here knows a device or a font.
//!
//! Lengths are dots of 1/8 mm, as of a 203 dpi head.

/// A whole paper, top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// Where a line stands between the margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// Words of one size; they wrap where the paper ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The words.
    pub text: String,
    /// Height of a Chinese character in dots.
    pub size: u16,
    /// Bold.
    pub bold: bool,
    /// Where each line stands.
    pub align: Align,
    /// Breaks lines at spaces and punctuation only, so that `软食` stays whole.
    pub whole_words: bool,
    /// Is set smaller, by a third at most, rather than broken into lines.
    pub shrinks: bool,
}

impl Text {
    /// Regular words at the left.
    pub fn new(text: impl Into<String>, size: u16) -> Self {
        Self {
            text: text.into(),
            size,
            bold: false,
            align: Align::Left,
            whole_words: false,
            shrinks: false,
        }
    }

    /// Bold words at the left.
    pub fn bold(text: impl Into<String>, size: u16) -> Self {
        Self { bold: true, ..Self::new(text, size) }
    }

    /// The same words in the middle.
    #[must_use]
    pub fn centred(self) -> Self {
        Self { align: Align::Centre, ..self }
    }

    /// The same words at the right.
    #[must_use]
    pub fn right(self) -> Self {
        Self { align: Align::Right, ..self }
    }

    /// The same words, smaller on narrow paper; if still too long, broken only between words.
    #[must_use]
    pub fn shrinking(self) -> Self {
        Self { whole_words: true, shrinks: true, ..self }
    }

    /// The same words, broken only between words.
    #[must_use]
    pub fn whole(self) -> Self {
        Self { whole_words: true, ..self }
    }
}

/// A filled picture that is told apart at arm's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A steaming bowl: eaten in.
    Bowl,
    /// A carrier bag: taken away.
    Bag,
    /// A house with its door: delivered.
    House,
    /// An empty square to tick.
    TickBox,
}

/// Something on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Digits at least 18 mm tall, squeezed sideways if the paper is too narrow.
    Digits(String),
    /// Words.
    Text(Text),
    /// Words in white on black.
    Band(Text),
    /// A picture with sides of so many dots.
    Shape(Shape, u16),
    /// A line across, so many dots thick.
    Rule(u16),
    /// Cells side by side.
    Row(Vec<Cell>, Stand),
    /// A QR code with so many dots a module, its quiet zone included.
    Qr(String, u16),
    /// White paper.
    Space(u16),
    /// Room to write behind a few words, on a line.
    WriteLine(Text),
    /// A ruler in centimetres across the paper.
    Ruler,
}

/// How the cells of a row stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// With their upper edges in line.
    Top,
    /// With their middles in line.
    Middle,
}

/// A part of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// How wide it is.
    pub span: Span,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// The width of a cell. Cells that do not fit beside each other go on below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// As wide as its content.
    Fit,
    /// So many dots.
    Dots(u16),
    /// What the others leave, but at least so many dots.
    Fill(u16),
}

impl Cell {
    /// A cell as wide as its only block.
    pub fn fit(block: Block) -> Self {
        Self { span: Span::Fit, blocks: vec![block] }
    }

    /// A cell of fixed width.
    pub fn dots(width: u16, block: Block) -> Self {
        Self { span: Span::Dots(width), blocks: vec![block] }
    }

    /// A cell that takes what the others leave.
    pub fn fill(least: u16, blocks: Vec<Block>) -> Self {
        Self { span: Span::Fill(least), blocks }
    }

    /// White between cells: pushes what follows to the right.
    pub fn push() -> Self {
        Self::fill(0, Vec::new())
    }
}

impl From<Text> for Block {
    fn from(text: Text) -> Self {
        Block::Text(text)
    }
}

impl Paper {
    /// A paper with nothing on it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds something below.
    pub fn add(&mut self, block: impl Into<Block>) -> &mut Self {
        self.blocks.push(block.into());
        self
    }

    /// Adds something below if there is anything to say.
    pub fn add_if(&mut self, block: Option<Block>) -> &mut Self {
        self.blocks.extend(block);
        self
    }
}

//! Reads the byte stream as an ESC/POS printer does and says what its mechanism has to do.

mod data;

use super::commands::{Extent, extent};
use super::line::{DrawGlyph, LINE_SPACING, Line, Look};
use crate::printer::{Align, Bitmap};
use encoding_rs::GB18030;

/// Bytes of a command that is stepped over, kept at a time.
const SKIP_CHUNK: usize = 4096;

/// One thing for the mechanism to do, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// Burn one row of dots and move on by it.
    Row(Vec<u8>),
    /// Move on by white rows.
    Blank(u32),
    /// Note a line of text.
    Text(String),
    /// Use the knife.
    Cut,
    /// Answer a question that has its place in the stream.
    Answer(Question),
    /// Note bytes as part of the paper.
    Record(Vec<u8>),
}

/// A question answered when the printer comes to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// `GS r 1`.
    Paper,
    /// `GS r n` with another n.
    Other,
    /// `GS ( H` function 48.
    ProcessId([u8; 4]),
}

enum Mode {
    Ground,
    Command(Vec<u8>),
    Letter(Vec<u8>),
    Raster { row_bytes: usize, rows: u32, row: Vec<u8> },
    Skip { left: u64, seen: Vec<u8> },
}

/// The byte reader; what it has read but not finished is its only memory.
pub(super) struct Interpreter {
    paper: u32,
    mode: Mode,
    line: Line,
    look: Look,
    align: Align,
    chinese: bool,
    glyphs: Option<DrawGlyph>,
}

impl Interpreter {
    pub(super) fn new(paper: u32) -> Self {
        Self {
            paper,
            mode: Mode::Ground,
            line: Line::default(),
            look: Look::default(),
            align: Align::Left,
            chinese: false,
            glyphs: None,
        }
    }

    pub(super) fn set_glyphs(&mut self, glyphs: Option<DrawGlyph>) {
        self.glyphs = glyphs;
    }

    /// Forgets everything, as when the power goes.
    pub(super) fn power_cycle(&mut self) {
        let glyphs = self.glyphs.take();
        *self = Self { glyphs, ..Self::new(self.paper) };
    }

    /// Takes one byte and adds what it makes the mechanism do.
    pub(super) fn take(&mut self, byte: u8, actions: &mut impl Extend<Action>) {
        let mut out = Vec::new();
        match std::mem::replace(&mut self.mode, Mode::Ground) {
            Mode::Ground => self.ground(byte, &mut out),
            Mode::Command(mut bytes) => {
                bytes.push(byte);
                self.command(bytes, &mut out);
            }
            Mode::Letter(bytes) => self.letter(bytes, byte, &mut out),
            Mode::Raster { row_bytes, rows, row } => {
                self.raster(byte, row_bytes, rows, row, &mut out);
            }
            Mode::Skip { left, mut seen } => {
                seen.push(byte);
                if left <= 1 {
                    out.push(Action::Record(seen));
                } else {
                    if seen.len() >= SKIP_CHUNK {
                        out.push(Action::Record(std::mem::take(&mut seen)));
                    }
                    self.mode = Mode::Skip { left: left - 1, seen };
                }
            }
        }
        actions.extend(out);
    }

    fn ground(&mut self, byte: u8, out: &mut Vec<Action>) {
        match byte {
            // Filling, as sent to get out of a command that was broken off.
            0x00 => return,
            0x10 | 0x1B | 0x1C | 0x1D => {
                self.mode = Mode::Command(vec![byte]);
                return;
            }
            0x81..=0xFE if self.chinese => {
                self.mode = Mode::Letter(vec![byte]);
                return;
            }
            0x0A => self.line_feed(out),
            0x20..=0x7E => self.put(char::from(byte), out),
            // Without Chinese mode a high byte is some other alphabet's letter: not what was meant.
            0x80.. => self.put('\u{FFFD}', out),
            _ => {}
        }
        out.push(Action::Record(vec![byte]));
    }

    fn letter(&mut self, mut bytes: Vec<u8>, byte: u8, out: &mut Vec<Action>) {
        bytes.push(byte);
        let four = bytes.get(1).is_some_and(u8::is_ascii_digit);
        if four && bytes.len() < 4 {
            self.mode = Mode::Letter(bytes);
            return;
        }
        let text = GB18030.decode_without_bom_handling(&bytes).0;
        for letter in text.chars().take(4) {
            self.put(if letter.is_control() { '\u{FFFD}' } else { letter }, out);
        }
        out.push(Action::Record(bytes));
    }

    fn raster(
        &mut self,
        byte: u8,
        row_bytes: usize,
        mut rows: u32,
        mut row: Vec<u8>,
        out: &mut Vec<Action>,
    ) {
        row.push(byte);
        if row.len() == row_bytes {
            out.push(Action::Row(self.place(&row)));
            out.push(Action::Record(std::mem::take(&mut row)));
            rows -= 1;
        }
        if rows > 0 {
            self.mode = Mode::Raster { row_bytes, rows, row };
        }
    }

    /// A row of a picture where alignment puts it, cut off at the paper's edge.
    fn place(&self, row: &[u8]) -> Vec<u8> {
        let paper_bytes = self.paper.div_ceil(8) as usize;
        // Pictures are whole bytes wide, so the shift may be, too: at most half a millimetre off.
        let spare = paper_bytes.saturating_sub(row.len());
        let left = match self.align {
            Align::Left => 0,
            Align::Centre => spare / 2,
            Align::Right => spare,
        };
        let mut placed = vec![0; left];
        placed.extend_from_slice(row);
        placed.resize(paper_bytes, 0);
        placed
    }

    fn command(&mut self, bytes: Vec<u8>, out: &mut Vec<Action>) {
        match extent(&bytes) {
            Extent::More => self.mode = Mode::Command(bytes),
            // Every command that is obeyed is short; of the others only the end matters.
            Extent::Bytes(length) if length > 16 => {
                let left = length.saturating_sub(bytes.len() as u64);
                if left == 0 {
                    out.push(Action::Record(bytes));
                } else {
                    self.mode = Mode::Skip { left, seen: bytes };
                }
            }
            Extent::Bytes(length) if (bytes.len() as u64) < length => {
                self.mode = Mode::Command(bytes);
            }
            Extent::Bytes(_) => self.obey(bytes, out),
        }
    }

    fn obey(&mut self, bytes: Vec<u8>, out: &mut Vec<Action>) {
        match *bytes.as_slice() {
            // Answered when it came in; no part of the paper.
            [0x10, ..] => return,
            [0x1D, b'r', n] => {
                let paper = matches!(n, 1 | 49);
                out.push(Action::Answer(if paper { Question::Paper } else { Question::Other }));
                return;
            }
            [0x1D, b'(', b'H', 6, 0, 48, 48, a, b, c, d] => {
                out.push(Action::Answer(Question::ProcessId([a, b, c, d])));
                return;
            }
            [0x1B, b'@'] => {
                self.line.clear();
                self.look = Look::default();
                self.align = Align::Left;
                self.chinese = false;
            }
            [0x1B, b'a', n] => {
                self.align = match n {
                    1 | 49 => Align::Centre,
                    2 | 50 => Align::Right,
                    _ => Align::Left,
                }
            }
            [0x1B, b'E', n] => self.look.bold = n & 1 == 1,
            [0x1B, b'd', n] => self.feed_lines(n, out),
            [0x1B, b'J', n] => {
                self.print_line(out);
                out.push(Action::Blank(u32::from(n)));
            }
            [0x1C, b'&'] => self.chinese = true,
            [0x1C, b'.'] => self.chinese = false,
            [0x1C, b'!', n] => {
                self.look.width = 1 + (n >> 2 & 1);
                self.look.height = 1 + (n >> 3 & 1);
            }
            [0x1D, b'!', n] => {
                self.look.width = (n >> 4).min(7) + 1;
                self.look.height = (n & 0x0F).min(7) + 1;
            }
            [0x1D, b'B', n] => self.look.inverted = n & 1 == 1,
            [0x1D, b'V', ref rest @ ..] => {
                self.print_line(out);
                if let [_, feed] = *rest {
                    out.push(Action::Blank(u32::from(feed)));
                }
                // The knife's own bytes belong to the paper it cuts.
                out.extend([Action::Record(bytes), Action::Cut]);
                return;
            }
            [0x1D, b'v', _, _, x_low, x_high, y_low, y_high] => {
                self.print_line(out);
                let row_bytes = usize::from(u16::from_le_bytes([x_low, x_high]));
                let rows = u32::from(u16::from_le_bytes([y_low, y_high]));
                if row_bytes > 0 && rows > 0 {
                    self.mode = Mode::Raster { row_bytes, rows, row: Vec::new() };
                }
            }
            _ => {}
        }
        out.push(Action::Record(bytes));
    }

    fn put(&mut self, letter: char, out: &mut Vec<Action>) {
        if !self.line.push(letter, self.look, self.paper) {
            self.print_line(out);
            self.line.push(letter, self.look, self.paper);
        }
    }

    fn line_feed(&mut self, out: &mut Vec<Action>) {
        if self.line.is_empty() {
            out.push(Action::Blank(LINE_SPACING));
        } else {
            self.print_line(out);
        }
    }

    fn feed_lines(&mut self, lines: u8, out: &mut Vec<Action>) {
        let printed = u8::from(!self.line.is_empty());
        self.print_line(out);
        out.push(Action::Blank(u32::from(lines.saturating_sub(printed)) * LINE_SPACING));
    }

    fn print_line(&mut self, out: &mut Vec<Action>) {
        if self.line.is_empty() {
            return;
        }
        let drawn = self.line.draw(self.paper, self.align, self.glyphs.as_ref());
        out.extend(drawn.iter().flat_map(Bitmap::rows).map(|row| Action::Row(row.to_vec())));
        out.push(Action::Text(self.line.text()));
        self.line.clear();
    }
}

#[cfg(test)]
mod tests;

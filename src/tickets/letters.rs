//! A paper in the printer's own letters, as far as it has them; the rest as pictures between.
//!
//! A line of letters is some forty bytes, the same line as a picture some three thousand: on a
//! serial line at 9600 baud a slip takes two seconds instead of a minute.

use super::layout::{LayoutError, Layouter};
use super::paper::{Align, Block, Cell, Paper, Span, Text};
use clubhouse_hardware::printer::{self, Bitmap, Document, Item, PaperWidth, TextLine, can_encode};

/// Width of a letter of one byte, half that of a Chinese one, at normal size in dots.
const HALF: u32 = 12;
/// Height of a letter at normal size in dots.
const HEIGHT: u16 = 24;
/// The largest letters, in normal sizes.
const LARGEST: u8 = 4;
/// What never begins a line.
const CLOSING: &str = "，。、；：！？）”》,.;:!?)";

/// Sets a paper; what the printer's letters lack is drawn.
pub(super) fn set(
    paper: &Paper,
    layouter: &mut Layouter,
    width: PaperWidth,
) -> Result<Document, LayoutError> {
    let mut setter = Setter { document: Document::new(), drawn: Paper::new(), width };
    for block in &paper.blocks {
        match setter.lines_of(block) {
            Some(lines) => {
                setter.draw(layouter)?;
                setter.document.items.extend(lines.into_iter().map(Item::Text));
            }
            None => {
                setter.drawn.add(block.clone());
            }
        }
    }
    setter.draw(layouter)?;
    Ok(setter.document)
}

struct Setter {
    document: Document,
    /// Blocks that wait to be drawn as one picture.
    drawn: Paper,
    width: PaperWidth,
}

impl Setter {
    /// Puts what waits to be drawn into the document.
    fn draw(&mut self, layouter: &mut Layouter) -> Result<(), LayoutError> {
        let waiting = std::mem::take(&mut self.drawn);
        // White at the edge of a picture would be a picture of nothing.
        if waiting.blocks.iter().all(|block| matches!(block, Block::Space(_))) {
            return Ok(());
        }
        let drawn = cropped(&layouter.draw(&waiting, self.width.dots())?)?;
        super::add_picture(&mut self.document, &drawn)
    }

    /// The lines of a block in the printer's letters, if it is words and the printer has them all.
    fn lines_of(&self, block: &Block) -> Option<Vec<TextLine>> {
        match block {
            Block::Text(text) => self.lines(text, false),
            Block::Band(text) => self.lines(text, true),
            Block::Row(cells, _) => {
                let words = row_of_words(cells, self.width)?;
                let lines: Option<Vec<_>> =
                    words.iter().map(|text| self.lines(text, false)).collect();
                Some(lines?.concat())
            }
            _ => None,
        }
    }

    fn lines(&self, text: &Text, inverted: bool) -> Option<Vec<TextLine>> {
        let (size, lines) = self.broken(text);
        let columns = columns(self.width, size);
        let line = |words: String| {
            can_encode(&words).then(|| TextLine {
                // A band is black from edge to edge.
                text: if inverted { padded(&words, columns, text.align) } else { words },
                width: size,
                height: size,
                bold: text.bold,
                inverted,
                align: match text.align {
                    _ if inverted => printer::Align::Left,
                    Align::Left => printer::Align::Left,
                    Align::Centre => printer::Align::Centre,
                    Align::Right => printer::Align::Right,
                },
            })
        };
        lines.into_iter().map(line).collect()
    }

    /// Breaks words into lines, in smaller letters if they may be and fit then.
    fn broken(&self, text: &Text) -> (u8, Vec<String>) {
        let asked = size_of(text.size);
        let fits = |size: u8| units(&text.text) <= columns(self.width, size);
        let size = match (1..=asked).rev().find(|size| fits(*size)) {
            Some(size) if text.shrinks && size + 1 >= asked => size,
            _ => asked,
        };
        (size, broken(&text.text, columns(self.width, size)))
    }
}

/// Letters of `dots` height in normal sizes: what is 4 mm and more is never set in 3 mm.
fn size_of(dots: u16) -> u8 {
    (((dots + 14) / HEIGHT) as u8).clamp(1, LARGEST)
}

/// Half-width letters on a line.
fn columns(width: PaperWidth, size: u8) -> u32 {
    width.dots() / (HALF * u32::from(size))
}

/// Width of words in half-width letters.
fn units(words: &str) -> u32 {
    words.chars().map(unit).sum()
}

fn unit(letter: char) -> u32 {
    if letter.is_ascii() { 1 } else { 2 }
}

fn padded(words: &str, columns: u32, align: Align) -> String {
    let spare = columns.saturating_sub(units(words)) as usize;
    let before = match align {
        Align::Left => 0,
        Align::Centre => spare / 2,
        Align::Right => spare,
    };
    format!("{}{words}{}", " ".repeat(before), " ".repeat(spare - before))
}

/// Lines of at most so many half-width letters, broken at a space if there is one near the end.
fn broken(words: &str, columns: u32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for letter in words.chars() {
        if units(&line) + unit(letter) > columns.max(2) {
            let rest = match line.rfind(' ') {
                Some(at) if at * 2 > line.len() => line.split_off(at),
                // A closing mark takes the letter before it along to the next line.
                _ if CLOSING.contains(letter) => line.pop().map(String::from).unwrap_or_default(),
                _ => String::new(),
            };
            lines.push(std::mem::replace(&mut line, rest.trim_start().to_owned()));
        }
        if !(line.is_empty() && letter == ' ' && !lines.is_empty()) {
            line.push(letter);
        }
    }
    lines.push(line);
    lines
}

/// Words that stand beside each other as one line, or below each other if that is too long;
/// nothing if anything but words stands among them.
fn row_of_words(cells: &[Cell], width: PaperWidth) -> Option<Vec<Text>> {
    let mut words = Vec::new();
    let mut pushes = 0;
    for cell in cells {
        match (cell.blocks.as_slice(), cell.span) {
            ([], Span::Fill(_)) => {
                pushes += 1;
                words.push(None);
            }
            ([Block::Text(text)], Span::Fit | Span::Fill(_)) => words.push(Some(text)),
            _ => return None,
        }
    }
    let largest = words.iter().flatten().map(|text| text.size).max()?;
    let columns = columns(width, size_of(largest));
    let taken: u32 = words.iter().flatten().map(|text| units(&text.text) + 1).sum();
    let Some(spare) = columns.checked_sub(taken.saturating_sub(1)) else {
        return Some(words.into_iter().flatten().cloned().collect());
    };
    // A value at the right edge is pushed there by a cell that fills.
    let value_at_edge = pushes == 0 && matches!(cells, [Cell { span: Span::Fill(_), .. }, .., _]);
    let mut line = String::new();
    for (place, word) in words.iter().enumerate() {
        let is_last = place + 1 == words.len();
        match word {
            Some(text) => {
                if value_at_edge && is_last {
                    line.push_str(&" ".repeat(spare as usize));
                }
                line.push_str(&text.text);
                if !is_last {
                    line.push(' ');
                }
            }
            None => line.push_str(&" ".repeat((spare / pushes) as usize)),
        }
    }
    let bold = words.iter().flatten().any(|text| text.bold);
    Some(vec![Text { bold, ..Text::new(line, largest) }])
}

/// A picture without the white at its right edge, which is half of it as a rule.
fn cropped(whole: &Bitmap) -> Result<Bitmap, LayoutError> {
    let row = whole.row_bytes();
    let inked = |line: &[u8]| line.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
    let kept = whole.bytes().chunks_exact(row).map(inked).max().unwrap_or(0).max(1);
    let bytes = whole.bytes().chunks_exact(row).flat_map(|line| &line[..kept]).copied().collect();
    Ok(Bitmap::from_bytes(whole.width().min(kept as u32 * 8), whole.height(), bytes)?)
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn lines_end_where_the_paper_does() {
        assert_eq!(broken("红烧大排、葱油南瓜", 8), ["红烧大", "排、葱油", "南瓜"]);
        assert_eq!(broken("ab cdef", 4), ["ab c", "def"]);
        assert_eq!(broken("少盐 软食 少饭", 10), ["少盐 软食", "少饭"]);
        assert_eq!(broken("", 10), [""]);
    }
}

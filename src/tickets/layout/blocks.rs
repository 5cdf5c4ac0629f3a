//! Blocks as pieces: stacks, rows, bands, codes.

use super::piece::{Ink, Piece};
use super::sprite::Sprite;
use super::{LayoutError, Layouter, shapes};
use crate::tickets::paper::{Align, Block, Cell, Span, Stand, Text};
use qrcode::{Color, EcLevel, QrCode};

/// White between the cells of a row, in dots.
const GAP: u32 = 12;
/// White between the lines of a row that went on below, in dots.
const LEADING: u32 = 6;
/// Black beside the words of a band, in dots.
const BAND_SIDE: u32 = 12;
/// White modules around a QR code, as its standard demands.
const QUIET: u32 = 4;
/// The shortest line worth writing on, in dots (20 mm).
const WRITE_LEAST: u32 = 160;
/// Dots of a centimetre.
const CENTIMETRE: u32 = 80;

impl Layouter {
    /// Blocks one below the other in a column `width` dots wide.
    pub(super) fn stack(&mut self, blocks: &[Block], width: u32) -> Result<Piece, LayoutError> {
        let mut whole = Piece::white(width, 0);
        for block in blocks {
            let below = whole.height;
            let piece = self.block(block, width)?;
            whole.put(piece, 0, below);
        }
        Ok(whole)
    }

    fn block(&mut self, block: &Block, width: u32) -> Result<Piece, LayoutError> {
        Ok(match block {
            Block::Digits(digits) => self.digits(digits, width),
            Block::Text(text) => self.text(text, width),
            Block::Band(text) => self.band(text, width),
            Block::Shape(shape, side) => Piece::stamp(shapes::sprite(*shape, u32::from(*side))),
            Block::Rule(thick) => rule(width, u32::from(*thick)),
            Block::Row(cells, stand) => self.row(cells, *stand, width)?,
            Block::Qr(text, module) => qr(text, u32::from(*module))?,
            Block::Space(dots) => Piece::white(width, u32::from(*dots)),
            Block::WriteLine(label) => self.write_line(label, width),
            Block::Ruler => self.ruler(width),
        })
    }

    /// The width a block would like to have.
    fn natural_width(&mut self, block: &Block, most: u32) -> Result<u32, LayoutError> {
        let natural = match block {
            Block::Digits(digits) => self.digits_width(digits),
            Block::Text(text) => self.text_width(text),
            Block::Band(text) => self.text_width(text) + 2 * BAND_SIDE,
            Block::Shape(_, side) => u32::from(*side),
            Block::Qr(text, module) => qr(text, u32::from(*module))?.width,
            Block::Space(dots) => u32::from(*dots),
            Block::Rule(_) | Block::Row(..) | Block::WriteLine(_) | Block::Ruler => most,
        };
        Ok(natural.min(most))
    }

    fn band(&mut self, text: &Text, width: u32) -> Piece {
        let pad = u32::from(text.size) / 12;
        let words = self.text(text, width.saturating_sub(2 * BAND_SIDE).max(1));
        let mut band = Piece::default();
        band.put(words, BAND_SIDE, pad);
        band.width = width;
        band.height += pad;
        band.ink.push((0, 0, Ink::Invert(width, band.height)));
        // A hair of white keeps two bands below each other apart.
        band.height += 4;
        band
    }

    /// Cells side by side; those that find no room go on below.
    fn row(&mut self, cells: &[Cell], stand: Stand, width: u32) -> Result<Piece, LayoutError> {
        let mut lines: Vec<Vec<(&Cell, u32)>> = vec![Vec::new()];
        let mut used = 0;
        for cell in cells {
            let least = match cell.span {
                Span::Dots(dots) | Span::Fill(dots) => u32::from(dots).min(width),
                Span::Fit => {
                    let mut widest = 0;
                    for block in &cell.blocks {
                        widest = widest.max(self.natural_width(block, width)?);
                    }
                    widest
                }
            };
            let gap = if used == 0 || least == 0 { 0 } else { GAP };
            let Some(line) = lines.last_mut() else { break };
            if used + gap + least <= width {
                used += gap + least;
                line.push((cell, least));
            } else {
                // What was pushed to the right stays at the right on its new line.
                let push = line.pop_if(|(before, least)| *least == 0 && before.blocks.is_empty());
                lines.push(push.into_iter().chain([(cell, least)]).collect());
                used = least;
            }
        }
        let mut whole = Piece::white(width, 0);
        for line in lines {
            let below = if whole.height == 0 { 0 } else { whole.height + LEADING };
            let piece = self.line(&line, stand, width)?;
            whole.put(piece, 0, below);
        }
        Ok(whole)
    }

    /// Cells that fit beside each other; what is left over goes to those that fill.
    fn line(
        &mut self,
        cells: &[(&Cell, u32)],
        stand: Stand,
        width: u32,
    ) -> Result<Piece, LayoutError> {
        let seen = cells.iter().filter(|(_, least)| *least > 0).count() as u32;
        let gaps = GAP * seen.saturating_sub(1);
        let taken = gaps + cells.iter().map(|(_, least)| least).sum::<u32>();
        let fills = cells.iter().filter(|(cell, _)| matches!(cell.span, Span::Fill(_))).count();
        let share = width.saturating_sub(taken) / (fills as u32).max(1);
        let mut pieces = Vec::with_capacity(cells.len());
        for (cell, least) in cells {
            let own = if matches!(cell.span, Span::Fill(_)) { least + share } else { *least };
            pieces.push((own, *least, self.stack(&cell.blocks, own)?));
        }
        let tallest = pieces.iter().map(|(_, _, piece)| piece.height).max().unwrap_or(0);
        let mut whole = Piece::white(width, tallest);
        let mut left = 0;
        for (own, least, piece) in pieces {
            let top = match stand {
                Stand::Top => 0,
                Stand::Middle => (tallest - piece.height) / 2,
            };
            whole.put(piece, left, top);
            left += own + if least > 0 { GAP } else { 0 };
        }
        Ok(whole)
    }

    fn write_line(&mut self, label: &Text, width: u32) -> Piece {
        let label_width = if label.text.is_empty() { 0 } else { self.text_width(label) + GAP };
        let room = u32::from(label.size) / 2;
        let mut whole = Piece::white(width, 0);
        if label_width + WRITE_LEAST > width {
            let words = self.text(label, width);
            let below = words.height + room + u32::from(label.size);
            whole.put(words, 0, room);
            whole.height = below + 2;
            whole.ink.push((0, below as i32, Ink::Fill(width, 2)));
        } else {
            let words = self.text(label, label_width.max(1));
            whole.put(words, 0, room);
            let bottom = whole.height as i32 - 4;
            whole.ink.push((label_width as i32, bottom, Ink::Fill(width - label_width, 2)));
        }
        whole
    }

    /// A scale from 0 in centimetres, so that a wrong width or resolution is seen with a rule.
    fn ruler(&mut self, width: u32) -> Piece {
        let mut whole = Piece::white(width, 24);
        for at in (0..width).step_by(CENTIMETRE as usize / 10) {
            let tall = if at % CENTIMETRE == 0 { 24 } else { 12 };
            whole.ink.push((at as i32, 0, Ink::Fill(2, tall)));
        }
        for at in (CENTIMETRE..width.saturating_sub(40)).step_by(CENTIMETRE as usize) {
            let number = Text::new((at / CENTIMETRE).to_string(), 24);
            let piece = self.text(&Text { align: Align::Centre, ..number }, 40);
            whole.put(piece, at - 20, 26);
        }
        whole.width = width;
        whole
    }
}

fn rule(width: u32, thick: u32) -> Piece {
    let mut piece = Piece::white(width, thick + 12);
    piece.ink.push((0, 6, Ink::Fill(width, thick)));
    piece
}

/// Error correction M: a crease or a drop of soup over an eighth of the code is forgiven.
fn qr(text: &str, module: u32) -> Result<Piece, LayoutError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| LayoutError::Qr(text.to_owned()))?;
    let (modules, module) = (code.width() as u32, module.max(1));
    let side = (modules + 2 * QUIET) * module;
    Ok(Piece::stamp(Sprite::draw(side, side, |x, y| {
        let (Some(column), Some(row)) =
            ((x / module).checked_sub(QUIET), (y / module).checked_sub(QUIET))
        else {
            return false;
        };
        column < modules && row < modules && code[(column as usize, row as usize)] == Color::Dark
    })))
}

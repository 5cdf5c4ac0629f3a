//! The paper as pictures for the screen: scaled down with grey edges, torn where it was torn.

use std::collections::BTreeMap;

use clubhouse_hardware::printer::{Bitmap, Receipt};
use slint::{Image, Rgba8Pixel, SharedPixelBuffer};

use crate::kiosk::generated::DockPaper;

/// Logical pixels for a printed dot.
const PX_A_DOT: f32 = 0.75;
/// White beside the print, in logical pixels.
const MARGIN: f32 = 8.0;
/// Depth of the teeth at an edge that the knife made, and at one torn by hand.
const KNIFE_TOOTH: f32 = 3.0;
const TORN_TOOTH: f32 = 9.0;
/// Pieces shown; who wants to see more takes them away.
const MOST_PIECES: usize = 20;
/// Height shown in all, in real pixels: more than this some renderers can't place.
const MOST_PIXELS: u32 = 16_000;
/// Colours of paper and ink.
const PAPER: [u8; 3] = [0xff, 0xfe, 0xfb];
const INK: [u8; 3] = [0x1d, 0x1a, 0x16];

/// How a piece ends below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Cut,
    Torn,
    /// It still hangs in the printer.
    Straight,
}

/// Pictures of the pieces that hang out, each drawn once.
#[derive(Default)]
pub(super) struct Strip {
    drawn: BTreeMap<u64, DockPaper>,
    scale: f32,
}

impl Strip {
    /// Width of a piece in logical pixels.
    pub(super) fn width(dots: u32) -> f32 {
        dots as f32 * PX_A_DOT + 2.0 * MARGIN
    }

    /// The pieces, newest first: what hangs in the printer, then what was cut off.
    pub(super) fn show<'a>(
        &mut self,
        unfinished: Option<&Receipt>,
        finished: impl DoubleEndedIterator<Item = &'a Receipt>,
        scale: f32,
    ) -> Vec<DockPaper> {
        if (self.scale - scale).abs() > f32::EPSILON {
            self.drawn.clear();
            self.scale = scale;
        }
        let mut before = std::mem::take(&mut self.drawn);
        let mut pieces = Vec::new();
        let mut pixels = 0;
        if let Some(receipt) = unfinished {
            pixels += receipt.bitmap.height();
            pieces.push(draw(receipt, End::Straight, scale));
        }
        for receipt in finished.rev().take(MOST_PIECES) {
            pixels += (receipt.bitmap.height() as f32 * PX_A_DOT * scale) as u32;
            if pixels > MOST_PIXELS && !pieces.is_empty() {
                break;
            }
            let end = if receipt.cut { End::Cut } else { End::Torn };
            let piece = before.remove(&receipt.number).unwrap_or_else(|| draw(receipt, end, scale));
            self.drawn.insert(receipt.number, piece.clone());
            pieces.push(piece);
        }
        pieces
    }
}

fn draw(receipt: &Receipt, end: End, scale: f32) -> DockPaper {
    // Never larger than printed: the renderer does that as well.
    let pixels_a_dot = (PX_A_DOT * scale).min(1.0);
    let buffer = picture(&receipt.bitmap, end, pixels_a_dot);
    let logical = PX_A_DOT / pixels_a_dot;
    DockPaper {
        width: buffer.width() as f32 * logical,
        height: buffer.height() as f32 * logical,
        picture: Image::from_rgba8(buffer),
        label: format!("小票 {0} / paper {0}", receipt.number).into(),
    }
}

fn picture(bitmap: &Bitmap, end: End, pixels_a_dot: f32) -> SharedPixelBuffer<Rgba8Pixel> {
    let pixels = |dots: u32| ((dots as f32 * pixels_a_dot).round() as u32).max(1);
    let size = |logical: f32| (logical * pixels_a_dot / PX_A_DOT).round() as u32;
    let (width, height) = (pixels(bitmap.width()), pixels(bitmap.height()));
    let (margin, head) = (size(MARGIN), size(KNIFE_TOOTH));
    let tail = match end {
        End::Cut => head,
        End::Torn => size(TORN_TOOTH),
        End::Straight => 0,
    };
    let full_width = width + 2 * margin;
    let mut buffer = SharedPixelBuffer::<Rgba8Pixel>::new(full_width, head + height + tail);
    let ink = shrink(bitmap, width, height);
    let darkest = u64::from(bitmap.width()) * u64::from(bitmap.height());
    let lines = buffer.make_mut_slice().chunks_exact_mut(full_width as usize);
    for (line, y) in lines.zip(0..) {
        for (pixel, x) in line.iter_mut().zip(0..) {
            let above = y < wave(x, head, End::Cut);
            let below = y >= head + height + tail.saturating_sub(wave(x, tail, end));
            let inside = (head..head + height).contains(&y)
                && (margin..margin + width).contains(&x)
                && !above;
            *pixel = if above || below {
                Rgba8Pixel::new(0, 0, 0, 0)
            } else if inside {
                let at = (y - head) as usize * width as usize + (x - margin) as usize;
                shade(ink.get(at).copied().unwrap_or(0), darkest)
            } else {
                shade(0, 1)
            };
        }
    }
    buffer
}

/// How deep the edge is cut in at a column.
fn wave(x: u32, depth: u32, end: End) -> u32 {
    let triangle = |x: u32, period: u32| {
        let place = x % period;
        place.min(period - place) * 2 * depth / period
    };
    match end {
        _ if depth == 0 => 0,
        End::Cut | End::Straight => triangle(x, 2 * depth),
        // Two waves that rarely meet look like no wave.
        End::Torn => triangle(x + 5, 31).midpoint(triangle(x, 13)),
    }
}

fn shade(ink: u64, darkest: u64) -> Rgba8Pixel {
    let mix = |paper: u8, black: u8| {
        let lost = u64::from(paper.saturating_sub(black)) * ink / darkest.max(1);
        paper.saturating_sub(lost as u8)
    };
    Rgba8Pixel::new(mix(PAPER[0], INK[0]), mix(PAPER[1], INK[1]), mix(PAPER[2], INK[2]), 255)
}

/// How much black each pixel of a smaller picture covers; all black is the product of the
/// bitmap's sides.
fn shrink(bitmap: &Bitmap, width: u32, height: u32) -> Vec<u64> {
    let columns: Vec<_> =
        (0..width).map(|x| shares(x, bitmap.width(), width).collect::<Vec<_>>()).collect();
    let mut ink = vec![0; width as usize * height as usize];
    for (line, y) in ink.chunks_exact_mut(width as usize).zip(0..) {
        for (row, weight) in shares(y, bitmap.height(), height) {
            for (pixel, columns) in line.iter_mut().zip(&columns) {
                let black = columns.iter().filter(|(x, _)| bitmap.get(*x, row));
                *pixel += weight * black.map(|(_, share)| share).sum::<u64>();
            }
        }
    }
    ink
}

/// Which of `source` dots lie under one of `target` pixels, with their shares; these add up to
/// `source`.
fn shares(pixel: u32, source: u32, target: u32) -> impl Iterator<Item = (u32, u64)> {
    let (source, target) = (u64::from(source), u64::from(target.max(1)));
    let start = u64::from(pixel) * source;
    let end = start + source;
    (start / target..end.div_ceil(target)).map(move |dot| {
        let share = end.min((dot + 1) * target) - start.max(dot * target);
        (dot as u32, share)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn no_ink_is_lost_or_made() {
        let mut bitmap = Bitmap::new(100, 61).unwrap();
        for x in 3..40 {
            bitmap.set(x, x % 61, true);
            bitmap.set(x * 2, 60, true);
        }
        let (width, height) = (75, 46);
        let ink: u64 = shrink(&bitmap, width, height).iter().sum();
        let black = bitmap.black_dots() as u64;
        assert_eq!(ink, black * u64::from(width) * u64::from(height));
    }

    #[test]
    fn a_black_bitmap_is_ink_all_over_and_a_white_one_paper() {
        let white = Bitmap::new(16, 8).unwrap();
        let mut black = white.clone();
        (0..16 * 8).for_each(|dot| black.set(dot % 16, dot / 16, true));
        for (bitmap, colour) in [(&white, PAPER), (&black, INK)] {
            let picture = picture(bitmap, End::Straight, PX_A_DOT);
            let middle = picture.as_slice()[(picture.width() * 6 + picture.width() / 2) as usize];
            assert_eq!([middle.r, middle.g, middle.b], colour);
        }
    }
}

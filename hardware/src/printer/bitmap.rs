//! One-bit pictures in the very layout that raster commands take.

use thiserror::Error;

/// Dots per millimetre of a 203 dpi thermal head.
pub const DOTS_PER_MM: u32 = 8;

/// Widest picture in dots; wider than any receipt head, so that a picture can be made first and cropped.
const MAX_WIDTH: u32 = 4096;
/// Tallest picture in dots (about four metres of paper).
const MAX_HEIGHT: u32 = 32_768;

/// Why a picture could not be made.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum BitmapError {
    /// A side is nought or beyond the bounds.
    #[error(
        "a picture of {width} by {height} dots cannot be made: 1 to {MAX_WIDTH} dots wide and 1 to {MAX_HEIGHT} high are allowed"
    )]
    Size {
        /// Asked width in dots.
        width: u32,
        /// Asked height in dots.
        height: u32,
    },
    /// The bytes do not fill the rows exactly.
    #[error("a picture of {width} by {height} dots takes {expected} bytes, but {found} were given")]
    Length {
        /// Width in dots.
        width: u32,
        /// Height in dots.
        height: u32,
        /// Bytes that the size needs.
        expected: usize,
        /// Bytes that were given.
        found: usize,
    },
    /// The PNG encoder gave up.
    #[error("the picture could not be written as PNG: {0}")]
    Png(String),
}

/// A one-bit picture: rows packed from the most significant bit on, each row in whole bytes, black = 1.
///
/// This is the data layout of Epson's `GS v 0`, so that printing copies nothing but bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitmap {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

impl std::fmt::Debug for Bitmap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A ticket has 100,000 dots: nobody wants them in a test's message.
        write!(f, "Bitmap({}x{}, {} black)", self.width, self.height, self.black_dots())
    }
}

impl Bitmap {
    /// A white picture of `width_dots` by `height` dots.
    pub fn new(width_dots: u32, height: u32) -> Result<Self, BitmapError> {
        let length = Self::length(width_dots, height)?;
        Ok(Self { width: width_dots, height, bytes: vec![0; length] })
    }

    /// A picture from packed rows; the unused bits at the end of each row are made white.
    pub fn from_bytes(width_dots: u32, height: u32, bytes: Vec<u8>) -> Result<Self, BitmapError> {
        let expected = Self::length(width_dots, height)?;
        if bytes.len() != expected {
            return Err(BitmapError::Length {
                width: width_dots,
                height,
                expected,
                found: bytes.len(),
            });
        }
        let mut bitmap = Self { width: width_dots, height, bytes };
        let spare = width_dots % 8;
        if spare != 0 {
            let mask = 0xFF_u8 << (8 - spare);
            let row_bytes = bitmap.row_bytes();
            for last in bitmap.bytes.iter_mut().skip(row_bytes - 1).step_by(row_bytes) {
                *last &= mask;
            }
        }
        Ok(bitmap)
    }

    fn length(width: u32, height: u32) -> Result<usize, BitmapError> {
        if width == 0 || height == 0 || width > MAX_WIDTH || height > MAX_HEIGHT {
            return Err(BitmapError::Size { width, height });
        }
        Ok(width.div_ceil(8) as usize * height as usize)
    }

    /// Width in dots.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in dots.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Bytes that one row takes.
    pub fn row_bytes(&self) -> usize {
        self.width.div_ceil(8) as usize
    }

    /// The packed rows, top to bottom.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The packed rows one by one, top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks_exact(self.row_bytes())
    }

    /// Whether the dot is black; outside the picture everything is white.
    pub fn get(&self, x: u32, y: u32) -> bool {
        x < self.width && y < self.height && self.bytes[self.index(x, y)] & (0x80 >> (x % 8)) != 0
    }

    /// Makes a dot black or white; outside the picture nothing happens, so that drawing may run over an edge.
    pub fn set(&mut self, x: u32, y: u32, black: bool) {
        if x >= self.width || y >= self.height {
            return;
        }
        let index = self.index(x, y);
        let bit = 0x80 >> (x % 8);
        if black {
            self.bytes[index] |= bit;
        } else {
            self.bytes[index] &= !bit;
        }
    }

    fn index(&self, x: u32, y: u32) -> usize {
        y as usize * self.row_bytes() + (x / 8) as usize
    }

    /// Adds the black dots of `other` with its upper left corner at (`x`, `y`); what runs over the edge is lost.
    pub fn draw(&mut self, other: &Self, x: u32, y: u32) {
        for row in 0..other.height {
            for column in 0..other.width {
                if other.get(column, row) {
                    self.set(x.saturating_add(column), y.saturating_add(row), true);
                }
            }
        }
    }

    /// How many dots are black.
    pub fn black_dots(&self) -> usize {
        self.bytes.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    /// Three bytes a dot, as picture widgets take them: black or white.
    pub fn to_rgb8(&self) -> Vec<u8> {
        let mut rgb = Vec::with_capacity(self.width as usize * self.height as usize * 3);
        for row in self.rows() {
            for x in 0..self.width {
                let black = row[(x / 8) as usize] & (0x80 >> (x % 8)) != 0;
                rgb.extend_from_slice(&[if black { 0 } else { 255 }; 3]);
            }
        }
        rgb
    }

    /// The picture as a one-bit grey PNG that knows its resolution of 203 dpi.
    pub fn to_png(&self) -> Result<Vec<u8>, BitmapError> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: DOTS_PER_MM * 1000,
            yppu: DOTS_PER_MM * 1000,
            unit: png::Unit::Meter,
        }));
        let failed = |error: png::EncodingError| BitmapError::Png(error.to_string());
        let mut writer = encoder.write_header().map_err(failed)?;
        // PNG's grey counts light, the printer counts ink.
        let light: Vec<u8> = self.bytes.iter().map(|byte| !byte).collect();
        writer.write_image_data(&light).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_size_out_of_bounds_is_refused() {
        for (width, height) in [(0, 1), (1, 0), (MAX_WIDTH + 1, 1), (1, MAX_HEIGHT + 1)] {
            assert_eq!(Bitmap::new(width, height), Err(BitmapError::Size { width, height }));
        }
        assert!(matches!(
            Bitmap::from_bytes(9, 2, vec![0; 3]),
            Err(BitmapError::Length { expected: 4, found: 3, .. })
        ));
    }

    #[test]
    fn bits_behind_the_edge_are_white() {
        let bitmap = Bitmap::from_bytes(10, 2, vec![0xFF; 4]).unwrap();
        assert_eq!(bitmap.bytes(), [0xFF, 0xC0, 0xFF, 0xC0]);
        assert_eq!(bitmap.black_dots(), 20);
    }

    #[test]
    fn png_comes_back_as_the_same_dots() {
        let mut bitmap = Bitmap::new(11, 3).unwrap();
        bitmap.set(0, 0, true);
        bitmap.set(10, 2, true);
        let file = bitmap.to_png().unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut light = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut light).unwrap();
        let ink: Vec<u8> = light.iter().map(|byte| !byte).collect();
        assert_eq!(Bitmap::from_bytes(11, 3, ink).unwrap(), bitmap);
        assert_eq!(bitmap.to_rgb8().len(), 11 * 3 * 3);
    }

    proptest! {
        #[test]
        fn a_dot_that_was_set_is_read_back(width in 1u32..70, height in 1u32..20, x in 0u32..90, y in 0u32..30) {
            let mut bitmap = Bitmap::new(width, height).unwrap();
            bitmap.set(x, y, true);
            prop_assert_eq!(bitmap.get(x, y), x < width && y < height);
            prop_assert_eq!(bitmap.black_dots(), usize::from(x < width && y < height));
            bitmap.set(x, y, false);
            prop_assert_eq!(bitmap.black_dots(), 0);
        }
    }
}

//! The picture of the screen, and why there is none.

use std::path::Path;

use slint::{Rgb8Pixel, Rgba8Pixel, SharedPixelBuffer};

use super::Headless;

/// Why a picture was not made.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The renderer gave nothing.
    #[error("the screen can't be drawn: {0}")]
    Draw(#[from] slint::PlatformError),
    /// The picture can't be packed.
    #[error("the picture can't be packed: {0}")]
    Pack(#[from] png::EncodingError),
    /// The picture can't be written.
    #[error("the picture can't be written: {0}")]
    Write(#[from] std::io::Error),
}

impl Headless {
    /// The picture of the screen.
    pub fn snapshot(&self) -> Result<SharedPixelBuffer<Rgba8Pixel>, PictureError> {
        Ok(self.kiosk.window().take_snapshot()?)
    }

    /// The picture of the screen without transparency.
    pub fn snapshot_rgb(&self) -> Result<SharedPixelBuffer<Rgb8Pixel>, PictureError> {
        Ok(rgb_of(&self.snapshot()?))
    }

    /// The picture of the screen as the bytes of a PNG file.
    pub fn snapshot_png(&self) -> Result<Vec<u8>, PictureError> {
        png_of(&self.snapshot()?)
    }

    /// Writes the picture of the screen to a PNG file.
    pub fn save_png(&self, file: &Path) -> Result<(), PictureError> {
        Ok(std::fs::write(file, self.snapshot_png()?)?)
    }
}

/// A picture without transparency.
fn rgb_of(picture: &SharedPixelBuffer<Rgba8Pixel>) -> SharedPixelBuffer<Rgb8Pixel> {
    let mut rgb = SharedPixelBuffer::new(picture.width(), picture.height());
    for (to, from) in rgb.make_mut_slice().iter_mut().zip(picture.as_slice()) {
        *to = Rgb8Pixel::new(from.r, from.g, from.b);
    }
    rgb
}

/// A picture as the bytes of a PNG file.
pub(super) fn png_of(picture: &SharedPixelBuffer<Rgba8Pixel>) -> Result<Vec<u8>, PictureError> {
    let picture = rgb_of(picture);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(picture.as_bytes())?;
    Ok(bytes)
}

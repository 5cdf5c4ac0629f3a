//! A picture file as pixels of the wanted size. Width, height and memory are bounded before the
//! first pixel is read, and the way the telephone was held (EXIF orientation) is followed.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbaImage};

/// The most pixels a picture may have on a side.
pub const MOST_PX: u32 = 8000;
/// The most bytes a file may have.
const MOST_FILE: u64 = 64 << 20;
/// The most bytes of pixels while a file is read: a full picture at 32 bits.
const MOST_MEMORY: u64 = MOST_PX as u64 * MOST_PX as u64 * 4;

/// Why a file is not shown.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file can't be opened or read.
    #[error("it can't be read: {0}")]
    Read(#[from] std::io::Error),
    /// More bytes than a photograph has.
    #[error("it is larger than {} MiB; save it smaller", MOST_FILE >> 20)]
    Heavy,
    /// More pixels than any screen needs.
    #[error("it has {width} × {height} pixels; at most {MOST_PX} × {MOST_PX} are read")]
    Large {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Damaged, or no JPEG, PNG or WebP at all.
    #[error("it is damaged, or no JPEG, PNG or WebP picture: {0}")]
    Broken(String),
}

/// To what size a picture is brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Cut at the sides or at top and bottom until it fills this, with rounded corners.
    Fill {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Radius of the corners in pixels.
        radius: u32,
    },
    /// The whole picture, as large as it fits in here.
    Inside {
        /// Pixels across at most.
        width: u32,
        /// Pixels down at most.
        height: u32,
    },
}

/// Pixels ready for the screen; cheap to clone.
#[derive(Clone)]
pub struct Picture {
    width: u32,
    height: u32,
    rgba: Arc<[u8]>,
}

impl Picture {
    /// A picture of `width` × `height` pixels, four bytes each (red, green, blue, opacity), rows
    /// from the top; nothing if the bytes are not as many.
    pub fn new(width: u32, height: u32, rgba: Vec<u8>) -> Option<Self> {
        let bytes = u64::from(width) * u64::from(height) * 4;
        (bytes == rgba.len() as u64).then(|| Self { width, height, rgba: rgba.into() })
    }

    /// The same with rounded corners; `radius` in pixels.
    #[must_use]
    pub fn rounded(self, radius: u32) -> Self {
        let Self { width, height, rgba } = self;
        let Some(mut pixels) = RgbaImage::from_raw(width, height, rgba.to_vec()) else {
            return Self { width, height, rgba };
        };
        round_corners(&mut pixels, radius);
        Self { width, height, rgba: pixels.into_raw().into() }
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The bytes: red, green, blue, opacity.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// Whether both are the very same pixels in memory.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rgba, &other.rgba)
    }
}

/// The same pixels in memory; two readings of a file are told apart, which costs one drawing.
impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        self.same(other)
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

/// Reads a whole file to see that it is a picture; returns its measures as it is shown.
pub fn check(file: &Path) -> Result<(u32, u32), PictureError> {
    let image = decode(file)?;
    Ok((image.width(), image.height()))
}

/// Reads a file and brings it to size.
pub fn load(file: &Path, fit: Fit) -> Result<Picture, PictureError> {
    let image = decode(file)?;
    let pixels = match fit {
        Fit::Fill { width, height, radius } => {
            let [x, y, w, h] = middle((image.width(), image.height()), (width, height));
            let cut = if (w, h) == (image.width(), image.height()) {
                image
            } else {
                image.crop_imm(x, y, w, h)
            };
            let mut pixels = scale(cut, width, height).into_rgba8();
            round_corners(&mut pixels, radius);
            pixels
        }
        Fit::Inside { width, height } => {
            let (w, h) = inside((image.width(), image.height()), (width, height));
            scale(image, w, h).into_rgba8()
        }
    };
    Ok(Picture { width: pixels.width(), height: pixels.height(), rgba: pixels.into_raw().into() })
}

fn decode(file: &Path) -> Result<DynamicImage, PictureError> {
    let opened = File::open(file)?;
    let about = opened.metadata()?;
    if !about.is_file() {
        return Err(PictureError::Broken("not a file".into()));
    }
    if about.len() > MOST_FILE {
        return Err(PictureError::Heavy);
    }
    // A decoder that stumbles over a crafted file must not take the kiosk with it.
    std::panic::catch_unwind(|| read(opened))
        .unwrap_or_else(|_| Err(PictureError::Broken("its decoder gave up".into())))
}

fn read(file: File) -> Result<DynamicImage, PictureError> {
    let broken = |e: image::ImageError| PictureError::Broken(e.to_string());
    let mut reader = ImageReader::new(BufReader::new(file)).with_guessed_format()?;
    let mut limits = Limits::default();
    // The sides are checked below, where their numbers can be said.
    limits.max_alloc = Some(2 * MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    let large = width > MOST_PX || height > MOST_PX || decoder.total_bytes() > MOST_MEMORY;
    if large {
        return Err(PictureError::Large { width, height });
    }
    if width == 0 || height == 0 {
        return Err(PictureError::Broken("it has no pixels".into()));
    }
    // Without the mark it is shown as it lies in the file.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// The middle part of a picture that has the shape of a frame: left, top, width, height.
fn middle((w, h): (u32, u32), frame: (u32, u32)) -> [u32; 4] {
    let factor = (f64::from(w) / f64::from(frame.0)).min(f64::from(h) / f64::from(frame.1));
    let side = |frame: u32, most: u32| ((f64::from(frame) * factor).round() as u32).clamp(1, most);
    let (width, height) = (side(frame.0, w), side(frame.1, h));
    [(w - width) / 2, (h - height) / 2, width, height]
}

/// The measures of a picture scaled so that it just fits into a frame.
fn inside((w, h): (u32, u32), frame: (u32, u32)) -> (u32, u32) {
    let factor = (f64::from(frame.0) / f64::from(w)).min(f64::from(frame.1) / f64::from(h));
    let side = |px: u32, most: u32| ((f64::from(px) * factor).round() as u32).min(most).max(1);
    (side(w, frame.0), side(h, frame.1))
}

/// Scales in two steps: a quick one by averages while it is much too large, a careful one last.
fn scale(image: DynamicImage, width: u32, height: u32) -> DynamicImage {
    const MUCH: u32 = 3;
    let image = if image.width() > MUCH * width && image.height() > MUCH * height {
        image.thumbnail_exact(2 * width, 2 * height)
    } else {
        image
    };
    if (image.width(), image.height()) == (width, height) {
        return image;
    }
    image.resize_exact(width, height, FilterType::CatmullRom)
}

/// Makes the corners transparent along a circle, with one pixel of transition.
fn round_corners(pixels: &mut RgbaImage, radius: u32) {
    let (w, h) = pixels.dimensions();
    let r = radius.min(w / 2).min(h / 2);
    let reach = f64::from(r);
    for y in 0..r {
        for x in 0..r {
            let from_centre = (reach - f64::from(x) - 0.5).hypot(reach - f64::from(y) - 0.5);
            let cover = (reach - from_centre + 0.5).clamp(0.0, 1.0);
            for (x, y) in [(x, y), (w - 1 - x, y), (x, h - 1 - y), (w - 1 - x, h - 1 - y)] {
                let alpha = &mut pixels.get_pixel_mut(x, y).0[3];
                *alpha = (f64::from(*alpha) * cover).round() as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_middle_is_cut_out_or_the_whole_fits_inside() {
        assert_eq!(middle((4000, 3000), (400, 300)), [0, 0, 4000, 3000]);
        assert_eq!(middle((1000, 3000), (400, 300)), [0, 1125, 1000, 750]);
        assert_eq!(middle((8000, 1), (400, 300)), [3999, 0, 1, 1]);
        assert_eq!(inside((4000, 3000), (800, 800)), (800, 600));
        assert_eq!(inside((1, 8000), (800, 800)), (1, 800));
    }

    #[test]
    fn rounded_corners_are_clear_and_the_middle_is_not() {
        let mut pixels = RgbaImage::from_pixel(40, 30, image::Rgba([9, 9, 9, 255]));
        round_corners(&mut pixels, 8);
        assert_eq!(pixels.get_pixel(0, 0).0[3], 0);
        assert_eq!(pixels.get_pixel(39, 29).0[3], 0);
        assert_eq!(pixels.get_pixel(20, 0).0[3], 255);
        assert_eq!(pixels.get_pixel(20, 15).0[3], 255);
    }
}

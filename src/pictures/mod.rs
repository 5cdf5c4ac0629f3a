//! Photographs on the screen: the dishes, and what the neighbours took.
//!
//! Files come from telephones and strangers, so nothing about them is believed: [`decode`] reads
//! with bounds, [`Shelf`] does it on a thread of its own and keeps a bounded number, and a file
//! that is no picture is skipped with one line in the log.

mod decode;
mod files;
mod shelf;

pub use decode::{Fit, MOST_PX, Picture, PictureError, check, load};
pub use files::{EXTENSIONS, SlideFile, dish_file, is_picture, slides};
pub use shelf::{Shelf, Sight, Sizes};

use std::path::{Path, PathBuf};

/// Where the pictures of dishes lie in a data folder: `<dish>.jpg`, `.png` or `.webp`.
pub fn dishes_folder(data: &Path) -> PathBuf {
    data.join("pictures").join("dishes")
}

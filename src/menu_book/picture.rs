//! A photograph of a dish, as it comes from somebody's telephone, into the folder that the screen
//! reads.

use std::io::Write;
use std::path::Path;

use crate::pictures::{self, EXTENSIONS, PictureError, dish_file, dishes_folder};

/// The largest file that is taken, in bytes.
pub const PICTURE_MAX: usize = 16 * 1024 * 1024;

/// Why a picture was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PictureRefused {
    /// The dish's name can't be a file's.
    #[error("this name can't be a file's")]
    Name,
    /// It is no picture that can be shown.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// It can't be written.
    #[error("the picture can't be kept: {0}")]
    Disk(#[from] std::io::Error),
}

/// Keeps a picture of a dish, in place of an older one. The file takes its name only once it has
/// been read as a picture and lies on disk whole.
pub fn save_picture(data: &Path, dish: &str, bytes: &[u8]) -> Result<(), PictureRefused> {
    let plain = !dish.is_empty()
        && dish.len() <= 180
        && !dish.starts_with('.')
        && !dish.contains(['/', '\\', '\0'])
        && !dish.chars().any(char::is_control);
    if !plain {
        return Err(PictureRefused::Name);
    }
    let folder = dishes_folder(data);
    std::fs::create_dir_all(&folder)?;
    let part = folder.join(format!(".{}.part", crate::accounts::random_token()));
    let kept = keep(&folder, dish, bytes, &part);
    if kept.is_err() {
        // What is left of a failed attempt is of no use; that it may stay changes nothing.
        let _ = std::fs::remove_file(&part);
    }
    kept
}

fn keep(folder: &Path, dish: &str, bytes: &[u8], part: &Path) -> Result<(), PictureRefused> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    pictures::check(part)?;
    let ending = match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [b'R', b'I', b'F', b'F', ..] => "webp",
        _ => "jpg",
    };
    let target = folder.join(format!("{dish}.{ending}"));
    std::fs::rename(part, &target)?;
    // Only one file shows the dish.
    for other in EXTENSIONS.iter().map(|e| folder.join(format!("{dish}.{e}"))) {
        if other != target && other.is_file() {
            std::fs::remove_file(other)?;
        }
    }
    debug_assert_eq!(dish_file(folder, dish), Some(target));
    Ok(())
}

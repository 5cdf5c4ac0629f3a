//! Which file shows which dish, and what a slide's name says.

use std::path::{Path, PathBuf};

/// The endings of pictures that are read.
pub const EXTENSIONS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];
/// The most slides that take turns; more only wait longer.
const MOST_SLIDES: usize = 500;
/// The most letters of a title or a name that are shown.
const MOST_LETTERS: usize = 24;
/// What stands between title and name in a file's name.
const BETWEEN: [&str; 4] = [" - ", " – ", " — ", " － "];

/// A photograph of a neighbour, as its file is called: `<title> - <name>.jpg`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlideFile {
    /// The file.
    pub path: PathBuf,
    /// What is on it; the whole name where there is no photographer's.
    pub title: String,
    /// The photographer's first name; empty if the file does not say.
    pub by: String,
}

/// Whether a file is called like a picture.
pub fn is_picture(file: &Path) -> bool {
    let hidden = file.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let ending = file.extension().map(|e| e.to_string_lossy().to_lowercase());
    !hidden && ending.is_some_and(|e| EXTENSIONS.contains(&e.as_str()))
}

/// The picture of a dish in a folder. A name that would lead out of the folder has none.
pub fn dish_file(folder: &Path, dish: &str) -> Option<PathBuf> {
    let plain = !dish.is_empty() && !dish.starts_with('.') && !dish.contains(['/', '\\', '\0']);
    let mut files = EXTENSIONS.iter().map(|ending| folder.join(format!("{dish}.{ending}")));
    files.find(|file| plain && file.is_file())
}

/// The slides of a folder by name; none if there is no such folder.
pub fn slides(folder: &Path) -> Vec<SlideFile> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| is_picture(path) && path.is_file())
        .collect();
    files.sort();
    files.truncate(MOST_SLIDES);
    files.into_iter().map(slide).collect()
}

fn slide(path: PathBuf) -> SlideFile {
    let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    // The last one counts, whichever dash it is: a title may hold others.
    let parts = BETWEEN.iter().filter_map(|between| name.rsplit_once(between));
    let (title, by) = parts.max_by_key(|(title, _)| title.len()).unwrap_or((&name, ""));
    let short = |text: &str| text.trim().chars().take(MOST_LETTERS).collect();
    SlideFile { title: short(title), by: short(by), path }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_slides_name_says_what_it_shows_and_who_took_it() {
        for (file, title, by) in [
            ("秋天的桂花 - 小陈.jpg", "秋天的桂花", "小陈"),
            ("外滩 - 雨天 — 阿芳.png", "外滩 - 雨天", "阿芳"),
            ("IMG_2041.webp", "IMG_2041", ""),
        ] {
            let slide = slide(PathBuf::from(file));
            assert_eq!((slide.title.as_str(), slide.by.as_str()), (title, by));
        }
    }

    #[test]
    fn a_dish_finds_its_picture_and_no_other_file() {
        let folder = tempfile::tempdir().unwrap();
        let dishes = folder.path().join("dishes");
        std::fs::create_dir(&dishes).unwrap();
        std::fs::write(folder.path().join("secret.jpg"), "x").unwrap();
        std::fs::write(dishes.join("炒青菜.webp"), "x").unwrap();
        assert_eq!(dish_file(&dishes, "炒青菜"), Some(dishes.join("炒青菜.webp")));
        for other in ["../secret", "", ".", "红烧大排"] {
            assert_eq!(dish_file(&dishes, other), None, "{other}");
        }
    }
}

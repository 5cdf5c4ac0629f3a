//! The one typeface of paper and screen, found once at start.
//!
//! Debian ships Noto Sans CJK as collections whose faces differ by region. Handing a whole
//! collection to a text stack leaves the choice of face to it, and punctuation and some strokes
//! come out Japanese. So the Simplified Chinese face is taken out here, and both the tickets and
//! the window are given the same single-face fonts: the same pixels on every machine.

use read_fonts::tables::compute_checksum as checksum;
use read_fonts::types::{NameId, Tag};
use read_fonts::{FileRef, FontRef, ReadError, TableProvider};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where Debian's package fonts-noto-cjk puts its sans faces.
const DEBIAN_FOLDER: &str = "/usr/share/fonts/opentype/noto";
/// The files of that package, lightest and heaviest that are used.
const DEBIAN_FILES: [&str; 2] = ["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"];
/// The family whose face is taken out of a collection, and its names when shipped alone.
const FAMILIES: [&str; 5] =
    ["Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "思源黑体"];
/// Characters that a font must draw: dishes, money, and surnames that small fonts lack.
const PROBE: &str = "堂食自取外送㐂䶮￥葱茼蒿é×、。";
/// A folder of fonts has some dozens of files; more is a mistake in the settings.
const MOST_FILES: usize = 500;

/// Why no usable font was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// Nothing with every character a name may need.
    #[error(
        "no font with full Chinese coverage was found in {}: install fonts-noto-cjk or set fonts.folder",
        folder.display()
    )]
    NotFound {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// Only one of the two weights is there.
    #[error(
        "the Chinese font in {} lacks its {weight} face: install fonts-noto-cjk or set fonts.folder",
        folder.display()
    )]
    WeightMissing {
        /// Where it was looked for.
        folder: PathBuf,
        /// `regular` or `bold`.
        weight: &'static str,
    },
    /// The folder of the settings can't be listed.
    #[error("the font folder {} can't be read: {reason}; check fonts.folder", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A font file is there and is not a sound font.
    #[error("the font {} is damaged ({reason}): install fonts-noto-cjk again", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// The two fonts that everything is written with, each a single-face sfnt in memory.
#[derive(Clone)]
pub struct Fonts {
    /// Regular weight; the bytes of an `.otf` or `.ttf` file.
    pub regular: Arc<Vec<u8>>,
    /// Bold weight; the bytes of an `.otf` or `.ttf` file.
    pub bold: Arc<Vec<u8>>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Tens of megabytes of glyphs help nobody in a log.
        write!(f, "Fonts({} + {} bytes)", self.regular.len(), self.bold.len())
    }
}

/// A face that may serve, not yet copied.
struct Candidate {
    family_rank: usize,
    weight: u16,
    face: Vec<u8>,
}

impl Fonts {
    /// Finds the fonts in `folder` (`.ttc`, `.otf`, `.ttf`), or where Debian puts them.
    pub fn load(folder: Option<&Path>) -> Result<Self, FontError> {
        let (folder, files) = if let Some(folder) = folder {
            (folder.to_path_buf(), font_files(folder)?)
        } else {
            let folder = PathBuf::from(DEBIAN_FOLDER);
            let files = DEBIAN_FILES.iter().map(|name| folder.join(name)).collect();
            (folder, files)
        };
        let mut best: [Option<Candidate>; 2] = [None, None];
        for file in files.iter().filter(|file| file.is_file()) {
            let data = std::fs::read(file).map_err(|error| FontError::Damaged {
                file: file.clone(),
                reason: error.to_string(),
            })?;
            let Some(found) = best_face(&data)
                .map_err(|reason| FontError::Damaged { file: file.clone(), reason })?
            else {
                continue;
            };
            let slot = match found.weight {
                350..=449 => &mut best[0],
                600..=799 => &mut best[1],
                _ => continue,
            };
            if slot.as_ref().is_none_or(|kept| found.family_rank < kept.family_rank) {
                *slot = Some(found);
            }
        }
        match best {
            [Some(regular), Some(bold)] => {
                Ok(Self { regular: Arc::new(regular.face), bold: Arc::new(bold.face) })
            }
            [None, None] => Err(FontError::NotFound { folder }),
            [None, Some(_)] => Err(FontError::WeightMissing { folder, weight: "regular" }),
            [Some(_), None] => Err(FontError::WeightMissing { folder, weight: "bold" }),
        }
    }
}

/// The font files of a folder by name, so that the choice never depends on the file system.
fn font_files(folder: &Path) -> Result<Vec<PathBuf>, FontError> {
    let unreadable = |error: std::io::Error| FontError::Folder {
        folder: folder.to_path_buf(),
        reason: error.to_string(),
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)?.take(MOST_FILES) {
        let path = entry.map_err(unreadable)?.path();
        let extension = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        if extension.is_some_and(|e| e == "ttc" || e == "otf" || e == "ttf") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The face of a file that suits best: known families first, and only with full coverage.
fn best_face(data: &[u8]) -> Result<Option<Candidate>, String> {
    let file = FileRef::new(data).map_err(|error| error.to_string())?;
    if file.fonts().next().is_none() {
        return Err("it holds no face".to_owned());
    }
    let mut best: Option<(usize, FontRef)> = None;
    for face in file.fonts() {
        let face = face.map_err(|error| error.to_string())?;
        let Some(rank) = family_rank(&face).map_err(|error| error.to_string())? else {
            continue;
        };
        if covers(&face, PROBE) && best.as_ref().is_none_or(|(kept, _)| rank < *kept) {
            best = Some((rank, face));
        }
    }
    let Some((family_rank, face)) = best else {
        return Ok(None);
    };
    let weight = face.os2().map_or(400, |os2| os2.us_weight_class());
    Ok(Some(Candidate { family_rank, weight, face: single_face(&face)? }))
}

/// The place of a face's family in the list of known ones; `None` for a face of another region.
///
/// An unknown family comes last: any font with full coverage that a person chose will do, but a
/// known collection's Japanese or Korean face never stands in for the Chinese one.
fn family_rank(face: &FontRef) -> Result<Option<usize>, ReadError> {
    let name = face.name()?;
    let strings = name.string_data();
    let mut families = name
        .name_record()
        .iter()
        .filter(|record| {
            record.name_id() == NameId::FAMILY_NAME
                || record.name_id() == NameId::TYPOGRAPHIC_FAMILY_NAME
        })
        .filter_map(|record| record.string(strings).ok())
        .map(|text| text.to_string());
    let mut rank = Some(FAMILIES.len());
    for family in &mut families {
        if let Some(at) = FAMILIES.iter().position(|known| *known == family) {
            return Ok(Some(at));
        }
        if family.starts_with("Noto Sans ") || family.starts_with("Source Han ") {
            rank = None;
        }
    }
    Ok(rank)
}

/// Whether the face has a glyph for each character.
fn covers(face: &FontRef, text: &str) -> bool {
    face.cmap().is_ok_and(|cmap| {
        text.chars().all(|c| cmap.map_codepoint(c).is_some_and(|glyph| glyph.to_u32() != 0))
    })
}

/// Writes one face as a font file of its own (OpenType “sfnt”): directory, then tables on
/// four-byte boundaries, with all checksums right.
fn single_face(face: &FontRef) -> Result<Vec<u8>, String> {
    const HEAD: Tag = Tag::new(b"head");
    let directory = face.table_directory();
    let mut tables = Vec::new();
    for record in directory.table_records() {
        let tag = record.tag();
        let data = face.table_data(tag).ok_or_else(|| format!("table {tag} is cut short"))?;
        tables.push((tag, data.as_bytes()));
    }
    tables.sort_by_key(|(tag, _)| *tag);
    let count = u16::try_from(tables.len()).map_err(|_| "too many tables".to_owned())?;
    if count == 0 {
        return Err("it has no tables".to_owned());
    }
    let entry_selector = count.ilog2();
    let search_range = 16u32 << entry_selector;
    let body = 12 + 16 * tables.len();
    let size = body + tables.iter().map(|(_, data)| data.len().next_multiple_of(4)).sum::<usize>();

    let mut out = Vec::with_capacity(size);
    out.extend(directory.sfnt_version().to_be_bytes());
    for field in [
        u32::from(count),
        search_range,
        entry_selector,
        (u32::from(count) * 16).saturating_sub(search_range),
    ] {
        out.extend((field as u16).to_be_bytes());
    }
    let mut at = body;
    let mut head_at = None;
    for (tag, data) in &tables {
        let mut sum = checksum(data);
        if *tag == HEAD && data.len() >= 12 {
            head_at = Some(at);
            // By the specification the sum of `head` leaves its own adjustment field out.
            sum = sum.wrapping_sub(checksum(&data[8..12]));
        }
        out.extend(tag.to_be_bytes());
        for field in [sum, at as u32, data.len() as u32] {
            out.extend(field.to_be_bytes());
        }
        at += data.len().next_multiple_of(4);
    }
    for (_, data) in &tables {
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let head = head_at.ok_or_else(|| "it has no head table".to_owned())?;
    out[head + 8..head + 12].fill(0);
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&out));
    out[head + 8..head + 12].copy_from_slice(&adjustment.to_be_bytes());
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_face_taken_out_is_a_sound_chinese_font() {
        let fonts = Fonts::load(None).unwrap_or_else(|error| panic!("{error}"));
        for (data, weight) in [(&fonts.regular, 400), (&fonts.bold, 700)] {
            let face = FontRef::new(data).unwrap();
            assert_eq!(family_rank(&face).unwrap(), Some(0));
            assert_eq!(face.os2().unwrap().us_weight_class(), weight);
            assert!(covers(&face, PROBE));
            assert_eq!(checksum(data), 0xB1B0_AFBA, "the sum of a whole font file is fixed");
            for record in face.table_directory().table_records() {
                assert_eq!(record.offset() % 4, 0);
                if record.tag() != Tag::new(b"head") {
                    let table = face.table_data(record.tag()).unwrap();
                    assert_eq!(checksum(table.as_bytes()), record.checksum(), "{}", record.tag());
                }
            }
        }
    }

    #[test]
    fn a_folder_with_single_faces_serves_as_well() {
        let fonts = Fonts::load(None).unwrap_or_else(|error| panic!("{error}"));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("b.otf"), fonts.bold.as_slice()).unwrap();
        let missing = Fonts::load(Some(folder.path())).unwrap_err();
        assert!(matches!(missing, FontError::WeightMissing { weight: "regular", .. }));
        std::fs::write(folder.path().join("a.OTF"), fonts.regular.as_slice()).unwrap();
        let again = Fonts::load(Some(folder.path())).unwrap();
        assert!(again.regular == fonts.regular && again.bold == fonts.bold);
    }

    #[test]
    fn what_is_missing_or_damaged_is_said_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let none = Fonts::load(Some(folder.path())).unwrap_err().to_string();
        assert!(none.starts_with("no font with full Chinese coverage was found"), "{none}");
        std::fs::write(folder.path().join("x.ttc"), b"ttcf but no more").unwrap();
        let damaged = Fonts::load(Some(folder.path())).unwrap_err().to_string();
        assert!(damaged.contains("x.ttc is damaged"), "{damaged}");
        let nowhere = Fonts::load(Some(Path::new("/nowhere/at/all"))).unwrap_err().to_string();
        assert!(nowhere.contains("check fonts.folder"), "{nowhere}");
    }
}

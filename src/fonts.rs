//! The one typeface of paper and screen, found once at start.
//!
//! Debian ships Noto Sans CJK as collections whose faces differ by region. Handing a whole
//! collection to a text stack leaves the choice of face to it, and punctuation and some strokes
//! come out Japanese. So the Simplified Chinese face is chosen here, by its place in the file, and
//! both the tickets and the window are told that place: the same pixels on every machine.
//!
//! The files are mapped, not read: of their forty megabytes only the glyphs that are drawn come into
//! memory.

mod letters;

use fontique::{Blob, SourceCache, SourceId, SourceInfo, SourceKind};
use read_fonts::types::NameId;
use read_fonts::{FileRef, FontRef, ReadError, TableProvider};
use std::path::{Path, PathBuf};

pub use letters::Letters;

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

/// The two fonts that everything is written with.
#[derive(Debug, Clone)]
pub struct Fonts {
    /// Regular weight.
    pub regular: FontFace,
    /// Bold weight.
    pub bold: FontFace,
}

/// A face in a font file.
#[derive(Clone)]
pub struct FontFace {
    /// The bytes of the whole `.ttc`, `.otf` or `.ttf` file, mapped into memory.
    pub file: Blob<u8>,
    /// The place of the face in the file; 0 where there is one alone.
    pub index: u32,
}

impl std::fmt::Debug for FontFace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Tens of megabytes of glyphs help nobody in a log.
        write!(f, "FontFace({} of {} bytes)", self.index, self.file.len())
    }
}

/// A face that may serve.
struct Candidate {
    family_rank: usize,
    weight: u16,
    index: u32,
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
        let mut best: [Option<(usize, FontFace)>; 2] = [None, None];
        for file in files.iter().filter(|file| file.is_file()) {
            let damaged = |reason| FontError::Damaged { file: file.clone(), reason };
            let data = mapped(file).map_err(damaged)?;
            let Some(found) = best_face(data.as_ref()).map_err(damaged)? else {
                continue;
            };
            let slot = match found.weight {
                350..=449 => &mut best[0],
                600..=799 => &mut best[1],
                _ => continue,
            };
            if slot.as_ref().is_none_or(|(kept, _)| found.family_rank < *kept) {
                *slot = Some((found.family_rank, FontFace { file: data, index: found.index }));
            }
        }
        match best {
            [Some((_, regular)), Some((_, bold))] => Ok(Self { regular, bold }),
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

/// The bytes of a file as a view of it: a page comes into memory when it is looked at, and can go
/// again. Packages replace a font file by a new one, so that the view stays what it was.
fn mapped(file: &Path) -> Result<Blob<u8>, String> {
    // Opened first, because the view does not say what is wrong.
    std::fs::File::open(file).map_err(|error| error.to_string())?;
    let source = SourceInfo::new(SourceId::new(), SourceKind::Path(file.into()));
    SourceCache::default().get(&source).ok_or_else(|| "it can't be mapped into memory".to_owned())
}

/// The face of a file that suits best: known families first, and only with full coverage.
fn best_face(data: &[u8]) -> Result<Option<Candidate>, String> {
    let file = FileRef::new(data).map_err(|error| error.to_string())?;
    if file.fonts().next().is_none() {
        return Err("it holds no face".to_owned());
    }
    let mut best: Option<(usize, u32, FontRef)> = None;
    for (index, face) in (0..).zip(file.fonts()) {
        let face = face.map_err(|error| error.to_string())?;
        let Some(rank) = family_rank(&face).map_err(|error| error.to_string())? else {
            continue;
        };
        if covers(&face, PROBE) && best.as_ref().is_none_or(|(kept, ..)| rank < *kept) {
            best = Some((rank, index, face));
        }
    }
    let Some((family_rank, index, face)) = best else {
        return Ok(None);
    };
    let weight = face.os2().map_or(400, |os2| os2.us_weight_class());
    Ok(Some(Candidate { family_rank, weight, index }))
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    /// One face as a font file of its own (OpenType “sfnt”): directory, then tables on four-byte
    /// boundaries. Its checksums are left out.
    fn single(face: &FontFace) -> Vec<u8> {
        let font = FontRef::from_index(face.file.as_ref(), face.index).unwrap();
        let directory = font.table_directory();
        let tables: Vec<_> = directory
            .table_records()
            .iter()
            .map(|record| (record.tag(), font.table_data(record.tag()).unwrap().as_bytes()))
            .collect();
        let mut out = directory.sfnt_version().to_be_bytes().to_vec();
        out.extend((tables.len() as u16).to_be_bytes());
        out.extend([0; 6]);
        let mut at = 12 + 16 * tables.len();
        for (tag, data) in &tables {
            out.extend(tag.to_be_bytes());
            for field in [0, at as u32, data.len() as u32] {
                out.extend(field.to_be_bytes());
            }
            at += data.len().next_multiple_of(4);
        }
        for (_, data) in &tables {
            out.extend_from_slice(data);
            out.resize(out.len().next_multiple_of(4), 0);
        }
        out
    }

    #[test]
    fn the_face_chosen_is_the_chinese_one_and_writes_every_name() {
        let fonts = Fonts::load(None).unwrap_or_else(|error| panic!("{error}"));
        for (face, weight) in [(&fonts.regular, 400), (&fonts.bold, 700)] {
            let font = FontRef::from_index(face.file.as_ref(), face.index).unwrap();
            assert_eq!(family_rank(&font).unwrap(), Some(0));
            assert_eq!(font.os2().unwrap().us_weight_class(), weight);
            assert!(covers(&font, PROBE));
        }
    }

    #[test]
    fn a_folder_with_single_faces_serves_as_well() {
        let fonts = Fonts::load(None).unwrap_or_else(|error| panic!("{error}"));
        let folder = tempfile::tempdir().unwrap();
        let (regular, bold) = (single(&fonts.regular), single(&fonts.bold));
        std::fs::write(folder.path().join("b.otf"), &bold).unwrap();
        let missing = Fonts::load(Some(folder.path())).unwrap_err();
        assert!(matches!(missing, FontError::WeightMissing { weight: "regular", .. }));
        std::fs::write(folder.path().join("a.OTF"), &regular).unwrap();
        let again = Fonts::load(Some(folder.path())).unwrap();
        assert_eq!((again.regular.index, again.bold.index), (0, 0));
        assert!(again.regular.file.as_ref() == regular && again.bold.file.as_ref() == bold);
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

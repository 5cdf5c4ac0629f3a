//! Reading data in and writing it out: the compound, its people and its menus.
//!
//! Everything here is a pure function over bytes or text that the caller has opened. A reader
//! returns the whole checked value or the errors, each with its row, feature or place; there is
//! no half-read value, so a caller that stores what it gets never stores half a list.

pub mod compound;
pub mod estate;
pub mod geojson;
pub mod menu;
pub mod osm;
pub mod people;
mod table;
mod text;
mod workbook;

pub use compound::{Compound, CompoundError, NodeKind, PathEdge, PathNode};
pub use geojson::{GeoJsonError, Origin, to_geojson};
pub use menu::{DayMenu, MenuError, WeekTemplate, read_menu, write_menu};
pub use osm::{Assumed, OsmDrawing, OsmError, OsmRemark, is_osm, read_osm};
pub use people::{
    Heading, Listed, PeopleList, Person, kind_zh, person_from_texts, read_residents,
    read_volunteers, rows_of, to_csv, write_residents, write_volunteers,
};
pub use table::{CellError, RowError, Same, TableError, Wanted, allergens_zh};
pub use text::one_line;
pub use workbook::{WorkbookError, is_workbook, workbook_to_csv};

use thiserror::Error;

use crate::domain::Building;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The most rows of a list of people, and the most features of a drawing.
pub const MAX_ROWS: usize = 20_000;

/// Why a compound file was refused, whichever of the two formats it is in.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CompoundFileError {
    /// Larger than any compound.
    #[error("the file has {bytes} bytes; at most {MAX_BYTES} are read")]
    TooLarge {
        /// Size of the file.
        bytes: usize,
    },
    /// Not UTF-8, which JSON must be.
    #[error("the file is not UTF-8 text, which a compound file must be")]
    NotUtf8,
    /// A drawing that cannot be used.
    #[error(transparent)]
    GeoJson(#[from] GeoJsonError),
    /// An estate file that cannot be used.
    #[error(transparent)]
    Estate(#[from] estate::EstateFileError),
}

/// Reads a compound from `GeoJSON` or from estate JSON, whichever the text is.
///
/// An estate has its footpaths under `paths`; anything else is taken for a drawing, so that the
/// errors speak of the format that people draw.
pub fn read_compound(bytes: &[u8]) -> Result<Compound, CompoundFileError> {
    let compound = read_parts(bytes)?;
    compound.check().map_err(GeoJsonError::from)?;
    Ok(compound)
}

/// The same, though a drawing's paths may be in pieces; an estate's never are.
fn read_parts(bytes: &[u8]) -> Result<Compound, CompoundFileError> {
    if bytes.len() > MAX_BYTES {
        return Err(CompoundFileError::TooLarge { bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| CompoundFileError::NotUtf8)?;
    let text = text.trim_start_matches('\u{feff}');
    if is_estate(text) { Ok(estate::read(text)?) } else { Ok(geojson::read_parts(text)?) }
}

/// Why a drawing gives no draft.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum DrawingError {
    /// An extract of `OpenStreetMap` that can't be read.
    #[error(transparent)]
    Osm(#[from] OsmError),
    /// Another file that can't be read.
    #[error(transparent)]
    File(#[from] CompoundFileError),
}

/// Reads a drawing in any of the formats as a draft: its paths may be in pieces. What had to be
/// assumed comes beside it. `kitchen` is for an extract that does not say where it is.
pub fn read_draft(
    bytes: &[u8],
    kitchen: Option<Origin>,
    known: &[Building],
) -> Result<(Compound, Vec<OsmRemark>), DrawingError> {
    if is_osm(bytes) {
        let drawing = osm::read_parts(bytes, kitchen, known)?;
        return Ok((drawing.compound, drawing.remarks));
    }
    Ok((read_parts(bytes)?, Vec::new()))
}

fn is_estate(text: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Probe {
        paths: Option<serde::de::IgnoredAny>,
    }
    serde_json::from_str::<Probe>(text).is_ok_and(|probe| probe.paths.is_some())
}

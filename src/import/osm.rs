//! The compound as an extract of `OpenStreetMap`: `.osm` (XML) or `.osm.pbf`.
//!
//! Three steps, each in a file of its own: `xml` or `pbf` reads the elements (`wire` is the encoding of
//! the latter), `meaning` turns tags into paths, entrances and buildings, and the drawing's own
//! `geojson::graph` joins them. docs/compound.md says which tags count.

mod elements;
mod meaning;
mod numbers;
mod outline;
mod pbf;
mod wire;
mod xml;

use thiserror::Error;

use super::compound::Compound;
use super::geojson::GeoJsonError;
use super::{MAX_BYTES, MAX_ROWS, Origin};
use crate::domain::Building;

pub use meaning::{Assumed, OsmRemark};

/// Why an extract gives no compound.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum OsmError {
    /// Larger than an extract of a compound.
    #[error(
        "the extract has {bytes} bytes; at most {MAX_BYTES} are read. Cut out the compound alone"
    )]
    TooLarge {
        /// Size of the file.
        bytes: usize,
    },
    /// More in it than a compound has, once unpacked.
    #[error("the extract holds far more than a compound; cut out the compound alone")]
    TooMuch,
    /// The file stops in the middle.
    #[error("the extract ends too early; it looks half-written. Download it again")]
    HalfWritten,
    /// The blocks of the file contradict each other.
    #[error("the extract is damaged; download it again")]
    Damaged,
    /// Packed by something else than zlib.
    #[error("the extract is packed in a way that is not read here; save it with zlib")]
    Packing,
    /// It needs a reader that can do more.
    #[error("the extract asks for “{0}”, which is not read here; export the map without history")]
    Feature(String),
    /// Not UTF-8, which both forms must be.
    #[error("the extract is not UTF-8 text inside")]
    NotUtf8,
    /// No XML.
    #[error("the extract can't be read at byte {byte}: {reason}")]
    Xml {
        /// Where.
        byte: u64,
        /// What the XML reader found.
        reason: String,
    },
    /// An element without what it must have.
    #[error("an element of the extract has no usable “{name}”")]
    Attribute {
        /// The attribute.
        name: &'static str,
    },
    /// A point that is not on Earth.
    #[error("node {node} of the extract has no usable position")]
    Position {
        /// Its id.
        node: i64,
    },
    /// Nothing says where the kitchen is.
    #[error(
        "nothing in the extract is called 食堂, 厨房 or 助餐; say where the kitchen is with --kitchen LON,LAT"
    )]
    NoKitchen,
    /// More than one could be it.
    #[error("the kitchen could be any of {}; say which with --kitchen LON,LAT", .0.join(", "))]
    ManyKitchens(Vec<String>),
    /// Paths as a whole town has them.
    #[error(
        "the paths have {found} points; at most {MAX_ROWS} are read. Cut out the compound alone"
    )]
    TooManyPoints {
        /// The count.
        found: usize,
    },
    /// Buildings as a whole town has them.
    #[error("the extract has {found} numbered buildings; cut out the compound alone")]
    TooManyBuildings {
        /// The count.
        found: usize,
    },
    /// What is drawn lies far from the kitchen.
    #[error("{what} lies more than 10 km from the kitchen; cut out the compound alone")]
    FarAway {
        /// `way 12`.
        what: String,
    },
    /// Two buildings share a number, as neighbouring compounds do.
    #[error(
        "building {number} is drawn twice, as {first} and as {second}; cut out the compound alone, or mend the map"
    )]
    NumberTwice {
        /// The number.
        number: String,
        /// `way 12`.
        first: String,
        /// `node 7`.
        second: String,
    },
    /// The elements were understood, but make no compound.
    #[error(transparent)]
    Drawing(#[from] GeoJsonError),
}

/// An extract as a compound, and what had to be assumed for it.
#[derive(Debug, Clone, PartialEq)]
pub struct OsmDrawing {
    /// The compound, checked: every building can be reached.
    pub compound: Compound,
    /// What the map does not say, in the order of the buildings.
    pub remarks: Vec<OsmRemark>,
}

/// Whether a file is an extract of `OpenStreetMap`, in either form.
pub fn is_osm(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1024)];
    pbf::is_one(bytes) || start.windows(4).any(|w| w == b"<osm")
}

/// Reads a compound from an extract. Where the map is silent of floors, flats and lifts, a building
/// with the same number among `known` is asked, and then a guess is made and remarked.
pub fn read_osm(
    bytes: &[u8],
    kitchen: Option<Origin>,
    known: &[Building],
) -> Result<OsmDrawing, OsmError> {
    let drawing = read_parts(bytes, kitchen, known)?;
    drawing.compound.check().map_err(GeoJsonError::from)?;
    Ok(drawing)
}

/// The same, though its paths may be in pieces.
pub(in crate::import) fn read_parts(
    bytes: &[u8],
    kitchen: Option<Origin>,
    known: &[Building],
) -> Result<OsmDrawing, OsmError> {
    if bytes.len() > MAX_BYTES {
        return Err(OsmError::TooLarge { bytes: bytes.len() });
    }
    let elements = if pbf::is_one(bytes) { pbf::read(bytes) } else { xml::read(bytes) }?;
    meaning::compound(&elements, kitchen, known)
}

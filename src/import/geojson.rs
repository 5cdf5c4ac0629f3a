//! The compound as a drawing: `GeoJSON` (RFC 7946), made in any editor for it.
//!
//! docs/compound-geojson.md is the schema. Reading goes in three steps, each in a file of its own:
//! `features` turns every feature into what it means, `projection` turns degrees into millimetres,
//! `graph` makes lines that share a vertex meet and joins entrances to the nearest path.

mod features;
mod graph;
mod problem;
mod projection;
mod properties;
mod write;

pub(in crate::import) use features::{Drawn, DrawnEntrance, DrawnPath};
pub(in crate::import) use graph::build;
pub use problem::{FeatureError, FeatureProblem};
pub use projection::Origin;
pub use write::to_geojson;

use serde_json::Value;
use thiserror::Error;

use super::MAX_ROWS;
use super::compound::{Compound, CompoundError};

/// Why a drawing gives no compound.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum GeoJsonError {
    /// The text stops in the middle.
    #[error(
        "the GeoJSON file ends too early, at line {line}, column {column}; it looks half-written"
    )]
    HalfWritten {
        /// Line at which the text ends.
        line: usize,
        /// Column at which the text ends.
        column: usize,
    },
    /// The text is not JSON.
    #[error("the GeoJSON file cannot be read at line {line}, column {column}: {reason}")]
    NotJson {
        /// Line of the first wrong character.
        line: usize,
        /// Column of the first wrong character.
        column: usize,
        /// What the JSON reader found.
        reason: String,
    },
    /// JSON, but no collection of features.
    #[error("the file is {found}, not a GeoJSON FeatureCollection")]
    NotACollection {
        /// What it is instead.
        found: String,
    },
    /// More features than any compound has.
    #[error("the drawing has {found} features; at most {MAX_ROWS} are read")]
    TooManyFeatures {
        /// The count.
        found: usize,
    },
    /// More points than any compound has.
    #[error("the paths of the drawing have {found} points; at most {MAX_ROWS} are read")]
    TooManyPoints {
        /// The count.
        found: usize,
    },
    /// An origin that is not a place.
    #[error("the member “origin” must be [longitude, latitude] in degrees")]
    Origin,
    /// Features that are wrong, each with its index.
    #[error("{}", problem::list(.0))]
    Features(Vec<FeatureError>),
    /// No kitchen is drawn.
    #[error("no kitchen is drawn: add one Point with kind “kitchen”")]
    NoKitchen,
    /// A second kitchen is drawn.
    #[error("features {first} and {second} are both kitchens; draw one")]
    TwoKitchens {
        /// Index of the first.
        first: usize,
        /// Index of the second.
        second: usize,
    },
    /// A building that nobody can enter.
    #[error(
        "building {building} has no entrance: add a Point with kind “entrance” and building “{building}”"
    )]
    NoEntrance {
        /// The building.
        building: String,
    },
    /// An entrance to a building that is not drawn.
    #[error("feature {index} is an entrance of building {building}, which is not drawn")]
    EntranceToNothing {
        /// Index of the entrance.
        index: usize,
        /// The building it names.
        building: String,
    },
    /// More than one entrance for a building.
    #[error(
        "building {building} has two entrances, features {first} and {second}; draw the one that volunteers use"
    )]
    TwoEntrances {
        /// The building.
        building: String,
        /// Index of the first.
        first: usize,
        /// Index of the second.
        second: usize,
    },
    /// An entrance or kitchen far from every path.
    #[error(
        "{what} lies {metres} m from the nearest path; draw a path within {} m of it",
        graph::JOIN_WITHIN_M
    )]
    OffThePaths {
        /// “the entrance of building 7” or “the kitchen”.
        what: String,
        /// Distance in whole metres.
        metres: u64,
    },
    /// No footpaths at all.
    #[error("no paths are drawn: add LineStrings with kind “path”")]
    NoPaths,
    /// A compound that could not be walked.
    #[error(transparent)]
    Compound(#[from] CompoundError),
}

/// Reads a compound from the text of a `GeoJSON` file.
pub fn read(text: &str) -> Result<Compound, GeoJsonError> {
    let compound = read_parts(text)?;
    compound.check()?;
    Ok(compound)
}

/// The same, though its paths may be in pieces.
pub(in crate::import) fn read_parts(text: &str) -> Result<Compound, GeoJsonError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        if error.is_eof() {
            GeoJsonError::HalfWritten { line, column }
        } else {
            GeoJsonError::NotJson { line, column, reason: without_place(&error.to_string()) }
        }
    })?;
    let collection = Collection::of(value)?;
    let drawn = features::read(collection.features)?;
    let compound = build(collection.name, &drawn, collection.origin)?;
    compound.check_parts()?;
    Ok(compound)
}

/// The parts of a `FeatureCollection` that matter here.
struct Collection {
    name: String,
    origin: Option<Origin>,
    features: Vec<Value>,
}

impl Collection {
    fn of(value: Value) -> Result<Self, GeoJsonError> {
        let Value::Object(mut members) = value else {
            return Err(GeoJsonError::NotACollection { found: "not a JSON object".to_owned() });
        };
        let found = match members.get("type") {
            Some(Value::String(kind)) if kind == "FeatureCollection" => None,
            Some(Value::String(kind)) => Some(format!("of type “{}”", problem::shortened(kind))),
            _ => Some("a JSON object without a type".to_owned()),
        };
        if let Some(found) = found {
            return Err(GeoJsonError::NotACollection { found });
        }
        let Some(Value::Array(features)) = members.remove("features") else {
            let found = "a collection without a list of features".to_owned();
            return Err(GeoJsonError::NotACollection { found });
        };
        if features.len() > MAX_ROWS {
            return Err(GeoJsonError::TooManyFeatures { found: features.len() });
        }
        let name = members.get("name").and_then(Value::as_str).unwrap_or("").trim().to_owned();
        let origin = match members.get("origin") {
            None | Some(Value::Null) => None,
            Some(value) => Some(Origin::from_json(value).ok_or(GeoJsonError::Origin)?),
        };
        Ok(Self { name, origin, features })
    }
}

/// The JSON reader's sentence without the place, which is said apart.
fn without_place(reason: &str) -> String {
    reason.split(" at line ").next().unwrap_or(reason).to_owned()
}

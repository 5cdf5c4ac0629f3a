//! One `GeoJSON` feature at a time: what it is, or why it cannot be used.

use geojson::{Feature, GeometryValue, Position};
use serde_json::Value;

use super::GeoJsonError;
use super::problem::{FeatureError, FeatureProblem, shortened};
use super::projection::Origin;
use super::properties::Properties;
use crate::domain::Building;
use crate::import::MAX_ROWS;
use crate::import::compound::MAX_DECIMETRES;

/// A drawn footpath.
pub(in crate::import) struct DrawnPath {
    pub index: usize,
    pub points: Vec<Origin>,
    pub steps: bool,
    pub metres: Option<f64>,
}

/// A drawn entrance.
pub(in crate::import) struct DrawnEntrance {
    pub index: usize,
    pub building: String,
    pub at: Origin,
}

/// Everything that is drawn. The entrance of a building is still 0.
pub(in crate::import) struct Drawn {
    pub paths: Vec<DrawnPath>,
    pub entrances: Vec<DrawnEntrance>,
    pub buildings: Vec<Building>,
    pub kitchen: Origin,
}

/// Sorts the features by kind, or lists every one that is wrong.
pub(super) fn read(features: Vec<Value>) -> Result<Drawn, GeoJsonError> {
    let mut errors = Vec::new();
    let (mut paths, mut entrances, mut buildings) = (Vec::new(), Vec::new(), Vec::new());
    let mut kitchens: Vec<(usize, Origin)> = Vec::new();
    let mut first: Option<Origin> = None;
    for (at, value) in features.into_iter().enumerate() {
        let index = at + 1;
        let mut label = String::new();
        match feature(value, &mut label, &mut first) {
            Ok(Meaning::Path { points, steps, metres }) => {
                paths.push(DrawnPath { index, points, steps, metres });
            }
            Ok(Meaning::Kitchen(at)) => kitchens.push((index, at)),
            Ok(Meaning::Entrance { building, at }) => {
                entrances.push(DrawnEntrance { index, building, at });
            }
            Ok(Meaning::Building(building)) => buildings.push(building),
            Err(problem) => errors.push(FeatureError { index, label, problem }),
        }
    }
    if !errors.is_empty() {
        return Err(GeoJsonError::Features(errors));
    }
    let points = paths.iter().map(|p| p.points.len()).sum();
    if points > MAX_ROWS {
        return Err(GeoJsonError::TooManyPoints { found: points });
    }
    match kitchens.as_slice() {
        [] => Err(GeoJsonError::NoKitchen),
        [(_, kitchen)] => Ok(Drawn { paths, entrances, buildings, kitchen: *kitchen }),
        [(first, _), (second, _), ..] => {
            Err(GeoJsonError::TwoKitchens { first: *first, second: *second })
        }
    }
}

enum Meaning {
    Path { points: Vec<Origin>, steps: bool, metres: Option<f64> },
    Kitchen(Origin),
    Entrance { building: String, at: Origin },
    Building(Building),
}

fn feature(
    value: Value,
    label: &mut String,
    first: &mut Option<Origin>,
) -> Result<Meaning, FeatureProblem> {
    let feature: Feature = serde_json::from_value(value)
        .map_err(|error| FeatureProblem::NotAFeature(shortened(&error.to_string())))?;
    let properties = Properties(feature.properties.unwrap_or_default());
    let kind = properties.text("kind")?;
    label.push_str(&shortened(&kind));
    let geometry = feature.geometry.ok_or(FeatureProblem::NoGeometry)?.value;
    match kind.as_str() {
        "path" => Ok(Meaning::Path {
            points: line(&geometry, first)?,
            steps: properties.yes_no("steps")?,
            metres: properties.metres()?,
        }),
        "kitchen" => Ok(Meaning::Kitchen(point("kitchen", &geometry, first)?)),
        "entrance" => {
            let building = properties.text("building")?;
            *label = format!("entrance of building {}", shortened(&building));
            Ok(Meaning::Entrance { building, at: point("entrance", &geometry, first)? })
        }
        "building" => {
            let number = properties.text("number")?;
            *label = format!("building {}", shortened(&number));
            outline(&geometry, first)?;
            Ok(Meaning::Building(properties.building(number)?))
        }
        other => Err(FeatureProblem::Property {
            property: "kind",
            found: format!("“{}”", shortened(other)),
            wanted: "path, kitchen, entrance or building".to_owned(),
        }),
    }
}

fn point(
    kind: &'static str,
    geometry: &GeometryValue,
    first: &mut Option<Origin>,
) -> Result<Origin, FeatureProblem> {
    match geometry {
        GeometryValue::Point { coordinates } => position(coordinates, first),
        other => Err(FeatureProblem::Geometry { kind, wanted: "Point", found: other.type_name() }),
    }
}

fn line(
    geometry: &GeometryValue,
    first: &mut Option<Origin>,
) -> Result<Vec<Origin>, FeatureProblem> {
    let GeometryValue::LineString { coordinates } = geometry else {
        let found = geometry.type_name();
        return Err(FeatureProblem::Geometry { kind: "path", wanted: "LineString", found });
    };
    if coordinates.len() < 2 {
        return Err(FeatureProblem::TooFewPoints);
    }
    coordinates.iter().map(|p| position(p, first)).collect()
}

/// A building's outline is for the eye; it is checked, so that a slip of the mouse is noticed.
fn outline(geometry: &GeometryValue, first: &mut Option<Origin>) -> Result<(), FeatureProblem> {
    match geometry {
        GeometryValue::Point { coordinates } => position(coordinates, first).map(|_| ()),
        GeometryValue::Polygon { coordinates } => {
            if coordinates.first().is_none_or(|ring| ring.len() < 4) {
                return Err(FeatureProblem::TooFewPoints);
            }
            coordinates.iter().flatten().try_for_each(|p| position(p, first).map(|_| ()))
        }
        other => Err(FeatureProblem::Geometry {
            kind: "building",
            wanted: "Polygon or Point",
            found: other.type_name(),
        }),
    }
}

fn position(position: &Position, first: &mut Option<Origin>) -> Result<Origin, FeatureProblem> {
    let [lon, lat, ..] = *position.as_slice() else {
        return Err(FeatureProblem::TooFewPoints);
    };
    let here = Origin::new(lon, lat).ok_or_else(|| FeatureProblem::Position {
        first: lon.to_string(),
        second: lat.to_string(),
    })?;
    let start = *first.get_or_insert(here);
    let place = start.place(here);
    let far = place.x_mm.abs().max(place.y_mm.abs());
    if far > i64::from(MAX_DECIMETRES) * 100 {
        return Err(FeatureProblem::FarAway { km: far.unsigned_abs() / 1_000_000 });
    }
    Ok(here)
}

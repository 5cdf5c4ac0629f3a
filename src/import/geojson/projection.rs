//! Degrees to millimetres on the ground and back.

use serde_json::Value;
use std::str::FromStr;

/// Mean radius of the Earth in millimetres (IUGG: 6,371,008.8 m).
const EARTH_MM: f64 = 6_371_008_800.0;

/// The point of WGS 84 from which a compound is measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Origin {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// What is typed for a place and is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no place; write longitude and latitude as 121.4737,31.2304")]
pub struct NoPlace(String);

/// As it is typed: longitude and latitude in degrees, with a comma between.
impl FromStr for Origin {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let place = text
            .split_once(',')
            .and_then(|(lon, lat)| Self::new(lon.trim().parse().ok()?, lat.trim().parse().ok()?));
        place.ok_or_else(|| NoPlace(text.to_owned()))
    }
}

/// A place on the ground, in millimetres east and north of the origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Place {
    pub x_mm: i64,
    pub y_mm: i64,
}

impl Place {
    /// Straight distance in millimetres. A square root is exact by IEEE 754, so every machine
    /// measures the same.
    pub fn distance_mm(self, other: Place) -> f64 {
        let (dx, dy) = ((self.x_mm - other.x_mm) as f64, (self.y_mm - other.y_mm) as f64);
        (dx * dx + dy * dy).sqrt()
    }
}

/// Equirectangular about the origin: over the few hundred metres of a compound it is off by less
/// than a centimetre, and it needs one cosine.
impl Origin {
    /// Reads `[longitude, latitude]`.
    pub(super) fn from_json(value: &Value) -> Option<Self> {
        match value.as_array()?.as_slice() {
            [lon, lat] => Self::new(lon.as_f64()?, lat.as_f64()?),
            _ => None,
        }
    }

    /// A place that is on Earth and far enough from the poles to measure east and west.
    pub(in crate::import) fn new(lon: f64, lat: f64) -> Option<Self> {
        (lon.abs() <= 180.0 && lat.abs() <= 85.0).then_some(Self { lon, lat })
    }

    fn mm_per_degree(self) -> (f64, f64) {
        let north = EARTH_MM.to_radians();
        (north * self.lat.to_radians().cos(), north)
    }

    /// Where a position lies, to the millimetre.
    pub(in crate::import) fn place(self, position: Origin) -> Place {
        let (east, north) = self.mm_per_degree();
        Place {
            x_mm: ((position.lon - self.lon) * east).round() as i64,
            y_mm: ((position.lat - self.lat) * north).round() as i64,
        }
    }

    /// The position of a place.
    pub(super) fn position(self, place: Place) -> Origin {
        let (east, north) = self.mm_per_degree();
        Origin {
            lon: self.lon + place.x_mm as f64 / east,
            lat: self.lat + place.y_mm as f64 / north,
        }
    }
}

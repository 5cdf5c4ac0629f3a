//! Features that cannot be used, and why.

use thiserror::Error;

/// Features that are wrong named in one sentence before the rest is counted.
const NAMED: usize = 5;

/// A feature that cannot be used.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("feature {index}{}: {problem}", if label.is_empty() { String::new() } else { format!(" ({label})") })]
pub struct FeatureError {
    /// Its place in the file, from 1.
    pub index: usize,
    /// What it is as far as one can tell: `building 7`; may be empty.
    pub label: String,
    /// What is wrong with it.
    pub problem: FeatureProblem,
}

/// What is wrong with a feature.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum FeatureProblem {
    /// Not a `GeoJSON` feature.
    #[error("it is not a GeoJSON feature ({0})")]
    NotAFeature(String),
    /// A feature that is nowhere.
    #[error("it has no geometry")]
    NoGeometry,
    /// The wrong geometry for its kind.
    #[error("a {kind} must be drawn as a {wanted}, not as a {found}")]
    Geometry {
        /// Its kind.
        kind: &'static str,
        /// What it must be.
        wanted: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// Not a place on Earth; most often the two numbers are the wrong way round.
    #[error("[{first}, {second}] is not a longitude and a latitude (longitude comes first)")]
    Position {
        /// The first number.
        first: String,
        /// The second number.
        second: String,
    },
    /// A point without numbers, or a line of one point.
    #[error("it has too few points")]
    TooFewPoints,
    /// A property that must be there.
    #[error("the property “{0}” is missing")]
    Missing(&'static str),
    /// A property of the wrong type or size.
    #[error("the property “{property}” is {found}; it must be {wanted}")]
    Property {
        /// Its name.
        property: &'static str,
        /// What it is.
        found: String,
        /// What it must be.
        wanted: String,
    },
    /// A path no longer than the distance within which points are one.
    #[error("the path is shorter than one metre")]
    TooShort,
    /// Nowhere near the other features.
    #[error("it lies {km} km from the first feature; a compound is at most 10 km wide")]
    FarAway {
        /// Whole kilometres.
        km: u64,
    },
}

/// Says several wrong features in one sentence.
pub(super) fn list(errors: &[FeatureError]) -> String {
    let named: Vec<String> = errors.iter().take(NAMED).map(ToString::to_string).collect();
    let rest = errors.len().saturating_sub(NAMED);
    let more = if rest > 0 { format!("; and {rest} more") } else { String::new() };
    format!("{}{more}", named.join("; "))
}

/// A string from the file, short enough for a sentence.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

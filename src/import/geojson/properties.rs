//! The properties of a feature, each checked for its type and size.

use serde_json::{Map, Value};

use super::problem::{FeatureProblem, shortened};
use crate::domain::Building;
use crate::import::compound::{MAX_DECIMETRES, MAX_FLATS, MAX_FLOORS};
use crate::import::text::half_width;

/// The properties of a feature. Editors with a table for them write numbers as text, so text that
/// is a number is taken for one.
pub(super) struct Properties(pub Map<String, Value>);

impl Properties {
    /// A value that is there and not null.
    fn get(&self, property: &str) -> Option<&Value> {
        self.0.get(property).filter(|value| !value.is_null())
    }

    /// A text, or a whole number as text: `7`, `12A`.
    pub fn text(&self, property: &'static str) -> Result<String, FeatureProblem> {
        let text = match self.get(property) {
            None => return Err(FeatureProblem::Missing(property)),
            Some(Value::String(text)) => half_width(text).trim().to_owned(),
            Some(Value::Number(number)) if number.is_u64() => number.to_string(),
            Some(other) => return Err(wrong(property, other, "a text")),
        };
        match text.chars().count() {
            0 => Err(FeatureProblem::Missing(property)),
            1..=40 if !text.chars().any(char::is_control) => Ok(text),
            _ => Err(wrong(property, &Value::String(text), "a text of at most 40 characters")),
        }
    }

    fn count(&self, property: &'static str, least: u8, most: u8) -> Result<u8, FeatureProblem> {
        let value = self.get(property).ok_or(FeatureProblem::Missing(property))?;
        let number = match value {
            Value::String(text) => half_width(text).trim().parse().ok(),
            other => other.as_u64(),
        };
        number.and_then(|n| u8::try_from(n).ok()).filter(|n| (least..=most).contains(n)).ok_or_else(
            || wrong(property, value, &format!("a whole number from {least} to {most}")),
        )
    }

    pub fn yes_no(&self, property: &'static str) -> Result<bool, FeatureProblem> {
        match self.get(property) {
            None | Some(Value::Bool(false)) => Ok(false),
            Some(Value::Bool(true)) => Ok(true),
            Some(Value::String(text)) if matches!(text.trim(), "true" | "yes") => Ok(true),
            Some(Value::String(text)) if matches!(text.trim(), "false" | "no" | "") => Ok(false),
            Some(other) => Err(wrong(property, other, "true or false")),
        }
    }

    pub fn metres(&self) -> Result<Option<f64>, FeatureProblem> {
        let Some(value) = self.get("metres") else {
            return Ok(None);
        };
        let metres = match value {
            Value::String(text) => half_width(text).trim().parse().ok(),
            other => other.as_f64(),
        };
        match metres {
            Some(metres) if (0.0..=f64::from(MAX_DECIMETRES) / 10.0).contains(&metres) => {
                Ok(Some(metres))
            }
            _ => Err(wrong("metres", value, "a length from 0 to 10,000")),
        }
    }

    pub fn building(&self, number: String) -> Result<Building, FeatureProblem> {
        let floors = self.count("floors", 1, MAX_FLOORS)?;
        let name =
            if self.get("name").is_none_or(|v| v.as_str().is_some_and(|s| s.trim().is_empty())) {
                String::new()
            } else {
                self.text("name")?
            };
        Ok(Building {
            number,
            name,
            entrance: 0,
            floors,
            first_flat_floor: match self.get("first_flat_floor") {
                None => 1,
                Some(_) => self.count("first_flat_floor", 1, u8::MAX)?,
            },
            flats_per_floor: self.count("flats_per_floor", 1, MAX_FLATS)?,
            lifts: self.count("lifts", 0, 50)?,
        })
    }
}

fn wrong(property: &'static str, found: &Value, wanted: &str) -> FeatureProblem {
    let found = match found {
        Value::String(text) => format!("“{}”", shortened(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => shortened(&other.to_string()),
    };
    FeatureProblem::Property { property, found, wanted: wanted.to_owned() }
}

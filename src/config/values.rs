//! How single values are written: times, weekdays, printers. A wrong one says what is allowed.

use jiff::civil::{DateTime, Time, Weekday};
use serde::{Deserialize, Deserializer, de};

use clubhouse_hardware::printer::Profile;

use crate::tickets::Letters;

pub(super) fn wide() -> u32 {
    576
}

/// Metres on a roll of 80 mm across, as receipt printers take it.
pub(super) fn roll() -> u16 {
    60
}

pub(super) fn drawn() -> Letters {
    Letters::Picture
}

pub(super) fn time<'de, D: Deserializer<'de>>(d: D) -> Result<Time, D::Error> {
    let text = String::deserialize(d)?;
    let parsed = text.split_once(':').and_then(|(h, m)| {
        let two = |s: &str| (1..=2).contains(&s.len()).then(|| s.parse::<i8>().ok()).flatten();
        Time::new(two(h)?, two(m)?, 0, 0).ok()
    });
    parsed.ok_or_else(|| {
        de::Error::custom(format!("“{text}” is not a time; write hours and minutes as \"10:00\""))
    })
}

pub(super) fn maybe_datetime<'de, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<DateTime>, D::Error> {
    let text = String::deserialize(d)?;
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        de::Error::custom(format!("“{text}” is not a date with a time; write \"2026-11-24T09:40\""))
    })
}

pub(super) fn weekdays<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Weekday>, D::Error> {
    Vec::<String>::deserialize(d)?
        .iter()
        .map(|word| match word.as_str() {
            "mon" => Ok(Weekday::Monday),
            "tue" => Ok(Weekday::Tuesday),
            "wed" => Ok(Weekday::Wednesday),
            "thu" => Ok(Weekday::Thursday),
            "fri" => Ok(Weekday::Friday),
            "sat" => Ok(Weekday::Saturday),
            "sun" => Ok(Weekday::Sunday),
            other => Err(de::Error::custom(format!(
                "“{other}” is not a weekday; allowed: mon, tue, wed, thu, fri, sat, sun"
            ))),
        })
        .collect()
}

pub(super) fn target<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    let text = String::deserialize(d)?;
    text.parse::<clubhouse_hardware::printer::Target>().map_err(de::Error::custom)?;
    Ok(text)
}

pub(super) fn width<'de, D: Deserializer<'de>>(d: D) -> Result<u32, D::Error> {
    match u32::deserialize(d)? {
        dots @ (384 | 576) => Ok(dots),
        other => {
            Err(de::Error::custom(format!("{other} dots: allowed are 576 (80 mm) and 384 (58 mm)")))
        }
    }
}

pub(super) fn profile<'de, D: Deserializer<'de>>(d: D) -> Result<Profile, D::Error> {
    String::deserialize(d)?.parse().map_err(de::Error::custom)
}

pub(super) fn letters<'de, D: Deserializer<'de>>(d: D) -> Result<Letters, D::Error> {
    String::deserialize(d)?.parse().map_err(de::Error::custom)
}

pub(super) fn backend<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    let text = String::deserialize(d)?;
    if ["simulated", "rppal", "gpiocdev", "none"].contains(&text.as_str()) {
        Ok(text)
    } else {
        let known = "simulated, rppal, gpiocdev, none";
        Err(de::Error::custom(format!("“{text}” is no panel; allowed: {known}")))
    }
}

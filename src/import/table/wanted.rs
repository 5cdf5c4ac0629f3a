//! What a cell must say, so that each reader can be told in the own language.

use std::fmt;

use crate::domain::{Allergen, Category};

/// What a cell must say. `Display` says it in English after “it must be”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A text of at most so many characters.
    Text(usize),
    /// A whole number between two bounds.
    Number(u32, u32),
    /// A telephone number.
    Phone,
    /// Floor and flat.
    Room,
    /// A time of day, or nothing.
    Time,
    /// An identity as an export writes it, or nothing.
    Id,
    /// A price group.
    Category,
    /// Things that somebody must not eat.
    Allergies,
    /// What is usually asked for.
    Usual,
    /// What a volunteer is in the neighbourhood: the words for it.
    Kind(Vec<String>),
    /// Yes or no, or nothing for yes.
    YesNo,
    /// A volunteer's four digits.
    Pin,
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(most) => write!(f, "a text of at most {most} characters"),
            Self::Number(least, most) => write!(f, "a whole number from {least} to {most}"),
            Self::Phone => write!(f, "a telephone number of 5 to 15 digits"),
            Self::Room => write!(f, "floor and two digits of the flat, such as 1203"),
            Self::Time => write!(f, "a time such as 11:45, or empty"),
            Self::Id => write!(f, "an id as exported, or empty for a new person"),
            Self::Category => {
                let all = Category::ALL.iter().map(|c| format!("{} ({})", c.zh(), c.as_str()));
                write!(f, "one of {}", all.collect::<Vec<_>>().join(", "))
            }
            Self::Allergies => write!(f, "words among {}", allergens_zh()),
            Self::Usual => write!(f, "words among 少盐、软食、少饭、换菜"),
            Self::Kind(words) => write!(f, "one of {}", words.join(", ")),
            Self::YesNo => write!(f, "是 (yes) or 否 (no), or empty for yes"),
            Self::Pin => {
                write!(f, "four digits (Excel drops a leading 0 unless the column is text)")
            }
        }
    }
}

/// Every allergen that a list may name, in Chinese.
pub fn allergens_zh() -> String {
    Allergen::ALL.iter().map(|a| a.zh()).collect::<Vec<_>>().join("、")
}

/// What a list has twice. `Display` says it in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Same {
    /// An identity.
    Id(String),
    /// A person behind a door.
    Person {
        /// The name.
        name: String,
        /// The door as people say it.
        door: String,
    },
    /// A volunteer's badge.
    Badge(u32),
}

impl fmt::Display for Same {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "the id {id}"),
            Self::Person { name, door } => write!(f, "{name} of {door}"),
            Self::Badge(badge) => write!(f, "badge {badge}"),
        }
    }
}

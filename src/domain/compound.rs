//! Buildings and doors of the compound.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A building that lunches are carried into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Building {
    /// The number people use, unique in the compound: `7`, `12A`.
    pub number: String,
    /// What the neighbours call it, if it has a name.
    pub name: String,
    /// The network node of its entrance.
    pub entrance: u32,
    /// Floors as residents count them; 1 is the ground floor.
    pub floors: u8,
    /// The lowest floor with flats: 2 where the ground floor is a lobby.
    pub first_flat_floor: u8,
    /// Flats on each floor.
    pub flats_per_floor: u8,
    /// Lifts; 0 means stairs only.
    pub lifts: u8,
}

impl Building {
    /// Whether the building has this flat.
    pub fn has(&self, floor: u8, flat: u8) -> bool {
        (self.first_flat_floor..=self.floors).contains(&floor)
            && (1..=self.flats_per_floor).contains(&flat)
    }
}

/// A flat's door.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Door {
    /// The building's number.
    pub building: String,
    /// Floor; 1 is the ground floor, 0 once nobody is to know which it was.
    pub floor: u8,
    /// Flat on the floor, from 1.
    pub flat: u8,
}

impl Door {
    /// The room number as written on the door: floor, then two digits of the flat. Empty where only
    /// the building is left.
    pub fn room(&self) -> String {
        if self.is_forgotten() {
            return String::new();
        }
        format!("{}{:02}", self.floor, self.flat)
    }

    /// Whether only the building is left of it, because its months are over.
    pub const fn is_forgotten(&self) -> bool {
        self.floor == 0
    }

    /// Reads a door as people write it: `7-1203` is building 7, floor 12, flat 3.
    pub fn parse(text: &str) -> Option<Self> {
        let (building, room) = text.trim().rsplit_once('-')?;
        let (floor, flat) = Self::parse_room(room)?;
        let building = building.trim().to_owned();
        (!building.is_empty()).then_some(Self { building, floor, flat })
    }

    /// Reads a room number such as `1203`: floor 12, flat 3.
    pub fn parse_room(text: &str) -> Option<(u8, u8)> {
        let text = text.trim();
        if !(3..=4).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (floor, flat) = text.split_at(text.len() - 2);
        Some((floor.parse().ok()?, flat.parse().ok()?))
    }
}

/// As said in the compound: `7号楼1203室`.
impl fmt::Display for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_forgotten() {
            return write!(f, "{}号楼", self.building);
        }
        write!(f, "{}号楼{}室", self.building, self.room())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_read_as_they_are_written() {
        let door = Door { building: "7".into(), floor: 12, flat: 3 };
        assert_eq!(door.to_string(), "7号楼1203室");
        assert_eq!(Door::parse_room("1203"), Some((12, 3)));
        assert_eq!(Door::parse_room("203"), Some((2, 3)));
        for bad in ["", "12", "12345", "12a3", "二〇三"] {
            assert_eq!(Door::parse_room(bad), None);
        }
    }
}

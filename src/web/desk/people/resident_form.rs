//! A resident's form: one text for each column of a list, read by the same rules.

use serde::Deserialize;

use super::words;
use crate::domain::{Building, Category, Resident, ResidentId};
use crate::import::{Person, person_from_texts};
use crate::web::error::WebError;
use crate::web::view::View;

/// What stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ResidentForm {
    /// What the resident looked like when the form was opened; empty for a new one.
    pub version: String,
    /// The building's number.
    pub building: String,
    /// The room: floor and two digits of the flat.
    pub room: String,
    /// Full name.
    pub name: String,
    /// Telephone number.
    pub phone: String,
    /// Price group.
    pub category: String,
    /// What they must not be served, in words.
    pub allergies: String,
    /// What they usually ask for, in words.
    pub usual: String,
    /// A note for the kitchen.
    pub kitchen_note: String,
    /// A note for whoever stands at the door.
    pub door_note: String,
    /// The latest time to eat.
    pub eat_by: String,
}

impl ResidentForm {
    /// An empty form.
    pub fn empty() -> Self {
        Self { category: Category::Senior.zh().to_owned(), ..Self::default() }
    }

    /// The form of a resident.
    pub fn of(resident: &Resident, version: String) -> Self {
        let mut cells = resident.cells().into_iter();
        let mut next = || cells.next().unwrap_or_default();
        Self {
            version,
            building: next(),
            room: next(),
            name: next(),
            phone: next(),
            category: next(),
            allergies: next(),
            usual: next(),
            kitchen_note: next(),
            door_note: next(),
            eat_by: next(),
        }
    }

    /// The resident that the form says.
    pub fn resident(self, id: ResidentId, buildings: &[Building]) -> Result<Resident, WebError> {
        let texts = vec![
            self.building,
            self.room,
            self.name,
            self.phone,
            self.category,
            self.allergies,
            self.usual,
            self.kitchen_note,
            self.door_note,
            self.eat_by,
            id.to_string(),
        ];
        person_from_texts(texts, id, buildings).map_err(|e| words::form(&e))
    }
}

/// The price groups: what the form sends, and the word.
pub fn categories(v: &View) -> Vec<(&'static str, &'static str)> {
    let en = |c: &Category| match c {
        Category::Senior => "Senior meal",
        Category::Hardship => "Hardship support",
        Category::Volunteer => "Volunteer",
        Category::Guest => "Guest",
    };
    Category::ALL.iter().map(|c| (c.zh(), v.lang.pick(c.zh(), en(c)))).collect()
}

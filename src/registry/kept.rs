//! What residents and volunteers have in common as lists that are kept.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use super::Registry;
use super::import::Waiting;
use crate::domain::{Building, Resident, ResidentId, Volunteer, VolunteerId};
use crate::house::entropy;
use crate::import::{CellError, Person};
use crate::store::{StoreError, residents, volunteers};

/// Somebody on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<T> {
    /// Who.
    pub person: T,
    /// Whether they were archived.
    pub archived: bool,
}

/// People of whom the desk keeps a list.
pub trait Kept: Person {
    /// The word for the list in the history.
    const LIST: &'static str;

    /// The lists of these people that were shown and wait for a yes.
    fn waiting(registry: &Registry) -> &Waiting<Self>;

    /// Everybody on record, the archived ones last.
    fn on_record(db: &Connection) -> Result<Vec<Known<Self>>, StoreError>;

    /// Adds somebody, or updates and brings back whoever has this id.
    fn put(&self, tx: &Transaction<'_>) -> Result<(), StoreError>;

    /// A new identity.
    fn new_id(now: Timestamp) -> Self::Id;

    /// What a list without ids tells people apart by: who shares it may be the same person.
    fn key(&self) -> String;

    /// Whether somebody on record with the same key is surely the same person.
    fn is_surely(&self, known: &Self) -> bool;

    /// Whether the only one on record with the same key may be taken for the same person.
    fn may_be(&self, known: &Self) -> bool;

    /// What stands against this person beside others on record with the same key.
    fn objection(&self, others: usize) -> Option<CellError>;

    /// Whether the compound still has every place that is named.
    fn has_place(&self, buildings: &[Building]) -> bool;
}

/// Those who are there, then those who were archived.
fn known<T>(there: Vec<T>, archived: Vec<T>) -> Vec<Known<T>> {
    let there = there.into_iter().map(|person| Known { person, archived: false });
    there.chain(archived.into_iter().map(|person| Known { person, archived: true })).collect()
}

impl Kept for Resident {
    const LIST: &'static str = "residents";

    fn waiting(registry: &Registry) -> &Waiting<Self> {
        &registry.residents_shown
    }

    fn on_record(db: &Connection) -> Result<Vec<Known<Self>>, StoreError> {
        Ok(known(residents::all(db)?, residents::archived(db)?))
    }

    fn put(&self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        residents::put(tx, self)
    }

    fn new_id(now: Timestamp) -> ResidentId {
        ResidentId::new(now, entropy())
    }

    fn key(&self) -> String {
        format!("{} {}", self.door, self.name)
    }

    /// Two of one name behind one door are told apart by their telephone numbers.
    fn is_surely(&self, known: &Self) -> bool {
        self.phone == known.phone
    }

    fn may_be(&self, _: &Self) -> bool {
        true
    }

    fn objection(&self, _: usize) -> Option<CellError> {
        None
    }

    fn has_place(&self, buildings: &[Building]) -> bool {
        let door = &self.door;
        buildings.iter().any(|b| b.number == door.building && b.has(door.floor, door.flat))
    }
}

impl Kept for Volunteer {
    const LIST: &'static str = "volunteers";

    fn waiting(registry: &Registry) -> &Waiting<Self> {
        &registry.volunteers_shown
    }

    fn on_record(db: &Connection) -> Result<Vec<Known<Self>>, StoreError> {
        Ok(known(volunteers::all(db)?, volunteers::archived(db)?))
    }

    fn put(&self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        volunteers::put(tx, self)
    }

    fn new_id(now: Timestamp) -> VolunteerId {
        VolunteerId::new(now, entropy())
    }

    fn key(&self) -> String {
        self.badge.to_string()
    }

    fn is_surely(&self, known: &Self) -> bool {
        self.name == known.name
    }

    /// Past rounds hang on the person, not on the number: a badge alone makes nobody the same.
    fn may_be(&self, _: &Self) -> bool {
        false
    }

    fn objection(&self, others: usize) -> Option<CellError> {
        (others > 0).then_some(CellError::BadgeWorn(self.badge))
    }

    fn has_place(&self, buildings: &[Building]) -> bool {
        let there = |number: &Option<String>| {
            number.as_ref().is_none_or(|number| buildings.iter().any(|b| b.number == *number))
        };
        there(&self.leads) && there(&self.home_building)
    }
}

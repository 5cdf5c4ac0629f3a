//! The use cases of the lists the desk keeps: the compound, its residents and its volunteers.
//!
//! Each list is taken over as a whole, in one transaction, or not at all.

mod buildings;
mod compare;
mod draft;
mod import;
mod kept;
mod residents;
mod volunteers;

pub use buildings::{BUILDING_NAME_MAX, Staffed};
pub use compare::{Change, Import, compare};
pub use draft::{DraftError, Mend};
pub use import::{ImportError, Waiting};
pub use kept::{Kept, Known};
pub use volunteers::drawn_pin;

use sha2::{Digest, Sha256};
use std::fmt::Debug;

use crate::domain::{Building, Door, Refusal, Resident, Volunteer};
use crate::error::Error;
use crate::house::House;
use crate::import::compound::Compound;
use crate::store::{
    buildings as store_buildings, residents as store_residents, volunteers as store_volunteers,
};

/// Keeper of the lists.
#[derive(Clone)]
pub struct Registry {
    house: House,
    residents_shown: Waiting<Resident>,
    volunteers_shown: Waiting<Volunteer>,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is kept.
    Done,
    /// Somebody else changed the same meanwhile; nothing was kept.
    Stale,
    /// Another volunteer wears this badge, or wore it; nothing was kept.
    BadgeWorn,
    /// The volunteer is on duty today; nothing was kept.
    OnDuty,
}

/// What somebody's data hash to: a form that was opened before a change carries another one.
pub fn version_of(data: &impl Debug) -> String {
    Sha256::digest(format!("{data:?}"))
        .iter()
        .take(8)
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

impl Registry {
    /// Opens the lists of a house.
    pub fn new(house: House) -> Self {
        Self { house, residents_shown: Waiting::default(), volunteers_shown: Waiting::default() }
    }

    /// Takes over a compound's drawing: its footpaths replace the old ones.
    pub fn put_compound(&self, compound: &Compound) -> Result<(), Error> {
        self.house.store.write(|tx| Ok(store_buildings::replace(tx, compound)?))
    }

    /// Adds or updates residents; every one must live behind a door of the compound.
    pub fn put_residents(&self, list: &[Resident]) -> Result<(), Error> {
        self.house.store.write(|tx| {
            let known = store_buildings::all(tx)?;
            for resident in list {
                let door = &resident.door;
                let building = known.iter().find(|b| b.number == door.building);
                if !building.is_some_and(|b| b.has(door.floor, door.flat)) {
                    let (building, room) = (door.building.clone(), door.room());
                    return Err(Refusal::UnknownDoor { building, room }.into());
                }
                store_residents::put(tx, resident)?;
            }
            Ok(())
        })
    }

    /// Adds or updates volunteers.
    pub fn put_volunteers(&self, list: &[Volunteer]) -> Result<(), Error> {
        self.house.store.write(|tx| {
            for volunteer in list {
                store_volunteers::put(tx, volunteer)?;
            }
            Ok(())
        })
    }

    /// The buildings, in the order of the drawing.
    pub fn buildings(&self) -> Result<Vec<Building>, Error> {
        self.house.store.read(|db| Ok(store_buildings::all(db)?))
    }

    /// Every resident, by door.
    pub fn residents(&self) -> Result<Vec<Resident>, Error> {
        self.house.store.read(|db| Ok(store_residents::all(db)?))
    }

    /// Residents by door (`7-1203`), building (`7`) or a part of the name; nobody for no text.
    pub fn find_residents(&self, text: &str) -> Result<Vec<Resident>, Error> {
        let text = text.trim();
        let mut found = self.residents()?;
        if let Some(door) = Door::parse(text) {
            found.retain(|r| r.door == door);
        } else if self.buildings()?.iter().any(|b| b.number == text) {
            found.retain(|r| r.door.building == text);
        } else {
            found.retain(|r| !text.is_empty() && r.name.contains(text));
        }
        Ok(found)
    }

    /// Every volunteer, by badge.
    pub fn volunteers(&self) -> Result<Vec<Volunteer>, Error> {
        self.house.store.read(|db| Ok(store_volunteers::all(db)?))
    }

    /// The compound as it was taken over.
    pub fn compound(&self) -> Result<Compound, Error> {
        self.house.store.read(|db| {
            let nodes = store_buildings::nodes(db)?;
            let kitchen = nodes
                .iter()
                .find(|n| n.kind == crate::import::NodeKind::Kitchen)
                .map_or(0, |n| n.id);
            Ok(Compound {
                name: self.house.settings.name.clone(),
                kitchen,
                nodes,
                edges: store_buildings::edges(db)?,
                buildings: store_buildings::all(db)?,
            })
        })
    }
}

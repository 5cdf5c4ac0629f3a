//! One resident at a time: found, mended, archived, brought back.

use sha2::{Digest, Sha256};

use super::Registry;
use crate::domain::{Refusal, Resident, ResidentId};
use crate::error::Error;
use crate::house::entropy;
use crate::store::{buildings, residents};

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is kept.
    Done,
    /// Somebody else changed the same meanwhile; nothing was kept.
    Stale,
}

impl Registry {
    /// A resident, and whether they are archived.
    pub fn resident(&self, id: ResidentId) -> Result<Option<(Resident, bool)>, Error> {
        self.house.store.read(|db| {
            let Some(found) = residents::get(db, id)? else { return Ok(None) };
            Ok(Some((found, residents::is_archived(db, id)?)))
        })
    }

    /// Those who were archived, by name.
    pub fn archived_residents(&self) -> Result<Vec<Resident>, Error> {
        self.house.store.read(|db| Ok(residents::archived(db)?))
    }

    /// A new resident's identity.
    pub fn new_resident_id(&self) -> ResidentId {
        ResidentId::new(self.house.clock.now(), entropy())
    }

    /// Adds a resident, or changes the one who stood as `version` when the form was opened.
    pub fn save_resident(
        &self,
        resident: &Resident,
        version: Option<&str>,
    ) -> Result<Saved, Error> {
        self.house.store.write(|tx| {
            let now = residents::get(tx, resident.id)?;
            if now.as_ref().map(version_of).as_deref() != version {
                return Ok(Saved::Stale);
            }
            let (door, building) = (&resident.door, buildings::get(tx, &resident.door.building)?);
            if !building.is_some_and(|b| b.has(door.floor, door.flat)) {
                let (building, room) = (door.building.clone(), door.room());
                return Err(Error::from(Refusal::UnknownDoor { building, room }));
            }
            let archived = residents::is_archived(tx, resident.id)?;
            residents::put(tx, resident)?;
            if archived {
                residents::set_archived(tx, resident.id, Some(self.house.clock.now()))?;
            }
            Ok(Saved::Done)
        })
    }

    /// Archives a resident or brings them back; what they ordered stays.
    pub fn archive_resident(&self, id: ResidentId, archived: bool) -> Result<(), Error> {
        self.house.store.write(|tx| {
            residents::get(tx, id)?.ok_or(Refusal::UnknownResident)?;
            let at = archived.then(|| self.house.clock.now());
            residents::set_archived(tx, id, at)?;
            Ok::<_, Error>(())
        })
    }
}

/// What a resident's data hash to: a form that was opened before a change carries another one.
pub fn version_of(resident: &Resident) -> String {
    Sha256::digest(format!("{resident:?}"))
        .iter()
        .take(8)
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

//! One resident at a time: found, mended, archived, brought back. Who did it stands in the history
//! in the same transaction.

use serde_json::json;

use super::{Registry, Saved, version_of};
use crate::domain::{Account, Refusal, Resident, ResidentId};
use crate::error::Error;
use crate::house::entropy;
use crate::store::{audit, buildings, residents};

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

    /// Adds a resident, or changes the one who stood as `version` when the form was opened. `what`
    /// is the word for the history.
    pub fn save_resident(
        &self,
        who: &Account,
        what: &str,
        resident: &Resident,
        version: Option<&str>,
    ) -> Result<Saved, Error> {
        self.house.store.write(|tx| {
            let before = residents::get(tx, resident.id)?;
            if before.as_ref().map(version_of).as_deref() != version {
                return Ok(Saved::Stale);
            }
            let (door, building) = (&resident.door, buildings::get(tx, &resident.door.building)?);
            if !building.is_some_and(|b| b.has(door.floor, door.flat)) {
                let (building, room) = (door.building.clone(), door.room());
                return Err(Error::from(Refusal::UnknownDoor { building, room }));
            }
            let now = self.house.clock.now();
            let archived = residents::is_archived(tx, resident.id)?;
            residents::put(tx, resident)?;
            if archived {
                residents::set_archived(tx, resident.id, Some(now))?;
            }
            audit::changed(tx, &who.name, what, &resident.id.to_string(), &json!({}), now)?;
            Ok(Saved::Done)
        })
    }

    /// Archives a resident or brings them back; what they ordered stays. An archived one's card
    /// stops working.
    pub fn archive_resident(
        &self,
        who: &Account,
        id: ResidentId,
        archived: bool,
    ) -> Result<(), Error> {
        self.house.store.write(|tx| {
            residents::get(tx, id)?.ok_or(Refusal::UnknownResident)?;
            let now = self.house.clock.now();
            residents::set_archived(tx, id, archived.then_some(now))?;
            let what = if archived { "resident.archived" } else { "resident.brought_back" };
            audit::changed(tx, &who.name, what, &id.to_string(), &json!({}), now)?;
            Ok(())
        })
    }
}

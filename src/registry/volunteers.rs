//! One volunteer at a time: found, mended, given another PIN, archived, brought back. Who did it
//! stands in the history in the same transaction; the PIN never does.

use rand::RngExt;
use serde_json::json;

use super::{Registry, Saved, version_of};
use crate::domain::{Account, ServiceDate, Volunteer, VolunteerId};
use crate::error::Error;
use crate::house::entropy;
use crate::store::{audit, buildings, duty, volunteers};

use super::kept::Kept;

/// PINs that anybody would try first.
const EASY: [u16; 4] = [0, 1111, 1234, 4321];

impl Registry {
    /// A volunteer, and whether they are archived.
    pub fn volunteer(&self, id: VolunteerId) -> Result<Option<(Volunteer, bool)>, Error> {
        self.house.store.read(|db| {
            let Some(found) = volunteers::get(db, id)? else { return Ok(None) };
            Ok(Some((found, volunteers::is_archived(db, id)?)))
        })
    }

    /// Those who were archived, by badge.
    pub fn archived_volunteers(&self) -> Result<Vec<Volunteer>, Error> {
        self.house.store.read(|db| Ok(volunteers::archived(db)?))
    }

    /// A new volunteer's identity.
    pub fn new_volunteer_id(&self) -> VolunteerId {
        VolunteerId::new(self.house.clock.now(), entropy())
    }

    /// The smallest badge from 101 on that nobody wears or wore.
    pub fn free_badge(&self) -> Result<u32, Error> {
        self.house.store.read(|db| {
            let worn: std::collections::BTreeSet<u32> =
                Volunteer::on_record(db)?.into_iter().map(|k| k.person.badge).collect();
            Ok((101..=999_999).find(|badge| !worn.contains(badge)).unwrap_or_default())
        })
    }

    /// Adds a volunteer, or changes the one who stood as `version` when the form was opened.
    pub fn save_volunteer(
        &self,
        who: &Account,
        volunteer: &Volunteer,
        version: Option<&str>,
    ) -> Result<Saved, Error> {
        self.house.store.write(|tx| {
            let before = volunteers::get(tx, volunteer.id)?;
            let gone = !volunteer.has_place(&buildings::all(tx)?);
            if gone || before.as_ref().map(version_of).as_deref() != version {
                return Ok(Saved::Stale);
            }
            if volunteers::wearer(tx, volunteer.badge)?.is_some_and(|id| id != volunteer.id) {
                return Ok(Saved::BadgeWorn);
            }
            let now = self.house.clock.now();
            let archived = volunteers::is_archived(tx, volunteer.id)?;
            volunteers::put(tx, volunteer)?;
            if archived {
                volunteers::set_archived(tx, volunteer.id, Some(now))?;
            }
            let what = if before.is_some() { "volunteer.changed" } else { "volunteer.added" };
            audit::changed(tx, &who.name, what, &volunteer.id.to_string(), &json!({}), now)?;
            Ok(Saved::Done)
        })
    }

    /// Gives a volunteer another PIN, drawn by chance; the old one stops working. Nobody for none.
    pub fn reset_pin(&self, who: &Account, id: VolunteerId) -> Result<Option<String>, Error> {
        let pin = drawn_pin();
        self.house.store.write(|tx| {
            let Some(found) = volunteers::get(tx, id)? else { return Ok(None) };
            let now = self.house.clock.now();
            let archived = volunteers::is_archived(tx, id)?;
            volunteers::put(tx, &Volunteer { pin: pin.clone(), ..found })?;
            if archived {
                volunteers::set_archived(tx, id, Some(now))?;
            }
            audit::changed(tx, &who.name, "volunteer.pin", &id.to_string(), &json!({}), now)?;
            Ok(Some(pin))
        })
    }

    /// Archives a volunteer or brings them back; their rounds stay on record. Whoever is on duty
    /// on `today` is not archived.
    pub fn archive_volunteer(
        &self,
        who: &Account,
        id: VolunteerId,
        archived: bool,
        today: ServiceDate,
    ) -> Result<Saved, Error> {
        self.house.store.write(|tx| {
            if volunteers::get(tx, id)?.is_none() {
                return Ok(Saved::Stale);
            }
            if archived && duty::on(tx, today)?.iter().any(|v| v.id == id) {
                return Ok(Saved::OnDuty);
            }
            let now = self.house.clock.now();
            volunteers::set_archived(tx, id, archived.then_some(now))?;
            let what = if archived { "volunteer.archived" } else { "volunteer.brought_back" };
            audit::changed(tx, &who.name, what, &id.to_string(), &json!({}), now)?;
            Ok(Saved::Done)
        })
    }
}

/// Four digits by chance, none of the easy ones.
pub fn drawn_pin() -> String {
    let mut random = rand::rng();
    let drawn = std::iter::repeat_with(|| random.random_range(0..10_000_u16)).take(100);
    let pin = drawn.into_iter().find(|pin| !EASY.contains(pin)).unwrap_or(8_093);
    format!("{pin:04}")
}

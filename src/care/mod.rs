//! The use cases of looking after people: who may be told, days away, and the neighbours' knock.
//!
//! Each change names the version of the record that was looked at: if somebody has changed it since,
//! it is refused and nothing is lost.

mod knock;

pub use knock::{KnockLine, KnockList};

use rusqlite::{Connection, Transaction};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fmt::Write as _;

use crate::domain::{
    CareRefusal, Consent, FamilyContact, Pause, PauseKind, Refusal, Resident, ResidentId,
    ServiceDate,
};
use crate::error::Error;
use crate::house::House;
use crate::store::{audit, care, residents};

/// What is known of a resident beyond lunch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareRecord {
    /// Who.
    pub resident: Resident,
    /// Who may be told, the first to be called first.
    pub contacts: Vec<FamilyContact>,
    /// Days away, the latest first.
    pub pauses: Vec<Pause>,
    /// What was last said about knocking; none if nobody asked.
    pub consent: Option<Consent>,
}

impl CareRecord {
    /// What a form has seen: two records of the same version say the same.
    pub fn version(&self) -> String {
        let text = format!("{:?}|{:?}|{:?}", self.contacts, self.pauses, self.consent);
        let digest = Sha256::digest(text.as_bytes());
        digest.iter().take(8).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The pause that covers a day, if there is one.
    pub fn paused_on(&self, date: ServiceDate) -> Option<&Pause> {
        self.pauses.iter().find(|pause| pause.covers(date))
    }
}

/// Days on which a resident will not be expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPause {
    /// The first day.
    pub from: ServiceDate,
    /// The last day; none until somebody knows.
    pub until: Option<ServiceDate>,
    /// Why.
    pub kind: PauseKind,
    /// More of it; may be empty.
    pub note: String,
}

/// Looks after people.
#[derive(Clone)]
pub struct Care {
    house: House,
}

impl Care {
    /// Opens the desk that looks after people of a house.
    pub fn new(house: House) -> Self {
        Self { house }
    }

    /// What is known of a resident.
    pub fn of(&self, resident: ResidentId) -> Result<CareRecord, Error> {
        self.house.store.read(|db| read(db, resident))
    }

    /// Everybody who is not expected on a day.
    pub fn away(&self, date: ServiceDate) -> Result<HashSet<ResidentId>, Error> {
        self.house.store.read(|db| Ok(care::all_paused(db, date)?))
    }

    /// Replaces the list of who may be told.
    pub fn keep_contacts(
        &self,
        resident: ResidentId,
        seen: &str,
        list: &[FamilyContact],
        who: &str,
    ) -> Result<(), Error> {
        if list.len() > FamilyContact::MOST || !list.iter().all(FamilyContact::is_whole) {
            return Err(CareRefusal::ContactNotWhole.into());
        }
        let detail = json!({ "contacts": list.len() });
        self.change(resident, seen, who, "care.contacts", &detail, |tx, _| {
            Ok(care::keep_contacts(tx, resident, list)?)
        })
    }

    /// Writes down days away. Orders that stand for them stay as they are.
    pub fn pause(
        &self,
        resident: ResidentId,
        seen: &str,
        wanted: &NewPause,
        who: &str,
    ) -> Result<(), Error> {
        if wanted.until.is_some_and(|until| until < wanted.from) {
            return Err(CareRefusal::PauseEndsFirst.into());
        }
        if wanted.note.chars().count() > Pause::NOTE_MAX {
            return Err(Refusal::NoteTooLong { max: Pause::NOTE_MAX }.into());
        }
        let NewPause { from, until, kind, note } = wanted.clone();
        let detail = json!({ "from": from, "until": until });
        self.change(resident, seen, who, "care.paused", &detail, |tx, record| {
            if record.pauses.iter().any(|pause| pause.meets(from, until)) {
                return Err(CareRefusal::PauseMeets.into());
            }
            let pause = Pause { id: 0, from, until, kind, note };
            care::add_pause(tx, resident, &pause, who, self.house.clock.now())?;
            Ok(())
        })
    }

    /// Ends a pause: whoever is back is expected from today on. One that has not begun goes.
    pub fn end_pause(
        &self,
        resident: ResidentId,
        seen: &str,
        pause: i64,
        who: &str,
    ) -> Result<(), Error> {
        let detail = json!({ "pause": pause });
        self.change(resident, seen, who, "care.back", &detail, |tx, record| {
            let found = record.pauses.iter().find(|p| p.id == pause);
            let found = found.ok_or(CareRefusal::PageOutdated)?;
            let today = self.house.calendar(tx)?.today(self.house.clock.now());
            if found.from >= today {
                care::drop_pause(tx, pause)?;
            } else {
                let yesterday = today.plus_days(-1);
                let until = found.until.map_or(yesterday, |until| until.min(yesterday));
                care::end_pause(tx, pause, until)?;
            }
            Ok(())
        })
    }

    /// Writes down whether neighbours may knock, and who said so.
    pub fn agree(
        &self,
        resident: ResidentId,
        seen: &str,
        agreed: bool,
        said_by: &str,
        who: &str,
    ) -> Result<(), Error> {
        let said_by = said_by.trim().to_owned();
        if said_by.is_empty() || said_by.chars().count() > FamilyContact::TEXT_MAX {
            return Err(CareRefusal::SpeakerMissing.into());
        }
        let detail = json!({ "agreed": agreed });
        self.change(resident, seen, who, "care.knock_consent", &detail, |tx, _| {
            let consent = Consent { agreed, said_by, at: self.house.clock.now() };
            Ok(care::agree(tx, resident, &consent, who)?)
        })
    }

    /// One change of a record, with its line in the history, if it is still as it was seen.
    fn change(
        &self,
        resident: ResidentId,
        seen: &str,
        who: &str,
        what: &str,
        detail: &Value,
        change: impl FnOnce(&Transaction<'_>, &CareRecord) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let record = read(tx, resident)?;
            if record.version() != seen {
                return Err(CareRefusal::PageOutdated.into());
            }
            change(tx, &record)?;
            Ok(audit::changed(tx, who, what, &resident.to_string(), detail, now)?)
        })
    }
}

fn read(db: &Connection, resident: ResidentId) -> Result<CareRecord, Error> {
    let found = residents::get(db, resident)?.ok_or(Refusal::UnknownResident)?;
    Ok(CareRecord {
        contacts: care::contacts(db, resident)?,
        pauses: care::pauses(db, resident)?,
        consent: care::consent(db, resident)?,
        resident: found,
    })
}

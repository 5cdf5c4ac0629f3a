//! Which plan somebody has in front of them: two people change one plan only one after the other.

use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

use super::Dispatch;
use crate::domain::{Refusal, ServiceDate};
use crate::error::Error;
use crate::store::{duty, lifts, rounds};

impl Dispatch {
    /// The same desk for somebody who has seen this version of a plan: whatever changes the plan is
    /// refused once it is another one.
    #[must_use]
    pub fn having_seen(&self, version: &str) -> Self {
        Self { house: self.house.clone(), seen: Some(version.to_owned()) }
    }

    /// The version of a date's plan: rounds, roster and lifts. What volunteers report from the doors
    /// does not change it.
    pub fn plan_version(&self, date: ServiceDate) -> Result<String, Error> {
        self.house.store.read(|db| version(db, date))
    }

    /// Refuses whoever has seen another plan than the one that stands.
    pub fn refuse_unseen(&self, date: ServiceDate) -> Result<(), Error> {
        self.house.store.read(|db| self.as_seen(db, date))
    }

    /// The same inside a transaction.
    pub(super) fn as_seen(&self, db: &Connection, date: ServiceDate) -> Result<(), Error> {
        match &self.seen {
            Some(seen) if *seen != version(db, date)? => Err(Refusal::PlanChanged { date }.into()),
            _ => Ok(()),
        }
    }
}

fn version(db: &Connection, date: ServiceDate) -> Result<String, Error> {
    let mut text = String::new();
    for round in rounds::on(db, date)? {
        let _ = write!(text, "{} {} {}:", round.id, round.revision, round.volunteer);
        for stop in &round.stops {
            let _ = write!(text, " {}{}", stop.number, if stop.pinned { "!" } else { "" });
        }
        text.push('\n');
    }
    for shift in duty::shifts(db, date)? {
        let _ = writeln!(text, "{} {:?} {:?}", shift.volunteer.id, shift.from, shift.until);
    }
    let _ = write!(text, "{:?}", lifts::on(db, date)?);
    Ok(digest(&text))
}

/// The beginning of a SHA-256 (FIPS 180-4) in hexadecimal: enough to tell one plan from another.
pub(super) fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(8).fold(String::new(), |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    })
}

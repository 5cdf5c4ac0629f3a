//! A list of residents that was uploaded: what it would change is shown, then done exactly so.

use std::collections::HashMap;
use std::sync::PoisonError;

use jiff::{SignedDuration, Timestamp};

use super::{Registry, Saved};
use crate::accounts::random_token;
use crate::domain::{Door, Resident, ResidentId};
use crate::error::Error;
use crate::house::entropy;
use crate::import::{self, TableError, WorkbookError};
use crate::store::{buildings, residents};

/// How long a list waits for a yes.
const WAITS: SignedDuration = SignedDuration::from_mins(15);
/// The most lists that wait; the oldest gives way.
const MOST: usize = 4;

/// What a list would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// People new to the list.
    pub added: Vec<Resident>,
    /// People of whom something changes: as they are, as they would be.
    pub changed: Vec<(Resident, Resident)>,
    /// People who stay as they are.
    pub unchanged: usize,
}

/// A list that waits for a yes.
#[derive(Debug, Clone)]
pub struct Shown {
    token: String,
    account: String,
    at: Timestamp,
    import: Import,
}

/// Why a list can't be shown.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The workbook can't be used.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// The table can't be used.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The database failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl Registry {
    /// Reads a list and keeps it for some minutes under the token that is returned.
    pub fn show_import(
        &self,
        account: &str,
        bytes: &[u8],
    ) -> Result<(String, Import), ImportError> {
        let from_workbook;
        let csv = if import::is_workbook(bytes) {
            from_workbook = import::workbook_to_csv(bytes)?;
            &from_workbook
        } else {
            bytes
        };
        let (now, token) = (self.house.clock.now(), random_token());
        let new_id = || ResidentId::new(now, entropy());
        let list = import::read_residents(csv, &self.buildings()?, new_id)?;
        let import = compare(list, self.residents()?);
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.retain(|s| s.at + WAITS >= now);
        if shown.len() >= MOST {
            shown.remove(0);
        }
        let account = account.to_owned();
        shown.push(Shown { token: token.clone(), account, at: now, import: import.clone() });
        Ok((token, import))
    }

    /// Does what was shown, all of it or nothing: stale if it waited too long, or if anybody of
    /// it changed meanwhile. Returns what was done.
    pub fn apply_import(&self, account: &str, token: &str) -> Result<(Saved, Import), Error> {
        let now = self.house.clock.now();
        let found = {
            let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
            let fits = |s: &Shown| s.token == token && s.account == account;
            shown.iter().position(fits).map(|at| shown.remove(at))
        };
        let Some(Shown { import, .. }) = found.filter(|s| s.at + WAITS >= now) else {
            return Ok((Saved::Stale, Import::default()));
        };
        let saved = self.house.store.write(|tx| {
            let everybody = residents::all(tx)?;
            let known = buildings::all(tx)?;
            let list = import.added.iter().chain(import.changed.iter().map(|(_, new)| new));
            let again = compare(list.clone().cloned().collect(), everybody);
            let there = |door: &Door| {
                known.iter().any(|b| b.number == door.building && b.has(door.floor, door.flat))
            };
            let same = again.added == import.added && again.changed == import.changed;
            if !same || !list.clone().all(|r| there(&r.door)) {
                return Ok::<_, Error>(Saved::Stale);
            }
            for resident in list {
                residents::put(tx, resident)?;
            }
            Ok(Saved::Done)
        })?;
        Ok((saved, import))
    }
}

/// Compares a list with who is known: the same id is the same person, and so is, in a list without
/// ids, the only one of that name behind that door.
fn compare(list: Vec<Resident>, known: Vec<Resident>) -> Import {
    let mut at_door: HashMap<(Door, String), Vec<ResidentId>> = HashMap::new();
    for r in &known {
        at_door.entry((r.door.clone(), r.name.clone())).or_default().push(r.id);
    }
    let known: HashMap<ResidentId, Resident> = known.into_iter().map(|r| (r.id, r)).collect();
    // Two of one name behind one door are told apart by their numbers alone.
    let namesake = |new: &Resident| {
        let ids = at_door.get(&(new.door.clone(), new.name.clone()))?;
        let phoned = ids.iter().find(|id| known.get(id).is_some_and(|r| r.phone == new.phone));
        phoned.or(if ids.len() == 1 { ids.first() } else { None }).copied()
    };
    let mut taken: std::collections::HashSet<ResidentId> =
        list.iter().map(|r| r.id).filter(|id| known.contains_key(id)).collect();
    let mut import = Import::default();
    for mut new in list {
        if !known.contains_key(&new.id)
            && let Some(id) = namesake(&new).filter(|id| taken.insert(*id))
        {
            new.id = id;
        }
        match known.get(&new.id) {
            None => import.added.push(new),
            Some(old) if *old == new => import.unchanged += 1,
            Some(old) => import.changed.push((old.clone(), new)),
        }
    }
    import
}

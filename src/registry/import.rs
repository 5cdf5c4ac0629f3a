//! A list of people that comes in: what it would change is shown, then done exactly so.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::compare::{Import, compare};
use super::kept::Kept;
use super::{Registry, Saved};
use crate::accounts::random_token;
use crate::domain::Account;
use crate::error::Error;
use crate::import::{self, PeopleList, TableError, WorkbookError};
use crate::store::{StoreError, audit, buildings};

/// How long a list waits for a yes.
const WAITS: SignedDuration = SignedDuration::from_mins(15);
/// The most lists that wait; the oldest gives way.
const MOST: usize = 4;

/// Lists that were shown and wait for somebody's yes.
#[derive(Clone)]
pub struct Waiting<T>(Arc<Mutex<Vec<Shown<T>>>>);

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

struct Shown<T> {
    token: String,
    account: String,
    at: Timestamp,
    list: PeopleList<T>,
    import: Import<T>,
}

/// Why a list can't be taken.
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

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Registry {
    /// Reads a list, workbook or CSV, and says what it would change; nothing is changed.
    pub fn preview<T: Kept>(&self, bytes: &[u8]) -> Result<Import<T>, ImportError> {
        let list = self.read_list(bytes)?;
        let record = self.house.store.read(T::on_record)?;
        Ok(compare(&list, &record)?)
    }

    /// Takes over a list at once, all of it or nothing; says what it changed.
    pub fn import<T: Kept>(&self, bytes: &[u8]) -> Result<Import<T>, ImportError> {
        let list = self.read_list(bytes)?;
        self.house.store.write(|tx| {
            let import = compare(&list, &T::on_record(tx)?)?;
            for person in import.written() {
                person.put(tx)?;
            }
            Ok(import)
        })
    }

    /// Reads a list and keeps it for some minutes under the token that is returned.
    pub fn show_import<T: Kept>(
        &self,
        who: &Account,
        bytes: &[u8],
    ) -> Result<(String, Import<T>), ImportError> {
        let list = self.read_list(bytes)?;
        let record = self.house.store.read(T::on_record)?;
        let import = compare(&list, &record)?;
        let (now, token) = (self.house.clock.now(), random_token());
        let account = who.name.clone();
        let mut shown = T::waiting(self).0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.retain(|s| s.at + WAITS >= now && s.account != account);
        if shown.len() >= MOST {
            shown.remove(0);
        }
        shown.push(Shown { token: token.clone(), account, at: now, list, import: import.clone() });
        Ok((token, import))
    }

    /// Does what was shown, all of it or nothing: stale if it waited too long, or if anything of
    /// it changed meanwhile. Returns what was done.
    pub fn apply_import<T: Kept>(
        &self,
        who: &Account,
        token: &str,
    ) -> Result<(Saved, Option<Import<T>>), Error> {
        let now = self.house.clock.now();
        let found = {
            let mut shown = T::waiting(self).0.lock().unwrap_or_else(PoisonError::into_inner);
            let fits = |s: &Shown<T>| s.token == token && s.account == who.name;
            shown.iter().position(fits).map(|at| shown.remove(at))
        };
        let Some(Shown { list, import, .. }) = found.filter(|s| s.at + WAITS >= now) else {
            return Ok((Saved::Stale, None));
        };
        let saved = self.house.store.write(|tx| {
            let known = buildings::all(tx)?;
            let again = compare(&list, &T::on_record(tx)?);
            if !again.is_ok_and(|again| again.does_the_same(&import))
                || !import.written().all(|person| person.has_place(&known))
            {
                return Ok::<_, Error>(Saved::Stale);
            }
            for person in import.written() {
                person.put(tx)?;
            }
            let detail = json!({
                "added": import.added.len(),
                "changed": import.changed.len(),
                "brought_back": import.returned.len(),
            });
            audit::changed(tx, &who.name, &format!("{}.imported", T::LIST), "", &detail, now)?;
            Ok(Saved::Done)
        })?;
        Ok((saved, (saved == Saved::Done).then_some(import)))
    }

    /// Everybody who is not archived.
    pub fn everybody<T: Kept>(&self) -> Result<Vec<T>, Error> {
        let record = self.house.store.read(T::on_record)?;
        Ok(record.into_iter().filter(|k| !k.archived).map(|k| k.person).collect())
    }

    fn read_list<T: Kept>(&self, bytes: &[u8]) -> Result<PeopleList<T>, ImportError> {
        let from_workbook;
        let csv = if import::is_workbook(bytes) {
            from_workbook = import::workbook_to_csv(bytes)?;
            &from_workbook
        } else {
            bytes
        };
        let now = self.house.clock.now();
        let known = self.buildings()?;
        Ok(T::read_list(csv, &known, &mut || T::new_id(now))?)
    }
}

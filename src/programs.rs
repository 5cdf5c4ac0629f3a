//! Other programs that talk to the clubhouse: each has a name and a token of its own, which is
//! shown once and kept as a hash only.

use jiff::SignedDuration;
use serde_json::json;

use crate::accounts::{hashed, random_token};
use crate::domain::{Account, Program, ProgramId, ResidentId, Scope};
use crate::error::Error;
use crate::house::{House, entropy};
use crate::store::{StoreError, audit, programs};

/// What every token begins with, so that one that lies about somewhere is known for what it is.
const PREFIX: &str = "clubhouse_";
/// How often it is noted that a program was here.
const USED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Why a program can't be let in or kept out.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// The name is taken, empty, too long, or holds a character that a name can't.
    #[error("“{0}” can't be a program's name: it is taken, or not 1 to 32 letters, digits, - . _")]
    Name(String),
    /// There is no such program.
    #[error("there is no program “{0}”")]
    Unknown(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The programs that may talk to a clubhouse.
#[derive(Clone)]
pub struct Programs {
    house: House,
}

impl Programs {
    /// The programs of a house.
    pub fn new(house: House) -> Self {
        Self { house }
    }

    /// Lets a program in; returns its token, which is nowhere else. `who` is the account's name, for
    /// the history.
    pub fn add(&self, who: &str, name: &str, scope: Scope) -> Result<String, ProgramError> {
        let token = format!("{PREFIX}{}", random_token());
        self.house.store.write(|tx| {
            if !Account::is_name(name) || programs::taken(tx, name)? {
                return Err(ProgramError::Name(name.to_owned()));
            }
            let now = self.house.clock.now();
            let id = ProgramId::new(now, entropy());
            let program =
                Program { id, name: name.to_owned(), scope, created_at: now, used_at: None };
            programs::insert(tx, &program, &hashed(&token))?;
            let detail = json!({ "scope": scope });
            Ok(audit::changed(tx, who, "program.added", name, &detail, now)?)
        })?;
        Ok(token)
    }

    /// Lets a program in no more; its token is worth nothing from now on.
    pub fn revoke(&self, who: &str, name: &str) -> Result<(), ProgramError> {
        self.house.store.write(|tx| {
            let now = self.house.clock.now();
            if !programs::revoke(tx, name, now)? {
                return Err(ProgramError::Unknown(name.to_owned()));
            }
            Ok(audit::changed(tx, who, "program.revoked", name, &json!({}), now)?)
        })
    }

    /// The programs that may come in, by name.
    pub fn list(&self) -> Result<Vec<Program>, StoreError> {
        self.house.store.read(programs::list)
    }

    /// Whose token this is, if anybody's.
    pub fn of_token(&self, token: &str) -> Result<Option<Program>, StoreError> {
        if !token.starts_with(PREFIX) {
            return Ok(None);
        }
        let (now, key) = (self.house.clock.now(), hashed(token));
        let Some(program) = self.house.store.read(|db| programs::by_token(db, &key))? else {
            return Ok(None);
        };
        if program.used_at.is_none_or(|used| used + USED_EVERY < now) {
            self.house.store.write(|tx| programs::used(tx, program.id, now))?;
        }
        Ok(Some(program))
    }

    /// Writes down that a program looked at personal data.
    pub fn looked(
        &self,
        program: &Program,
        page: &str,
        resident: Option<ResidentId>,
    ) -> Result<(), Error> {
        let now = self.house.clock.now();
        let store = &self.house.store;
        Ok(store.write(|tx| audit::looked(tx, &program.actor(), page, resident, now))?)
    }
}

//! Signing in at the desk: accounts, passwords, sessions, and what is written down of them.

mod desk;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::SignedDuration;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::domain::{Account, AccountId, ResidentId, Role};
use crate::error::Error;
use crate::house::{House, entropy};
use crate::store::{StoreError, accounts, audit, buildings, sessions};

/// Wrong passwords for one name before it waits.
const WRONG_FOR_NAME: u32 = 5;
/// Wrong passwords from one address before it waits.
const WRONG_FROM_ADDRESS: u32 = 20;
/// How long wrong ones count.
const WAIT: SignedDuration = SignedDuration::from_mins(15);
/// How often a session in use is noted.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// The longest password that is looked at, in bytes.
const PASSWORD_MAX: usize = 200;

/// Why somebody can't sign in, or an account can't be made.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Name or password is wrong; which of the two is not said.
    #[error("name or password is not right")]
    Wrong,
    /// Too many wrong ones; a quarter of an hour has to pass.
    #[error("too many wrong passwords; wait a quarter of an hour")]
    Locked,
    /// The name is taken, empty, too long, or holds a character that a name can't.
    #[error("“{0}” can't be an account's name: it is taken, or not 1 to 32 letters, digits, - . _")]
    Name(String),
    /// The password is too short.
    #[error("the password needs at least {} characters", Account::PASSWORD_MIN)]
    WeakPassword,
    /// A building leader without a building that there is.
    #[error("a building leader needs a building of the compound")]
    Building,
    /// There is no such account.
    #[error("there is no account “{0}”")]
    Unknown(String),
    /// Somebody would switch off the account they are signed in with.
    #[error("nobody can switch off the own account")]
    Own,
    /// The hashing failed.
    #[error("the password can't be kept: {0}")]
    Hash(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who.
    pub account: Account,
    /// What every form has to bring along.
    pub form_token: String,
}

/// The desk's accounts.
#[derive(Clone)]
pub struct Accounts {
    house: House,
}

impl Accounts {
    /// The accounts of a house.
    pub fn new(house: House) -> Self {
        Self { house }
    }

    /// Adds an account.
    pub fn add(
        &self,
        name: &str,
        role: Role,
        building: Option<&str>,
        password: &str,
    ) -> Result<Account, AccountError> {
        let hash = hash(password)?;
        self.house.store.write(|tx| {
            let now = self.house.clock.now();
            if !Account::is_name(name) || accounts::taken(tx, name)? {
                return Err(AccountError::Name(name.to_owned()));
            }
            let there = |number: &str| Ok::<_, StoreError>(buildings::get(tx, number)?.is_some());
            if role == Role::BuildingLeader && !building.map_or(Ok(false), there)? {
                return Err(AccountError::Building);
            }
            let building = building.filter(|_| role == Role::BuildingLeader).map(ToOwned::to_owned);
            let id = AccountId::new(now, entropy());
            let account = Account { id, name: name.to_owned(), role, building };
            accounts::insert(tx, &account, &hash, now)?;
            Ok(account)
        })
    }

    /// Sets another password and ends every session of the account.
    pub fn set_password(&self, name: &str, password: &str) -> Result<(), AccountError> {
        let hash = hash(password)?;
        self.house.store.write(|tx| {
            if !accounts::set_password(tx, name, &hash)? {
                return Err(AccountError::Unknown(name.to_owned()));
            }
            accounts::forgive(tx, name)?;
            Ok(sessions::end_all(tx, name)?)
        })
    }

    /// Switches an account off and ends its sessions; its name stays in the history.
    pub fn disable(&self, name: &str) -> Result<(), AccountError> {
        self.house.store.write(|tx| {
            if !accounts::disable(tx, name, self.house.clock.now())? {
                return Err(AccountError::Unknown(name.to_owned()));
            }
            Ok(sessions::end_all(tx, name)?)
        })
    }

    /// Every account that works.
    pub fn list(&self) -> Result<Vec<Account>, StoreError> {
        self.house.store.read(accounts::list)
    }

    /// Signs in; returns the token that the browser keeps. Takes a moment, on purpose.
    pub fn sign_in(
        &self,
        name: &str,
        password: &str,
        address: &str,
    ) -> Result<(String, Session), AccountError> {
        let now = self.house.clock.now();
        let since = now - WAIT;
        let found = self.house.store.read(|db| {
            let (of_name, from_there) = accounts::wrong_since(db, name, address, since)?;
            if of_name >= WRONG_FOR_NAME || from_there >= WRONG_FROM_ADDRESS {
                return Err(AccountError::Locked);
            }
            Ok(accounts::by_name(db, name)?)
        })?;
        // A name that does not exist takes as long as one that does.
        let hash = found.as_ref().map_or(NOBODY, |stored| stored.password.as_str());
        let fits = password.len() <= PASSWORD_MAX
            && PasswordHash::new(hash)
                .is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok());
        let Some(stored) = found.filter(|_| fits) else {
            self.house.store.write(|tx| accounts::wrong(tx, name, address, now, since))?;
            return Err(AccountError::Wrong);
        };
        let (token, form_token) = (random_token(), random_token());
        self.house.store.write(|tx| {
            accounts::forgive(tx, name)?;
            sessions::forget_before(tx, now - self.longest())?;
            sessions::insert(tx, &hashed(&token), stored.account.id, &form_token, now)
        })?;
        Ok((token, Session { account: stored.account, form_token }))
    }

    /// The session of a token, if it still holds.
    pub fn session(&self, token: &str) -> Result<Option<Session>, StoreError> {
        let (now, key) = (self.house.clock.now(), hashed(token));
        let Some(found) = self.house.store.read(|db| sessions::get(db, &key))? else {
            return Ok(None);
        };
        let idle = SignedDuration::from_mins(i64::from(self.house.settings.web.idle_min));
        if found.began_at + self.longest() < now || found.seen_at + idle < now {
            self.house.store.write(|tx| sessions::end(tx, &key))?;
            return Ok(None);
        }
        if found.seen_at + SEEN_EVERY < now {
            self.house.store.write(|tx| sessions::seen(tx, &key, now))?;
        }
        Ok(Some(Session { account: found.account, form_token: found.form_token }))
    }

    /// Ends the session of a token.
    pub fn sign_out(&self, token: &str) -> Result<(), StoreError> {
        self.house.store.write(|tx| sessions::end(tx, &hashed(token)))
    }

    /// Writes down what somebody changed.
    pub fn changed(
        &self,
        who: &Account,
        what: &str,
        subject: &str,
        detail: &Value,
    ) -> Result<(), Error> {
        let now = self.house.clock.now();
        Ok(self
            .house
            .store
            .write(|tx| audit::changed(tx, &who.name, what, subject, detail, now))?)
    }

    /// Writes down that somebody looked at personal data.
    pub fn looked(
        &self,
        who: &Account,
        page: &str,
        resident: Option<ResidentId>,
    ) -> Result<(), Error> {
        let now = self.house.clock.now();
        Ok(self.house.store.write(|tx| audit::looked(tx, &who.name, page, resident, now))?)
    }

    fn longest(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.house.settings.web.session_hours))
    }
}

/// The hash of a password nobody has, in the same parameters as every other.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$TaTwsKgDYaYDUvwHAWnBQJyBm0kCgxlVQk3kD4eD2YI";

/// Argon2id with 19 MiB, two passes and one lane, as OWASP's password storage cheat sheet has it.
fn argon() -> Argon2<'static> {
    Argon2::default()
}

fn hash(password: &str) -> Result<String, AccountError> {
    if password.chars().count() < Account::PASSWORD_MIN || password.len() > PASSWORD_MAX {
        return Err(AccountError::WeakPassword);
    }
    let hash = argon().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|e| AccountError::Hash(e.to_string()))
}

/// 256 random bits as hexadecimal digits.
pub fn random_token() -> String {
    hex(&rand::random::<[u8; 32]>())
}

/// What is kept of a token.
pub fn hashed(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

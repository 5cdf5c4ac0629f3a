//! Accounts as the office keeps them at the desk. Who did what stands in the history in the same
//! transaction; of a password nothing is written down but that it was set.

use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use serde_json::{Value, json};

use super::{AccountError, Accounts, PASSWORD_MAX, argon, hash};
use crate::domain::{Account, Role};
use crate::store::{accounts, audit, sessions};

impl Accounts {
    /// Adds an account for somebody.
    pub fn add_by(
        &self,
        who: &Account,
        name: &str,
        role: Role,
        building: Option<&str>,
        password: &str,
    ) -> Result<Account, AccountError> {
        let added = self.add(name, role, building, password)?;
        let detail = json!({ "role": role, "building": added.building });
        self.note(who, "account.added", name, &detail)?;
        Ok(added)
    }

    /// Sets somebody's password anew; whoever is signed in with the old one is signed out.
    pub fn set_password_by(
        &self,
        who: &Account,
        name: &str,
        password: &str,
    ) -> Result<(), AccountError> {
        self.set_password(name, password)?;
        self.note(who, "account.password", name, &json!({}))
    }

    /// Switches somebody's account off; nobody switches off the own one, so that one always works.
    pub fn disable_by(&self, who: &Account, name: &str) -> Result<(), AccountError> {
        if who.name == name {
            return Err(AccountError::Own);
        }
        self.disable(name)?;
        self.note(who, "account.off", name, &json!({}))
    }

    /// Changes the own password, for whoever knows the old one; every session ends.
    pub fn change_own(&self, who: &Account, old: &str, new: &str) -> Result<(), AccountError> {
        let new = hash(new)?;
        let stored = self.house.store.read(|db| accounts::by_name(db, &who.name))?;
        let fits = stored.is_some_and(|stored| {
            old.len() <= PASSWORD_MAX
                && PasswordHash::new(&stored.password)
                    .is_ok_and(|hash| argon().verify_password(old.as_bytes(), &hash).is_ok())
        });
        if !fits {
            return Err(AccountError::Wrong);
        }
        self.house.store.write(|tx| {
            accounts::set_password(tx, &who.name, &new)?;
            sessions::end_all(tx, &who.name)?;
            let now = self.house.clock.now();
            audit::changed(tx, &who.name, "account.own_password", &who.name, &json!({}), now)
        })?;
        Ok(())
    }

    fn note(
        &self,
        who: &Account,
        what: &str,
        subject: &str,
        detail: &Value,
    ) -> Result<(), AccountError> {
        let now = self.house.clock.now();
        let store = &self.house.store;
        Ok(store.write(|tx| audit::changed(tx, &who.name, what, subject, detail, now))?)
    }
}

//! Somebody needs a person: noted until somebody of the house says that they went.

use super::{Actor, Counter};
use crate::error::Error;
use crate::store::help_calls::{self, HelpCall};

impl Counter {
    /// Notes a call; while one is open, another is the same one.
    pub fn call_help(&self) -> Result<(), Error> {
        self.house.store.write(|tx| Ok(help_calls::call(tx, self.house.clock.now())?))
    }

    /// The calls that nobody has answered, the oldest first.
    pub fn help_calls(&self) -> Result<Vec<HelpCall>, Error> {
        self.house.store.read(|db| Ok(help_calls::open(db)?))
    }

    /// Notes who went there; whether the call was still open.
    pub fn answer_help(&self, id: i64, actor: Actor<'_>) -> Result<bool, Error> {
        self.house.store.write(|tx| Ok(help_calls::answer(tx, id, actor, self.house.clock.now())?))
    }
}

//! A door that did not open stays on a list until somebody writes what they found.

use super::Dispatch;
use crate::domain::{CheckId, Refusal, WelfareCheck};
use crate::error::Error;
use crate::store::checks;

impl Dispatch {
    /// The welfare checks nobody has closed, of any date, oldest first.
    pub fn open_checks(&self) -> Result<Vec<WelfareCheck>, Error> {
        self.house.store.read(|db| Ok(checks::all_open(db)?))
    }

    /// Closes a check with what was found and by whom.
    pub fn close_check(&self, id: CheckId, finding: &str, by: &str) -> Result<(), Error> {
        let finding = finding.trim();
        if finding.is_empty() {
            return Err(Refusal::FindingMissing.into());
        }
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            if checks::close(tx, id, finding, by, now)? {
                Ok(())
            } else {
                Err(Refusal::NoOpenCheck.into())
            }
        })
    }
}

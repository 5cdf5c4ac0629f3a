//! One person's data on request: all of it to read, or none of it any more.

use serde_json::{Value, json};

use super::Privacy;
use crate::domain::{CareRefusal, Fen, OrderState, Refusal, Resident, ResidentId};
use crate::error::Error;
use crate::store::{audit, checks, days, ledger, orders, personal, residents, retention};

/// Everything that is kept of a person.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Who.
    pub resident: Resident,
    /// List by list: its name, and its rows.
    pub lists: Vec<(&'static str, Vec<Value>)>,
}

impl Privacy {
    /// Everything that is kept of a resident; that it was handed out stands in the audit.
    pub fn export(&self, id: ResidentId, who: &str) -> Result<Exported, Error> {
        self.house.store.write(|tx| {
            let resident = residents::get(tx, id)?.ok_or(Refusal::UnknownResident)?;
            audit::looked(tx, who, "resident.export", Some(id), self.house.clock.now())?;
            let lists = personal::export(tx, id, &resident.door)?;
            Ok(Exported { resident, lists })
        })
    }

    /// Takes a resident out of everything that is kept. Refused while money stands on the account or
    /// is owed, and while an order, a check or a paper of theirs is under way.
    pub fn erase(&self, id: ResidentId, who: &str) -> Result<(), Error> {
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let resident = residents::get(tx, id)?.ok_or(Refusal::UnknownResident)?;
            let mut balance = ledger::balance(tx, id)?;
            let today = self.house.calendar(tx)?.today(now);
            for order in orders::all_of_resident(tx, id)? {
                balance = balance - ledger::owed(tx, order.id)?;
                let is_over = order.state.is_final()
                    && (order.state == OrderState::Cancelled
                        || order.date < today
                        || days::get(tx, order.date)?.closed_at.is_some());
                if !is_over {
                    return Err(CareRefusal::StillOpen.into());
                }
            }
            if balance != Fen::ZERO {
                return Err(CareRefusal::MoneyOnAccount { balance }.into());
            }
            if checks::open_of_resident(tx, id)?.is_some()
                || personal::paper_waits(tx, id, &resident.door)?
            {
                return Err(CareRefusal::StillOpen.into());
            }
            retention::overwriting(tx, || personal::erase(tx, id, &resident.door, now))?;
            Ok(audit::changed(tx, who, "resident.erased", &id.to_string(), &json!({}), now)?)
        })
    }
}

//! Orders that were begun and not confirmed: kept for the staff to ask after, never placed.

use super::Counter;
use crate::domain::{Door, Refusal, ServiceDate, Unfinished, UnfinishedRecord};
use crate::error::Error;
use crate::store::{residents, unfinished};

/// The most that a list shows; the newest come first.
const LISTED: u32 = 60;

/// An order left half done, with what a shared screen may say of who began it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HalfDone {
    /// The order.
    pub record: UnfinishedRecord,
    /// The masked name and the door, if they had shown who they are.
    pub who: Option<(String, Door)>,
}

impl Counter {
    /// Keeps orders that were left half done. What was meant for earlier dates is forgotten.
    pub fn keep_unfinished(&self, left: &[Unfinished]) -> Result<(), Error> {
        self.house.store.write(|tx| {
            let now = self.house.clock.now();
            unfinished::forget_before(tx, self.house.calendar(tx)?.today(now))?;
            for order in left {
                unfinished::insert(tx, order, now)?;
            }
            Ok(())
        })
    }

    /// The orders left half done for `from` and later, the newest first; with `open_only`, those
    /// that still want somebody to ask: nobody has, and their resident has not ordered since.
    pub fn unfinished(&self, from: ServiceDate, open_only: bool) -> Result<Vec<HalfDone>, Error> {
        self.house.store.read(|db| {
            let mut all = Vec::new();
            for record in unfinished::list(db, from, open_only, LISTED)? {
                let who = match record.order.resident {
                    Some(id) => residents::get(db, id)?.map(|r| (r.masked_name(), r.door)),
                    None => None,
                };
                all.push(HalfDone { record, who });
            }
            Ok(all)
        })
    }

    /// Notes that the staff asked after one.
    pub fn followed_up(&self, id: i64) -> Result<(), Error> {
        self.house.store.write(|tx| {
            if unfinished::followed_up(tx, id, self.house.clock.now())? {
                Ok(())
            } else {
                Err(Refusal::UnknownOrder.into())
            }
        })
    }
}

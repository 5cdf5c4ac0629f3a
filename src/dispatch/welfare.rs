//! A door that did not open stays on a list until somebody writes what they found.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::{Dispatch, papers};
use crate::counter::Actor;
use crate::domain::{CheckId, Order, OrderId, PrintJobState, Refusal, WelfareCheck};
use crate::error::Error;
use crate::house::entropy;
use crate::store::{checks, print_jobs, volunteers};
use crate::tickets::Ticket;

/// The finding of a check that was opened by mistake.
const CORRECTED: &str = "更正";

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

    /// Opens the check of a door that did not open, with its paper for the building's leader. Who
    /// has already been there and said what they found is not sent again.
    pub(super) fn open_check(
        &self,
        tx: &Transaction<'_>,
        order: &Order,
        now: Timestamp,
    ) -> Result<(), Error> {
        let door = order.door.clone().ok_or(Refusal::UnknownOrder)?;
        let leader = volunteers::leader_of(tx, &door.building)?;
        let check = match checks::of_order(tx, order.id)? {
            Some(WelfareCheck { closed: Some((_, finding)), .. }) if finding != CORRECTED => {
                return Ok(());
            }
            Some(check) => {
                checks::reopen(tx, check.id, now)?;
                WelfareCheck { opened_at: now, closed: None, ..check }
            }
            None => {
                let check = WelfareCheck {
                    id: CheckId::new(now, entropy()),
                    order: order.id,
                    number: order.number,
                    resident: order.resident,
                    door,
                    leader: leader.as_ref().map(|l| l.id),
                    opened_at: now,
                    closed: None,
                };
                checks::open(tx, &check)?;
                check
            }
        };
        papers::welfare(tx, &self.house, order, &check, leader.as_ref(), now)
    }
}

/// Closes a check that was opened by mistake; its paper stays in the printer's queue no longer.
pub(super) fn withdraw_check(
    tx: &Transaction<'_>,
    order: OrderId,
    actor: Actor<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(check) = checks::of_order(tx, order)?.filter(|c| c.closed.is_none()) else {
        return Ok(());
    };
    checks::close(tx, check.id, CORRECTED, actor, now)?;
    for job in print_jobs::of_order(tx, order)? {
        if job.state == PrintJobState::Queued && matches!(job.ticket, Ticket::WelfareNote(_)) {
            print_jobs::set_state(tx, job.id, PrintJobState::Superseded, now)?;
        }
    }
    Ok(())
}

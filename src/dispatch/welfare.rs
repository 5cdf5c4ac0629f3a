//! A door that did not open stays on a list until somebody writes what they found.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::{Dispatch, papers};
use crate::counter::Actor;
use crate::domain::{CheckId, Order, OrderId, PrintJobState, Refusal, Resident, WelfareCheck};
use crate::error::Error;
use crate::house::entropy;
use crate::store::{checks, print_jobs, volunteers};
use crate::tickets::Ticket;

/// The finding of a check that was opened by mistake.
const CORRECTED: &str = "更正";
/// What the leader's paper says of a meal that came back, and of a knock.
const CARRIED_BACK: &str = "送餐时无人应门，午餐已带回";
const KNOCKED: &str = "今天没有来吃饭，敲门无人应";

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
                WelfareCheck { opened_at: now, closed: None, closed_by: String::new(), ..check }
            }
            None => {
                let check = WelfareCheck {
                    id: CheckId::new(now, entropy()),
                    date: order.date,
                    order: Some(order.id),
                    number: Some(order.number),
                    resident: order.resident,
                    door,
                    leader: leader.as_ref().map(|l| l.id),
                    opened_at: now,
                    closed: None,
                    closed_by: String::new(),
                };
                checks::open(tx, &check)?;
                check
            }
        };
        papers::welfare(tx, &self.house, &check, leader.as_ref(), CARRIED_BACK, now)
    }

    /// Opens the check of a resident who did not answer a knock. One that is open already is
    /// enough.
    pub(crate) fn open_check_after_knock(
        &self,
        tx: &Transaction<'_>,
        resident: &Resident,
        now: Timestamp,
    ) -> Result<(), Error> {
        if checks::open_of_resident(tx, resident.id)?.is_some() {
            return Ok(());
        }
        let leader = volunteers::leader_of(tx, &resident.door.building)?;
        let check = WelfareCheck {
            id: CheckId::new(now, entropy()),
            date: self.house.calendar(tx)?.today(now),
            order: None,
            number: None,
            resident: Some(resident.id),
            door: resident.door.clone(),
            leader: leader.as_ref().map(|l| l.id),
            opened_at: now,
            closed: None,
            closed_by: String::new(),
        };
        checks::open(tx, &check)?;
        papers::welfare(tx, &self.house, &check, leader.as_ref(), KNOCKED, now)
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

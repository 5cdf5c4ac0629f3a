//! The outbox worker: the only owner of the printers.
//!
//! One thread a printer, so that a dead one never holds up another. A paper's state on disk is
//! always at least as pessimistic as the truth: the attempt is counted before the first byte
//! leaves, and a stop in the middle makes it uncertain.

mod bell;
mod board;
pub mod outbox;
mod worker;

pub use bell::Bell;
pub use board::{Board, Press};
pub use worker::{Step, Worker};

use crate::domain::{PrintJobId, PrintJobState, Refusal};
use crate::error::Error;
use crate::house::{House, entropy};
use crate::store::print_jobs::{self, PrintJob};

/// Attempts after which an uncertain paper waits for a person instead of the rule.
const MOST_ATTEMPTS: u32 = 3;

/// Puts a paper that may be on paper already into its queue again, with the mark 可能重复.
pub fn reprint(house: &House, id: PrintJobId) -> Result<PrintJobId, Error> {
    house.store.write(|tx| {
        let job = print_jobs::get(tx, id)?.ok_or(Refusal::UnknownOrder)?;
        Ok(again(tx, house, &job)?)
    })
}

fn again(
    tx: &rusqlite::Transaction<'_>,
    house: &House,
    job: &PrintJob,
) -> Result<PrintJobId, crate::store::StoreError> {
    let now = house.clock.now();
    let copy = PrintJob {
        id: PrintJobId::new(now, entropy()),
        state: PrintJobState::Queued,
        duplicate: true,
        ..job.clone()
    };
    print_jobs::insert(tx, &copy, now)?;
    Ok(copy.id)
}

/// After a start: papers that a stopped program left in the middle become uncertain, and go on
/// paper again with the mark. Returns how many.
pub fn recover(house: &House) -> Result<usize, Error> {
    house.store.write(|tx| {
        let now = house.clock.now();
        let open = print_jobs::sending(tx)?;
        print_jobs::recover(tx, now)?;
        for job in &open {
            if job.attempts < MOST_ATTEMPTS && job.expires_at > now {
                again(tx, house, job)?;
            }
        }
        Ok(open.len())
    })
}

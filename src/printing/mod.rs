//! The outbox worker: the only owner of the printers.
//!
//! One thread a printer, so that a dead one never holds up another. A paper's state on disk is
//! always at least as pessimistic as the truth: the attempt is counted before the first byte
//! leaves, and a stop in the middle makes it uncertain.

mod bell;
mod board;
mod forecast;
pub mod outbox;
mod queues;
mod reprint;
mod roll;
mod worker;

pub use bell::Bell;
pub use board::{Board, Press};
pub use forecast::{Forecast, forecasts, post_forecasts};
pub use queues::move_queue;
pub use reprint::{Reprintable, found, reprint, reprintable};
pub use roll::Left;
pub use worker::{Step, Worker};

use crate::domain::{PrintJobId, PrintJobState};
use crate::error::Error;
use crate::house::{House, entropy};
use crate::store::print_jobs::{self, PrintJob};

/// Attempts after which an uncertain paper waits for a person instead of the rule.
const MOST_ATTEMPTS: u32 = 3;

/// Whether an uncertain paper goes on paper again by itself; `attempts` counts the one that ended so.
fn goes_again(house: &House, job: &PrintJob) -> bool {
    house.settings.printing.reprint_uncertain
        && job.ticket.is_worth_repeating()
        && job.attempts < MOST_ATTEMPTS
}

/// Queues a copy of a paper, marked if it may be on paper already.
fn again(
    tx: &rusqlite::Transaction<'_>,
    house: &House,
    job: &PrintJob,
    duplicate: bool,
) -> Result<PrintJobId, crate::store::StoreError> {
    let now = house.clock.now();
    let copy = PrintJob {
        id: PrintJobId::new(now, entropy()),
        state: PrintJobState::Queued,
        duplicate,
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
            if goes_again(house, job) && job.expires_at > now {
                again(tx, house, job, true)?;
            }
        }
        Ok(open.len())
    })
}

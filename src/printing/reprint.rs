//! A paper once more, because a person wants it.

use jiff::SignedDuration;

use super::again;
use crate::domain::{OrderId, PrintJobId, PrintJobState, PrintQueue, Refusal};
use crate::error::Error;
use crate::house::House;
use crate::store::print_jobs::{self, PrintJob};

/// How long a paper that a person asked for is worth printing.
const WANTED_LIFE: SignedDuration = SignedDuration::from_hours(1);

/// What can be printed again of an order.
#[derive(Debug, Clone, Default)]
pub struct Reprintable {
    /// The newest paper of each kind that may be on paper or has failed, and is still of use.
    pub papers: Vec<PrintJob>,
    /// Kinds whose newest paper is still on its way to the printer.
    pub waiting: usize,
}

/// What can be printed again of an order, in one queue or in all.
pub fn reprintable(
    house: &House,
    order: OrderId,
    queue: Option<PrintQueue>,
) -> Result<Reprintable, Error> {
    let jobs = house.store.read(|db| Ok::<_, Error>(print_jobs::of_order(db, order)?))?;
    let mut newest: Vec<PrintJob> = Vec::new();
    for job in jobs.into_iter().filter(|job| queue.is_none_or(|q| q == job.queue)) {
        newest.retain(|kept| kept.ticket.kind() != job.ticket.kind());
        newest.push(job);
    }
    let (waiting, ended): (Vec<_>, Vec<_>) = newest.into_iter().partition(is_under_way);
    let now = house.clock.now();
    let of_use = |job: &PrintJob| {
        (job.state.may_be_on_paper() || job.state == PrintJobState::Failed) && job.expires_at > now
    };
    Ok(Reprintable { papers: ended.into_iter().filter(of_use).collect(), waiting: waiting.len() })
}

/// Puts a paper into its queue again because a person wants it: with the mark 可能重复 unless no
/// byte of it ever left. It stays worth printing for an hour at least, whatever its meal.
pub fn reprint(house: &House, id: PrintJobId) -> Result<PrintJobId, Error> {
    house.store.write(|tx| {
        let job = print_jobs::get(tx, id)?.ok_or(Refusal::UnknownPaper)?;
        if is_under_way(&job) {
            return Err(Refusal::PaperUnderWay.into());
        }
        let now = house.clock.now();
        let wanted = PrintJob {
            attempts: 0,
            due_at: now,
            expires_at: job.expires_at.max(now + WANTED_LIFE),
            ..job.clone()
        };
        let doubtful = job.duplicate || job.state.may_be_on_paper();
        Ok(again(tx, house, &wanted, doubtful)?)
    })
}

/// A person has the paper of an uncertain job in hand: it is not in doubt any more.
pub fn found(house: &House, id: PrintJobId) -> Result<(), Error> {
    house.store.write(|tx| {
        let job = print_jobs::get(tx, id)?.ok_or(Refusal::UnknownPaper)?;
        if job.state != PrintJobState::Uncertain {
            return Err(Refusal::PaperUnderWay.into());
        }
        Ok(print_jobs::found(tx, id, house.clock.now())?)
    })
}

/// Whether it is not known yet what becomes of a paper.
fn is_under_way(job: &PrintJob) -> bool {
    matches!(job.state, PrintJobState::Queued | PrintJobState::Sending)
}

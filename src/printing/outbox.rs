//! Writing papers into the outbox, in the transaction of what they are about.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Transaction;

use crate::domain::{
    Calendar, OrderId, PrintJobId, PrintJobState, PrintQueue, RoundId, ServiceDate,
};
use crate::house::entropy;
use crate::store::StoreError;
use crate::store::print_jobs::{self, PrintJob};
use crate::tickets::Ticket;

/// How long a paper that belongs to no meal is worth printing.
const REPORT_LIFE: SignedDuration = SignedDuration::from_hours(12);

/// A paper to be printed.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Where.
    pub queue: PrintQueue,
    /// The service date it belongs to.
    pub date: ServiceDate,
    /// The order it is about.
    pub order: Option<OrderId>,
    /// The round it is about.
    pub round: Option<RoundId>,
    /// When it should be on paper.
    pub due_at: Timestamp,
    /// When nobody needs it any more.
    pub expires_at: Timestamp,
    /// What it says.
    pub ticket: Ticket,
}

impl Paper {
    /// A paper about a meal: nobody needs it once lunch is over.
    pub fn of_meal(
        queue: PrintQueue,
        calendar: &Calendar,
        date: ServiceDate,
        due_at: Timestamp,
        ticket: Ticket,
    ) -> Self {
        let expires_at = calendar.at(date, calendar.times.service_until);
        Self { queue, date, order: None, round: None, due_at, expires_at, ticket }
    }

    /// A paper that is due now and is not tied to the meal's end.
    pub fn report(queue: PrintQueue, date: ServiceDate, now: Timestamp, ticket: Ticket) -> Self {
        Self {
            queue,
            date,
            order: None,
            round: None,
            due_at: now,
            expires_at: now + REPORT_LIFE,
            ticket,
        }
    }

    /// The paper is about an order.
    #[must_use]
    pub fn about(self, order: OrderId) -> Self {
        Self { order: Some(order), ..self }
    }

    /// The paper is about a round.
    #[must_use]
    pub fn on_round(self, round: RoundId) -> Self {
        Self { round: Some(round), ..self }
    }
}

/// When a kitchen paper for a date is due: on the morning of service, or now if that has come.
pub fn kitchen_due(calendar: &Calendar, date: ServiceDate, now: Timestamp) -> Timestamp {
    calendar.at(date, calendar.times.kitchen_from).max(now)
}

/// Queues a paper.
pub fn post(tx: &Transaction<'_>, paper: Paper, now: Timestamp) -> Result<PrintJobId, StoreError> {
    let job = PrintJob {
        id: PrintJobId::new(now, entropy()),
        queue: paper.queue,
        date: paper.date,
        order: paper.order,
        round: paper.round,
        due_at: paper.due_at,
        expires_at: paper.expires_at,
        ticket: paper.ticket,
        state: PrintJobState::Queued,
        attempts: 0,
        duplicate: false,
    };
    print_jobs::insert(tx, &job, now)?;
    Ok(job.id)
}

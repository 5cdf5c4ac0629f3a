//! The outbox of papers: written with the order, worked off by the print worker.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::StoreError;
use super::convert::{json, maybe_parsed, millis, parsed, timestamp, to_json};
use crate::domain::{OrderId, PrintJobId, PrintJobState, PrintQueue, RoundId, ServiceDate};
use crate::tickets::Ticket;

/// One paper to print.
#[derive(Debug, Clone)]
pub struct PrintJob {
    /// Identity.
    pub id: PrintJobId,
    /// Where it is printed.
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
    /// How far it has come.
    pub state: PrintJobState,
    /// How often it was tried.
    pub attempts: u32,
    /// Whether it may be on paper already and is printed again with a mark.
    pub duplicate: bool,
}

/// Adds a paper to its queue.
pub fn insert(tx: &Transaction<'_>, job: &PrintJob, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO print_jobs (id, queue, kind, service_date, order_id, round_id, due_at, expires_at,
            ticket, state, attempts, duplicate, created_at, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13)",
    )?
    .execute(params![
        job.id.to_string(),
        job.queue.as_str(),
        job.ticket.kind(),
        job.date.to_string(),
        job.order.map(|o| o.to_string()),
        job.round.map(|r| r.to_string()),
        millis(job.due_at),
        millis(job.expires_at),
        to_json(&job.ticket)?,
        job.state.as_str(),
        job.attempts,
        job.duplicate,
        millis(now),
    ])?;
    Ok(())
}

// The first half is the condition of the index `print_jobs_waiting`, word for word: without it a
// year of papers is looked at.
const QUEUED: &str = "state IN ('queued', 'sending') AND state = 'queued'";
const SENDING: &str = "state IN ('queued', 'sending') AND state = 'sending'";

/// The next paper of a queue that is due, the oldest due first.
pub fn next_due(
    db: &Connection,
    queue: PrintQueue,
    now: Timestamp,
) -> Result<Option<PrintJob>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT * FROM print_jobs WHERE queue = ?1 AND {QUEUED} AND due_at <= ?2
         ORDER BY due_at, seq LIMIT 1"
    ))?;
    Ok(statement.query_row(params![queue.as_str(), millis(now)], read).optional()?)
}

/// A paper by id.
pub fn get(db: &Connection, id: PrintJobId) -> Result<Option<PrintJob>, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM print_jobs WHERE id = ?1")?;
    Ok(statement.query_row([id.to_string()], read).optional()?)
}

/// Every paper about an order, oldest first.
pub fn of_order(db: &Connection, order: OrderId) -> Result<Vec<PrintJob>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM print_jobs WHERE order_id = ?1 ORDER BY seq")?;
    let rows = statement.query_map([order.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every paper about a round, oldest first.
pub fn of_round(db: &Connection, round: RoundId) -> Result<Vec<PrintJob>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM print_jobs WHERE round_id = ?1 ORDER BY seq")?;
    let rows = statement.query_map([round.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every paper of a service date, oldest first.
pub fn on(db: &Connection, date: ServiceDate) -> Result<Vec<PrintJob>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT * FROM print_jobs WHERE service_date = ?1 ORDER BY seq")?;
    let rows = statement.query_map([date.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every paper of one kind ([`Ticket::kind`]) of a service date, oldest first.
pub fn of_kind(
    db: &Connection,
    date: ServiceDate,
    kind: &str,
) -> Result<Vec<PrintJob>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM print_jobs WHERE service_date = ?1 AND kind = ?2 ORDER BY seq",
    )?;
    let rows = statement.query_map([&date.to_string(), kind], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether there is a paper of one kind of a service date: cheap enough for every second.
pub fn exists(db: &Connection, date: ServiceDate, kind: &str) -> Result<bool, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT 1 FROM print_jobs WHERE service_date = ?1 AND kind = ?2")?;
    Ok(statement.exists([&date.to_string(), kind])?)
}

/// What makes a paper one for a person: it may or may not have come out, can't be printed or came
/// too late, and no later copy of it has come out or is on its way. Lines about paper don't count.
const TROUBLED: &str = "j.service_date = ?1 AND j.kind NOT IN ('roll_line', 'forecast', 'test')
    AND j.state IN ('uncertain', 'failed', 'expired')
    AND NOT EXISTS (SELECT 1 FROM print_jobs c WHERE c.service_date = ?1 AND c.seq > j.seq
        AND c.ticket = j.ticket AND c.state IN ('queued', 'sending', 'sent', 'confirmed'))";

/// The papers of a service date that a person has to look at, oldest first.
pub fn troubled(db: &Connection, date: ServiceDate) -> Result<Vec<PrintJob>, StoreError> {
    let mut statement = db
        .prepare_cached(&format!("SELECT j.* FROM print_jobs j WHERE {TROUBLED} ORDER BY j.seq"))?;
    let rows = statement.query_map([date.to_string()], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many papers of a service date may or may not have come out, or can't be printed.
pub fn doubtful(db: &Connection, date: ServiceDate) -> Result<u32, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT count(*) FROM print_jobs j WHERE {TROUBLED} AND j.state <> 'expired'"
    ))?;
    Ok(statement.query_row([date.to_string()], |row| row.get(0))?)
}

/// Sets how far a paper has come.
pub fn set_state(
    tx: &Transaction<'_>,
    id: PrintJobId,
    state: PrintJobState,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE print_jobs SET state = ?2, changed_at = ?3 WHERE id = ?1")?
        .execute(params![id.to_string(), state.as_str(), millis(now)])?;
    Ok(())
}

/// Begins an attempt on a printer: counted on disk before the first byte leaves.
///
/// Returns `None` if the paper is no longer queued (it was replaced meanwhile).
pub fn begin(
    tx: &Transaction<'_>,
    id: PrintJobId,
    printer: &str,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE print_jobs SET state = 'sending', attempts = attempts + 1, changed_at = ?2
             WHERE id = ?1 AND state = 'queued'",
        )?
        .execute(params![id.to_string(), millis(now)])?;
    if changed == 0 {
        return Ok(None);
    }
    tx.prepare_cached("INSERT INTO print_attempts (job_id, at, printer) VALUES (?1, ?2, ?3)")?
        .execute(params![id.to_string(), millis(now), printer])?;
    Ok(Some(tx.last_insert_rowid()))
}

/// What is known of an attempt that is over.
#[derive(Debug, Clone)]
pub struct Ended {
    /// `sent`, `confirmed`, `uncertain` or `not_sent`.
    pub outcome: &'static str,
    /// Why it did not end well.
    pub reason: String,
    /// Paper that it took, in dots of 1/8 mm; 0 if none of it can have come out.
    pub dots: u32,
}

/// Ends an attempt with what is known of it.
pub fn end(
    tx: &Transaction<'_>,
    attempt: i64,
    ended: &Ended,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE print_attempts SET ended_at = ?2, outcome = ?3, reason = ?4, dots = ?5 WHERE id = ?1",
    )?
    .execute(params![attempt, millis(now), ended.outcome, ended.reason, ended.dots])?;
    Ok(())
}

/// A person found the paper of a job: on record as an attempt without a printer.
pub fn found(tx: &Transaction<'_>, id: PrintJobId, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO print_attempts (job_id, at, ended_at, outcome, reason)
         VALUES (?1, ?2, ?2, 'sent', 'the staff found it on paper')",
    )?
    .execute(params![id.to_string(), millis(now)])?;
    set_state(tx, id, PrintJobState::Sent, now)
}

/// Papers whose attempt has begun and is not over.
pub fn sending(db: &Connection) -> Result<Vec<PrintJob>, StoreError> {
    // With the plain column in its order all papers of all years would be looked at in that order.
    let sql = format!("SELECT * FROM print_jobs WHERE {SENDING} ORDER BY +seq");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Attempts that a stopped program left open become uncertain.
pub fn recover(tx: &Transaction<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE print_attempts SET ended_at = ?1, outcome = 'uncertain', reason = 'the program stopped meanwhile'
         WHERE ended_at IS NULL",
        [millis(now)],
    )?;
    tx.execute(
        &format!("UPDATE print_jobs SET state = 'uncertain', changed_at = ?1 WHERE {SENDING}"),
        [millis(now)],
    )?;
    Ok(())
}

/// Whether a paper waits whose meal is over.
pub fn any_expired(db: &Connection, now: Timestamp) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM print_jobs WHERE {QUEUED} AND expires_at <= ?1");
    Ok(db.prepare_cached(&sql)?.exists([millis(now)])?)
}

/// Papers whose meal is over leave the queue; returns how many.
pub fn expire(tx: &Transaction<'_>, now: Timestamp) -> Result<usize, StoreError> {
    let sql = format!(
        "UPDATE print_jobs SET state = 'expired', changed_at = ?1 WHERE {QUEUED} AND expires_at <= ?1"
    );
    Ok(tx.prepare_cached(&sql)?.execute([millis(now)])?)
}

/// When the next paper of a queue is due, if any waits.
pub fn next_due_at(db: &Connection, queue: PrintQueue) -> Result<Option<Timestamp>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT due_at FROM print_jobs WHERE queue = ?1 AND {QUEUED} ORDER BY due_at, seq LIMIT 1"
    ))?;
    Ok(statement.query_row([queue.as_str()], |row| timestamp(row, "due_at")).optional()?)
}

/// How many papers are due and wait, over all queues.
pub fn waiting(db: &Connection, now: Timestamp) -> Result<u32, StoreError> {
    let sql = format!("SELECT count(*) FROM print_jobs WHERE {QUEUED} AND due_at <= ?1");
    Ok(db.prepare_cached(&sql)?.query_row([millis(now)], |row| row.get(0))?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<PrintJob> {
    Ok(PrintJob {
        id: parsed(row, "id")?,
        queue: parsed(row, "queue")?,
        date: parsed(row, "service_date")?,
        order: maybe_parsed(row, "order_id")?,
        round: maybe_parsed(row, "round_id")?,
        due_at: timestamp(row, "due_at")?,
        expires_at: timestamp(row, "expires_at")?,
        ticket: json(row, "ticket")?,
        state: parsed(row, "state")?,
        attempts: row.get("attempts")?,
        duplicate: row.get("duplicate")?,
    })
}

/// Papers that came out since an attempt, in the order they did, each with its attempt.
pub fn printed_since(db: &Connection, attempt: i64) -> Result<Vec<(i64, PrintJob)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT a.id AS attempt, j.* FROM print_attempts a JOIN print_jobs j ON j.id = a.job_id
         WHERE a.id > ?1 AND a.outcome IN ('confirmed', 'sent') ORDER BY a.id",
    )?;
    let rows = statement.query_map([attempt], |row| Ok((row.get("attempt")?, read(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

//! Orders against what was promised, and against their papers.

use std::collections::BTreeMap;

use clubhouse_kiosk::domain::ServiceDate;
use clubhouse_kiosk::tickets::Ticket;
use clubhouse_kiosk::tickets::content::OrderContent;
use rusqlite::Connection;

use super::club::{Club, Version};

/// An order as the database has it.
pub struct Order {
    id: String,
    number: u32,
    version: Version,
}

/// One paper about an order.
struct Job {
    queue: String,
    kind: String,
    state: String,
    attempts: u32,
    /// Whether it came into its state when its meal was over.
    too_late: bool,
    json: String,
    ticket: Ticket,
}

/// The orders of a date by number.
pub fn of(db: &Connection, date: ServiceDate) -> Vec<Order> {
    let sql =
        "SELECT id, number, preferences, state FROM orders WHERE service_date = ?1 ORDER BY number";
    let mut statement = db.prepare_cached(sql).unwrap();
    let rows = statement.query_map([date.to_string()], |row| {
        let preferences: serde_json::Value =
            serde_json::from_str(&row.get::<_, String>(2)?).unwrap();
        let note = preferences["note"].as_str().unwrap_or_default().to_owned();
        let cancelled = row.get::<_, String>(3)? == "cancelled";
        Ok(Order { id: row.get(0)?, number: row.get(1)?, version: Version { note, cancelled } })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// Numbers without a gap; everything that was promised is there as it was promised; nothing is
/// there that nobody asked for.
pub fn promised(orders: &[Order], club: &Club, date: ServiceDate) {
    let numbers: Vec<u32> = orders.iter().map(|order| order.number).collect();
    let counted: Vec<u32> = (1..=orders.len() as u32).collect();
    assert_eq!(numbers, counted, "numbers of {date}");
    let by_id: BTreeMap<&str, &Order> = orders.iter().map(|o| (o.id.as_str(), o)).collect();
    let mut kept = 0;
    for (id, promise) in club.promises.iter().filter(|(_, p)| p.date == date) {
        let order = by_id.get(id.to_string().as_str());
        let order = order.unwrap_or_else(|| panic!("number {} was promised", promise.number));
        assert_eq!(order.number, promise.number);
        assert!(promise.versions.contains(&order.version), "{:?} {promise:?}", order.version);
        kept += 1;
    }
    let unasked = orders.len() - kept;
    let unanswered = club.unanswered.get(&date).copied().unwrap_or(0);
    assert!(unasked <= unanswered, "{unasked} orders that nobody asked for");
}

/// Each order's papers are whole on paper, or a person was told; returns why, for each that was.
pub fn on_paper(
    db: &Connection,
    orders: &[Order],
    date: ServiceDate,
    is_whole: impl Fn(&str) -> bool,
) -> Vec<String> {
    let jobs = jobs(db, date);
    let mut told = Vec::new();
    for order in orders {
        let jobs = jobs.get(&order.id).map_or(&[][..], Vec::as_slice);
        let sheet = |job: &Job| format!("{} {} {}", job.queue, order.id, job.json);
        for job in jobs {
            let never = matches!(job.state.as_str(), "queued" | "sending" | "failed");
            assert!(!never, "number {}: a {} is {}", order.number, job.kind, job.state);
        }
        let wanted: &[(&str, &[&str])] = if order.version.cancelled {
            // A ticket that may be by the stove is taken back.
            let cooked = |job: &Job| {
                matches!(job.kind.as_str(), "kitchen" | "changed") && !is_idle(&job.state)
            };
            if jobs.iter().any(cooked) { &[("kitchen", &["void"])] } else { &[] }
        } else {
            &[("kitchen", &["kitchen", "changed"]), ("counter", &["slip"])]
        };
        for (queue, kinds) in wanted {
            let says_so = |job: &&Job| {
                job.queue == *queue
                    && kinds.contains(&job.kind.as_str())
                    && (order.version.cancelled || note(&job.ticket) == Some(&order.version.note))
            };
            let saying: Vec<_> = jobs.iter().filter(says_so).collect();
            if saying.iter().any(|job| is_whole(&sheet(job))) {
                continue;
            }
            let why = saying.iter().find_map(|job| told_of(job));
            let states: Vec<_> =
                jobs.iter().map(|j| (&j.queue, &j.kind, &j.state, note(&j.ticket))).collect();
            told.push(why.unwrap_or_else(|| {
                panic!("number {} of {date} has no {queue} paper: {states:?}", order.number)
            }));
        }
    }
    told
}

/// What a person is told of on the screen, on the closing tally and by `papers`.
fn told_of(job: &Job) -> Option<String> {
    match job.state.as_str() {
        "uncertain" if job.attempts >= 3 => Some("uncertain three times".into()),
        "uncertain" if job.too_late => Some("uncertain, and its meal was over".into()),
        "expired" => Some("its meal was over".into()),
        _ => None,
    }
}

fn is_idle(state: &str) -> bool {
    matches!(state, "queued" | "superseded" | "expired")
}

fn note(ticket: &Ticket) -> Option<&String> {
    let content: &OrderContent = match ticket {
        Ticket::Kitchen(t) => &t.content,
        Ticket::Changed(t) => &t.new,
        Ticket::Slip(t) => &t.content,
        _ => return None,
    };
    Some(&content.preferences.note)
}

/// The papers about the orders of a date, by order.
fn jobs(db: &Connection, date: ServiceDate) -> BTreeMap<String, Vec<Job>> {
    let sql = "SELECT order_id, queue, kind, state, attempts, ticket, changed_at >= expires_at FROM print_jobs
               WHERE service_date = ?1 AND order_id IS NOT NULL ORDER BY seq";
    let mut statement = db.prepare_cached(sql).unwrap();
    let mut by_order: BTreeMap<String, Vec<Job>> = BTreeMap::new();
    let rows = statement.query_map([date.to_string()], |row| {
        let json: String = row.get(5)?;
        let job = Job {
            queue: row.get(1)?,
            kind: row.get(2)?,
            state: row.get(3)?,
            attempts: row.get(4)?,
            too_late: row.get(6)?,
            ticket: serde_json::from_str(&json).unwrap(),
            json,
        };
        Ok((row.get::<_, String>(0)?, job))
    });
    for (order, job) in rows.unwrap().map(Result::unwrap) {
        by_order.entry(order).or_default().push(job);
    }
    by_order
}

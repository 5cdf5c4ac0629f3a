//! The truth: what was promised, what is on disk and what is on paper must agree.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use clubhouse_kiosk::domain::ServiceDate;
use clubhouse_kiosk::tickets::Ticket;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::club::{Club, PRINTERS, Press, WIDTHS};
use super::papers::{Draughtsman, Look, sort};

/// One attempt at a paper, as the database has it.
struct Attempt {
    id: i64,
    job: String,
    /// The paper itself: copies of it share this.
    sheet: String,
    ticket: Ticket,
    duplicate: bool,
    due: Timestamp,
    at: Timestamp,
    outcome: String,
    printer: usize,
}

/// How much of a paper is in the world.
#[derive(Debug, Default, Clone)]
struct Copies {
    /// Jobs that bear no mark.
    unmarked_jobs: BTreeSet<String>,
    /// Whole papers without and with the mark.
    unmarked: usize,
    marked: usize,
}

/// What the campaign has seen, for the report at its end.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    pub orders: usize,
    pub papers: usize,
    pub marked: usize,
    pub scraps: usize,
    pub outcomes: BTreeMap<String, usize>,
    /// Papers that a person was told of instead, by why.
    pub told: BTreeMap<String, usize>,
}

/// Compares, day by day.
pub struct Auditor {
    /// Opened for each look: a connection that lives on keeps what a killed program left in memory,
    /// and the next one would not have to find out from the disk.
    database: PathBuf,
    draughtsman: Draughtsman,
    /// The last attempt that was looked at.
    last: i64,
    copies: HashMap<String, Copies>,
    /// Uncertain attempts of each printer whose scrap has not been seen.
    scraps_left: [usize; 2],
    pub seen: Seen,
}

impl Auditor {
    pub fn new(database: &Path, draughtsman: Draughtsman) -> Self {
        let (copies, seen) = (HashMap::new(), Seen::default());
        let database = database.to_owned();
        Self { database, draughtsman, last: 0, copies, scraps_left: [0; 2], seen }
    }

    /// Goes on with the same papers and another file.
    pub fn follow(&mut self, database: &Path) {
        database.clone_into(&mut self.database);
    }

    fn open(&self) -> Connection {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let database = Connection::open_with_flags(&self.database, flags).unwrap();
        database.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
        database
    }

    /// Papers that are due and not settled.
    pub fn open_papers(&self, now: Timestamp) -> u32 {
        let sql = "SELECT count(*) FROM print_jobs
                   WHERE state = 'sending' OR (state = 'queued' AND due_at <= ?1)";
        self.open().query_row(sql, [now.as_millisecond()], |row| row.get(0)).unwrap()
    }

    fn attempts(&self, database: &Connection) -> Vec<Attempt> {
        let sql = "SELECT a.id, a.job_id, a.at, coalesce(a.outcome, 'open'), a.printer, j.queue,
                          coalesce(j.order_id, ''), j.ticket, j.duplicate, j.due_at
                   FROM print_attempts a JOIN print_jobs j ON j.id = a.job_id
                   WHERE a.id > ?1 ORDER BY a.id";
        let mut statement = database.prepare_cached(sql).unwrap();
        let moment = |ms: i64| Timestamp::from_millisecond(ms).unwrap();
        let rows = statement.query_map([self.last], |row| {
            let (queue, order, json) =
                (row.get::<_, String>(5)?, row.get::<_, String>(6)?, row.get::<_, String>(7)?);
            let printer: String = row.get(4)?;
            Ok(Attempt {
                id: row.get(0)?,
                job: row.get(1)?,
                ticket: serde_json::from_str(&json).unwrap(),
                sheet: format!("{queue} {order} {json}"),
                duplicate: row.get(8)?,
                due: moment(row.get(9)?),
                at: moment(row.get(2)?),
                outcome: row.get(3)?,
                printer: PRINTERS.iter().position(|name| *name == printer).unwrap(),
            })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// The attempts since the last look and all their papers: nothing was printed meanwhile.
    fn still(&self, presses: &mut [Press; 2]) -> Vec<Attempt> {
        let database = self.open();
        let ended = |attempts: &[Attempt]| attempts.iter().all(|a| a.outcome != "open");
        let mut before = self.attempts(&database);
        loop {
            Press::collect(presses);
            let after = self.attempts(&database);
            if ended(&before) && ended(&after) && before.len() == after.len() {
                return after;
            }
            before = after;
        }
    }

    /// Every attempt since the last look against every paper that came out since.
    pub fn papers(&mut self, presses: &mut [Press; 2]) {
        let attempts = self.still(presses);
        for attempt in &attempts {
            *self.seen.outcomes.entry(attempt.outcome.clone()).or_default() += 1;
            let copies = self.copies.entry(attempt.sheet.clone()).or_default();
            if !attempt.duplicate {
                copies.unmarked_jobs.insert(attempt.job.clone());
            }
        }
        self.last = attempts.last().map_or(self.last, |attempt| attempt.id);
        for (printer, width) in WIDTHS.into_iter().enumerate() {
            let here: Vec<_> = attempts.iter().filter(|a| a.printer == printer).collect();
            let looks: Vec<Look> = here
                .iter()
                .map(|a| self.draughtsman.look(&a.ticket, a.duplicate, a.due, a.at, width))
                .collect();
            let press = &mut presses[printer];
            let sorted = sort(&std::mem::take(&mut press.papers), &looks);
            assert!(sorted.garbled.is_empty(), "half a ticket was cut: {:?}", sorted.garbled);
            // A scrap hangs in the printer until the next paper is cut, which may be much later.
            let uncertain = here.iter().filter(|a| a.outcome == "uncertain").count();
            let left = (self.scraps_left[printer] + uncertain).checked_sub(sorted.scraps);
            self.scraps_left[printer] = left.expect("a scrap that no attempt left");
            self.seen.scraps += sorted.scraps;
            self.count(&here, &looks, &sorted.whole);
        }
        self.never_twice(&attempts);
    }

    /// Confirmed means paper, not sent means none, uncertain means either.
    fn count(&mut self, here: &[&Attempt], looks: &[Look], whole: &HashMap<Look, usize>) {
        let mut by_look: BTreeMap<Look, Vec<&Attempt>> = BTreeMap::new();
        for (attempt, look) in here.iter().zip(looks) {
            by_look.entry(*look).or_default().push(attempt);
        }
        for (look, attempts) in by_look {
            let ended = |word: &str| attempts.iter().filter(|a| a.outcome == word).count();
            let (sure, maybe) = (ended("confirmed"), ended("uncertain"));
            let out = whole.get(&look).copied().unwrap_or(0);
            let first = attempts[0];
            assert!(
                (sure..=sure + maybe).contains(&out),
                "{out} whole papers of {sure} confirmed and {maybe} uncertain attempts: {}",
                first.sheet
            );
            // Papers of different orders may look alike: each is of the attempt that says so, and
            // what is left over of one of those that do not know.
            let mut left = out - sure;
            for attempt in &attempts {
                let came = match attempt.outcome.as_str() {
                    "confirmed" => true,
                    "uncertain" if left > 0 => {
                        left -= 1;
                        true
                    }
                    _ => false,
                };
                let copies = self.copies.get_mut(&attempt.sheet).unwrap();
                if attempt.duplicate {
                    copies.marked += usize::from(came);
                    self.seen.marked += usize::from(came);
                } else {
                    copies.unmarked += usize::from(came);
                }
            }
            self.seen.papers += out;
        }
    }

    /// At most one paper without the mark for each job that is no copy, and of an order's paper
    /// there is only one such job.
    fn never_twice(&self, attempts: &[Attempt]) {
        let sheets: BTreeSet<&String> = attempts.iter().map(|attempt| &attempt.sheet).collect();
        for sheet in sheets {
            let copies = &self.copies[sheet];
            let jobs = copies.unmarked_jobs.len();
            assert!(copies.unmarked <= jobs, "{} unmarked: {sheet}", copies.unmarked);
            let ordered = !sheet.contains("  {");
            assert!(!ordered || jobs <= 1, "{jobs} jobs without a mark: {sheet}");
        }
    }

    /// What a job's state says agrees with what its attempts say, and no job is tried again once a
    /// byte of it may have left.
    fn states(database: &Connection, date: ServiceDate) {
        let sql = "SELECT j.kind || ' ' || j.state, sum(a.outcome = 'confirmed'),
                          sum(a.outcome IN ('confirmed', 'uncertain', 'sent'))
                   FROM print_jobs j LEFT JOIN print_attempts a ON a.job_id = j.id
                   WHERE j.service_date = ?1 GROUP BY j.id";
        let mut statement = database.prepare_cached(sql).unwrap();
        let rows = statement.query_map([date.to_string()], |row| {
            let (confirmed, left): (Option<u32>, Option<u32>) = (row.get(1)?, row.get(2)?);
            Ok((row.get::<_, String>(0)?, confirmed.unwrap_or(0), left.unwrap_or(0)))
        });
        for (job, confirmed, left) in rows.unwrap().map(Result::unwrap) {
            let fits = match job.rsplit(' ').next().unwrap() {
                "confirmed" => (confirmed, left) == (1, 1),
                "uncertain" => (confirmed, left) == (0, 1),
                _ => left == 0,
            };
            assert!(fits, "{job}, with {confirmed} confirmed attempts of {left} that sent a byte");
        }
    }

    /// At the end of a day: promises and numbers, and each order's papers.
    pub fn day(&mut self, club: &mut Club, date: ServiceDate) {
        let database = self.open();
        let orders = super::orders::of(&database, date);
        super::orders::promised(&orders, club, date);
        self.on_paper(&database, &orders, date);
        // Nothing of this day is printed or promised any more.
        self.copies.clear();
        club.promises.clear();
    }

    /// Each order of a date that is over is on paper, or a person was told why not.
    pub fn day_on_paper(&mut self, date: ServiceDate) {
        let database = self.open();
        let orders = super::orders::of(&database, date);
        self.on_paper(&database, &orders, date);
    }

    fn on_paper(
        &mut self,
        database: &Connection,
        orders: &[super::orders::Order],
        date: ServiceDate,
    ) {
        Self::states(database, date);
        self.seen.orders += orders.len();
        let on_paper = |sheet: &str| {
            self.copies.get(sheet).is_some_and(|copies| copies.unmarked + copies.marked > 0)
        };
        for why in super::orders::on_paper(database, orders, date, on_paper) {
            *self.seen.told.entry(why).or_default() += 1;
        }
    }
}

//! A day in a minute: weeks of service days one after the other, with the clock moved. Memory stays
//! flat, the database grows as predicted, every day closes, and the night forgets what is old.
//!
//! The days are lived through in a process of their own, so that its memory is theirs.
//! `SOAK_DAYS=60 SOAK_ORDERS=300` is the long form.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use clubhouse_kiosk::backup;
use clubhouse_kiosk::config::{Privacy as Months, Settings};
use clubhouse_kiosk::domain::ServiceDate;
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::privacy::{Forgotten, Privacy};
use clubhouse_kiosk::rehearsal::sample;
use clubhouse_kiosk::store::ledger;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::support::lunches::Lunches;
use crate::support::{Clubhouse, tuesday};

const ENTRY: &str = "stories::soak::days_go_by_line_by_line";
const DAYS: &str = "SOAK_DAYS";
const ORDERS: &str = "SOAK_ORDERS";
/// For a process that lives through the days.
const CHILD: &str = "SOAK_FOLDER";
const MARK: &str = "» ";
/// The short form.
const FEW_DAYS: usize = 5;
const FEW_ORDERS: usize = 150;

// The prediction, in bytes; docs/store.md and benches/README.md say the same in round figures.
/// An order with its events, money, papers, attempts, stop and visit, and the share of indexes.
/// Once its months are over, what its papers said is gone, and the room is filled by later days only
/// where whole pages became free: none do.
const AN_ORDER: f64 = 4_100.0;
/// A day beside its orders: menu, count, rounds, lists, the close.
const A_DAY: f64 = 30_000.0;
/// How far the size may be from the prediction.
const TOLERANCE: f64 = 0.15;
/// What memory may grow from the end of the first sixth to the end: pools that fill, and what the
/// allocator keeps.
const GROWTH_KB: u64 = 12 * 1024;

/// How a day ended.
#[derive(Debug, Serialize, Deserialize)]
struct Day {
    date: ServiceDate,
    last_number: u32,
    orders: u32,
    papers: usize,
    unbalanced: u32,
    /// Days whose orders lost their names tonight.
    forgotten: usize,
    memory_kb: u64,
    database: u64,
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// Resident memory of this process.
fn memory_kb() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 4
}

/// Pages of the database that hold something, in bytes.
fn size(club: &Clubhouse) -> u64 {
    let store = &club.house.store;
    let pragma = |name: &str| {
        store
            .read(|db| {
                let value = db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
                Ok::<_, Error>(value.unwrap() as u64)
            })
            .unwrap()
    };
    (pragma("page_count") - pragma("freelist_count")) * pragma("page_size")
}

/// The service days of the sample's weeks, from its Tuesday on.
fn dates(days: usize) -> Vec<ServiceDate> {
    let week = sample::week();
    let all = (0..).map(|n| tuesday().plus_days(n));
    all.filter(|date| week.menu_for(*date).is_some()).take(days).collect()
}

fn live(days: usize, orders: usize) {
    let folder = TempDir::new().unwrap();
    let privacy = Months { orders_months: 1, visits_months: 1, audit_months: 1, history_months: 1 };
    let data = folder.path().to_owned();
    let mut club = Clubhouse::with(Settings { data, privacy, ..Settings::default() });
    let lunches = Lunches::of(&club.house);
    let empty = size(&club);
    println!("\n{MARK}{empty}");
    for (nth, date) in dates(days).into_iter().enumerate() {
        let mut papers = 0;
        let last_number = lunches.live_through(date, nth, orders, &mut || {
            papers += club.print();
            // Taken away, as a person does.
            club.printer.take_paper();
        });
        backup::back_up(&club.house).unwrap();
        lunches.at(date, 23, 30);
        let (mut forgotten, privacy) = (0, Privacy::new(club.house.clone()));
        while let Some(step) = privacy.forget_at_night().unwrap() {
            forgotten += usize::from(matches!(step, Forgotten::Day(..)));
        }
        let placed = lunches.counter.orders(date).unwrap();
        let day = Day {
            date,
            last_number,
            orders: placed.len() as u32,
            papers,
            unbalanced: club.house.store.read(ledger::unbalanced).unwrap(),
            forgotten,
            memory_kb: memory_kb(),
            database: size(&club),
        };
        let line = format!("\n{MARK}{}\n", serde_json::to_string(&day).unwrap());
        std::io::stdout().write_all(line.as_bytes()).unwrap();
    }
}

/// Told by its environment to live through the days, this does.
#[test]
fn days_go_by_line_by_line() {
    if std::env::var_os(CHILD).is_some() {
        live(number(DAYS, FEW_DAYS), number(ORDERS, FEW_ORDERS));
    }
}

#[test]
fn every_day_closes_memory_stays_flat_and_the_database_is_as_large_as_predicted() {
    let (days, orders) = (number(DAYS, FEW_DAYS), number(ORDERS, FEW_ORDERS));
    // What a disk makes people wait for is another story: here days shall go by.
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let ended = Command::new(std::env::current_exe().unwrap())
        .env("TMPDIR", place)
        .args(["--exact", ENTRY, "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .env(DAYS, days.to_string())
        .env(ORDERS, orders.to_string())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
    let said = String::from_utf8(ended.stdout).unwrap();
    let mut lines = said.lines().filter_map(|line| line.strip_prefix(MARK));
    let empty: u64 = lines.next().unwrap().parse().unwrap();
    let lived: Vec<Day> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lived.len(), days);

    let mut wrong = Vec::new();
    let mut old_days = 0;
    for (nth, day) in lived.iter().enumerate() {
        assert_eq!((day.last_number, day.orders), (orders as u32, orders as u32), "{}", day.date);
        assert_eq!(day.unbalanced, 0);
        assert!(day.papers > 2 * orders, "{day:?}");
        // Its orders one step, its visits another.
        old_days += day.forgotten / 2;
        let predicted = (nth + 1) as f64 * (AN_ORDER * orders as f64 + A_DAY);
        let grown = (day.database - empty) as f64;
        if (grown / predicted - 1.0).abs() > TOLERANCE {
            wrong.push(format!("day {}: {grown} bytes, predicted {predicted}", nth + 1));
        }
        if nth % 10 == 9 || nth + 1 == days {
            println!(
                "day {}: {} kB of memory, {grown} bytes on disk, predicted {predicted}, {old_days} days old",
                nth + 1,
                day.memory_kb
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let (early, last) = (&lived[(days / 6).max(1)], lived.last().unwrap());
    let (early_kb, last_kb) = (early.memory_kb, last.memory_kb);
    assert!(last_kb <= early_kb + GROWTH_KB, "memory grew from {early_kb} to {last_kb} kB");
}

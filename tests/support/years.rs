//! Years of lunches: one day is lived through by the use cases, and copied by `SQLite` itself to as
//! many service days as are wanted, each with ids and moments of its own. What is older than a year
//! has lost the words of its papers, as the nightly task leaves it; who ordered is kept, which is
//! more than a clubhouse has and harder to look through.

use std::path::Path;
use std::sync::Arc;

use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::domain::{PrintJobState, ServiceDate};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::rehearsal;
use clubhouse_kiosk::store::Store;
use clubhouse_kiosk::store::print_jobs::{self, Ended};
use jiff::civil::{Weekday, time};
use rusqlite::{Connection, params};

use super::lunches::Lunches;

/// The date on which the kiosk is looked at, a Tuesday of the sample.
pub const TODAY: &str = "2026-11-24";
/// Orders of each service day before it, and of it until eleven.
pub const A_DAY: usize = 480;
pub const TODAYS: usize = 200;
/// Days after which papers have lost their words.
const KEPT_DAYS: i64 = 366;
/// Tables that grow from day to day.
const GROWING: [&str; 23] = [
    "service_days",
    "menus",
    "cooked_portions",
    "orders",
    "order_events",
    "ledger_entries",
    "rounds",
    "print_jobs",
    "print_attempts",
    "stops",
    "visits",
    "visit_corrections",
    "visit_postings",
    "welfare_checks",
    "check_steps",
    "duty",
    "round_changes",
    "help_calls",
    "cash_counts",
    "knocks",
    "phone_ticks",
    "desk_history",
    "audit_reads",
];

/// A clubhouse that has served lunch since so many days before today, and serves it now: 10:40, the
/// rounds are planned.
pub fn make(path: &Path, days_ago: i64) {
    let folder = path.parent().unwrap();
    std::fs::create_dir_all(folder).unwrap();
    let part = path.with_extension("part");
    for ending in ["", "-wal", "-shm"] {
        // Nothing is left of an earlier try.
        let _ = std::fs::remove_file(format!("{}{ending}", part.display()));
    }
    let today: ServiceDate = TODAY.parse().unwrap();
    let first = today.plus_days(-days_ago);
    let model = part.with_extension("model");
    // A copy of an earlier try may be there.
    let _ = std::fs::remove_file(&model);
    {
        let house = open(&part);
        house.clock.set(house.settings.calendar().at(first, time(7, 0, 0, 0)));
        rehearsal::furnish(&house).unwrap();
        let lunches = Lunches::of(&house);
        lunches.live_through(first, 0, A_DAY, &mut || print(&house));
        what_else_a_day_leaves(&house, first);
        house.store.backup_to(&model).unwrap();
    }
    copy_days(&part, &model, first, today);
    std::fs::remove_file(model).unwrap();
    {
        let house = open(&part);
        let lunches = Lunches::of(&house);
        lunches.write_menu(today);
        lunches.morning(today, TODAYS, &mut || print(&house));
        lunches.plan(today, 1);
        print(&house);
    }
    std::fs::rename(part, path).unwrap();
}

/// The house of a database, at 10:40 of its last day.
pub fn open(path: &Path) -> House {
    let settings = Settings { data: path.parent().unwrap().to_owned(), ..Settings::default() };
    let clock = Clock::standing_at("2026-11-24T02:40:00Z".parse().unwrap());
    House { store: Store::open_to_serve(path).unwrap(), clock, settings: Arc::new(settings) }
}

/// Every paper that is due came out.
fn print(house: &House) {
    let now = house.clock.now();
    let ended = Ended { outcome: "confirmed", reason: String::new(), dots: 900 };
    let due = "SELECT id FROM print_jobs WHERE state IN ('queued', 'sending') AND state = 'queued' AND due_at <= ?1";
    house
        .store
        .write(|tx| {
            let jobs: Vec<String> = tx
                .prepare(due)
                .unwrap()
                .query_map([now.as_millisecond()], |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            for job in jobs.iter().map(|id| id.parse().unwrap()) {
                if let Some(attempt) = print_jobs::begin(tx, job, "window", now)? {
                    print_jobs::end(tx, attempt, &ended, now)?;
                    print_jobs::set_state(tx, job, PrintJobState::Confirmed, now)?;
                }
            }
            Ok::<_, Error>(())
        })
        .unwrap();
}

/// What desk, phones and button write down in a day.
fn what_else_a_day_leaves(house: &House, date: ServiceDate) {
    let now = house.clock.now().as_millisecond();
    house
        .store
        .write(|tx| {
            let run = |sql: &str| {
                tx.execute(sql, params![now, date.to_string()]).unwrap();
            };
            run("INSERT INTO cooked_portions VALUES (?2, 500, ?1)");
            run("INSERT INTO help_calls (at, answered_at, answered_by) VALUES (?1, ?1 + 1000 + 0 * length(?2), 'office')");
            run("INSERT INTO cash_counts (date, at, account, counted_fen, expected_fen) VALUES (?2, ?1, 'office', 100, 100)");
            run("INSERT INTO audit_reads (at, account, page, resident_id)
                 SELECT ?1 + 0 * length(?2), 'office', 'order_for', resident_id FROM orders WHERE resident_id IS NOT NULL LIMIT 120");
            run("INSERT INTO desk_history (at, account, what, subject, detail)
                 SELECT ?1 + 0 * length(?2), 'office', 'resident.changed', resident_id, '{}' FROM orders WHERE resident_id IS NOT NULL LIMIT 30");
            run("INSERT INTO phone_ticks SELECT id, round_id, order_id, outcome, at, ?1 + 0 * length(?2), '' FROM visits WHERE round_id IS NOT NULL");
            run("INSERT INTO knocks SELECT ?2, id, 'not_ordered', 'fine', '', 'leader', ?1 FROM residents LIMIT 5");
            Ok::<_, Error>(())
        })
        .unwrap();
}

/// Copies the one day of `model` to every service day after `first` and before `today`.
fn copy_days(path: &Path, model: &Path, first: ServiceDate, today: ServiceDate) {
    let db = Connection::open(path).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
         PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY;",
    )
    .unwrap();
    db.execute("ATTACH ?1 AS model", [model.to_str().unwrap()]).unwrap();
    db.execute("DELETE FROM menus WHERE service_date > ?1", [first.to_string()]).unwrap();
    let copies: Vec<String> = GROWING.iter().map(|table| copy_of(&db, table)).collect();
    let closed = [Weekday::Saturday, Weekday::Sunday, Weekday::Monday];
    let days = (1..).map(|n| (n, first.plus_days(n))).take_while(|(_, date)| *date < today);
    for (n, date) in days.filter(|(_, date)| !closed.contains(&date.0.weekday())) {
        let is_old = date.plus_days(KEPT_DAYS) < today;
        db.execute_batch("BEGIN").unwrap();
        for copy in &copies {
            let mut statement = db.prepare_cached(copy).unwrap();
            let shift = n * 86_400_000;
            let (word, before) = (date.to_string(), first.to_string());
            let all = params![word, before, shift, format!("{n:08x}"), is_old];
            let used = statement.parameter_count();
            assert_eq!(used, 5, "{copy}");
            statement.execute(all).unwrap();
        }
        db.execute_batch("COMMIT").unwrap();
    }
    db.execute_batch("DETACH model; PRAGMA journal_mode = WAL;").unwrap();
}

/// The statement that copies a table's rows to another day. ?1 is its date, ?2 the model's, ?3 the
/// milliseconds between them, ?4 how its ids begin, ?5 whether its papers have lost their words.
fn copy_of(db: &Connection, table: &str) -> String {
    let mut statement =
        db.prepare(&format!("SELECT name, type, pk FROM pragma_table_info('{table}')")).unwrap();
    let columns: Vec<(String, String, i64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let counted = |(name, kind, key): &&(String, String, i64)| {
        !(kind == "INTEGER" && *key == 1 && (name == "id" || name == "seq"))
    };
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (name, kind, _) in columns.iter().filter(counted) {
        let value = match (name.as_str(), kind.as_str()) {
            ("service_date" | "date", _) => "?1".to_owned(),
            ("id" | "order_id" | "round_id" | "check_id" | "job_id" | "posting", "TEXT") => {
                format!("iif({name} IS NULL, NULL, ?4 || substr({name}, 9))")
            }
            // The day before it had added up when it was closed.
            ("balanced_to", _) => "(SELECT max(id) FROM main.ledger_entries)".to_owned(),
            ("ticket", _) => "iif(?5, json_object('paper', 'emptied', 'date', ?1,
                    'number', json_extract(ticket, '$.number'), 'first', seq), replace(ticket, ?2, ?1))"
                .to_owned(),
            (moment, "INTEGER") if moment == "at" || moment.ends_with("_at") => {
                format!("{name} + ?3")
            }
            _ => name.clone(),
        };
        names.push(name.clone());
        values.push(value);
    }
    let of_day = names.iter().find(|name| ["service_date", "date"].contains(&name.as_str()));
    let of_day = of_day.map_or(String::new(), |name| format!("AND {name} = ?2"));
    // All of ?1 to ?5 are in every statement, so that all are given the same.
    format!(
        "INSERT INTO main.{table} ({}) SELECT {} FROM model.{table}
         WHERE coalesce(?1, ?2, ?3, ?4, ?5) IS NOT NULL {of_day}",
        names.join(", "),
        values.join(", ")
    )
}

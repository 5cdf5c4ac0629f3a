//! Ten years of lunches beside the first day and the first year: what people wait for may not take
//! longer because a million orders lie behind it.
//!
//! `cargo bench --bench years` makes the databases on its first run (some minutes; kept below the
//! target folder, or in `--in DIR`), measures everything on each in turns, prints medians, and fails
//! if the fastest of anything takes more than twice as long and a millisecond more. See README.md.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/support/lunches.rs"]
mod lunches;
mod place;
#[path = "../../tests/support/years.rs"]
mod years;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clubhouse_kiosk::store::Store;
use place::{Place, WORK};

/// Days before today on which each clubhouse began: the last service day, a year and some weeks, and
/// ten years.
const STORES: [(&str, i64); 3] = [("first-day", 4), ("one-year", 400), ("ten-years", 3_653)];
/// What a figure may be above twice the first one: a clock tick, another program.
const FLOOR: Duration = Duration::from_millis(1);
/// What opening may take of the three seconds of a start.
const START: Duration = Duration::from_millis(500);

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let after = |word: &str| args.iter().position(|arg| arg == word).map(|at| args[at + 1].clone());
    let times = after("--times").map_or(15, |n| n.parse().expect("a number"));
    let only = after("--only").unwrap_or_default();
    let folder = after("--in").map_or_else(default_folder, PathBuf::from);
    let stores = STORES.map(|(name, days_ago)| {
        let path = folder.join(name).join("lunch.sqlite");
        if !path.exists() {
            let since = Instant::now();
            years::make(&path, days_ago);
            eprintln!("{name} was made in {:.0} s", since.elapsed().as_secs_f64());
        }
        path
    });
    let places: Vec<Place> = stores.iter().map(|path| Place::open(path)).collect();
    for (place, (name, _)) in places.iter().zip(STORES) {
        println!("{name}: {}", place.size());
    }
    println!("{:<44} {:>10} {:>10} {:>10}", "ms", STORES[0].0, STORES[1].0, STORES[2].0);
    let mut slow = Vec::new();
    for work in WORK.iter().filter(|work| work.name.contains(&only)) {
        let mut taken = [const { Vec::new() }; 3];
        for _ in 0..times {
            for (place, taken) in places.iter().zip(&mut taken) {
                (work.before)(place);
                let since = Instant::now();
                (work.run)(place);
                taken.push(since.elapsed());
            }
        }
        // Told is what is usual; compared is what nothing else of the machine held up.
        let fastest = taken.each_ref().map(|taken| *taken.iter().min().unwrap());
        let told = taken.map(|taken| format!("{:.2}", median(taken).as_secs_f64() * 1e3));
        println!("{:<44} {:>10} {:>10} {:>10}", work.name, told[0], told[1], told[2]);
        if fastest[2] > fastest[work.beside] * 2 + FLOOR {
            slow.push(format!("{}: {fastest:?}", work.name));
        }
    }
    drop(places);
    if only.is_empty() {
        let ends =
            [("the store opens after a clean end", false), ("the store opens after a cut", true)];
        for (name, cut_off) in ends {
            let opened = stores.clone().map(|path| opened(&path, times.min(5), cut_off));
            let told = opened.map(|median| format!("{:.2}", median.as_secs_f64() * 1e3));
            println!("{name:<44} {:>10} {:>10} {:>10}", told[0], told[1], told[2]);
            // A short file is looked at whole after a cut, so the first day is no measure of that.
            if opened[2] > opened[0] * 2 + FLOOR && opened[2] > START {
                slow.push(name.to_owned());
            }
        }
    }
    assert!(slow.is_empty(), "more than twice as long after ten years: {slow:?}");
}

/// The store as the kiosk opens it, after its last use was closed or cut off.
fn opened(path: &Path, times: usize, cut_off: bool) -> Duration {
    let log = PathBuf::from(format!("{}-wal", path.display()));
    let left = cut_off.then(|| {
        let db = rusqlite::Connection::open(path).unwrap();
        // Written and not yet copied into the file: what a cut leaves.
        db.execute_batch("PRAGMA wal_autocheckpoint = 0; UPDATE service_days SET sold = sold; UPDATE menus SET portions = portions;")
            .unwrap();
        std::fs::read(&log).unwrap()
    });
    let one = || {
        if let Some(left) = &left {
            std::fs::write(&log, left).unwrap();
        }
        let since = Instant::now();
        let store = Store::open_to_serve(path).unwrap();
        let taken = since.elapsed();
        drop(store);
        taken
    };
    median((0..times).map(|_| one()).collect())
}

fn median(mut taken: Vec<Duration>) -> Duration {
    taken.sort_unstable();
    taken[taken.len() / 2]
}

fn default_folder() -> PathBuf {
    // target/<profile>/deps/years-…
    let program = std::env::current_exe().unwrap();
    program.ancestors().nth(3).unwrap().join("outside").join("years")
}

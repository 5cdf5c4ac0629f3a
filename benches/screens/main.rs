//! The screens: from the release of a touch to the painted next screen, by the real window, the
//! real clerk and a store with a year of orders.
//!
//! `cargo bench --bench screens` prints one table; see README.md for how to give it one core.
//! `-- --year DIR` keeps the year in DIR, `-- --spots FILE` writes where the keys of the simplest
//! order lie, `-- --only-prepare` ends there.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod figures;
mod flow;
mod year;

use std::path::PathBuf;

use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::headless::Painted;
use clubhouse_kiosk::wiring::{self, Machine};

use figures::Figures;
use flow::Hand;

/// How often every flow is gone through.
const TURNS: usize = 25;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1).map(PathBuf::from)
    };
    let year = value("--year")
        .unwrap_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("year-of-lunches"));
    year::prepare(&year);

    let work = tempfile::tempdir().unwrap();
    let painted = Painted::install(Panel::TEN_INCH).unwrap();
    let house = year::house(&year, work.path());
    let runtime = wiring::runtime().unwrap();
    let machine = Machine::start(house.clone()).unwrap();
    let kiosk = machine.open_window(&runtime).unwrap();
    painted.show(&kiosk).unwrap();
    kiosk.start_clock();
    let mut hand = Hand::new(&painted, &kiosk);

    if let Some(file) = value("--spots") {
        std::fs::write(file, flow::spots(&mut hand)).unwrap();
    }
    if args.iter().any(|arg| arg == "--only-prepare") {
        machine.stop();
        return;
    }
    let people = flow::people(&house, TURNS * 2);
    let mut figures = Figures::default();
    for person in people.chunks_exact(2) {
        flow::everything(&mut hand, person, &house.settings.staff.pin);
        // The first turn fills the caches of glyphs, as the first minutes of a day do.
        figures.take(hand.taken());
    }
    println!(
        "{} orders in the store of {} MB, {TURNS} turns, 1280x800:",
        year::DAYS as usize * year::A_DAY,
        std::fs::metadata(house.store.path()).unwrap().len() / 1_000_000,
    );
    println!("{figures}");
    machine.stop();
}

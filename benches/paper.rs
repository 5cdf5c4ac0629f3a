//! Paper: drawing a ticket, from the touch on "confirm" to the first row on paper, a queue of two
//! hundred, and the memory that it takes.
//!
//! `cargo bench --bench paper` prints one table; run nothing else meanwhile.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use clubhouse_hardware::printer::{
    Fault, JobOptions, Outcome, PaperWidth, SimulatedPrinter, Target, encode, print,
};
use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::{Counter, NewOrder};
use clubhouse_kiosk::domain::{
    Category, Fulfilment, Menu, Payment, Portions, Preferences, ServiceDate,
};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::rehearsal;
use clubhouse_kiosk::store::{Store, menus, print_jobs};
use clubhouse_kiosk::tickets::{Layouter, Letters, Marks, Ticket, render};
use clubhouse_kiosk::wiring::Machine;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Service dates with orders before the one that is measured, and orders on each.
const DAYS: i64 = 20;
const A_DAY: usize = 150;
/// Touches measured.
const TOUCHES: usize = 60;
/// Papers in the queue that is drained, two an order.
const QUEUE: usize = 200;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let house = loaded(folder.path());
    drawing(&house);
    touching(&house);
    draining(&house);
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The sample house with a month of orders behind it.
fn loaded(folder: &std::path::Path) -> House {
    let settings = Settings { data: folder.to_owned(), ..Settings::default() };
    let store = Store::open(&folder.join("lunch.sqlite")).unwrap();
    let today: ServiceDate = "2026-11-24".parse().unwrap();
    let clock = Clock::standing_at("2026-11-24T01:40:00Z".parse().unwrap());
    let house = House { store, clock, settings: Arc::new(settings) };
    rehearsal::furnish(&house).unwrap();
    let counter = Counter::new(house.clone());
    let menu = counter.day(today).unwrap().menu.unwrap();
    let calendar = house.settings.calendar();
    for back in (0..=DAYS).rev() {
        let date = today.plus_days(-back);
        let menu = Menu { date, portions: 2_000, ..menu.clone() };
        house
            .store
            .write(|tx| {
                menus::put(tx, &menu)?;
                menus::open_day(tx, date.0)?;
                Ok::<_, Error>(())
            })
            .unwrap();
        house.clock.set(calendar.at(date, jiff::civil::time(9, 40, 0, 0)));
        if back > 0 {
            for _ in 0..A_DAY {
                counter.place(&wish(date), "kiosk").unwrap();
            }
        }
    }
    house
}

fn wish(date: ServiceDate) -> NewOrder {
    NewOrder {
        date,
        fulfilment: Fulfilment::TakeAway,
        portions: Portions::new(2).unwrap(),
        preferences: Preferences { softer: true, less_salt: true, ..Preferences::default() },
        category: Category::Senior,
        resident: None,
        door: None,
        payment: Payment::Later,
    }
}

fn tickets(house: &House) -> Vec<Ticket> {
    let date = "2026-11-23".parse().unwrap();
    let jobs = house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, date)?)).unwrap();
    jobs.into_iter().map(|job| job.ticket).collect()
}

fn drawing(house: &House) {
    let mut layouter = Layouter::new(&Fonts::load(None).unwrap()).unwrap();
    println!("drawing and encoding one ticket, median of {A_DAY}, 80 mm:");
    for kind in ["kitchen", "slip"] {
        for letters in [Letters::Picture, Letters::Gb18030] {
            let mut times = Vec::new();
            let mut bytes = 0;
            for ticket in tickets(house).iter().filter(|t| t.kind() == kind) {
                let start = Instant::now();
                let document =
                    render(ticket, &Marks::NONE, &mut layouter, PaperWidth::Mm80, letters).unwrap();
                bytes = encode(&document).unwrap().len();
                times.push(start.elapsed());
            }
            let first = ms(times[0]);
            println!(
                "  {kind:<8} {letters:<8} {:6.2} ms (the first {first:.1} ms), {bytes} bytes",
                ms(median(times))
            );
        }
    }
}

fn touching(house: &House) {
    let machine = Machine::start(house.clone()).unwrap();
    let printer = machine.printer.clone();
    let mut clerk = machine.clerk();
    let date = "2026-11-24".parse().unwrap();
    let (mut acknowledged, mut first_row, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TOUCHES {
        settle(&printer, house);
        printer.take_paper();
        let start = Instant::now();
        let clerk = &mut clerk;
        let (row, told) = std::thread::scope(|scope| {
            let touched = scope.spawn(move || {
                let reply = clerk.answer(Request::Place(wish(date)));
                assert!(matches!(reply, Reply::Placed(_)), "{reply:?}");
                start.elapsed()
            });
            while printer.unfinished().is_none() && printer.receipts().is_empty() {
                printer.wait_for_change(printer.version(), Duration::from_millis(1));
            }
            (start.elapsed(), touched.join().unwrap())
        });
        first_row.push(row);
        acknowledged.push(told);
        while printer.receipts().len() < 2 {
            printer.wait_for_change(printer.version(), Duration::from_millis(1));
        }
        whole.push(start.elapsed());
    }
    println!(
        "from the touch on confirm, median of {TOUCHES}, {} orders in the store:",
        DAYS as usize * A_DAY
    );
    println!("  the number is on disk and known  {:6.1} ms", ms(median(acknowledged)));
    println!("  first row on paper               {:6.1} ms", ms(median(first_row)));
    println!("  ticket and slip cut              {:6.1} ms", ms(median(whole)));
    machine.stop();
}

/// Waits until nothing is queued.
fn settle(printer: &SimulatedPrinter, house: &House) {
    let now = house.clock.now();
    while house.store.read(|db| Ok::<_, Error>(print_jobs::waiting(db, now)?)).unwrap() > 0 {
        printer.wait_for_change(printer.version(), Duration::from_millis(2));
    }
}

fn draining(house: &House) {
    let counter = Counter::new(house.clone());
    let machine = Machine::start(house.clone()).unwrap();
    let printer = machine.printer.clone();
    println!("a queue of {QUEUE} papers behind a printer that was off:");
    for turn in 1..=4 {
        settle(&printer, house);
        printer.take_paper();
        printer.set_fault(Fault::PoweredOff, true);
        for _ in 0..QUEUE / 2 {
            counter.place(&wish("2026-11-24".parse().unwrap()), "kiosk").unwrap();
        }
        printer.set_fault(Fault::PoweredOff, false);
        machine.bell.ring();
        let start = Instant::now();
        while printer.receipts().len() < QUEUE {
            printer.wait_for_change(printer.version(), Duration::from_millis(5));
        }
        println!(
            "  turn {turn}: {:6.2} s, {:5.1} ms a paper, resident memory {} MB",
            start.elapsed().as_secs_f64(),
            ms(start.elapsed()) / QUEUE as f64,
            resident_mb(),
        );
    }
    machine.stop();
    let mut layouter = Layouter::new(&Fonts::load(None).unwrap()).unwrap();
    let target = Target::Simulated(SimulatedPrinter::new(PaperWidth::Mm80));
    let drawn: Vec<_> = tickets(house)
        .iter()
        .take(QUEUE)
        .map(|t| {
            render(t, &Marks::NONE, &mut layouter, PaperWidth::Mm80, Letters::Picture).unwrap()
        })
        .collect();
    let start = Instant::now();
    for document in &drawn {
        let outcome = print(&target, document, &JobOptions::default());
        assert!(matches!(outcome, Outcome::Confirmed { .. }));
    }
    println!(
        "  the same papers given to the printer by themselves: {:5.1} ms each",
        ms(start.elapsed()) / QUEUE as f64
    );
}

fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

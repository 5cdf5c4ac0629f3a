//! The fault campaign: thousands of orders through drawn faults of printers and of the program
//! itself. No order without paper, no second paper without its mark, numbers without a gap.
//!
//! `CAMPAIGN_SEED` draws the same faults again (what the machine does in which microsecond differs
//! from run to run); `CAMPAIGN_SECONDS` makes it long.

pub mod chance;
pub mod child;
pub mod club;
mod day;
pub mod faults;
mod orders;
pub mod papers;
pub mod truth;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::Counter;
use clubhouse_kiosk::domain::{Calendar, Category, Menu, ResidentId, ServiceDate};
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::registry::Registry;
use clubhouse_kiosk::rehearsal::{self, sample};
use clubhouse_kiosk::store::Store;
use jiff::Timestamp;
use tempfile::TempDir;

use crate::support::tuesday;
use chance::Chance;
use club::Club;
use day::Days;
use papers::Draughtsman;
use truth::{Auditor, Seen};

/// The seed if nobody says another.
const SEED: u64 = 20_261_124;
/// Clubs played side by side; while one waits for its disk or a time-out, the other prints.
const CLUBS: u64 = 4;
/// Orders of each club in the short form.
const SHORT: usize = 300;
/// Days for which there is a menu.
const DAYS: i64 = 700;

/// What all clubs of a campaign share.
struct Ground {
    folder: TempDir,
    fonts: Fonts,
    calendar: Calendar,
    residents: Vec<ResidentId>,
    dates: Vec<ServiceDate>,
}

impl Ground {
    fn lay() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&folder.path().join("lunch.sqlite")).unwrap();
        let start: Timestamp = "2026-11-23T20:00:00Z".parse().unwrap();
        let settings = Arc::new(Settings::default());
        let house = House { store, clock: Clock::standing_at(start), settings };
        rehearsal::furnish(&house).unwrap();
        let week = sample::week();
        let menus = (0..DAYS).filter_map(|days| week.menu_for(tuesday().plus_days(days)));
        let menus: Vec<_> = menus.map(|menu| Menu { portions: 100_000, ..menu }).collect();
        Counter::new(house.clone())
            .write_menus(&menus, &std::collections::BTreeMap::new())
            .unwrap();
        let plain = Registry::new(house.clone()).residents().unwrap().into_iter();
        let plain = plain.filter(|r| r.category == Category::Senior && r.allergies.is_empty());
        Self {
            calendar: house.settings.calendar(),
            residents: plain.map(|resident| resident.id).collect(),
            dates: menus.iter().map(|menu| menu.date).collect(),
            fonts: Fonts::load(None).unwrap(),
            folder,
        }
    }

    fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("lunch.sqlite")
    }
}

/// One club through its days; what was seen.
fn play(ground: &Ground, seed: u64, stream: u64, long: Option<Duration>) -> Seen {
    let since = Instant::now();
    let mut chance = Chance::new(seed, stream);
    let copy = ground.folder.path().join(format!("club{stream}.sqlite"));
    copy_of(&ground.database(), &copy);
    let mut club =
        Club::new(&copy, ground.calendar.at(ground.dates[0], jiff::civil::time(6, 0, 0, 0)));
    let draughtsman = Draughtsman::new(&ground.fonts, ground.calendar.clone());
    let mut auditor = Auditor::new(&club.folder.path().join("lunch.sqlite"), draughtsman);
    let mut days = Days::new(&mut chance, &ground.calendar, &ground.residents);
    let enough = |club: &Club| match long {
        Some(long) => since.elapsed() > long,
        None => club.acknowledged >= SHORT,
    };
    for date in &ground.dates {
        days.play(&mut club, &mut auditor, *date, &enough);
        if enough(&club) {
            break;
        }
    }
    println!(
        "club {stream}: {} kills, {} clean shutdowns of at most {:?}, {:?} in all",
        days.kills,
        days.closes,
        days.longest_close,
        since.elapsed()
    );
    println!("club {stream}: {:?}", auditor.seen);
    auditor.seen
}

/// A database that nobody has open, with what still lay beside it.
fn copy_of(database: &Path, copy: &Path) {
    Store::open(database).unwrap().backup_to(copy).unwrap();
}

#[test]
fn no_order_without_paper_and_no_second_paper_without_its_mark() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let seed = number("CAMPAIGN_SEED").unwrap_or(SEED);
    let long = number("CAMPAIGN_SECONDS").map(Duration::from_secs);
    println!("CAMPAIGN_SEED={seed}");
    let ground = Ground::lay();
    let clubs: Vec<Seen> = std::thread::scope(|scope| {
        let play = |stream| {
            scope.spawn({
                let ground = &ground;
                move || play(ground, seed, stream, long)
            })
        };
        let clubs: Vec<_> = (0..CLUBS).map(play).collect();
        clubs.into_iter().map(|club| club.join().unwrap()).collect()
    });
    let orders: usize = clubs.iter().map(|seen| seen.orders).sum();
    println!("{orders} orders, seed {seed}");
    let least = if long.is_some() { 2_000 } else { SHORT * CLUBS as usize };
    assert!(orders >= least, "only {orders} orders");
}

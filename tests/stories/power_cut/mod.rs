//! The power goes: the whole program under load is killed at drawn moments, and after every restart
//! everything that it told anybody is there, the books add up and the papers follow their rules. Then
//! the same with a disk that loses what was not synced.
//!
//! `POWER_CUTS` makes it long, `POWER_CUT_SEED` draws the same moments again.

mod appliance;
mod club;
mod desk;
mod disk;
mod http;
mod layer;
mod lost_writes;
mod programs;
mod promises;
mod screen;
mod truth;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clubhouse_kiosk::accounts::Accounts;
use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::Counter;
use clubhouse_kiosk::dispatch::Dispatch;
use clubhouse_kiosk::domain::{
    Calendar, Category, Fen, Menu, PaymentMethod, Role, Scope, ServiceDate,
};
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::programs::Programs;
use clubhouse_kiosk::registry::Registry;
use clubhouse_kiosk::rehearsal::{self, sample};
use clubhouse_kiosk::store::Store;
use jiff::Timestamp;
use tempfile::TempDir;

use crate::support::tuesday;
use club::{Club, Seen};

/// The seed if nobody says another.
const SEED: u64 = 20_261_125;
/// Cuts of the short form.
const CUTS: usize = 20;
/// Clubs side by side; while one waits for its disk, the other prints.
const CLUBS: u64 = 2;
/// Days for which there is a menu.
const DAYS: i64 = 400;
/// From the start of the process to its pages.
const START: Duration = Duration::from_secs(3);

/// What all clubs share.
pub struct Ground {
    folder: TempDir,
    fonts: Fonts,
    calendar: Calendar,
    residents: Vec<String>,
    dates: Vec<ServiceDate>,
    token: String,
}

impl Ground {
    fn lay() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&folder.path().join("lunch.sqlite")).unwrap();
        let start: Timestamp = "2026-11-23T20:00:00Z".parse().unwrap();
        let settings = Arc::new(Settings::default());
        let house = House { store, clock: Clock::standing_at(start), settings };
        rehearsal::furnish(&house).unwrap();
        let (week, counter) = (sample::week(), Counter::new(house.clone()));
        let menus = (0..DAYS).filter_map(|days| week.menu_for(tuesday().plus_days(days)));
        let menus: Vec<_> = menus.map(|menu| Menu { portions: 100_000, ..menu }).collect();
        counter.write_menus(&menus, &std::collections::BTreeMap::new()).unwrap();
        let dates: Vec<ServiceDate> = menus.iter().map(|menu| menu.date).collect();
        let registry = Registry::new(house.clone());
        let plain = registry.residents().unwrap().into_iter();
        let plain = plain.filter(|r| r.category == Category::Senior && r.allergies.is_empty());
        let residents: Vec<_> = plain.step_by(7).take(120).map(|resident| resident.id).collect();
        for resident in residents.iter().step_by(2) {
            counter.top_up(*resident, Fen::yuan(4_000), PaymentMethod::Other).unwrap();
        }
        let badges: Vec<u32> = registry.volunteers().unwrap().iter().map(|v| v.badge).collect();
        let dispatch = Dispatch::new(house.clone());
        for (nth, date) in dates.iter().enumerate() {
            let on_duty: Vec<u32> = (0..10).map(|n| badges[(nth * 3 + n) % badges.len()]).collect();
            dispatch.put_on_duty(*date, &on_duty).unwrap();
        }
        let accounts = Accounts::new(house.clone());
        accounts.add(desk::ACCOUNT, Role::Dispatcher, None, desk::PASSWORD).unwrap();
        let token = Programs::new(house.clone()).add("office", "till", Scope::Orders).unwrap();
        Self {
            calendar: house.settings.calendar(),
            residents: residents.iter().map(ToString::to_string).collect(),
            dates,
            token,
            fonts: Fonts::load(None).unwrap(),
            folder,
        }
    }

    /// The furnished database, which nobody has open.
    fn database(&self) -> PathBuf {
        let (furnished, copy) =
            (self.folder.path().join("lunch.sqlite"), self.folder.path().join("copy.sqlite"));
        if !copy.exists() {
            Store::open(&furnished).unwrap().backup_to(&copy).unwrap();
        }
        copy
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|n| n.parse().ok())
}

/// Clubs side by side through so many cuts in all.
fn play(cuts: usize, clubs: u64, library: Option<&PathBuf>) -> Vec<Seen> {
    let seed = number("POWER_CUT_SEED").unwrap_or(SEED);
    println!("POWER_CUT_SEED={seed} POWER_CUTS={cuts}");
    let ground = Ground::lay();
    ground.database();
    std::thread::scope(|scope| {
        let clubs: Vec<_> = (0..clubs)
            .map(|stream| {
                let ground = &ground;
                scope.spawn(move || {
                    let mut club = Club::new(ground, seed, stream, library.cloned());
                    club.live(cuts / clubs as usize);
                    club.seen
                })
            })
            .collect();
        let join = |club: std::thread::ScopedJoinHandle<'_, Seen>| {
            club.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        clubs.into_iter().map(join).collect()
    })
}

/// Says what was seen, and how long starts took.
fn report(clubs: &[Seen]) {
    let sum = |of: &dyn Fn(&Seen) -> usize| clubs.iter().map(of).sum::<usize>();
    println!(
        "{} cuts, {} other moments, {} orders, {} told, {} asked again, {} papers of which {} marked, {} scraps, {} days closed, {} backups, {} rounds of which {} withdrawn, {} plans at the desk and {} refused, {} signed in",
        sum(&|s| s.cuts),
        sum(&|s| s.moments),
        sum(&|s| s.orders),
        sum(&|s| s.told),
        sum(&|s| s.repeated),
        sum(&|s| s.papers),
        sum(&|s| s.marked),
        sum(&|s| s.scraps),
        sum(&|s| s.closed),
        sum(&|s| s.backups),
        sum(&|s| s.rounds),
        sum(&|s| s.withdrawn),
        sum(&|s| s.planned),
        sum(&|s| s.refused),
        sum(&|s| s.signed_in),
    );
    let sorted = |of: &dyn Fn(&Seen) -> &Vec<Duration>| {
        let mut all: Vec<Duration> = clubs.iter().flat_map(|s| of(s).clone()).collect();
        all.sort_unstable();
        all
    };
    let (starts, computed) = (sorted(&|s| &s.starts), sorted(&|s| &s.computed));
    let middle = starts[starts.len() / 2];
    println!(
        "start to the pages' first answer: median {middle:?}, worst {:?}; computed {:?} and {:?}",
        starts.last().unwrap(),
        computed[computed.len() / 2],
        computed.last().unwrap()
    );
    assert!(middle < START, "a start takes {middle:?}");
    // What other programs of the machine take away is not the start's.
    assert!(*computed.last().unwrap() < START, "a start computes {computed:?}");
}

#[test]
fn whenever_the_power_goes_what_was_told_is_there_and_the_papers_follow_their_rules() {
    let cuts = number("POWER_CUTS").map_or(CUTS, |n| n as usize);
    let clubs = play(cuts, CLUBS, None);
    report(&clubs);
    assert!(clubs.iter().map(|s| s.told).sum::<usize>() >= cuts, "hardly anything was ordered");
}

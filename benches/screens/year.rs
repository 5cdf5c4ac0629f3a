//! A year of lunches: what a clubhouse has on disk when its kiosk is no longer new.

use std::path::Path;
use std::sync::Arc;

use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::{Counter, KIOSK, NewOrder, STAFF};
use clubhouse_kiosk::dispatch::{Dispatch, HandInLine};
use clubhouse_kiosk::domain::{
    Category, Fulfilment, Menu, Order, Outcome, Payment, PaymentMethod, Portions, Preferences,
    PrintJobState, Resident, ServiceDate,
};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::registry::Registry;
use clubhouse_kiosk::rehearsal;
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::store::print_jobs::{self, Ended};
use clubhouse_kiosk::store::{Store, menus};
use jiff::civil::time;

/// Service dates before the one on which the kiosk is looked at.
pub const DAYS: i64 = 300;
/// Orders on each, of which about a fifth are carried to doors.
pub const A_DAY: usize = 128;
/// The date on which the kiosk is looked at, a Tuesday of the sample.
pub const TODAY: &str = "2026-11-24";
/// The database, in the folder of the data.
const DATABASE: &str = "lunch.sqlite";
/// What the settings say of a house whose papers go into a file.
const SETTINGS: &str = r#"
data = "."
demonstration = "2026-11-24T09:40"
[panel]
backend = "none"
[printers.window]
target = "file:papers.bin"
profile = "write-only"
"#;

/// Makes sure that the folder holds a year, with `clubhouse.toml` beside it.
pub fn prepare(folder: &Path) {
    let finished = folder.join("clubhouse.toml");
    if finished.exists() {
        return;
    }
    std::fs::create_dir_all(folder).unwrap();
    let unfinished = folder.join(DATABASE);
    if unfinished.exists() {
        std::fs::remove_file(&unfinished).unwrap();
    }
    let house = open(folder);
    let today: ServiceDate = TODAY.parse().unwrap();
    house.clock.set(house.settings.calendar().at(today.plus_days(-DAYS), time(7, 0, 0, 0)));
    rehearsal::furnish(&house).unwrap();
    let year = Year::of(&house);
    for back in (0..=DAYS).rev() {
        let date = today.plus_days(-back);
        year.open(date);
        if back > 0 {
            year.live_through(date, back as usize);
        }
        if back % 50 == 0 {
            eprintln!("{back} days to go");
        }
    }
    std::fs::write(finished, settings_text(folder)).unwrap();
}

/// A copy of the year on the morning of its last day, to be worked on.
pub fn house(year: &Path, work: &Path) -> House {
    std::fs::copy(year.join(DATABASE), work.join(DATABASE)).unwrap();
    let house = open(work);
    let today: ServiceDate = TODAY.parse().unwrap();
    house.clock.set(house.settings.calendar().at(today, time(9, 40, 0, 0)));
    house
}

/// The settings with the file of the papers by its full path, as settings want it.
fn settings_text(folder: &Path) -> String {
    let papers = folder.canonicalize().unwrap().join("papers.bin");
    SETTINGS.replace("papers.bin", &papers.display().to_string())
}

fn open(folder: &Path) -> House {
    let mut settings = Settings::parse(&settings_text(folder)).unwrap();
    folder.clone_into(&mut settings.data);
    let store = Store::open(&folder.join(DATABASE)).unwrap();
    let clock = Clock::standing_at("2026-11-24T01:40:00Z".parse().unwrap());
    House { store, clock, settings: Arc::new(settings) }
}

struct Year {
    house: House,
    counter: Counter,
    dispatch: Dispatch,
    menu: Menu,
    residents: Vec<Resident>,
    badges: Vec<u32>,
}

impl Year {
    fn of(house: &House) -> Self {
        let registry = Registry::new(house.clone());
        let counter = Counter::new(house.clone());
        let today = house.settings.calendar().today(house.clock.now());
        let all = registry.residents().unwrap();
        let menu = (0..14)
            .find_map(|days| counter.day(today.plus_days(days)).unwrap().menu)
            .expect("a menu in two weeks");
        Self {
            counter,
            dispatch: Dispatch::new(house.clone()),
            menu,
            residents: all.into_iter().filter(|r| r.allergies.is_empty()).collect(),
            badges: registry.volunteers().unwrap().iter().map(|v| v.badge).collect(),
            house: house.clone(),
        }
    }

    fn open(&self, date: ServiceDate) {
        let menu = Menu { date, portions: 5_000, ..self.menu.clone() };
        self.house
            .store
            .write(|tx| {
                menus::put(tx, &menu)?;
                menus::open_day(tx, date.0)?;
                Ok::<_, Error>(())
            })
            .unwrap();
    }

    fn live_through(&self, date: ServiceDate, day: usize) {
        self.at(date, 8, 30);
        let orders: Vec<_> = (0..A_DAY).map(|nth| self.order(date, day * 31 + nth)).collect();
        self.at(date, 10, 1);
        self.deliver(date, day);
        for order in orders.iter().filter(|o| o.fulfilment != Fulfilment::Delivery) {
            self.counter.pay(order.id, PaymentMethod::Cash, STAFF).unwrap();
            self.counter.ready(order.id, STAFF).unwrap();
            self.counter.collected(order.id, STAFF).unwrap();
        }
        self.at(date, 12, 40);
        self.dispatch.close_day(date).unwrap();
        self.print(date);
    }

    fn at(&self, date: ServiceDate, hour: i8, minute: i8) {
        self.house.clock.set(self.house.settings.calendar().at(date, time(hour, minute, 0, 0)));
    }

    /// One in five is carried, two in five are of somebody known.
    fn order(&self, date: ServiceDate, nth: usize) -> Order {
        let resident = self.residents[nth * 37 % self.residents.len()].id;
        let (fulfilment, resident) = match nth % 5 {
            0 => (Fulfilment::Delivery, Some(resident)),
            1 => (Fulfilment::TakeAway, Some(resident)),
            2 => (Fulfilment::TakeAway, None),
            _ => (Fulfilment::EatIn, None),
        };
        let wish = NewOrder {
            date,
            fulfilment,
            portions: Portions::new(if nth % 7 == 3 { 2 } else { 1 }).unwrap(),
            preferences: Preferences {
                softer: nth.is_multiple_of(3),
                substitute: resident.is_some(),
                ..Preferences::default()
            },
            category: Category::Senior,
            resident,
            door: None,
            payment: Payment::Later,
        };
        self.counter.place(&wish, KIOSK).unwrap()
    }

    fn deliver(&self, date: ServiceDate, day: usize) {
        let on_duty: Vec<_> =
            (0..8).map(|nth| self.badges[(day * 3 + nth) % self.badges.len()]).collect();
        self.dispatch.put_on_duty(date, &on_duty).unwrap();
        let options = Options { iterations: Some(100), threads: 1, ..Options::default() };
        self.dispatch.plan_rounds(date, &options, &Unattended).unwrap();
        for round in self.dispatch.rounds(date).unwrap() {
            self.dispatch.take_slip(round.id).unwrap();
        }
        for round in self.dispatch.rounds(date).unwrap() {
            let lines: Vec<_> = round.stops.iter().map(|stop| delivered(stop.order)).collect();
            self.dispatch.hand_in(round.id, &lines).unwrap();
        }
        // A door that no volunteer could take is carried by the desk.
        let carried = |o: &Order| o.fulfilment == Fulfilment::Delivery && !o.state.is_final();
        for order in self.counter.orders(date).unwrap().into_iter().filter(carried) {
            self.dispatch.record_visit(&delivered(order.id)).unwrap();
        }
    }

    /// Every paper of the day came out.
    fn print(&self, date: ServiceDate) {
        let now = self.house.clock.now();
        let ended = Ended { outcome: "confirmed", reason: String::new(), dots: 900 };
        self.house
            .store
            .write(|tx| {
                for job in print_jobs::on(tx, date)? {
                    if let Some(attempt) = print_jobs::begin(tx, job.id, "window", now)? {
                        print_jobs::end(tx, attempt, &ended, now)?;
                        print_jobs::set_state(tx, job.id, PrintJobState::Confirmed, now)?;
                    }
                }
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

const fn delivered(order: clubhouse_kiosk::domain::OrderId) -> HandInLine {
    HandInLine { order, outcome: Outcome::Delivered, left_with: String::new(), cash: None }
}

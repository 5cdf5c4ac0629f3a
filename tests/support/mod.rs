//! A clubhouse of its own for each story: the sample compound in a new folder, a clock that stands
//! still until the story moves it.

pub mod desk;
pub mod kiosk;
pub mod layout;
pub mod lunches;
pub mod pages;
pub mod screens;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clubhouse_hardware::printer::{PaperWidth, SimulatedPrinter};
use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::{Counter, NewOrder};
use clubhouse_kiosk::dispatch::Dispatch;
use clubhouse_kiosk::domain::{
    Category, Fulfilment, Payment, Portions, Preferences, Resident, ServiceDate,
};
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::printing::{Board, Step, Worker};
use clubhouse_kiosk::registry::Registry;
use clubhouse_kiosk::rehearsal;
use clubhouse_kiosk::store::Store;
use tempfile::TempDir;

pub struct Clubhouse {
    /// Holds the database; goes with the story.
    _folder: TempDir,
    pub house: House,
    pub counter: Counter,
    pub dispatch: Dispatch,
    pub registry: Registry,
    pub printer: SimulatedPrinter,
    pub board: Board,
    worker: Worker,
}

/// The sample's Tuesday.
pub fn tuesday() -> ServiceDate {
    "2026-11-24".parse().unwrap()
}

impl Clubhouse {
    /// Tuesday 9:40, nothing ordered yet.
    pub fn new() -> Self {
        Self::with(Settings::default())
    }

    /// The same under other settings; the first printer is worked by [`Clubhouse::print`].
    pub fn with(settings: Settings) -> Self {
        let folder = TempDir::new().unwrap();
        let settings = Arc::new(settings);
        let store = Store::open(&folder.path().join("lunch.sqlite")).unwrap();
        let clock = Clock::standing_at("2026-11-24T01:40:00Z".parse().unwrap());
        let house = House { store, clock, settings: settings.clone() };
        rehearsal::furnish(&house).unwrap();
        let printer = SimulatedPrinter::new(PaperWidth::Mm80);
        let board = Board::new(settings, &printer).unwrap();
        let fonts = Fonts::load(None).unwrap();
        let press = board.presses()[0].clone();
        let stopping = Arc::new(AtomicBool::new(false));
        let worker = Worker::new(house.clone(), board.clone(), press, &fonts, stopping).unwrap();
        Self {
            counter: Counter::new(house.clone()),
            dispatch: Dispatch::new(house.clone()),
            registry: Registry::new(house.clone()),
            _folder: folder,
            house,
            printer,
            board,
            worker,
        }
    }

    /// Moves the clock to a time of the service day.
    pub fn at(&self, time: &str) {
        self.house.clock.set(format!("2026-11-24T{time}:00+08:00").parse().unwrap());
    }

    /// Prints until nothing is due or the printer can't; returns how many papers were worked on.
    pub fn print(&mut self) -> usize {
        let mut worked = 0;
        while let Step::Worked(_) = self.step() {
            worked += 1;
        }
        worked
    }

    /// Works on the next paper, if one is due and the printer can.
    pub fn step(&mut self) -> Step {
        self.worker.step().unwrap()
    }

    pub fn residents(&self) -> Vec<Resident> {
        self.registry.residents().unwrap()
    }

    /// A senior without allergies.
    pub fn senior(&self, nth: usize) -> Resident {
        let plain = |r: &Resident| r.category == Category::Senior && r.allergies.is_empty();
        self.residents().into_iter().filter(plain).nth(nth).unwrap()
    }
}

/// One plain portion for Tuesday.
pub fn wish(fulfilment: Fulfilment) -> NewOrder {
    NewOrder {
        date: tuesday(),
        fulfilment,
        portions: Portions::ONE,
        preferences: Preferences::default(),
        category: Category::Senior,
        resident: None,
        door: None,
        payment: Payment::Later,
    }
}

/// A delivery to a resident's own door.
pub fn delivery(resident: &Resident) -> NewOrder {
    NewOrder { resident: Some(resident.id), ..wish(Fulfilment::Delivery) }
}

/// How many random cases a property is tried on: `short`, or what `PROPTEST_CASES` says.
pub fn cases(short: u32) -> proptest::test_runner::Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(short);
    proptest::test_runner::Config { cases, failure_persistence: None, ..Default::default() }
}

//! The watchdog: fed while every part ticks, starved by the first one that does not.

use std::io::ErrorKind;
use std::os::unix::net::UnixDatagram;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clubhouse_hardware::printer::{Fault, PaperWidth, SimulatedPrinter};
use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::heartbeat::{Fed, Feeder, Heartbeat, StorePulse};
use clubhouse_kiosk::printing::{Board, Worker};
use clubhouse_kiosk::store::StoreError;

use crate::support::desk::Desk;
use crate::support::{Clubhouse, wish};

const WATCHDOG: Duration = Duration::from_secs(20);

/// A heart whose time the story moves.
struct Watch {
    millis: Arc<AtomicU64>,
    heart: Heartbeat,
}

impl Watch {
    fn new() -> Self {
        let millis = Arc::new(AtomicU64::new(0));
        let time = millis.clone();
        let now = move || Duration::from_millis(time.load(Ordering::Relaxed));
        Self { millis, heart: Heartbeat::new(WATCHDOG, now) }
    }

    fn pass(&self, time: Duration) {
        self.millis.fetch_add(time.as_millis() as u64, Ordering::Relaxed);
    }

    fn silent(&self) -> Vec<String> {
        self.heart.silent().into_iter().map(|s| s.name).collect()
    }
}

#[test]
fn a_screen_that_stands_still_starves_the_watchdog_behind_parts_that_work() {
    let watch = Watch::new();
    let mut feeder = Feeder::new(watch.heart.clone());
    let (screen, clock) = (watch.heart.screen(), watch.heart.clock(Duration::from_secs(20)));
    let fed = feeder.look();
    assert!(fed.feed);
    assert!(fed.status.is_some_and(|s| s.starts_with("serving")));

    // While both beat there is nothing new to say.
    for _ in 0..60 {
        watch.pass(Duration::from_secs(1));
        screen.beat();
        clock.beat();
        assert_eq!(feeder.look(), Fed { feed: true, status: None });
    }
    // The clock goes on, the event loop does not.
    let mut starved_after = 0;
    while feeder.look().feed {
        watch.pass(Duration::from_secs(1));
        clock.beat();
        starved_after += 1;
        assert!(starved_after < 60);
    }
    assert_eq!(starved_after, 11, "half the watchdog's time, and no more");
    assert_eq!(watch.silent(), ["screen"]);
    // What is wrong was said with the look that found it, and once.
    assert_eq!(feeder.look(), Fed { feed: false, status: None });

    screen.beat();
    let back = feeder.look();
    assert!(back.feed && back.status.is_some_and(|s| s.starts_with("serving")));
}

#[test]
fn a_planner_that_thinks_for_as_long_as_it_may_is_not_taken_for_dead() {
    let watch = Watch::new();
    let _clock = watch.heart.clock(Duration::from_secs(20));
    watch.pass(Duration::from_mins(1));
    assert_eq!(watch.silent(), [""; 0]);
    watch.pass(Duration::from_mins(1));
    assert_eq!(watch.silent(), ["clock"]);
}

/// A write is believed for no time at all, so that each look writes.
fn store_of(watch: &Watch, c: &Clubhouse) -> StorePulse {
    StorePulse::new(c.house.store.clone(), watch.heart.store(), Duration::ZERO)
}

#[test]
fn a_store_that_nobody_lets_go_of_is_silent_until_it_is_free() {
    let c = Clubhouse::new();
    let watch = Watch::new();
    let mut store = store_of(&watch, &c);
    let other = rusqlite::Connection::open(c.house.store.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    watch.pass(WATCHDOG * 4 + Duration::from_secs(1));
    store.ask();
    assert_eq!(watch.silent(), ["store"]);
    drop(other);
    store.ask();
    assert_eq!(watch.silent(), [""; 0]);
}

/// A restart would mend nothing, and nobody could be sent to the window meanwhile.
#[test]
fn a_store_that_may_only_be_read_is_a_known_trouble_and_no_silence() {
    let c = Clubhouse::new();
    let watch = Watch::new();
    let mut store = store_of(&watch, &c);
    c.house
        .store
        .read(|db| Ok::<_, StoreError>(db.pragma_update(None, "query_only", true)?))
        .unwrap();
    assert!(matches!(c.house.store.probe(), Err(StoreError::ReadOnly)));
    watch.pass(WATCHDOG * 5);
    store.ask();
    assert_eq!(watch.silent(), [""; 0]);
}

#[test]
fn somebody_elses_write_saves_the_cards_one() {
    let c = Clubhouse::new();
    let watch = Watch::new();
    let hour = Duration::from_hours(1);
    let mut store = StorePulse::new(c.house.store.clone(), watch.heart.store(), hour);
    let log = c.house.store.path().with_file_name("lunch.sqlite-wal");
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    let before = std::fs::metadata(&log).unwrap().len();
    watch.pass(WATCHDOG * 5);
    store.ask();
    assert_eq!(watch.silent(), [""; 0], "it was read");
    assert_eq!(std::fs::metadata(&log).unwrap().len(), before, "and not written");
}

/// A printer that stands in the middle of a paper holds its worker up for as long as it may; the
/// worker beats meanwhile. One that is not worked at all does not.
#[test]
fn a_worker_at_a_stalled_printer_beats_and_one_that_stands_still_does_not() {
    let c = Clubhouse::new();
    let watch = Watch::new();
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    let board = Board::new(c.house.settings.clone(), &printer).unwrap();
    let press = board.presses()[0].clone();
    let stopping = Arc::new(AtomicBool::new(false));
    let fonts = Fonts::load(None).unwrap();
    let mut worker = Worker::new(c.house.clone(), board, press.clone(), &fonts, stopping.clone())
        .unwrap()
        .with_pulse(watch.heart.printer(&press.name));
    watch.pass(WATCHDOG * 4 + Duration::from_secs(1));
    assert_eq!(watch.silent(), ["printer window"]);
    worker.step().unwrap();
    assert_eq!(watch.silent(), [""; 0], "a pass of its loop is a beat");

    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    printer.fail_after(2_000, Fault::PaperOut);
    let working = std::thread::spawn(move || worker.step());
    let deadline = Instant::now() + Duration::from_secs(20);
    while !printer.has_fault(Fault::PaperOut) {
        assert!(Instant::now() < deadline, "nothing was printed");
        std::thread::yield_now();
    }
    for _ in 0..3 {
        watch.pass(WATCHDOG * 5);
        while !watch.silent().is_empty() {
            assert!(Instant::now() < deadline, "the worker waits for paper without a beat");
            std::thread::yield_now();
        }
    }
    stopping.store(true, Ordering::Relaxed);
    working.join().unwrap().unwrap();
}

/// The kiosk as systemd starts it, with the story in systemd's place.
struct Started {
    child: Child,
    heard: UnixDatagram,
}

impl Started {
    fn new(desk: &Desk, watchdog: Duration) -> Self {
        let socket = desk.path("notify");
        let heard = UnixDatagram::bind(&socket).unwrap();
        heard.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_clubhouse-kiosk"))
            .args(["run", "--headless"])
            .current_dir(desk.folder.path())
            .env("NOTIFY_SOCKET", &socket)
            .env("WATCHDOG_USEC", watchdog.as_micros().to_string())
            .env_remove("WATCHDOG_PID")
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(desk.path("journal")).unwrap())
            .spawn()
            .unwrap();
        Self { child, heard }
    }

    /// The next message within this time.
    fn next(&self, within: Duration) -> Option<String> {
        let until = Instant::now() + within;
        let mut bytes = [0; 1024];
        while Instant::now() < until {
            match self.heard.recv(&mut bytes) {
                Ok(length) => return Some(String::from_utf8_lossy(&bytes[..length]).into_owned()),
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(e) => panic!("{e}"),
            }
        }
        None
    }

    /// Waits for a message that begins so.
    #[track_caller]
    fn hears(&self, beginning: &str) {
        let until = Instant::now() + Duration::from_mins(1);
        while Instant::now() < until {
            if self.next(Duration::from_secs(1)).is_some_and(|m| m.starts_with(beginning)) {
                return;
            }
        }
        panic!("“{beginning}” was not said");
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_running_kiosk_feeds_systemd_until_its_store_is_held() {
    let desk = Desk::new();
    desk.settings("demonstration = \"2026-11-24T09:40\"\n[web]\naddress = \"\"\n");
    let watchdog = Duration::from_secs(2);
    let kiosk = Started::new(&desk, watchdog);
    kiosk.hears("READY=1");
    for _ in 0..3 {
        kiosk.hears("WATCHDOG=1");
    }
    let other = rusqlite::Connection::open(desk.path("var/lunch.sqlite")).unwrap();
    other.execute_batch("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE").unwrap();
    // The status names the part, and from then on nothing is fed.
    kiosk.hears("STATUS=no answer from: store");
    let until = Instant::now() + watchdog * 2;
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        let said = kiosk.next(left).unwrap_or_default();
        assert!(!said.starts_with("WATCHDOG=1"), "fed behind a held store");
    }
    let journal = std::fs::read_to_string(desk.path("journal")).unwrap();
    assert!(journal.contains("does not answer any more"), "{journal}");
    drop(other);
    kiosk.hears("STATUS=serving");
    kiosk.hears("WATCHDOG=1");
}

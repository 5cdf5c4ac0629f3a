//! The kiosk's confirmation while the pages are busy: sixty orders a minute at the screen, once with
//! nobody at the pages and once with 20 desk tabs that follow every change and 200 phones that
//! report doors, in turns within one run.
//!
//! `cargo bench --bench pages -- --minutes 2` measures so many minutes of each; see README.md.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clubhouse_hardware::printer::{PaperWidth, SimulatedPrinter};
use clubhouse_kiosk::accounts::Accounts;
use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::{Counter, NewOrder};
use clubhouse_kiosk::dispatch::Dispatch;
use clubhouse_kiosk::domain::{
    Category, Fulfilment, Payment, Portions, Preferences, Resident, Role, ServiceDate,
};
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::{Bell, Board};
use clubhouse_kiosk::registry::Registry;
use clubhouse_kiosk::rehearsal;
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::store::{Store, print_jobs};
use clubhouse_kiosk::tickets::Ticket;
use clubhouse_kiosk::web::{self, Web};
use tokio::sync::watch;

const TABS: usize = 20;
const PHONES: usize = 200;
/// Orders for delivery that are on the rounds the phones walk.
const DOORS: usize = 120;
/// A phone reports a door this often.
const REPORT_EVERY: Duration = Duration::from_mins(1);
const ORDER_EVERY: Duration = Duration::from_secs(1);
const PASSWORD: &str = "three dishes, twenty yuan";

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let minutes = args.iter().position(|arg| arg == "--minutes");
    let minutes = minutes.map_or(1, |at| args[at + 1].parse().expect("minutes"));
    let folder = tempfile::tempdir().unwrap();
    let (house, board) = clubhouse(&folder.path().join("lunch.sqlite"));
    let phones = rounds(&house);
    let address = serve(&house, &board);
    let cookie = sign_in(&house, address);
    let (alarm, _calls) = Alarm::new();
    let mut clerk = Clerk::new(house.clone(), board, Bell::default(), alarm);

    let (mut alone, mut busy) = (Vec::new(), Vec::new());
    let counts = Arc::new(Counts::default());
    for _ in 0..minutes {
        alone.extend(a_minute(&house, &mut clerk));
        let crowd = Crowd::gather(address, &cookie, &phones, &counts);
        busy.extend(a_minute(&house, &mut clerk));
        crowd.leave();
    }
    println!("the kiosk's confirmation, {} orders each:", alone.len());
    println!("{:<34} {}", "nobody at the pages", figures(&mut alone));
    println!("{:<34} {}", format!("{TABS} tabs and {PHONES} phones"), figures(&mut busy));
    println!(
        "meanwhile {} pages were drawn, {} events told, {} reports taken, {} requests failed",
        counts.pages.load(Ordering::Relaxed),
        counts.events.load(Ordering::Relaxed),
        counts.reports.load(Ordering::Relaxed),
        counts.failed.load(Ordering::Relaxed),
    );
}

fn clubhouse(file: &std::path::Path) -> (House, Board) {
    let mut settings = Settings::default();
    settings.web.public_url = "http://kiosk.example".into();
    let settings = Arc::new(settings);
    let store = Store::open(file).unwrap();
    let clock = Clock::standing_at("2026-11-24T01:40:00Z".parse().unwrap());
    let house = House { store, clock, settings: settings.clone() };
    rehearsal::furnish(&house).unwrap();
    let printer = SimulatedPrinter::new(PaperWidth::Mm80);
    (house, Board::new(settings, &printer).unwrap())
}

fn today(house: &House) -> ServiceDate {
    Counter::new(house.clone()).calendar().unwrap().today(house.clock.now())
}

fn seniors(house: &House) -> Vec<Resident> {
    let mut all = Registry::new(house.clone()).residents().unwrap();
    all.retain(|r| r.category == Category::Senior && r.allergies.is_empty());
    all
}

fn wish(house: &House, fulfilment: Fulfilment, resident: &Resident) -> NewOrder {
    NewOrder {
        date: today(house),
        fulfilment,
        portions: Portions::ONE,
        preferences: Preferences::default(),
        category: Category::Senior,
        resident: Some(resident.id),
        door: None,
        payment: Payment::Later,
    }
}

/// Rounds that are under way; for each phone its round's path and the doors of it.
fn rounds(house: &House) -> Vec<(String, Vec<String>)> {
    let (counter, dispatch) = (Counter::new(house.clone()), Dispatch::new(house.clone()));
    let date = today(house);
    let mut menu = counter.day(date).unwrap().menu.unwrap();
    menu.portions = 100_000;
    counter.write_menus(&[menu], &std::collections::BTreeMap::new()).unwrap();
    for resident in seniors(house).iter().step_by(5).take(DOORS) {
        counter.place(&wish(house, Fulfilment::Delivery, resident), "kiosk").unwrap();
    }
    let badges: Vec<u32> = (101..121).collect();
    dispatch.put_on_duty(date, &badges).unwrap();
    house.clock.set("2026-11-24T10:05:00+08:00".parse().unwrap());
    let options = Options { seed: 7, iterations: Some(2_000), threads: 1 };
    let plan = dispatch.plan_rounds(date, &options, &Unattended).unwrap();
    house.clock.set("2026-11-24T11:10:00+08:00".parse().unwrap());
    for round in &plan.rounds {
        dispatch.take_slip(round.id).unwrap();
    }
    let jobs = house.store.read(|db| print_jobs::on(db, date)).unwrap();
    let mut links: Vec<(u32, String)> = jobs
        .into_iter()
        .filter_map(|job| match job.ticket {
            Ticket::RoundSlip(slip) => Some((slip.round, slip.link)),
            _ => None,
        })
        .collect();
    links.sort();
    let path = |link: &str| link.strip_prefix("http://kiosk.example").unwrap().to_owned();
    // Collecting goes on until 13:30 in this house, so that the screen takes orders all the while.
    let doors = |number: u32| {
        let round = plan.rounds.iter().find(|round| round.number == number).unwrap();
        round.stops.iter().map(|stop| stop.order.to_string()).collect()
    };
    links.into_iter().map(|(number, link)| (path(&link), doors(number))).collect()
}

fn serve(house: &House, board: &Board) -> SocketAddr {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (told, changes) = watch::channel(0);
    let (alarm, _) = Alarm::new();
    let path = house.store.path().to_owned();
    runtime.spawn(async move { web::follow(&path, told).await });
    let web = Web::new(house.clone(), board.clone(), Bell::default(), alarm, changes);
    let listener = runtime.block_on(tokio::net::TcpListener::bind(("127.0.0.1", 0))).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(web::serve(listener, web::app(web), Arc::default()));
    thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
    address
}

/// Sixty orders, one a second; how long the clerk took for each.
fn a_minute(house: &House, clerk: &mut Clerk) -> Vec<Duration> {
    let people = seniors(house);
    let begun = Instant::now();
    (0..60u32)
        .map(|nth| {
            let resident = &people[nth as usize * 7 % people.len()];
            let order = wish(house, Fulfilment::TakeAway, resident);
            thread::sleep((ORDER_EVERY * nth).saturating_sub(begun.elapsed()));
            let asked = Instant::now();
            let reply = clerk.answer(Request::Place(order));
            let took = asked.elapsed();
            assert!(matches!(reply, Reply::Placed { .. }), "not placed");
            took
        })
        .collect()
}

fn figures(times: &mut [Duration]) -> String {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    format!("median {}, p99 {}, worst {}", ms(at(0.5)), ms(at(0.99)), ms(at(1.0)))
}

#[derive(Default)]
struct Counts {
    pages: AtomicUsize,
    events: AtomicUsize,
    reports: AtomicUsize,
    failed: AtomicUsize,
}

/// Everybody at the pages, until they leave.
struct Crowd {
    leaving: Arc<AtomicBool>,
    people: Vec<thread::JoinHandle<()>>,
}

impl Crowd {
    fn gather(
        address: SocketAddr,
        cookie: &str,
        phones: &[(String, Vec<String>)],
        counts: &Arc<Counts>,
    ) -> Self {
        let leaving = Arc::new(AtomicBool::new(false));
        let mut people = Vec::new();
        for _ in 0..TABS {
            let (cookie, counts, leaving) = (cookie.to_owned(), counts.clone(), leaving.clone());
            people.push(thread::spawn(move || tab(address, &cookie, &counts, &leaving)));
        }
        for nth in 0..PHONES {
            let (path, doors) = phones[nth % phones.len()].clone();
            let (counts, leaving) = (counts.clone(), leaving.clone());
            people
                .push(thread::spawn(move || phone(address, nth, &path, &doors, &counts, &leaving)));
        }
        Self { leaving, people }
    }

    fn leave(self) {
        self.leaving.store(true, Ordering::Relaxed);
        for person in self.people {
            person.join().unwrap();
        }
    }
}

/// A desk tab: follows the events, and asks for the part that changed.
fn tab(address: SocketAddr, cookie: &str, counts: &Counts, leaving: &AtomicBool) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    write!(stream, "GET /today/events HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n").unwrap();
    let mut lines = BufReader::new(stream);
    let mut line = String::new();
    while !leaving.load(Ordering::Relaxed) {
        match lines.read_line(&mut line) {
            Ok(0) => break,
            Ok(_) if line.starts_with("event: changed") => {
                counts.events.fetch_add(1, Ordering::Relaxed);
                let answer = ask(address, "GET /today/live", cookie, "");
                let drawn = answer.is_some_and(|text| text.starts_with("HTTP/1.1 200"));
                let kind = if drawn { &counts.pages } else { &counts.failed };
                kind.fetch_add(1, Ordering::Relaxed);
            }
            Ok(_) => {}
            // The rest of a line that was cut by the wait comes later.
            Err(_) => continue,
        }
        line.clear();
    }
}

/// A phone: opens its round, then reports a door each minute.
fn phone(
    address: SocketAddr,
    nth: usize,
    path: &str,
    doors: &[String],
    counts: &Counts,
    leaving: &AtomicBool,
) {
    let step = REPORT_EVERY / PHONES as u32;
    let mut next = Instant::now() + step * nth as u32;
    for turn in 0.. {
        while Instant::now() < next {
            if leaving.load(Ordering::Relaxed) {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
        next += REPORT_EVERY;
        let opened = ask(address, &format!("GET {path}"), "", "");
        let seed = Instant::now().elapsed().subsec_nanos();
        let door = &doors[(nth + turn) % doors.len()];
        let id = format!("{nth}-{turn}-{seed}-{:?}", thread::current().id());
        let report = format!(
            r#"[{{"id":"{}","order":"{door}","outcome":"delivered","left_with":"","at":1795489800000}}]"#,
            id.replace(['(', ')'], "")
        );
        let sent = ask(address, &format!("POST {path}/ticks"), "", &report);
        for answer in [opened, sent] {
            let fine = answer.is_some_and(|text| text.starts_with("HTTP/1.1 200"));
            let kind = if fine { &counts.reports } else { &counts.failed };
            kind.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn sign_in(house: &House, address: SocketAddr) -> String {
    Accounts::new(house.clone()).add("office", Role::Office, None, PASSWORD).unwrap();
    let form = format!("name=office&password={}", PASSWORD.replace(' ', "+").replace(',', "%2C"));
    let answer = ask(address, "POST /sign-in", "", &form).unwrap();
    let (_, cookie) = answer.split_once("set-cookie: ").expect("signed in");
    cookie.split(';').next().unwrap().to_owned()
}

/// Asks once over a connection of its own; the whole answer.
fn ask(address: SocketAddr, what: &str, cookie: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let kind = if body.starts_with('[') {
        "application/json"
    } else {
        "application/x-www-form-urlencoded"
    };
    write!(
        stream,
        "{what} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}

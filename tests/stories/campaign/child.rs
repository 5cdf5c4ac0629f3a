//! The clubhouse as a process of its own, which can be killed: wired as the kiosk is, with lines
//! for touches. It says what a resident would have been told, and not before.

use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::Arc;

use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::counter::{Amendment, Counter, NewOrder};
use clubhouse_kiosk::domain::{
    Category, Fulfilment, OrderId, Payment, Portions, Preferences, PrintQueue, ResidentId,
    ServiceDate,
};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::store::Store;
use clubhouse_kiosk::wiring::Machine;
use clubhouse_kiosk::{printing, schedule};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::support::{Clubhouse, tuesday};

/// What the test binary is asked to run to become a clubhouse.
pub const ENTRY: &str = "stories::campaign::child::a_clubhouse_answers_line_by_line";
/// The clubhouse's folder, for a process that is one.
pub const FOLDER: &str = "CAMPAIGN_FOLDER";
/// The moment at which its clock stands, in milliseconds since 1970.
pub const CLOCK: &str = "CAMPAIGN_CLOCK";
/// Begins each line that is an answer; the test harness writes lines of its own.
pub const MARK: &str = "» ";

/// One touch, or one look at the clock.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Ask {
    Place {
        date: ServiceDate,
        way: Fulfilment,
        portions: u8,
        resident: Option<ResidentId>,
        note: String,
    },
    Amend {
        order: OrderId,
        portions: u8,
        note: String,
    },
    Cancel {
        order: OrderId,
    },
    /// The clock moves, and what it sets off is done.
    Clock {
        moment: Timestamp,
    },
    /// A person sends a queue to another printer, or back.
    Move {
        queue: PrintQueue,
        printer: Option<String>,
    },
    /// Nothing but the bell that wakes the printers.
    Ring,
    /// Clean shutdown.
    Close,
}

/// What was said in return; one answer a question, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    Open,
    Placed { order: OrderId, number: u32 },
    Done,
    Failed { why: String },
    Closed,
}

/// Opens a prepared folder: settings and database.
pub fn open(folder: &Path, moment: Timestamp) -> House {
    let settings = Settings::load(&folder.join("clubhouse.toml")).unwrap();
    let store = Store::open(&folder.join("lunch.sqlite")).unwrap();
    House { store, clock: Clock::standing_at(moment), settings: Arc::new(settings) }
}

/// Runs a clubhouse until it is closed, killed, or nobody asks any more.
fn serve(house: House, asks: impl BufRead, mut out: impl Write) {
    let machine = Machine::start(house).unwrap();
    let counter = Counter::new(machine.house.clone());
    tell(&mut out, &Told::Open);
    for line in asks.lines() {
        let ask = serde_json::from_str(&line.unwrap()).unwrap();
        if matches!(ask, Ask::Close) {
            break;
        }
        let told = answer(&machine.house, &counter, ask);
        // As the clerk does after every request.
        machine.bell.ring();
        tell(&mut out, &told.unwrap_or_else(|e| Told::Failed { why: e.to_string() }));
    }
    machine.stop();
    tell(&mut out, &Told::Closed);
}

fn answer(house: &House, counter: &Counter, ask: Ask) -> Result<Told, Error> {
    match ask {
        Ask::Place { date, way, portions, resident, note } => {
            let wish = NewOrder {
                date,
                fulfilment: way,
                portions: Portions::new(portions)?,
                preferences: Preferences { note, ..Preferences::default() },
                category: Category::Senior,
                resident,
                door: None,
                payment: Payment::Later,
            };
            let order = counter.place(&wish, "kiosk")?;
            return Ok(Told::Placed { order: order.id, number: order.number });
        }
        Ask::Amend { order, portions, note } => {
            let change = Amendment {
                portions: Some(Portions::new(portions)?),
                preferences: Some(Preferences { note, ..Preferences::default() }),
                ..Amendment::default()
            };
            counter.amend(order, &change, "kiosk")?;
        }
        Ask::Cancel { order } => {
            counter.cancel(order, "kiosk")?;
        }
        Ask::Clock { moment } => {
            house.clock.set(moment);
            let (_, failed) = schedule::tick(house);
            if let Some(error) = failed.into_iter().next() {
                return Err(error);
            }
        }
        Ask::Move { queue, printer } => {
            printing::move_queue(house, queue, printer.as_deref(), "staff")?;
        }
        Ask::Ring | Ask::Close => {}
    }
    Ok(Told::Done)
}

/// One write a line: a process that is killed has said all of it or has not said it.
fn tell(out: &mut impl Write, told: &Told) {
    let line = format!("\n{MARK}{}\n", serde_json::to_string(told).unwrap());
    // Nobody listens any more once the campaign is over.
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
}

/// Told by its environment to be a clubhouse, this is one; by itself it shows what one says.
#[test]
fn a_clubhouse_answers_line_by_line() {
    if let Ok(folder) = std::env::var(FOLDER) {
        let moment = std::env::var(CLOCK).unwrap().parse().unwrap();
        let house = open(Path::new(&folder), Timestamp::from_millisecond(moment).unwrap());
        return serve(house, std::io::stdin().lock(), std::io::stdout());
    }
    let clubhouse = Clubhouse::new();
    let house = clubhouse.house.clone();
    let place = Ask::Place {
        date: tuesday(),
        way: Fulfilment::EatIn,
        portions: 2,
        resident: None,
        note: "少点油".into(),
    };
    let lost = Ask::Cancel { order: OrderId::new(house.clock.now(), [0; 10]) };
    let asks = [place, lost, Ask::Close].map(|ask| serde_json::to_string(&ask).unwrap() + "\n");
    let mut said = Vec::new();
    serve(house, asks.concat().as_bytes(), &mut said);
    let said = String::from_utf8(said).unwrap();
    let told: Vec<Told> = said
        .lines()
        .filter_map(|line| serde_json::from_str(line.strip_prefix(MARK)?).ok())
        .collect();
    assert!(
        matches!(
            told.as_slice(),
            [Told::Open, Told::Placed { number: 1, .. }, Told::Failed { .. }, Told::Closed]
        ),
        "{said}"
    );
}

//! The screen in a process that can be killed: the program as `run` wires it, the screen's mind, its
//! clerk, and somebody who orders one lunch after the other. It says what the screen shows, and not
//! before it shows it.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use clubhouse_kiosk::backup::BackedUp;
use clubhouse_kiosk::clock;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::dispatch::{Dispatch, HandInLine};
use clubhouse_kiosk::domain::{
    Door, Fulfilment, Order, OrderState, Outcome, RoundState, ServiceDate, Volunteer,
};
use clubhouse_kiosk::house::House;
use clubhouse_kiosk::kiosk::controller::page::{Keypad, Page};
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{Action, Controller, Effect, Input};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::registry::Registry;
use clubhouse_kiosk::store::Store;
use clubhouse_kiosk::wiring::{self, Machine};
use serde::{Deserialize, Serialize};

use super::promises::{self, Promise, Promises, Version, Wish};
use crate::stories::campaign::chance::Chance;

/// What the test binary is asked to run to become a screen.
pub const ENTRY: &str = "stories::power_cut::screen::a_screen_says_what_it_shows";
/// The seed of the people, for a process that is a screen.
pub const SEED: &str = "POWER_CUT_SCREEN";
/// Whether it is time to hand in and to close.
pub const EVENING: &str = "POWER_CUT_EVENING";
/// Begins each line of it.
pub const MARK: &str = "» ";
/// What is said when the day is about to be closed, and when it is.
pub const CLOSING: &str = "closing";
pub const CLOSED: &str = "closed";
/// Touches after which somebody gives up.
const MOST_TOUCHES: usize = 60;
/// Lunches that are ordered before a screen rests.
const MOST_ORDERS: usize = 8;

/// A line.
#[derive(Debug, Serialize, Deserialize)]
enum Told {
    Asking { at: u64, date: ServiceDate, way: Fulfilment, portions: u8 },
    Placed { at: u64, id: String, number: u32, total_fen: i64 },
    Refused,
    Visited { orders: Vec<String> },
    Closing,
    Closed { date: ServiceDate },
}

/// Takes a line of a screen for what it is.
pub fn believe(promises: &Promises, line: &str, say: &Sender<String>) {
    let Ok(told) = serde_json::from_str::<Told>(line) else { return };
    // One at a time stands at a screen, and the last one asked.
    let last = |work: &dyn Fn(&mut Promise)| {
        promises.with(|all| {
            let asked = all.iter_mut().rev().find(|p| p.from == promises::From::Screen);
            work(asked.expect("somebody asked"));
        });
    };
    match told {
        Told::Asking { at, date, way, portions } => {
            let version =
                Version { portions, note: String::new(), total_fen: None, cancelled: false };
            promises.ask(Promise {
                from: promises::From::Screen,
                date,
                way,
                resident: None,
                told: None,
                refused: false,
                wishes: vec![Wish { version, asked: at, told: None }],
            });
        }
        Told::Placed { at, id, number, total_fen } => last(&|promise| {
            promise.told = Some((id.clone(), number));
            promise.wishes[0].told = Some(at);
            promise.wishes[0].version.total_fen = Some(total_fen);
        }),
        Told::Refused => last(&|promise| promise.refused = true),
        Told::Visited { orders } => orders.into_iter().for_each(|order| promises.visit(order)),
        Told::Closing => drop(say.send(CLOSING.into())),
        Told::Closed { date } => {
            promises.close(date);
            drop(say.send(CLOSED.into()));
        }
    }
}

/// One write a line: a process that is killed has said all of it or has not said it.
fn tell(told: &Told) {
    let line = format!("\n{MARK}{}\n", serde_json::to_string(told).unwrap());
    // Nobody listens any more once the campaign is over.
    let _ = std::io::stdout().write_all(line.as_bytes());
}

/// Somebody at the screen.
struct Person<'a> {
    screen: Controller,
    clerk: &'a mut Clerk,
    chance: &'a mut Chance,
    neighbours: &'a [(Door, String)],
    placed: Option<Box<Order>>,
}

impl Person<'_> {
    fn put(&mut self, input: Input) {
        let mut effects = self.screen.handle(input);
        while !effects.is_empty() {
            let Effect::Ask(request) = effects.remove(0) else { continue };
            let asked = match &request {
                Request::Place(wish) => Some((wish.date, wish.fulfilment, wish.portions.get())),
                _ => None,
            };
            if let Some((date, way, portions)) = asked {
                tell(&Told::Asking { at: promises::now(), date, way, portions });
            }
            let reply = self.clerk.answer(request);
            if let Reply::Placed(shown) = &reply {
                self.placed = Some(Box::new(shown.order.clone()));
            } else if asked.is_some() && matches!(reply, Reply::Refused(_)) {
                tell(&Told::Refused);
            }
            effects.extend(self.screen.handle(Input::Reply(reply)));
        }
    }

    fn touch(&mut self, action: Action) {
        self.put(Input::Touch(action));
    }

    /// From the first screen to a number, or back home. The number counts once it is shown.
    fn order(&mut self) {
        self.placed = None;
        let way = self.chance.pick(Fulfilment::ALL);
        let at = self.chance.below(self.neighbours.len());
        let (door, digits) = self.neighbours[at].clone();
        self.put(Input::Start);
        self.touch(Action::StartOver);
        for _ in 0..MOST_TOUCHES {
            match self.screen.page().clone() {
                Page::Home => self.touch(Action::Way(way)),
                Page::Door(_) => self.touch(Action::Building(door.building.clone())),
                Page::Floor(..) => self.touch(Action::Floor(door.floor)),
                Page::Flat(..) => self.touch(Action::Flat(door.flat)),
                Page::Keypad(Keypad::Phone(..), _) => {
                    for digit in digits.bytes() {
                        self.touch(Action::Digit(digit - b'0'));
                    }
                    self.touch(Action::Enter);
                }
                Page::Options => {
                    if self.chance.percent(30) {
                        self.touch(Action::More);
                    }
                    self.touch(Action::Next);
                }
                Page::Confirm => self.touch(Action::Confirm),
                Page::Done(_) => break,
                // Closed, sold out, or too late for this way: another day, another person.
                _ => return self.touch(Action::StartOver),
            }
        }
        let (Some(order), Screen::Done(done)) = (self.placed.take(), self.screen.view().screen)
        else {
            return;
        };
        assert_eq!(done.number, order.number.to_string());
        tell(&Told::Placed {
            at: promises::now(),
            id: order.id.to_string(),
            number: order.number,
            total_fen: order.total.0,
        });
    }
}

/// Rounds come back, and the day is closed at the screen.
fn evening(house: &House, clerk: &mut Clerk) {
    let dispatch = Dispatch::new(house.clone());
    let date = house.settings.calendar().today(house.clock.now());
    let people: Vec<Volunteer> = Registry::new(house.clone()).volunteers().unwrap();
    for round in dispatch.rounds(date).unwrap() {
        let volunteer = people.iter().find(|v| v.id == round.volunteer).unwrap();
        let (badge, pin) = (volunteer.badge, volunteer.pin.clone());
        if !matches!(round.state, RoundState::Planned | RoundState::Out) {
            continue;
        }
        let reply = insist(clerk, &Request::SignIn { badge, pin });
        assert!(matches!(reply, Reply::OnDuty(_)), "{reply:?}");
        if round.state == RoundState::Planned {
            let reply = insist(clerk, &Request::TakeSlip(round.id));
            assert!(matches!(reply, Reply::SlipTaken(_)), "{reply:?}");
        }
        let lines: Vec<HandInLine> = round.stops.iter().map(|stop| delivered(stop.order)).collect();
        let orders = lines.iter().map(|line| line.order.to_string()).collect();
        match insist(clerk, &Request::HandIn { round: round.id, lines }) {
            Reply::HandedIn { .. } => tell(&Told::Visited { orders }),
            reply => panic!("{reply:?}"),
        }
    }
    // A door that is on no round was brought its lunch by the desk.
    let orders = clubhouse_kiosk::counter::Counter::new(house.clone()).orders(date).unwrap();
    for order in orders {
        let waits = matches!(order.state, OrderState::Placed | OrderState::OnRound);
        if order.fulfilment == Fulfilment::Delivery && waits {
            dispatch.record_visit(&delivered(order.id)).unwrap();
            tell(&Told::Visited { orders: vec![order.id.to_string()] });
        }
    }
    tell(&Told::Closing);
    match insist(clerk, &Request::CloseDay) {
        Reply::DayClosed(BackedUp::Everywhere) => tell(&Told::Closed { date }),
        // It was closed before the cut, and nobody was told.
        Reply::Refused(clubhouse_kiosk::domain::Refusal::DayClosed { .. }) => {
            tell(&Told::Closed { date });
        }
        reply => panic!("{reply:?}"),
    }
}

/// A busy machine may keep a writer waiting for longer than it may wait: staff touch again.
fn insist(clerk: &mut Clerk, request: &Request) -> Reply {
    let mut reply = clerk.answer(request.clone());
    for _ in 0..MOST_TOUCHES {
        if !matches!(reply, Reply::Failed(_) | Reply::PaperOnly(_)) {
            break;
        }
        reply = clerk.answer(request.clone());
    }
    reply
}

fn delivered(order: clubhouse_kiosk::domain::OrderId) -> HandInLine {
    HandInLine { order, outcome: Outcome::Delivered, left_with: String::new(), cash: None }
}

/// The program as `run --headless` wires it, and then the screen until it is killed.
fn serve(seed: u64, is_evening: bool) {
    let settings = Settings::load(Path::new("clubhouse.toml")).unwrap();
    let store = Store::open_to_serve(&settings.data.join("lunch.sqlite")).unwrap();
    let mut house = House { store, clock: clock::Clock::system(), settings: Arc::new(settings) };
    house.clock = clock::demonstration(&house, house.settings.demonstration.unwrap()).unwrap();
    let runtime = wiring::runtime().unwrap();
    let machine = Machine::start(house).unwrap();
    machine.follow_clock(&runtime);
    machine.check_store(&runtime);
    let pages = machine.open_pages(&runtime).unwrap();
    println!("\nthe desk's pages: {}", pages.url);
    let mut clerk = machine.clerk();
    if is_evening {
        evening(&machine.house, &mut clerk);
    } else {
        let mut chance = Chance::new(seed, 0);
        let residents = Registry::new(machine.house.clone()).residents().unwrap();
        let plain = residents.into_iter().filter(|r| r.allergies.is_empty());
        let neighbours: Vec<(Door, String)> = plain
            .filter_map(|r| Some((r.door.clone(), r.last_digits()?.to_owned())))
            .take(200)
            .collect();
        let screen = Controller::new(Lang::Zh);
        let mut person = Person {
            screen,
            clerk: &mut clerk,
            chance: &mut chance,
            neighbours: &neighbours,
            placed: None,
        };
        for _ in 0..MOST_ORDERS {
            person.order();
        }
    }
    // Nobody touches it any more; printers, clock and pages go on until the power goes.
    loop {
        std::thread::park();
    }
}

/// Told by its environment to be a screen, this is one until it is killed.
#[test]
fn a_screen_says_what_it_shows() {
    if let Ok(seed) = std::env::var(SEED) {
        serve(seed.parse().unwrap(), std::env::var(EVENING).is_ok_and(|evening| evening == "true"));
    }
}

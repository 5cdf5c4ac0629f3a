//! Two clerks and the kiosk at the same orders at the same time: every accepted change was made on
//! what its clerk saw, whoever came second is told, and the money is that of the last word.

use std::sync::Barrier;
use std::thread;

use axum::http::StatusCode;
use clubhouse_kiosk::counter::Amendment;
use clubhouse_kiosk::domain::{Fen, Fulfilment, Order, Portions, Refusal, Role};
use clubhouse_kiosk::error::Error;

use crate::support::pages::Pages;
use crate::support::{Clubhouse, tuesday, wish};

const ORDERS: usize = 6;
const TURNS: usize = 4;

/// What became of everybody's changes.
#[derive(Debug, Default)]
struct Tally {
    accepted: usize,
    told: usize,
}

#[test]
fn two_clerks_and_the_kiosk_at_once_lose_no_change_and_never_lock_up() {
    let clubhouse = Clubhouse::new();
    let orders: Vec<Order> = (0..ORDERS)
        .map(|nth| {
            let mut order = wish(Fulfilment::EatIn);
            order.resident = Some(clubhouse.senior(nth).id);
            clubhouse.counter.place(&order, "kiosk").unwrap()
        })
        .collect();
    let start = Barrier::new(3);
    let (house, board) = (&clubhouse.house, &clubhouse.board);
    // The accounts are there before two clerks sign in at once.
    let pages = Pages::at(house, board);
    drop([Role::Office, Role::Dispatcher].map(|role| pages.signed_in(role)));

    let clerk = |role: Role| {
        let pages = Pages::at(house, board);
        let clerk = pages.signed_in(role);
        let mut tally = Tally::default();
        start.wait();
        for turn in 0..TURNS {
            for order in &orders {
                let page = format!("/orders/{}", order.resident.unwrap());
                let shown = clerk.get(&page);
                let seen = shown.after("name=\"seen\" value=\"").replace("&#38;", "&");
                let portions = ((turn + role as usize) % 4 + 1).to_string();
                let id = order.id.to_string();
                let form = [
                    ("order", id.as_str()),
                    ("seen", seen.as_str()),
                    ("date", "2026-11-24"),
                    ("way", "eat-in"),
                    ("portions", &portions),
                ];
                match clerk.fill(&page, &format!("{page}/amend"), &form).status {
                    StatusCode::SEE_OTHER => tally.accepted += 1,
                    StatusCode::CONFLICT => tally.told += 1,
                    other => panic!("{other}"),
                }
            }
        }
        tally
    };
    let counter = &clubhouse.counter;
    let kiosk = || {
        let mut tally = Tally::default();
        start.wait();
        for turn in 0..TURNS {
            for order in &orders {
                let seen = counter.order(order.id).unwrap().version();
                let change = Amendment {
                    portions: Some(Portions::new((turn % 4 + 1) as u8).unwrap()),
                    seen: Some(seen),
                    ..Amendment::default()
                };
                match counter.amend(order.id, &change, "kiosk") {
                    Ok(_) => tally.accepted += 1,
                    Err(Error::Refused(Refusal::ChangedMeanwhile { .. })) => tally.told += 1,
                    Err(other) => panic!("{other}"),
                }
                counter.place(&wish(Fulfilment::TakeAway), "kiosk").unwrap();
            }
        }
        tally
    };
    let tallies = thread::scope(|scope| {
        let clerks = [Role::Office, Role::Dispatcher].map(|role| {
            let clerk = &clerk;
            scope.spawn(move || clerk(role))
        });
        let kiosk = scope.spawn(kiosk);
        let mut tallies: Vec<Tally> = clerks.into_iter().map(|c| c.join().unwrap()).collect();
        tallies.push(kiosk.join().unwrap());
        tallies
    });

    for tally in &tallies {
        assert_eq!(tally.accepted + tally.told, ORDERS * TURNS, "{tallies:?}");
    }
    let now = clubhouse.counter.orders(tuesday()).unwrap();
    assert_eq!(now.len(), ORDERS + ORDERS * TURNS, "every order of the kiosk is there");
    let numbers: Vec<u32> = now.iter().map(|order| order.number).collect();
    assert_eq!(numbers, (1..=now.len() as u32).collect::<Vec<_>>(), "numbers have no gap");
    for order in &now {
        assert_eq!(order.total, Fen::yuan(20) * i64::from(order.portions.get()));
    }
    let sold: u32 = now.iter().map(|order| u32::from(order.portions.get())).sum();
    let day = clubhouse.counter.day(tuesday()).unwrap();
    assert_eq!(day.left, day.menu.unwrap().portions - sold);
}

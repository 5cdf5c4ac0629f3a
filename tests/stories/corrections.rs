//! What was said of a door is put right: at once by the volunteer, later by the desk.

use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::{
    Fen, Order, OrderState, Outcome, Payment, PaymentMethod, PaymentState, Portions, PrintJobState,
    Refusal, Round, RoundState,
};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::store::{checks, corrections, ledger, orders, print_jobs, visits};
use clubhouse_kiosk::tickets::Ticket;
use proptest::prelude::*;

use crate::support::{Clubhouse, delivery, tuesday};
use clubhouse_kiosk::counter::NewOrder;

const PLAN: Options = Options { seed: 7, iterations: Some(500), threads: 1 };

/// Four deliveries on one round that is out at 11:00: number 2 is paid from an account, number 3 is
/// for two, the others pay 20 yuan at the door.
fn out() -> (Clubhouse, Round) {
    let c = Clubhouse::new();
    let rich = c.senior(7);
    c.counter.top_up(rich.id, Fen::yuan(30), PaymentMethod::Cash).unwrap();
    c.counter.place(&delivery(&c.senior(0)), "kiosk").unwrap();
    let wish = NewOrder { payment: Payment::FromAccount, ..delivery(&rich) };
    c.counter.place(&wish, "kiosk").unwrap();
    let wish = NewOrder { portions: Portions::new(2).unwrap(), ..delivery(&c.senior(1)) };
    c.counter.place(&wish, "kiosk").unwrap();
    c.counter.place(&delivery(&c.senior(2)), "kiosk").unwrap();
    c.dispatch.put_on_duty(tuesday(), &[101]).unwrap();
    c.at("10:05");
    let round = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap().rounds.remove(0);
    assert_eq!(round.stops.len(), 4);
    c.at("11:00");
    let round = c.dispatch.take_slip(round.id).unwrap();
    (c, round)
}

fn order(c: &Clubhouse, number: u32) -> Order {
    c.counter.by_number(tuesday(), number).unwrap()
}

fn line(order: &Order, outcome: Outcome) -> HandInLine {
    let left_with = if outcome == Outcome::LeftWith { "邻居" } else { "" };
    HandInLine { order: order.id, outcome, left_with: left_with.into(), cash: None }
}

/// Number 1 did not open; the rest was delivered.
fn lines(c: &Clubhouse) -> Vec<HandInLine> {
    let said = |n| if n == 1 { Outcome::NoAnswer } else { Outcome::Delivered };
    (1..=4).map(|n| line(&order(c, n), said(n))).collect()
}

fn correct(c: &Clubhouse, number: u32, outcome: Outcome) -> Order {
    c.dispatch.correct_visit(&line(&order(c, number), outcome), "staff").unwrap()
}

fn cash(c: &Clubhouse) -> Fen {
    c.dispatch.figures(tuesday()).unwrap().cash
}

fn rows(c: &Clubhouse, number: u32) -> (usize, usize, usize) {
    let id = order(c, number).id;
    c.house
        .store
        .read(|db| {
            let postings = ledger::between(db, None, None)?.len();
            let kept = corrections::of_order(db, id)?.len();
            Ok::<_, Error>((postings, kept, orders::history(db, id)?.len()))
        })
        .unwrap()
}

#[test]
fn a_hand_in_taken_back_leaves_everything_as_it_was_on_the_way() {
    let (c, round) = out();
    let before: Vec<Order> = (1..=4).map(|n| order(&c, n)).collect();
    let owed: Vec<Fen> = before.iter().map(|o| c.counter.owed(o.id).unwrap()).collect();
    c.at("11:40");
    assert_eq!(c.dispatch.hand_in(round.id, &lines(&c)).unwrap().state, RoundState::HandedIn);
    assert_eq!((cash(&c), c.dispatch.open_checks().unwrap().len()), (Fen::yuan(60), 1));

    let all: Vec<_> = before.iter().map(|o| o.id).collect();
    let again = c.dispatch.undo_hand_in(round.id, &all).unwrap();
    assert_eq!(again, round, "out since the same moment, no door recorded, the same to collect");
    assert_eq!((1..=4).map(|n| order(&c, n)).collect::<Vec<_>>(), before);
    let still: Vec<Fen> = before.iter().map(|o| c.counter.owed(o.id).unwrap()).collect();
    assert_eq!(still, owed);
    let figures = c.dispatch.figures(tuesday()).unwrap();
    assert_eq!((figures.cash, figures.visits), (Fen::ZERO, vec![]));
    assert!(c.dispatch.open_checks().unwrap().is_empty());
    let notes = c.house.store.read(|db| print_jobs::on(db, tuesday())).unwrap();
    let note = notes.iter().find(|j| matches!(j.ticket, Ticket::WelfareNote(_))).unwrap();
    assert_eq!(
        note.state,
        PrintJobState::Superseded,
        "nobody is sent to a door for a slip of hand"
    );

    let mended: Vec<_> = (1..=4).map(|n| line(&order(&c, n), Outcome::Delivered)).collect();
    assert_eq!(c.dispatch.hand_in(round.id, &mended).unwrap().state, RoundState::HandedIn);
    assert_eq!(cash(&c), Fen::yuan(80));
    assert_eq!(rows(&c, 1).1, 2, "taken back and said anew, both on record");
    c.at("12:40");
    assert_eq!(c.dispatch.close_day(tuesday()).unwrap().visits, [(Outcome::Delivered, 4)]);
}

#[test]
fn a_hand_in_stands_after_a_minute_or_where_it_does_not_belong() {
    let (c, round) = out();
    let all: Vec<_> = (1..=4).map(|n| order(&c, n).id).collect();
    let refused = |c: &Clubhouse| {
        let error = c.dispatch.undo_hand_in(round.id, &all).unwrap_err();
        matches!(error.refusal(), Some(Refusal::HandInStands { round: 1 }))
    };
    assert!(refused(&c), "it was not handed in yet");
    c.dispatch.hand_in(round.id, &lines(&c)).unwrap();
    c.at("11:02");
    assert!(refused(&c));
    assert_eq!(order(&c, 2).state, OrderState::Delivered);
}

#[test]
fn a_door_said_shut_was_open_after_all() {
    let (c, round) = out();
    c.at("11:40");
    c.dispatch.hand_in(round.id, &lines(&c)).unwrap();
    let corrected = correct(&c, 1, Outcome::LeftWith);
    assert_eq!(
        (corrected.state, corrected.payment, corrected.method),
        (OrderState::Delivered, PaymentState::Paid, Some(PaymentMethod::Cash))
    );
    assert_eq!((cash(&c), c.counter.owed(corrected.id).unwrap()), (Fen::yuan(80), Fen::ZERO));
    let (check, now, first) = c
        .house
        .store
        .read(|db| {
            let check = checks::of_order(db, corrected.id)?.unwrap();
            let now = visits::current(db, corrected.id)?.unwrap().1;
            Ok::<_, Error>((check, now, corrections::of_order(db, corrected.id)?))
        })
        .unwrap();
    assert_eq!(check.closed.unwrap().1, "更正");
    assert_eq!(
        (now.outcome, now.left_with.as_str(), now.meals_back),
        (Outcome::LeftWith, "邻居", 0)
    );
    assert_eq!((first.len(), first[0].actor.as_str()), (1, "staff"));
    let figures = c.dispatch.figures(tuesday()).unwrap();
    assert_eq!(figures.visits, [(Outcome::Delivered, 3), (Outcome::LeftWith, 1)]);
    let stop =
        c.dispatch.rounds(tuesday()).unwrap()[0].stops.iter().find(|s| s.number == 1).cloned();
    assert_eq!(stop.unwrap().visited, Some(Outcome::LeftWith), "the round reads the same");

    let before = rows(&c, 1);
    assert_eq!(correct(&c, 1, Outcome::LeftWith), corrected);
    assert_eq!(rows(&c, 1), before, "the same once more is no change");

    correct(&c, 1, Outcome::NoAnswer);
    assert_eq!(c.dispatch.open_checks().unwrap().len(), 1, "somebody must look in after all");
    assert_eq!(cash(&c), Fen::yuan(60));
}

#[test]
fn an_account_gets_its_money_back_and_pays_again() {
    let (c, round) = out();
    let (rich, id) = (c.senior(7).id, order(&c, 2).id);
    c.dispatch.hand_in(round.id, &lines(&c)).unwrap();
    let refused = correct(&c, 2, Outcome::Refused);
    assert_eq!((refused.state, refused.payment), (OrderState::Returned, PaymentState::Refunded));
    assert_eq!(c.counter.balance(rich).unwrap(), Fen::yuan(30));
    let paid = correct(&c, 2, Outcome::Delivered);
    assert_eq!((paid.payment, paid.method), (PaymentState::Paid, Some(PaymentMethod::Account)));
    assert_eq!(c.counter.balance(rich).unwrap(), Fen::yuan(10));

    correct(&c, 2, Outcome::Refused);
    c.at("11:10");
    let eat_in = NewOrder {
        resident: Some(rich),
        payment: Payment::FromAccount,
        ..crate::support::wish(clubhouse_kiosk::domain::Fulfilment::EatIn)
    };
    c.counter.place(&eat_in, "kiosk").unwrap();
    let short = correct(&c, 2, Outcome::Delivered);
    assert_eq!((short.state, short.payment), (OrderState::Delivered, PaymentState::Due));
    assert_eq!(
        (c.counter.balance(rich).unwrap(), c.counter.owed(id).unwrap()),
        (Fen::ZERO, Fen::yuan(10)),
        "what the account has no more is owed"
    );
}

#[test]
fn money_paid_at_the_desk_is_left_alone() {
    let (c, round) = out();
    let mut said = lines(&c);
    said[3].cash = Some(Fen::ZERO);
    c.dispatch.hand_in(round.id, &said).unwrap();
    assert_eq!(order(&c, 4).payment, PaymentState::Due);
    c.counter.pay(order(&c, 4).id, PaymentMethod::Other, "staff").unwrap();
    let kept = correct(&c, 4, Outcome::LeftWith);
    assert_eq!((kept.payment, kept.method), (PaymentState::Paid, Some(PaymentMethod::Other)));
    let figures = c.dispatch.figures(tuesday()).unwrap();
    assert_eq!((figures.cash, figures.other), (Fen::yuan(40 + 20 - 20), Fen::yuan(20)));
}

#[test]
fn nothing_is_corrected_that_was_not_said_or_is_closed() {
    let (c, round) = out();
    let nothing = c.dispatch.correct_visit(&line(&order(&c, 1), Outcome::Delivered), "staff");
    assert!(matches!(nothing.unwrap_err().refusal(), Some(Refusal::NotVisited { number: 1 })));
    let all: Vec<_> = (1..=4).map(|n| line(&order(&c, n), Outcome::Delivered)).collect();
    c.dispatch.hand_in(round.id, &all).unwrap();
    c.at("12:40");
    c.dispatch.close_day(tuesday()).unwrap();
    let late = c.dispatch.correct_visit(&line(&order(&c, 1), Outcome::Refused), "staff");
    assert!(matches!(late.unwrap_err().refusal(), Some(Refusal::DayClosed { .. })));
    assert_eq!(order(&c, 1).state, OrderState::Delivered);
}

#[test]
fn selling_stops_and_goes_on_with_the_portions_that_were_there() {
    let c = Clubhouse::new();
    c.counter.set_portions(tuesday(), 50).unwrap();
    c.counter.place(&delivery(&c.senior(0)), "kiosk").unwrap();
    assert_eq!(c.counter.held_back(tuesday()).unwrap(), None);
    c.counter.sell_out(tuesday()).unwrap();
    c.counter.sell_out(tuesday()).unwrap();
    assert_eq!(c.counter.day(tuesday()).unwrap().left, 0);
    assert_eq!(c.counter.held_back(tuesday()).unwrap(), Some(49));
    assert_eq!(c.counter.sell_again(tuesday()).unwrap(), 49);
    assert_eq!(c.counter.sell_again(tuesday()).unwrap(), 49, "once more changes nothing");
    c.counter.sell_out(tuesday()).unwrap();
    c.counter.set_portions(tuesday(), 20).unwrap();
    assert_eq!(c.counter.held_back(tuesday()).unwrap(), None, "the desk has decided anew");
}

#[derive(Debug, Clone)]
enum Act {
    HandIn { outcomes: [Outcome; 4], cash: [Option<i64>; 4] },
    Undo,
    Correct { number: u32, outcome: Outcome, cash: Option<i64> },
    Pay { number: u32 },
}

fn act() -> impl Strategy<Value = Act> {
    let outcome = || proptest::sample::select(Outcome::ALL.to_vec());
    let cash = || proptest::option::weighted(0.3, 0i64..50);
    prop_oneof![
        3 => (proptest::array::uniform4(outcome()), proptest::array::uniform4(cash()))
            .prop_map(|(outcomes, cash)| Act::HandIn { outcomes, cash }),
        2 => Just(Act::Undo),
        5 => (1u32..=4, outcome(), cash())
            .prop_map(|(number, outcome, cash)| Act::Correct { number, outcome, cash }),
        1 => (1u32..=4).prop_map(|number| Act::Pay { number }),
    ]
}

proptest! {
    #![proptest_config(crate::support::cases(12))]

    /// However often doors are said, taken back and put right: the ledger adds up, and every order
    /// stands as its last word says.
    #[test]
    fn the_last_word_holds_and_the_ledger_adds_up(acts in proptest::collection::vec(act(), 1..14)) {
        let (c, round) = out();
        let id = |n| order(&c, n).id;
        let mut last: [Option<Outcome>; 4] = [None; 4];
        for act in acts {
            match act {
                Act::HandIn { outcomes, cash } => {
                    let lines: Vec<_> = (1..=4u32).zip(outcomes).zip(cash).map(|((n, outcome), yuan)| HandInLine {
                        cash: yuan.map(Fen::yuan),
                        ..line(&order(&c, n), outcome)
                    }).collect();
                    if c.dispatch.hand_in(round.id, &lines).is_ok() { last = outcomes.map(Some); }
                }
                Act::Undo => {
                    let all: Vec<_> = (1..=4).map(id).collect();
                    if c.dispatch.undo_hand_in(round.id, &all).is_ok() { last = [None; 4]; }
                }
                Act::Correct { number, outcome, cash } => {
                    let said = HandInLine { cash: cash.map(Fen::yuan), ..line(&order(&c, number), outcome) };
                    let place = &mut last[number as usize - 1];
                    prop_assert_eq!(c.dispatch.correct_visit(&said, "staff").is_ok(), place.is_some());
                    if place.is_some() { *place = Some(outcome); }
                }
                Act::Pay { number } => { let _ = c.counter.pay(id(number), PaymentMethod::Cash, "staff"); }
            }
            c.house.store.read(|db| -> Result<(), Error> {
                assert_eq!(ledger::unbalanced(db)?, 0);
                let mut served = Fen::ZERO;
                for (number, outcome) in (1..=4u32).zip(last) {
                    let order = orders::by_number(db, tuesday(), number)?.unwrap();
                    assert_eq!(visits::outcome(db, order.id)?, outcome);
                    let state = match outcome {
                        None => OrderState::OnRound,
                        Some(o) if o.meal_stayed() => OrderState::Delivered,
                        Some(_) => OrderState::Returned,
                    };
                    assert_eq!(order.state, state, "{outcome:?}");
                    let owed = ledger::owed(db, order.id)?;
                    if order.state == OrderState::Returned {
                        assert_eq!((owed, ledger::tills(db, order.id)?), (Fen::ZERO, vec![]));
                    } else {
                        served = served + order.total;
                        if order.payment == PaymentState::Paid { assert!(owed <= Fen::ZERO); }
                        assert_ne!(order.payment, PaymentState::Refunded);
                    }
                    let open = checks::of_order(db, order.id)?.is_some_and(|c| c.closed.is_none());
                    assert_eq!(open, outcome == Some(Outcome::NoAnswer));
                }
                assert_eq!(ledger::total(db, ledger::Account::Sales, tuesday())?, -served);
                Ok(())
            }).unwrap();
        }
    }
}

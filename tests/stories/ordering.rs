//! Ordering: numbers, stock, money, refusals.

use clubhouse_kiosk::counter::{Amendment, Credential, NewOrder};
use clubhouse_kiosk::domain::{
    Category, Door, Fen, Fulfilment, OrderState, Payment, PaymentMethod, PaymentState, Portions,
    Preferences, Refusal,
};
use clubhouse_kiosk::store::{days, ledger, orders};
use proptest::prelude::*;

use crate::support::{Clubhouse, delivery, tuesday, wish};

fn refusal<T: std::fmt::Debug>(result: Result<T, clubhouse_kiosk::error::Error>) -> Refusal {
    result.unwrap_err().refusal().cloned().expect("a refusal")
}

#[test]
fn an_anonymous_guest_eats_in_and_pays_at_the_counter() {
    let c = Clubhouse::new();
    let order = c
        .counter
        .place(&NewOrder { category: Category::Guest, ..wish(Fulfilment::EatIn) }, "kiosk")
        .unwrap();
    assert_eq!((order.number, order.payment), (1, PaymentState::Due));
    assert_eq!(c.counter.owed(order.id).unwrap(), order.total);
    let paid = c.counter.pay(order.id, PaymentMethod::Cash, "staff").unwrap();
    assert_eq!((paid.payment, paid.method), (PaymentState::Paid, Some(PaymentMethod::Cash)));
    assert_eq!(c.counter.owed(order.id).unwrap(), Fen::ZERO);
    assert!(matches!(
        refusal(c.counter.pay(order.id, PaymentMethod::Cash, "staff")),
        Refusal::NotDue { number: 1 }
    ));
}

#[test]
fn twenty_threads_after_the_last_five_portions_sell_exactly_five() {
    let c = Clubhouse::new();
    c.counter.set_portions(tuesday(), 5).unwrap();
    let results: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..20)
            .map(|_| scope.spawn(|| c.counter.place(&wish(Fulfilment::EatIn), "kiosk")))
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let mut numbers: Vec<u32> = results.iter().flatten().map(|o| o.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    for refused in results.into_iter().filter(Result::is_err) {
        assert_eq!(refusal(refused), Refusal::SoldOut { left: 0 });
    }
}

#[test]
fn a_prepaid_account_pays_at_once_and_gets_back_what_is_cancelled() {
    let c = Clubhouse::new();
    let senior = c.senior(0);
    let order = NewOrder {
        payment: Payment::FromAccount,
        portions: Portions::new(2).unwrap(),
        ..delivery(&senior)
    };
    assert_eq!(
        refusal(c.counter.place(&order, "kiosk")),
        Refusal::NotEnoughMoney { balance: Fen::ZERO, needed: Fen::yuan(40) }
    );
    assert_eq!(c.counter.orders(tuesday()).unwrap(), []);
    c.counter.top_up(senior.id, Fen::yuan(100), PaymentMethod::Cash).unwrap();
    let placed = c.counter.place(&order, "kiosk").unwrap();
    assert_eq!(placed.number, 1, "the refused order took no number");
    assert_eq!(c.counter.balance(senior.id).unwrap(), Fen::yuan(60));
    let one = Amendment { portions: Some(Portions::ONE), ..Amendment::default() };
    c.counter.amend(placed.id, &one, "kiosk").unwrap();
    assert_eq!(c.counter.balance(senior.id).unwrap(), Fen::yuan(80));
    let off = c.counter.cancel(placed.id, "kiosk").unwrap();
    assert_eq!((off.state, off.payment), (OrderState::Cancelled, PaymentState::Refunded));
    assert_eq!(c.counter.balance(senior.id).unwrap(), Fen::yuan(100));
    assert_eq!(c.counter.day(tuesday()).unwrap().left, 300);
}

#[test]
fn a_cash_order_made_larger_owes_only_the_difference() {
    let c = Clubhouse::new();
    let order = c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.counter.pay(order.id, PaymentMethod::Cash, "staff").unwrap();
    let three = Amendment { portions: Some(Portions::new(3).unwrap()), ..Amendment::default() };
    let larger = c.counter.amend(order.id, &three, "kiosk").unwrap();
    assert_eq!(larger.payment, PaymentState::Due);
    assert_eq!(c.counter.owed(order.id).unwrap(), Fen::yuan(40));
    c.counter.cancel(order.id, "kiosk").unwrap();
    c.house
        .store
        .read(|db| -> Result<(), clubhouse_kiosk::error::Error> {
            assert_eq!(ledger::total(db, ledger::Account::Cash, tuesday())?, Fen::ZERO);
            assert_eq!(ledger::owed(db, order.id)?, Fen::ZERO);
            Ok(())
        })
        .unwrap();
}

#[test]
fn every_wish_that_cannot_be_granted_is_refused_with_its_facts() {
    let c = Clubhouse::new();
    let senior = c.senior(0);
    let place = |order: NewOrder| refusal(c.counter.place(&order, "kiosk"));
    assert_eq!(place(wish(Fulfilment::Delivery)), Refusal::DeliveryNeedsResident);
    let nowhere = Door { building: "99".into(), floor: 3, flat: 1 };
    assert!(matches!(
        place(NewOrder { door: Some(nowhere), ..delivery(&senior) }),
        Refusal::UnknownDoor { .. }
    ));
    let roof = Door { floor: 59, ..senior.door.clone() };
    assert!(matches!(
        place(NewOrder { door: Some(roof), ..delivery(&senior) }),
        Refusal::UnknownDoor { .. }
    ));
    let sunday = "2026-11-29".parse().unwrap();
    assert!(matches!(
        place(NewOrder { date: sunday, ..wish(Fulfilment::EatIn) }),
        Refusal::Closed { next: Some(_), .. }
    ));
    let far = "2026-12-02".parse().unwrap();
    assert!(matches!(
        place(NewOrder { date: far, ..wish(Fulfilment::EatIn) }),
        Refusal::TooFarAhead { .. }
    ));
    let note = "字".repeat(Preferences::NOTE_MAX + 1);
    let noted = NewOrder {
        preferences: Preferences { note, ..Preferences::default() },
        ..wish(Fulfilment::EatIn)
    };
    assert!(matches!(place(noted), Refusal::NoteTooLong { .. }));
    assert!(matches!(
        refusal(c.counter.identify(&Credential::Card("C1.NO".into()))),
        Refusal::UnknownCard
    ));
    c.at("10:00");
    assert!(matches!(
        place(delivery(&senior)),
        Refusal::PastCutOff { fulfilment: Fulfilment::Delivery, .. }
    ));
    assert!(c.counter.place(&wish(Fulfilment::EatIn), "kiosk").is_ok());
    c.at("11:30");
    assert!(matches!(place(wish(Fulfilment::TakeAway)), Refusal::PastCutOff { .. }));
    c.house.clock.set("2026-11-24T01:00:00Z".parse().unwrap());
    assert!(matches!(place(wish(Fulfilment::EatIn)), Refusal::ClockSetBack { .. }));
    assert_eq!(c.counter.orders(tuesday()).unwrap().len(), 1);
}

#[test]
fn an_allergy_needs_the_substitute_dish() {
    let c = Clubhouse::new();
    let resident = c
        .residents()
        .into_iter()
        .find(|r| {
            r.category == Category::Senior
                && r.allergies == [clubhouse_kiosk::domain::Allergen::Pork]
        })
        .expect("somebody in the sample eats no pork");
    assert!(matches!(
        refusal(c.counter.place(&delivery(&resident), "kiosk")),
        Refusal::Allergy { substitute_helps: true, .. }
    ));
    let preferences = Preferences { substitute: true, ..Preferences::default() };
    assert!(c.counter.place(&NewOrder { preferences, ..delivery(&resident) }, "kiosk").is_ok());
}

#[test]
fn a_card_works_until_it_is_replaced_or_blocked() {
    let c = Clubhouse::new();
    let senior = c.senior(3);
    let show = |code: &str| c.counter.identify(&Credential::Card(code.to_owned()));
    let first = c.counter.issue_card(senior.id).unwrap();
    assert_eq!(show(&first).unwrap().resident, senior);
    let second = c.counter.issue_card(senior.id).unwrap();
    assert_eq!(refusal(show(&first)), Refusal::BlockedCard);
    assert!(show(&second).is_ok());
    assert_eq!(c.counter.block_cards(senior.id).unwrap(), 1);
    assert_eq!(refusal(show(&second)), Refusal::BlockedCard);
}

#[test]
fn wrong_digits_lock_the_door_for_a_while() {
    let c = Clubhouse::new();
    let senior = c.senior(1);
    let right = senior.last_digits().unwrap().to_owned();
    let wrong = if right == "0000" { "1111" } else { "0000" };
    let show = |digits: &str| {
        c.counter
            .identify(&Credential::Digits { door: senior.door.clone(), digits: digits.to_owned() })
    };
    for left in (0..5).rev() {
        assert_eq!(refusal(show(wrong)), Refusal::WrongDigits { tries_left: left });
    }
    assert!(matches!(refusal(show(&right)), Refusal::LockedOut { .. }));
    c.at("09:56");
    assert_eq!(show(&right).unwrap().resident.id, senior.id);
}

#[test]
fn two_people_behind_one_door_are_told_apart_by_their_digits() {
    let c = Clubhouse::new();
    let all = c.residents();
    let (a, b) = all
        .iter()
        .find_map(|a| Some((a, all.iter().find(|b| b.id != a.id && b.door == a.door)?)))
        .expect("two residents of the sample share a door");
    for one in [a, b] {
        let digits = one.last_digits().unwrap().to_owned();
        let known =
            c.counter.identify(&Credential::Digits { door: one.door.clone(), digits }).unwrap();
        assert_eq!(known.resident.id, one.id);
    }
}

#[test]
fn a_number_is_called_and_collected() {
    let c = Clubhouse::new();
    let order = c.counter.place(&wish(Fulfilment::TakeAway), "kiosk").unwrap();
    let senior = c.senior(0);
    let carried = c.counter.place(&delivery(&senior), "kiosk").unwrap();
    c.at("11:05");
    c.counter.advance(tuesday(), order.number, "staff").unwrap();
    c.counter.ready(carried.id, "staff").unwrap();
    assert_eq!(c.counter.called(tuesday()).unwrap(), [order.number], "deliveries are not called");
    assert_eq!(
        c.counter.advance(tuesday(), order.number, "staff").unwrap().state,
        OrderState::Collected
    );
    assert!(c.counter.called(tuesday()).unwrap().is_empty());
    assert!(matches!(
        refusal(c.counter.advance(tuesday(), order.number, "staff")),
        Refusal::WrongState { .. }
    ));
    assert!(matches!(refusal(c.counter.cancel(order.id, "kiosk")), Refusal::WrongState { .. }));
}

#[derive(Debug, Clone)]
enum Act {
    Place { way: Fulfilment, portions: u8, account: bool },
    Amend { nth: usize, portions: u8, way: Fulfilment },
    Cancel { nth: usize },
    Pay { nth: usize },
    TopUp { yuan: i64 },
    SellOut,
}

fn act() -> impl Strategy<Value = Act> {
    let way = prop_oneof![
        Just(Fulfilment::EatIn),
        Just(Fulfilment::TakeAway),
        Just(Fulfilment::Delivery)
    ];
    prop_oneof![
        4 => (way.clone(), 1u8..=4, any::<bool>()).prop_map(|(way, portions, account)| Act::Place { way, portions, account }),
        3 => (0usize..12, 1u8..=4, way).prop_map(|(nth, portions, way)| Act::Amend { nth, portions, way }),
        2 => (0usize..12).prop_map(|nth| Act::Cancel { nth }),
        2 => (0usize..12).prop_map(|nth| Act::Pay { nth }),
        1 => (1i64..200).prop_map(|yuan| Act::TopUp { yuan }),
        1 => Just(Act::SellOut),
    ]
}

proptest! {
    #![proptest_config(crate::support::cases(12))]

    /// Whatever people do, the ledger adds up, the stock is never oversold and numbers have no gap.
    #[test]
    fn money_stock_and_numbers_always_hold(acts in proptest::collection::vec(act(), 1..40)) {
        let c = Clubhouse::new();
        let senior = c.senior(2);
        c.counter.set_portions(tuesday(), 20).unwrap();
        let mut ids = Vec::new();
        let mut topped_up = 0;
        for act in acts {
            match act {
                Act::Place { way, portions, account } => {
                    let payment = if account { Payment::FromAccount } else { Payment::Later };
                    let portions = Portions::new(portions).unwrap();
                    let order = NewOrder { portions, payment, resident: Some(senior.id), ..wish(way) };
                    if let Ok(order) = c.counter.place(&order, "kiosk") { ids.push(order.id); }
                }
                Act::Amend { nth, portions, way } => if let Some(id) = ids.get(nth) {
                    let portions = Portions::new(portions).unwrap();
                    let change = Amendment { portions: Some(portions), fulfilment: Some(way), ..Amendment::default() };
                    let _ = c.counter.amend(*id, &change, "kiosk");
                },
                Act::Cancel { nth } => if let Some(id) = ids.get(nth) { let _ = c.counter.cancel(*id, "kiosk"); },
                Act::Pay { nth } => if let Some(id) = ids.get(nth) { let _ = c.counter.pay(*id, PaymentMethod::Cash, "staff"); },
                Act::TopUp { yuan } => { topped_up += yuan; c.counter.top_up(senior.id, Fen::yuan(yuan), PaymentMethod::Other).unwrap(); }
                Act::SellOut => c.counter.sell_out(tuesday()).unwrap(),
            }
        }
        c.house.store.read(|db| -> Result<(), clubhouse_kiosk::error::Error> {
            let all = orders::on(db, tuesday())?;
            let live = all.iter().filter(|o| o.state != OrderState::Cancelled);
            let sold: u32 = live.clone().map(|o| u32::from(o.portions.get())).sum();
            assert!(sold <= 20);
            assert_eq!(days::get(db, tuesday())?.sold, sold);
            assert!(all.iter().map(|o| o.number).eq(1..=all.len() as u32));
            assert_eq!(ledger::unbalanced(db)?, 0);
            let worth: Fen = live.clone().map(|o| o.total).sum();
            assert_eq!(ledger::total(db, ledger::Account::Sales, tuesday())?, -worth);
            for order in &all {
                let owed = ledger::owed(db, order.id)?;
                let expected = order.state != OrderState::Cancelled && order.payment == PaymentState::Due;
                assert_eq!(owed > Fen::ZERO, expected, "{order:?}");
                assert!(owed >= Fen::ZERO);
            }
            let by_account: Fen = live.filter(|o| o.payment == PaymentState::Paid && o.method == Some(PaymentMethod::Account)).map(|o| o.total).sum();
            let balance = ledger::balance(db, senior.id)?;
            assert!(balance >= Fen::ZERO);
            assert!(balance <= Fen::yuan(topped_up) - by_account);
            Ok(())
        }).unwrap();
    }
}

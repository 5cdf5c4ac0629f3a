//! Orders told to the bare controller: who orders what, by which touches.

use clubhouse_kiosk::counter::{Credential, NewOrder};
use clubhouse_kiosk::domain::calendar::DayPhase;
use clubhouse_kiosk::domain::{
    Allergen, Category, Fulfilment, Payment, Portions, Preferences, Refusal,
};
use clubhouse_kiosk::kiosk::controller::page::{Notice, Page};
use clubhouse_kiosk::kiosk::controller::{Action, Input, WayOut, Wish};
use clubhouse_kiosk::kiosk::protocol::Request;

use crate::support::kiosk::Bare;

#[test]
fn lunch_in_the_clubhouse_takes_three_touches() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next, Action::Confirm]);
    assert!(matches!(kiosk.page(), Page::Done(_)));
    assert_eq!(
        kiosk.placed(),
        [&NewOrder {
            date: kiosk.sample.today.date,
            fulfilment: Fulfilment::EatIn,
            portions: Portions::ONE,
            preferences: Preferences::default(),
            category: Category::Senior,
            resident: None,
            door: None,
            payment: Payment::Later,
        }]
    );
}

#[test]
fn a_known_resident_has_lunch_carried_home() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touch(Action::Way(Fulfilment::Delivery));
    assert!(matches!(kiosk.page(), Page::Door(_)));
    kiosk.read_card();
    kiosk.touches([Action::Wish(Wish::LessSalt), Action::Next, Action::Confirm]);
    let order = kiosk.placed()[0].clone();
    assert_eq!(order.resident, Some(kiosk.sample.known.resident.id));
    assert!(order.preferences.less_salt && order.preferences.softer, "asked now, and as usual");
    assert_eq!(order.payment, Payment::FromAccount);
}

#[test]
fn without_a_card_the_door_and_four_digits_do() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.choose_door();
    kiosk.digits(&[1, 3, 5, 7]);
    assert!(kiosk.asked.iter().any(|request| matches!(
        request,
        Request::Identify(Credential::Digits { door, digits })
            if door.to_string() == "7号楼1203室" && digits == "1357"
    )));
    assert_eq!(kiosk.page(), &Page::Options);
    kiosk.touch(Action::Back);
    assert_eq!(kiosk.page(), &Page::Home, "the questions about the door are not asked again");
}

#[test]
fn an_allergy_that_the_other_dish_solves_turns_it_on_for_good() {
    let mut kiosk = Bare::with_card(|s| s.known.resident.allergies = vec![Allergen::Pork]);
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Wish(Wish::Substitute), Action::Next]);
    kiosk.touch(Action::Confirm);
    assert!(kiosk.placed()[0].preferences.substitute);
}

#[test]
fn an_allergy_that_nothing_solves_stops_before_the_order() {
    let both = vec![Allergen::Pork, Allergen::Gluten];
    let mut kiosk = Bare::with_card(|s| s.known.resident.allergies = both);
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next]);
    assert!(matches!(kiosk.page(), Page::Notice(Notice::Refused(Refusal::Allergy { .. }))));
    assert!(kiosk.placed().is_empty());
}

#[test]
fn past_the_delivery_cut_off_take_away_is_one_touch_away() {
    let mut kiosk = Bare::new(|s| s.today.phase = DayPhase::CollectionOnly);
    kiosk.touch(Action::Way(Fulfilment::Delivery));
    assert_eq!(kiosk.page(), &Page::Notice(Notice::Over(Fulfilment::Delivery)));
    kiosk.touches([Action::Instead(WayOut::TakeAwayInstead), Action::Next, Action::Confirm]);
    assert_eq!(kiosk.placed()[0].fulfilment, Fulfilment::TakeAway);
}

#[test]
fn an_order_is_changed_and_taken_back_only_after_a_second_question() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.put(Input::Scanned("O1.ABCDEF".into()));
    kiosk.touches([Action::Edit, Action::More, Action::Next]);
    assert!(kiosk.asked.iter().any(|request| matches!(
        request,
        Request::Amend(_, change) if change.portions.map(Portions::get) == Some(2)
    )));
    kiosk.touch(Action::CancelOrder);
    assert!(!kiosk.asked.iter().any(|r| matches!(r, Request::Cancel(_))));
    kiosk.touch(Action::Confirm);
    assert!(kiosk.asked.iter().any(|r| matches!(r, Request::Cancel(_))));
    assert!(matches!(kiosk.page(), Page::Notice(Notice::Cancelled(_))));
}

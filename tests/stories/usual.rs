//! As last time: one touch to the last question, and no more than the day allows.

use clubhouse_kiosk::counter::{Credential, NewOrder};
use clubhouse_kiosk::domain::calendar::DayPhase;
use clubhouse_kiosk::domain::{
    Allergen, Fulfilment, Habit, Payment, Portions, Preferences, Refusal,
};
use clubhouse_kiosk::kiosk::controller::Action;
use clubhouse_kiosk::kiosk::controller::page::{Notice, Page};
use clubhouse_kiosk::kiosk::controller::view::Screen;

use crate::support::kiosk::Bare;
use crate::support::{Clubhouse, delivery, wish};

fn warning(kiosk: &Bare) -> String {
    match kiosk.screen() {
        Screen::Confirm(confirm) => confirm.warning,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_delivery_to_a_known_card_takes_two_touches() {
    let mut kiosk = Bare::with_card(|_| {});
    assert_eq!(kiosk.home().as_last[0].note, "外送到家 · 软食 · 20 元");
    kiosk.touch(Action::AsLast);
    assert_eq!(kiosk.page(), &Page::Confirm, "the order does not count yet");
    assert_eq!(warning(&kiosk), "", "all is as last time");
    kiosk.touch(Action::Confirm);
    let order = kiosk.placed()[0].clone();
    assert_eq!((order.fulfilment, order.portions), (Fulfilment::Delivery, Portions::ONE));
    assert!(order.preferences.softer && !order.preferences.less_salt);
    assert_eq!(order.resident, Some(kiosk.sample.known.resident.id));
    assert_eq!(order.payment, Payment::FromAccount);
    assert!(matches!(kiosk.page(), Page::Done(_)));
}

#[test]
fn back_from_the_last_question_leads_to_the_options() {
    let mut kiosk = Bare::with_card(|_| {});
    kiosk.touches([Action::AsLast, Action::Back, Action::More, Action::Next, Action::Confirm]);
    assert_eq!(kiosk.placed()[0].portions.get(), 2);
    assert!(kiosk.placed()[0].preferences.softer);
}

#[test]
fn strangers_and_first_timers_have_no_such_tile() {
    let kiosk = Bare::new(|_| {});
    assert!(kiosk.home().as_last.is_empty() && !kiosk.home().week);
    let mut kiosk = Bare::with_card(|s| s.known.habit = None);
    assert!(kiosk.home().as_last.is_empty() && kiosk.home().week);
    kiosk.touch(Action::AsLast);
    assert_eq!(kiosk.page(), &Page::Home);
}

#[test]
fn past_the_delivery_cut_off_it_says_what_differs() {
    let mut kiosk = Bare::with_card(|s| s.today.phase = DayPhase::CollectionOnly);
    kiosk.touch(Action::AsLast);
    assert_eq!(warning(&kiosk), "上次是外送到家，现在已经截止，改成自取。");
    kiosk.touch(Action::Confirm);
    assert_eq!(kiosk.placed()[0].fulfilment, Fulfilment::TakeAway);
}

#[test]
fn fewer_are_proposed_where_fewer_are_left() {
    let mut kiosk = Bare::with_card(|s| {
        s.today.left = 2;
        s.known.habit.as_mut().unwrap().portions = Portions::new(3).unwrap();
    });
    kiosk.touch(Action::AsLast);
    assert!(warning(&kiosk).contains("只剩 2 份"));
    kiosk.touch(Action::Confirm);
    assert_eq!(kiosk.placed()[0].portions.get(), 2);
}

#[test]
fn an_allergy_changes_the_dish_or_stops_with_the_reason() {
    let mut kiosk = Bare::with_card(|s| s.known.resident.allergies = vec![Allergen::Pork]);
    kiosk.touch(Action::AsLast);
    assert!(warning(&kiosk).contains("已经帮您换菜"));
    kiosk.touch(Action::Confirm);
    assert!(kiosk.placed()[0].preferences.substitute);

    let both = vec![Allergen::Pork, Allergen::Gluten];
    let mut kiosk = Bare::with_card(|s| s.known.resident.allergies = both);
    assert!(!kiosk.home().as_last[0].open);
    kiosk.touch(Action::AsLast);
    assert!(matches!(kiosk.page(), Page::Notice(Notice::Refused(Refusal::Allergy { .. }))));
    assert!(kiosk.placed().is_empty());
}

#[test]
fn a_day_that_is_over_or_sold_out_answers_with_the_reason() {
    let mut kiosk = Bare::with_card(|s| s.today.left = 0);
    assert_eq!(kiosk.home().as_last[0].note, "已经订完");
    kiosk.touch(Action::AsLast);
    assert!(matches!(kiosk.page(), Page::Notice(Notice::Refused(Refusal::SoldOut { left: 0 }))));
    let mut kiosk = Bare::with_card(|s| s.today.phase = DayPhase::OrdersClosed);
    kiosk.touch(Action::AsLast);
    assert_eq!(kiosk.page(), &Page::Notice(Notice::Over(Fulfilment::Delivery)));
}

#[test]
fn a_second_order_for_the_same_day_is_told_before_it_counts() {
    let mut kiosk = Bare::with_card(|s| s.known.standing[0].date = s.today.date);
    kiosk.touch(Action::AsLast);
    assert_eq!(warning(&kiosk), "您这天已经订了 41 号，这是再订一份。");
}

#[test]
fn after_door_and_digits_it_is_a_key_of_the_options_and_the_chosen_way_stays() {
    let mut kiosk = Bare::new(|s| {
        s.known.habit = Some(Habit {
            fulfilment: Fulfilment::EatIn,
            portions: Portions::new(2).unwrap(),
            preferences: Preferences { less_rice: true, ..Preferences::default() },
        });
    });
    kiosk.choose_door();
    kiosk.digits(&[1, 3, 5, 7]);
    let Screen::Options(options) = kiosk.screen() else { panic!("options") };
    assert_eq!(options.categories[0].text, "老样子");
    assert_eq!(options.categories[0].note, "2 份 · 少饭");
    kiosk.touches([Action::AsLast, Action::Confirm]);
    let order = kiosk.placed()[0].clone();
    assert_eq!((order.fulfilment, order.portions.get()), (Fulfilment::Delivery, 2));
    assert!(order.preferences.less_rice);
}

#[test]
fn what_was_ordered_last_is_what_is_proposed_next() {
    let c = Clubhouse::new();
    let mut senior = c.senior(0);
    let card = Credential::Card(c.counter.issue_card(senior.id).unwrap());
    let known = c.counter.identify(&card).unwrap();
    let usual = Preferences { note: String::new(), ..senior.usual.clone() };
    assert_eq!(known.habit.as_ref().map(|h| &h.preferences), (!usual.is_plain()).then_some(&usual));

    let salty = Preferences { less_salt: !usual.less_salt, note: "多汤".into(), ..usual.clone() };
    let mut wished = NewOrder { preferences: salty.clone(), ..delivery(&senior) };
    wished.portions = Portions::new(2).unwrap();
    let first = c.counter.place(&wished, "kiosk").unwrap();
    let habit = c.counter.identify(&card).unwrap().habit.unwrap();
    assert_eq!((habit.fulfilment, habit.portions.get()), (Fulfilment::Delivery, 2));
    assert_eq!(habit.preferences.less_salt, salty.less_salt, "it differs from the usual");
    assert_eq!(habit.preferences.note, "", "the desk's note was for that day");

    c.at("09:41");
    let later = NewOrder { resident: Some(senior.id), ..wish(Fulfilment::EatIn) };
    let second = c.counter.place(&later, "kiosk").unwrap();
    let known = c.counter.identify(&card).unwrap();
    assert_eq!(known.habit.unwrap().fulfilment, Fulfilment::EatIn);
    assert_eq!(known.standing.len(), 2);
    c.counter.cancel(second.id, "kiosk").unwrap();
    let known = c.counter.identify(&card).unwrap();
    assert_eq!(known.habit.unwrap().fulfilment, Fulfilment::Delivery, "what was taken back is not");
    assert_eq!(known.standing.iter().map(|o| o.id).collect::<Vec<_>>(), [first.id]);
    senior.usual = Preferences::default();
    assert_eq!(Habit::of(&senior, None), None, "neither a last order nor anything usual");
}

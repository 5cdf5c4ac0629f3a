//! Whoever is at the screen: named by surname only, asked before being forgotten; the volunteer.

use clubhouse_kiosk::counter::Known;
use clubhouse_kiosk::domain::{Fulfilment, Outcome};
use clubhouse_kiosk::kiosk::controller::page::Page;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{Action, Input, Keeper};
use clubhouse_kiosk::kiosk::gallery::Sample;
use clubhouse_kiosk::kiosk::words::Lang;

use crate::support::kiosk::{Bare, handed_in};

#[test]
fn nobodys_name_is_on_the_screen_before_the_digits() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.choose_door();
    assert!(!format!("{:?}", kiosk.controller.view()).contains('王'));
    kiosk.digits(&[1, 3, 5, 7]);
    let view = kiosk.controller.view();
    assert!(view.so_far.contains("王＊"));
    assert!(!format!("{view:?}").contains("秀英"));
}

#[test]
fn a_known_person_is_greeted_by_surname_only() {
    let known: Known = Sample::default().known;
    assert_eq!(known.resident.masked_name(), "王＊");
    let kiosk = Bare::with_card(|_| {});
    assert!(kiosk.home().greeting.starts_with("王＊ 您好"));
}

#[test]
fn a_volunteer_hands_in_by_touching_only_what_failed() {
    let mut kiosk = Bare::at_hand_in();
    kiosk.touches([
        Action::Stop(1),
        Action::Outcome(Outcome::NoAnswer),
        Action::Back,
        Action::Stop(4),
        Action::Outcome(Outcome::LeftWith),
        Action::LeftWith(Keeper::Neighbour),
        Action::Back,
        Action::Next,
        Action::Confirm,
    ]);
    let lines = handed_in(&kiosk.asked).expect("handed in");
    assert_eq!(lines.len(), 8);
    assert_eq!(lines[0].outcome, Outcome::Delivered);
    assert_eq!(lines[0].cash, None, "what the slip said");
    assert_eq!(lines[1].outcome, Outcome::NoAnswer);
    assert_eq!((lines[4].outcome, lines[4].left_with.as_str()), (Outcome::LeftWith, "邻居"));
}

#[test]
fn whoever_leaves_is_asked_and_then_forgotten() {
    let mut kiosk = Bare::with_card(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Language(Lang::En)]);
    kiosk.put(Input::Tick { seconds: 59 });
    assert_eq!(kiosk.controller.view().idle, None);
    kiosk.put(Input::Tick { seconds: 1 });
    assert_eq!(kiosk.controller.view().idle, Some(20));
    kiosk.touch(Action::StillHere);
    assert_eq!(kiosk.controller.view().idle, None);
    kiosk.put(Input::Tick { seconds: 79 });
    assert_eq!(kiosk.page(), &Page::Options);
    kiosk.put(Input::Tick { seconds: 1 });
    assert_eq!(kiosk.page(), &Page::Home);
    let view = kiosk.controller.view();
    assert_eq!(view.lang, Lang::Zh);
    assert!(!format!("{view:?}").contains('王'));
}

#[test]
fn the_number_stays_for_half_a_minute() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next, Action::Confirm]);
    kiosk.put(Input::Tick { seconds: 29 });
    assert!(matches!(kiosk.screen(), Screen::Done(done) if done.seconds == 1));
    kiosk.put(Input::Tick { seconds: 1 });
    assert_eq!(kiosk.page(), &Page::Home);
}

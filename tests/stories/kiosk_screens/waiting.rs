//! Answers that come late, never, or broken: what was ordered is neither lost nor doubled.

use clubhouse_kiosk::domain::Fulfilment;
use clubhouse_kiosk::kiosk::controller::page::{Notice, Page};
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{Action, Controller, Effect, Input, WayOut};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};

use crate::support::kiosk::Bare;

/// Goes to the last question by hand, so that the answer can be kept back.
fn waiting_for_the_order() -> Controller {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next]);
    let mut controller = kiosk.controller;
    let effects = controller.handle(Input::Touch(Action::Confirm));
    assert!(matches!(effects.as_slice(), [Effect::Ask(Request::Place(_))]));
    controller
}

fn placed() -> Reply {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next]);
    let Effect::Ask(request) = kiosk.controller.handle(Input::Touch(Action::Confirm)).remove(0)
    else {
        panic!("nothing was asked")
    };
    kiosk.sample.answer(request)
}

#[test]
fn a_shaky_second_touch_orders_once() {
    let mut controller = waiting_for_the_order();
    for action in [Action::Confirm, Action::Next, Action::Back, Action::Confirm] {
        assert!(controller.handle(Input::Touch(action)).is_empty());
    }
    assert!(controller.view().busy);
    controller.handle(Input::Reply(placed()));
    assert!(matches!(controller.page(), Page::Done(_)));
}

#[test]
fn an_order_placed_after_its_person_left_is_not_lost_and_not_shown_as_the_next_persons() {
    let mut controller = waiting_for_the_order();
    controller.handle(Input::Touch(Action::StartOver));
    assert_eq!(controller.page(), &Page::Home);
    controller.handle(Input::Reply(placed()));
    assert_eq!(controller.page(), &Page::Home);
    assert!(controller.view().toast.contains("37 号"));
}

#[test]
fn a_late_answer_still_brings_the_number() {
    let mut controller = waiting_for_the_order();
    controller.handle(Input::Tick { seconds: 20 });
    assert!(matches!(controller.page(), Page::Notice(Notice::NoAnswer(_))));
    controller.handle(Input::Reply(placed()));
    assert!(matches!(controller.page(), Page::Done(_)));
    controller.handle(Input::Touch(Action::Back));
    assert_eq!(controller.page(), &Page::Home);
}

#[test]
fn a_broken_store_says_that_nothing_was_ordered() {
    let mut controller = waiting_for_the_order();
    controller.handle(Input::Reply(Reply::Failed("disk full".into())));
    let Screen::Notice(notice) = controller.view().screen else { panic!("a notice") };
    assert!(notice.text.contains("没有下成"));
    controller.handle(Input::Touch(Action::Instead(WayOut::Again)));
    assert_eq!(controller.page(), &Page::Confirm);
}

#[test]
fn whoever_goes_back_from_a_slow_order_does_not_order_twice() {
    let mut controller = waiting_for_the_order();
    controller.handle(Input::Tick { seconds: 20 });
    controller.handle(Input::Touch(Action::Back));
    assert_eq!(controller.page(), &Page::Home, "not the question that would order once more");
    controller.handle(Input::Reply(placed()));
    assert_eq!(controller.page(), &Page::Home);
    assert!(controller.view().toast.contains("37 号"), "the order is told all the same");
}

#[test]
fn an_answer_that_comes_after_all_takes_nobody_elsewhere() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Duty, Action::Volunteer]);
    kiosk.digits(&[1, 7]);
    kiosk.touches([2, 4, 6, 8].map(Action::Digit));
    let mut controller = kiosk.controller;
    let effects = controller.handle(Input::Touch(Action::Enter));
    let [Effect::Ask(request)] = effects.as_slice() else { panic!("a sign-in: {effects:?}") };
    let round = kiosk.sample.answer(request.clone());
    controller.handle(Input::Tick { seconds: 20 });
    assert!(matches!(controller.page(), Page::Notice(Notice::NoAnswer(_))));
    for _ in 0..4 {
        controller.handle(Input::Touch(Action::Back));
    }
    assert_eq!(controller.page(), &Page::Home);
    controller.handle(Input::Reply(round));
    assert_eq!(controller.page(), &Page::Home, "a volunteer's round is nobody else's");
}

#[test]
fn the_next_person_finds_today_even_if_the_way_back_to_it_failed() {
    for leaving in [Input::Touch(Action::StartOver), Input::Tick { seconds: 80 }] {
        let mut kiosk = Bare::new(|_| {});
        let (today, tomorrow) = (kiosk.sample.today.today, kiosk.sample.today.today.next());
        kiosk.touch(Action::Date(tomorrow));
        let mut controller = kiosk.controller;
        controller.handle(Input::Touch(Action::Date(today)));
        controller.handle(Input::Reply(Reply::Failed("disk full".into())));
        controller.handle(leaving.clone());
        let Screen::Home(home) = controller.view().screen else { panic!("the first screen") };
        let shown = home.dates.iter().position(|date| date.chosen);
        assert_eq!(shown, None, "{leaving:?} left another day's lunch: {home:?}");
    }
}

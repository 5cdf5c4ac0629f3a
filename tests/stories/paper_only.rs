//! Opening hour and paper-only mode: the screen takes no orders, says why, and comes back alone.

use clubhouse_hardware::printer::Status;
use clubhouse_kiosk::domain::calendar::DayPhase;
use clubhouse_kiosk::domain::{Fulfilment, Refusal};
use clubhouse_kiosk::kiosk::controller::page::{Notice, Page};
use clubhouse_kiosk::kiosk::controller::view::{Screen, View};
use clubhouse_kiosk::kiosk::controller::{Action, Effect, Input};
use clubhouse_kiosk::kiosk::gallery::Sample;
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::paper_only::{PaperOnly, Switch};
use clubhouse_kiosk::printing::Bell;
use jiff::civil::time;

use crate::support::desk::Desk;
use crate::support::kiosk::Bare;
use crate::support::{Clubhouse, wish};

fn full(sample: &mut Sample) {
    sample.paper_only = Some(PaperOnly::DiskFull);
}

fn sent_to_the_window(view: &View) -> bool {
    matches!(&view.screen, Screen::PaperOnly(page) if page.headline == "请到窗口用纸点餐")
}

#[test]
fn before_seven_the_screen_shows_the_dishes_and_says_when_it_opens() {
    let early = |s: &mut Sample| {
        s.today.phase = DayPhase::BeforeOpening { from: time(7, 0, 0, 0) };
    };
    let mut kiosk = Bare::new(early);
    let Screen::Home(home) = kiosk.controller.view().screen else { panic!("home") };
    assert_eq!(home.dishes.len(), 3);
    assert!(home.text.contains("7:00 开始点餐"), "{}", home.text);
    assert!(home.ways.iter().all(|way| !way.open && way.note == "7:00 起"));
    kiosk.touch(Action::Way(Fulfilment::EatIn));
    assert!(matches!(kiosk.page(), Page::Notice(Notice::Refused(Refusal::NotYetOpen { .. }))));
    assert!(kiosk.placed().is_empty());
}

#[test]
fn a_full_disk_sends_people_to_the_window_and_the_screen_comes_back_alone() {
    let mut kiosk = Bare::new(full);
    let view = kiosk.controller.view();
    assert!(sent_to_the_window(&view));
    let Screen::PaperOnly(page) = view.screen else { panic!("paper") };
    assert!(page.staff.contains("硬盘满了") && page.lost.is_empty());
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next, Action::Confirm]);
    assert!(kiosk.placed().is_empty() && kiosk.page() == &Page::Home);

    kiosk.sample.paper_only = None;
    kiosk.put(Input::Tick { seconds: 9 });
    assert!(sent_to_the_window(&kiosk.controller.view()), "not tried yet");
    kiosk.put(Input::Tick { seconds: 1 });
    assert!(matches!(kiosk.controller.view().screen, Screen::Home(_)));
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next, Action::Confirm]);
    assert!(matches!(kiosk.page(), Page::Done(_)));
}

#[test]
fn who_was_just_ordering_hears_that_nothing_was_ordered_or_paid() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::More, Action::Next]);
    full(&mut kiosk.sample);
    kiosk.touch(Action::Confirm);
    let Screen::PaperOnly(page) = kiosk.controller.view().screen else { panic!("paper") };
    assert!(page.lost.contains("没有下成") && page.lost.contains("没有收钱"));
    let kept = kiosk.asked.iter().any(|r| matches!(r, Request::KeepUnfinished(_)));
    assert!(kept, "the staff ask after it");
    kiosk.put(Input::Tick { seconds: 30 });
    let Screen::PaperOnly(page) = kiosk.controller.view().screen else { panic!("paper") };
    assert!(page.lost.is_empty(), "the next person ordered nothing");
}

#[test]
fn whoever_is_choosing_is_told_before_the_last_question() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touch(Action::Way(Fulfilment::TakeAway));
    full(&mut kiosk.sample);
    kiosk.put(Input::Changed);
    assert!(sent_to_the_window(&kiosk.controller.view()));
}

#[test]
fn a_volunteer_who_hands_in_keeps_the_page_and_is_told_that_nothing_was_noted() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Duty, Action::Volunteer]);
    kiosk.digits(&[1, 7]);
    kiosk.digits(&[2, 4, 6, 8]);
    kiosk.touches([Action::TakeSlip, Action::HandIn, Action::Next]);
    let effects = kiosk.controller.handle(Input::Touch(Action::Confirm));
    assert!(effects.iter().any(|e| matches!(e, Effect::Ask(Request::HandIn { .. }))));
    kiosk.controller.handle(Input::Reply(Reply::PaperOnly(PaperOnly::Locked)));
    let Screen::Notice(notice) = kiosk.controller.view().screen else { panic!("a notice") };
    assert!(notice.text.contains("没有记下来"));
    kiosk.controller.handle(Input::Touch(Action::Back));
    assert!(matches!(kiosk.page(), Page::HandInQuestion(_)), "what they said is still there");
}

#[test]
fn staff_switch_it_on_and_off_at_the_screen() {
    let mut kiosk = Bare::new(|_| {});
    let to_the_desk = |kiosk: &mut Bare| {
        kiosk.touches([Action::Duty, Action::Staff]);
        kiosk.digits(&[1, 2, 3, 4]);
    };
    to_the_desk(&mut kiosk);
    kiosk.touch(Action::PaperOnly(true));
    kiosk.touch(Action::StartOver);
    let Screen::PaperOnly(page) = kiosk.controller.view().screen else { panic!("paper") };
    assert!(page.staff.contains("工作人员已改用纸"));
    to_the_desk(&mut kiosk);
    let Screen::List(list) = kiosk.controller.view().screen else { panic!("a list") };
    let back = list.rows.last().expect("the switch");
    assert_eq!((back.text.as_str(), &back.action), ("恢复机器点餐", &Action::PaperOnly(false)));
    kiosk.touch(Action::PaperOnly(false));
    kiosk.touch(Action::StartOver);
    assert!(matches!(kiosk.controller.view().screen, Screen::Home(_)));
}

#[test]
fn whatever_happens_around_slides_and_paper_home_is_one_touch_away() {
    use rand::{RngExt, SeedableRng};
    let mut hung = Sample::default();
    hung.hang_slides();
    for seed in 0..200 {
        let mut dice = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut kiosk = Bare::new(|sample| sample.clone_from(&hung));
        for _ in 0..80 {
            match dice.random_range(0..12) {
                0 => kiosk.put(Input::Presence),
                1 => kiosk.put(Input::Tick { seconds: dice.random_range(0..200) }),
                2 => kiosk.put(Input::Tick { seconds: 1 }),
                3 => kiosk.put(Input::Changed),
                4 => kiosk.sample.paper_only = Some(PaperOnly::Disk),
                5 => kiosk.sample.paper_only = None,
                6 => kiosk.put(Input::Scanned("C1.sample.0".into())),
                7 => kiosk.touch(Action::Way(Fulfilment::EatIn)),
                8 => kiosk.touches([Action::Next, Action::Confirm]),
                9 => kiosk.touch(Action::Back),
                10 => kiosk.touch(Action::CallStaff),
                _ => kiosk.touch(Action::Called),
            }
            let view = kiosk.controller.view();
            assert!(!matches!(view.screen, Screen::Slides(_)) || view.idle.is_none());
        }
        kiosk.touches([Action::Wake, Action::StartOver]);
        assert_eq!(kiosk.page(), &Page::Home, "seed {seed}");
        assert!(!kiosk.controller.busy());
        kiosk.sample.paper_only = None;
        kiosk.put(Input::Tick { seconds: 15 });
        assert!(matches!(kiosk.controller.view().screen, Screen::Home(_)), "seed {seed}");
    }
}

fn clerk(c: &Clubhouse) -> Clerk {
    let (alarm, _calls) = Alarm::new();
    Clerk::new(c.house.clone(), c.board.clone(), Bell::default(), alarm)
}

/// A second program that holds the database until it is dropped.
fn held(c: &Clubhouse) -> rusqlite::Connection {
    let other = rusqlite::Connection::open(c.house.store.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

#[test]
fn a_database_held_by_another_program_stops_orders_until_it_is_let_go() {
    let c = Clubhouse::new();
    let mut clerk = clerk(&c);
    assert!(matches!(clerk.answer(Request::Refresh { date: None }), Reply::Today(_)));
    let other = held(&c);
    let placed = clerk.answer(Request::Place(wish(Fulfilment::EatIn)));
    assert_eq!(placed, Reply::PaperOnly(PaperOnly::Locked));
    drop(other);
    assert!(matches!(clerk.answer(Request::Refresh { date: None }), Reply::Today(_)));
    let placed = clerk.answer(Request::Place(wish(Fulfilment::EatIn)));
    assert!(matches!(placed, Reply::Placed(shown) if shown.order.number == 1), "none was lost");
}

#[test]
fn a_database_that_became_read_only_is_found_before_anybody_orders() {
    let c = Clubhouse::new();
    let read_only = |on| {
        c.house
            .store
            .read(|db| {
                Ok::<_, clubhouse_kiosk::store::StoreError>(db.pragma_update(
                    None,
                    "query_only",
                    on,
                )?)
            })
            .unwrap();
    };
    let mut clerk = clerk(&c);
    read_only(true);
    let seen = clerk.answer(Request::Refresh { date: None });
    assert_eq!(seen, Reply::PaperOnly(PaperOnly::ReadOnly));
}

#[test]
fn a_disk_without_room_counts_as_full_before_the_last_page_is_written() {
    let c = Clubhouse::new();
    let full = c.house.store.has_room(u64::MAX).expect_err("no disk is that large");
    assert_eq!(PaperOnly::from_store(&full), Some(PaperOnly::DiskFull));
    assert!(c.house.store.has_room(1).and_then(|()| c.house.store.probe()).is_ok());
}

#[test]
fn at_six_the_clerk_takes_no_order_from_the_screen() {
    let c = Clubhouse::new();
    c.at("06:59");
    let mut clerk = clerk(&c);
    let Reply::Today(today) = clerk.answer(Request::Refresh { date: None }) else { panic!() };
    assert_eq!(today.phase, DayPhase::BeforeOpening { from: time(7, 0, 0, 0) });
    assert_eq!(today.printer, Status::Ready);
    let refused = clerk.answer(Request::Place(wish(Fulfilment::EatIn)));
    assert!(matches!(refused, Reply::Refused(Refusal::NotYetOpen { .. })));
    assert!(c.counter.place(&wish(Fulfilment::EatIn), "staff").is_ok(), "staff are not bound");
}

#[test]
fn the_switch_holds_after_a_restart() {
    let c = Clubhouse::new();
    let mut first = clerk(&c);
    assert!(matches!(first.answer(Request::PaperOnly(true)), Reply::Staff(_)));
    let mut second = clerk(&c);
    for request in [Request::Refresh { date: None }, Request::Place(wish(Fulfilment::EatIn))] {
        assert_eq!(second.answer(request), Reply::PaperOnly(PaperOnly::Staff));
    }
    assert!(Switch::new(c.house.folder()).is_on());
    second.answer(Request::PaperOnly(false));
    assert!(matches!(second.answer(Request::Refresh { date: None }), Reply::Today(_)));
}

#[test]
fn the_desk_turns_the_switch_too() {
    let desk = Desk::new();
    desk.run(&["paper-only"]).says(0, &["orders are taken on the screen"]);
    desk.run(&["paper-only", "on"]).says(0, &["orders go on paper"]);
    desk.run(&["paper-only"]).says(3, &["orders go on paper"]);
    desk.run(&["paper-only", "off"]).says(0, &["orders are taken on the screen"]);
    desk.run(&["paper-only", "off"]).says(0, &["orders are taken on the screen"]);
}

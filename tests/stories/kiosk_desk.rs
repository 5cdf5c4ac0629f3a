//! The desk's quick actions at the screen, and a hand-in that is taken back.

use clubhouse_kiosk::backup::BackedUp;
use clubhouse_kiosk::domain::{Fen, Fulfilment, Obstacle, OrderState, Outcome};
use clubhouse_kiosk::kiosk::controller::page::{Notice, Page};
use clubhouse_kiosk::kiosk::controller::view::Choice;
use clubhouse_kiosk::kiosk::controller::{Action, Input, Keeper};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::Bell;

use crate::support::kiosk::Bare;
use crate::support::{Clubhouse, delivery, tuesday, wish};

fn ways(kiosk: &Bare) -> Vec<Choice> {
    kiosk.notice().ways
}

/// Everything delivered but the second door, handed in.
fn handed_in() -> Bare {
    let mut kiosk = Bare::at_hand_in();
    kiosk.touches([Action::Stop(1), Action::Outcome(Outcome::NoAnswer), Action::Back]);
    kiosk.touches([Action::Next, Action::Confirm]);
    assert!(matches!(kiosk.page(), Page::Notice(Notice::HandedIn(8, _))));
    kiosk
}

#[test]
fn a_hand_in_can_be_taken_back_for_ten_seconds_that_are_counted_aloud() {
    let mut kiosk = handed_in();
    assert_eq!(
        (ways(&kiosk)[0].text.as_str(), ways(&kiosk)[0].note.as_str()),
        ("撤回", "还有 10 秒")
    );
    kiosk.put(Input::Tick { seconds: 7 });
    assert_eq!(ways(&kiosk)[0].note, "还有 3 秒");
    kiosk.touch(Action::UndoHandIn);
    let Some(Request::UndoHandIn { orders, .. }) = kiosk.asked.last() else { panic!() };
    assert_eq!(orders.len(), 8);
    let Page::HandIn(hand_in) = kiosk.page() else { panic!("{:?}", kiosk.page()) };
    assert_eq!(hand_in.said[1].outcome, Outcome::NoAnswer, "only the slip of hand is mended");
    kiosk.touches([Action::Next, Action::Confirm]);
    assert_eq!(ways(&kiosk)[0].note, "还有 10 秒", "and has its own ten seconds");
}

#[test]
fn after_ten_seconds_or_for_the_next_person_there_is_nothing_to_take_back() {
    let mut kiosk = handed_in();
    kiosk.put(Input::Tick { seconds: 10 });
    assert_eq!(ways(&kiosk).len(), 1);
    kiosk.touch(Action::UndoHandIn);
    assert!(!matches!(kiosk.asked.last(), Some(Request::UndoHandIn { .. })));
    let mut kiosk = handed_in();
    kiosk.touches([Action::StartOver, Action::UndoHandIn]);
    assert!(!kiosk.asked.iter().any(|r| matches!(r, Request::UndoHandIn { .. })));
}

#[test]
fn selling_stops_only_when_asked_twice_and_goes_on_the_same_way() {
    let mut kiosk = Bare::with_staff();
    assert_eq!(kiosk.list().rows[2].note, "还剩 83 份");
    kiosk.touch(Action::Sales);
    assert!(kiosk.facts().text.contains("已经订好的都照做"));
    assert!(!kiosk.asked.contains(&Request::SellOut));
    kiosk.touch(Action::Confirm);
    assert_eq!(kiosk.list().rows[2].text, "恢复售卖");
    kiosk.touches([Action::Sales, Action::Confirm]);
    assert!(kiosk.asked.contains(&Request::SellAgain));
    assert_eq!(kiosk.list().rows[2].note, "还剩 83 份");
}

#[test]
fn a_paper_is_printed_again_by_its_number() {
    let mut kiosk = Bare::with_staff();
    kiosk.touch(Action::ReprintNumber);
    kiosk.digits(&[4, 2]);
    assert!(kiosk.asked.contains(&Request::OrderPapers { number: 42 }));
    let paper = kiosk.list().rows[0].action.clone();
    kiosk.touch(paper);
    assert!(kiosk.facts().text.contains("可能重复"));
    kiosk.touch(Action::Confirm);
    assert!(matches!(kiosk.asked.last(), Some(Request::Reprint(_))));
    assert!(matches!(kiosk.page(), Page::StaffMenu(_)));
}

#[test]
fn a_door_is_put_right_in_three_touches() {
    let mut kiosk = Bare::with_staff();
    kiosk.touches([Action::StaffNumbers, Action::FindNumber]);
    kiosk.digits(&[4, 2]);
    kiosk.touch(Action::Correct);
    let shown = kiosk.list();
    assert_eq!(shown.rows.iter().filter(|row| row.chosen).count(), 1, "what is on record");
    kiosk.touch(Action::Corrected(Outcome::LeftWith, Some(Keeper::Guard)));
    assert_eq!(kiosk.facts().rows[1].value, "门卫代收");
    kiosk.touch(Action::CorrectCash(true));
    assert_eq!(
        kiosk.asked.last(),
        Some(&Request::Correct {
            number: 42,
            outcome: Outcome::LeftWith,
            left_with: "门卫".into(),
            cash: Fen::yuan(40),
        })
    );
    assert!(matches!(kiosk.page(), Page::StaffNumber(_)));
}

#[test]
fn the_day_ends_with_one_key_once_nothing_stands_in_its_way() {
    let mut kiosk = Bare::with_staff();
    kiosk.sample.day_end.obstacles =
        vec![Obstacle::RoundOut { round: 3 }, Obstacle::RoundOut { round: 5 }];
    kiosk.touch(Action::DayEnd);
    assert_eq!(kiosk.facts().text, "第 3、5 轮还没有交回。");
    kiosk.touch(Action::Language(Lang::En));
    assert_eq!(kiosk.facts().text, "Not handed in: round 3, 5.");
    kiosk.touches([Action::Language(Lang::Zh), Action::Confirm]);
    assert!(!kiosk.asked.contains(&Request::CloseDay), "it can't be closed past an obstacle");
    kiosk.sample.day_end.obstacles.clear();
    kiosk.touches([Action::DayEnd, Action::Confirm]);
    assert_eq!(kiosk.asked.iter().filter(|r| **r == Request::CloseDay).count(), 1);
    assert!(matches!(kiosk.page(), Page::Notice(Notice::DayEnded(BackedUp::Everywhere))));
    kiosk.touch(Action::Back);
    assert!(matches!(kiosk.page(), Page::Home), "there is no way back into a closed day");
}

#[test]
fn the_clerk_does_what_the_keys_ask() {
    let folder = tempfile::TempDir::new().unwrap();
    let settings =
        clubhouse_kiosk::config::Settings { data: folder.path().to_owned(), ..Default::default() };
    let mut c = Clubhouse::with(settings);
    c.counter.place(&delivery(&c.senior(0)), "kiosk").unwrap();
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.print();
    let (alarm, _called) = Alarm::new();
    let mut clerk = Clerk::new(c.house.clone(), c.board.clone(), Bell::default(), alarm);

    let Reply::Staff(stopped) = clerk.answer(Request::SellOut) else { panic!() };
    assert_eq!((stopped.left, stopped.held_back), (0, Some(298)));
    let Reply::Staff(again) = clerk.answer(Request::SellAgain) else { panic!() };
    assert_eq!((again.left, again.held_back), (298, None));

    let Reply::OrderPapers(papers) = clerk.answer(Request::OrderPapers { number: 2 }) else {
        panic!()
    };
    assert!(!papers.papers.is_empty());
    assert!(matches!(clerk.answer(Request::Reprint(papers.papers[0].id)), Reply::Papers(_)));
    assert!(matches!(clerk.answer(Request::OrderPapers { number: 9 }), Reply::Refused(_)));

    let id = c.counter.by_number(tuesday(), 1).unwrap().id;
    let line = clubhouse_kiosk::dispatch::HandInLine {
        order: id,
        outcome: Outcome::Refused,
        left_with: String::new(),
        cash: None,
    };
    c.dispatch.record_visit(&line).unwrap();
    let wish = Request::Correct {
        number: 1,
        outcome: Outcome::LeftWith,
        left_with: "邻居".into(),
        cash: Fen::yuan(20),
    };
    let Reply::Number(number) = clerk.answer(wish) else { panic!() };
    assert_eq!(number.order.state, OrderState::Delivered);
    assert_eq!((number.at_the_door, number.visit.unwrap().cash), (Fen::yuan(20), Fen::yuan(20)));

    let Reply::DayEnd(end) = clerk.answer(Request::DayEnd) else { panic!() };
    assert!(matches!(end.obstacles[..], [Obstacle::StillServing { .. }]));
    assert!(matches!(clerk.answer(Request::CloseDay), Reply::Refused(_)));
    c.at("12:40");
    let Reply::DayEnd(end) = clerk.answer(Request::DayEnd) else { panic!() };
    assert_eq!((end.obstacles.len(), end.served, end.cash), (0, 1, Fen::yuan(20)));
    assert_eq!(clerk.answer(Request::CloseDay), Reply::DayClosed(BackedUp::Everywhere));
    assert_eq!(clubhouse_kiosk::backup::backups(&folder.path().join("backups")).unwrap().len(), 1);
    let Reply::DayEnd(end) = clerk.answer(Request::DayEnd) else { panic!() };
    assert!(end.closed);
}

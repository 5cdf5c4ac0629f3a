//! Orders left half done: kept for the staff, never placed, never dropped.

use clubhouse_kiosk::counter::NewOrder;
use clubhouse_kiosk::domain::{
    Category, Fulfilment, Portions, Preferences, Reached, Refusal, Unfinished,
};
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::page::Page;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{Action, Effect, Input, Wish};
use clubhouse_kiosk::kiosk::gallery::{Sample, service_date};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::kiosk::worker::Worker as Clerk;
use clubhouse_kiosk::panel_watch::Alarm;
use clubhouse_kiosk::printing::Bell;

use crate::support::desk::Desk;
use crate::support::kiosk::Bare;
use crate::support::screens::{Played, on_its_own_thread};
use crate::support::{Clubhouse, delivery, tuesday};

fn kept(asked: &[Request]) -> Vec<Unfinished> {
    asked
        .iter()
        .filter_map(|r| if let Request::KeepUnfinished(left) = r { Some(left) } else { None })
        .flatten()
        .cloned()
        .collect()
}

#[test]
fn whoever_goes_silently_leaves_their_order_with_the_staff() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::More, Action::Wish(Wish::Softer)]);
    kiosk.put(Input::Tick { seconds: 80 });
    assert_eq!(kiosk.page(), &Page::Home);
    assert_eq!(
        kept(&kiosk.asked),
        [Unfinished {
            date: kiosk.sample.today.date,
            fulfilment: Fulfilment::EatIn,
            portions: Portions::new(2).unwrap(),
            preferences: Preferences { softer: true, ..Preferences::default() },
            resident: None,
            reached: Reached::Options,
        }]
    );
    assert!(kiosk.placed().is_empty());
}

#[test]
fn how_far_they_came_is_kept_and_a_way_alone_is_not() {
    let reached = |actions: Vec<Action>, card: bool| {
        let mut kiosk = Bare::new(|_| {});
        if card {
            kiosk.read_card();
        }
        kiosk.touches(actions);
        kiosk.touch(Action::StartOver);
        kept(&kiosk.asked)
            .into_iter()
            .map(|left| (left.reached, left.resident.is_some()))
            .collect::<Vec<_>>()
    };
    let nothing: Vec<(Reached, bool)> = Vec::new();
    let eat_in = Action::Way(Fulfilment::EatIn);
    let to_door = [Action::Way(Fulfilment::Delivery), Action::Building("7".into())];
    let tick = Action::Tick(service_date(3), Fulfilment::EatIn);
    assert_eq!(reached(vec![eat_in.clone()], false), nothing);
    assert_eq!(reached(vec![Action::Way(Fulfilment::Delivery)], false), nothing);
    assert_eq!(reached(vec![Action::Week], true), nothing, "nothing is ticked");
    assert_eq!(reached(Vec::new(), true), nothing);
    assert_eq!(reached(to_door.into(), false), [(Reached::Door, false)]);
    assert_eq!(
        reached(vec![eat_in.clone(), Action::Category(Category::Guest)], false),
        [(Reached::Options, false)]
    );
    assert_eq!(reached(vec![eat_in.clone()], true), [(Reached::Options, true)]);
    assert_eq!(reached(vec![eat_in.clone(), Action::Next], false), [(Reached::Confirm, false)]);
    assert_eq!(reached(vec![Action::AsLast], true), [(Reached::Confirm, true)]);
    assert_eq!(reached(vec![Action::Week, tick.clone()], true), [(Reached::Week, true)]);
    assert_eq!(reached(vec![Action::Week, tick, Action::Next], true), [(Reached::Confirm, true)]);
    assert_eq!(reached(vec![eat_in, Action::Next, Action::Confirm], false), nothing);
}

/// Leaves while the order is being placed, and then brings this answer.
fn left_while_placing(answer: Reply) -> Vec<Unfinished> {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next]);
    let mut controller = kiosk.controller;
    controller.handle(Input::Touch(Action::Confirm));
    let mut asked: Vec<Request> = Vec::new();
    let mut take = |effects: Vec<Effect>| {
        asked.extend(effects.into_iter().filter_map(|effect| match effect {
            Effect::Ask(request) => Some(request),
            _ => None,
        }));
    };
    take(controller.handle(Input::Touch(Action::StartOver)));
    take(controller.handle(Input::Reply(answer)));
    kept(&asked)
}

#[test]
fn an_order_under_way_is_half_done_only_if_it_is_refused() {
    let mut sample = Sample::default();
    let order = NewOrder { resident: None, ..crate::support::wish(Fulfilment::EatIn) };
    assert!(left_while_placing(sample.answer(Request::Place(order))).is_empty());
    let no = Reply::Refused(Refusal::SoldOut { left: 0 });
    assert_eq!(left_while_placing(no)[0].reached, Reached::Confirm);
    assert_eq!(left_while_placing(Reply::Failed("disk full".into())).len(), 1);
}

#[test]
fn what_could_not_be_written_down_is_tried_again() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next]);
    let mut controller = kiosk.controller;
    let keeps = |effects: Vec<Effect>| {
        effects.into_iter().filter(|e| matches!(e, Effect::Ask(Request::KeepUnfinished(_)))).count()
    };
    assert_eq!(keeps(controller.handle(Input::Touch(Action::StartOver))), 1);
    let failed = controller.handle(Input::Reply(Reply::Failed("disk full".into())));
    assert_eq!(keeps(failed), 0);
    assert_eq!(controller.page(), &Page::Home, "the next person is not bothered");
    let today = kiosk.sample.answer(Request::Refresh { date: None });
    controller.handle(Input::Reply(today));
    assert_eq!(keeps(controller.handle(Input::Tick { seconds: 15 })), 1);
    controller.handle(Input::Reply(Reply::Kept));
    controller.handle(Input::Reply(kiosk.sample.answer(Request::Refresh { date: None })));
    assert_eq!(keeps(controller.handle(Input::Tick { seconds: 15 })), 0);
}

fn half_done(c: &Clubhouse, resident: usize) -> Unfinished {
    Unfinished {
        date: tuesday(),
        fulfilment: Fulfilment::Delivery,
        portions: Portions::ONE,
        preferences: Preferences::default(),
        resident: Some(c.senior(resident).id),
        reached: Reached::Confirm,
    }
}

#[test]
fn the_staff_see_time_masked_name_and_door_and_note_that_they_asked() {
    let c = Clubhouse::new();
    let senior = c.senior(0);
    let (alarm, _calls) = Alarm::new();
    let mut clerk = Clerk::new(c.house.clone(), c.board.clone(), Bell::default(), alarm);
    let stranger = Unfinished { resident: None, ..half_done(&c, 0) };
    assert_eq!(
        clerk.answer(Request::KeepUnfinished(vec![half_done(&c, 0), stranger])),
        Reply::Kept
    );
    assert!(c.counter.orders(tuesday()).unwrap().is_empty(), "nothing is placed by itself");
    let pin = c.house.settings.staff.pin.clone();
    let Reply::Staff(view) = clerk.answer(Request::StaffSignIn { pin }) else { panic!() };
    let [(_, unknown), (at, known)] = view.unfinished.as_slice() else { panic!("{view:?}") };
    assert_eq!(at, "9:40");
    assert_eq!(unknown.who, None);
    assert_eq!(known.who, Some((senior.masked_name(), senior.door.clone())));
    let (known, unknown) = (known.record.id, unknown.record.id);
    let Reply::Staff(view) = clerk.answer(Request::FollowedUp(unknown)) else { panic!() };
    assert_eq!(view.unfinished.len(), 1);
    assert!(matches!(clerk.answer(Request::FollowedUp(unknown)), Reply::Refused(_)));

    c.at("09:50");
    c.counter.place(&delivery(&senior), "kiosk").unwrap();
    assert!(c.counter.unfinished(tuesday(), true).unwrap().is_empty(), "they have ordered since");
    let all = c.counter.unfinished(tuesday(), false).unwrap();
    assert_eq!(all.iter().map(|h| h.record.id).collect::<Vec<_>>(), [unknown, known]);
}

#[test]
fn old_ones_go_with_the_day() {
    let c = Clubhouse::new();
    let ahead = Unfinished { date: tuesday().next(), ..half_done(&c, 1) };
    c.counter.keep_unfinished(&[half_done(&c, 0), ahead]).unwrap();
    c.at("13:00");
    c.dispatch.close_day(tuesday()).unwrap();
    let left = c.counter.unfinished(tuesday(), false).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].record.order.date, tuesday().next());
}

#[test]
fn the_desk_lists_them_and_notes_that_somebody_asked() {
    let desk = Desk::new();
    desk.run(&["order", "unfinished"]).says(0, &["nobody left an order half done"]);
    desk.run(&["order", "unfinished", "--followed-up", "7"]).one_sentence(2, &["mark 7"]);
}

#[test]
fn staff_find_them_by_label_and_the_printers_too() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        kiosk.touches(&["值班", "工作人员", "1", "2", "3", "4", "确定", "今天的号", "没有订完"]);
        kiosk.touches(&["9:31 王＊ 7号楼1203室 2", "问过了", "返回", "返回", "打印"]);
        assert!(matches!(kiosk.screen.kiosk().view().screen, Screen::List(_)));
        assert!(kiosk.asked.contains(&Request::FollowedUp(2)));
        assert!(kiosk.asked.contains(&Request::Papers), "back at the staff's keys");
    });
}

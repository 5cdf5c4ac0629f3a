//! The days ahead on one grid: several ordered in one go, each on its own, and the same on paper.

use clubhouse_kiosk::counter::NewOrder;
use clubhouse_kiosk::domain::habit::Unfit;
use clubhouse_kiosk::domain::{Fulfilment, Payment, PrintQueue, Refusal, ServiceDate};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::page::Page;
use clubhouse_kiosk::kiosk::controller::view::{Confirm, Screen, Week};
use clubhouse_kiosk::kiosk::controller::{Action, Input};
use clubhouse_kiosk::kiosk::gallery::{Sample, service_date};
use clubhouse_kiosk::kiosk::protocol::Request;
use clubhouse_kiosk::kiosk::words::Lang;
use clubhouse_kiosk::store::print_jobs;
use clubhouse_kiosk::tickets::content::Ticket;

use crate::support::desk::Desk;
use crate::support::kiosk::Bare;
use crate::support::screens::{Played, on_its_own_thread};
use crate::support::{Clubhouse, delivery, tuesday};

fn at_grid(set_up: impl FnOnce(&mut Sample)) -> Bare {
    let mut kiosk = Bare::with_card(set_up);
    kiosk.touch(Action::Week);
    kiosk
}

fn grid(kiosk: &Bare) -> Week {
    match kiosk.screen() {
        Screen::Week(week) => week,
        other => panic!("{other:?}"),
    }
}

fn chosen(kiosk: &Bare) -> Vec<String> {
    grid(kiosk).cells.into_iter().filter(|c| c.chosen).map(|c| c.label).collect()
}

fn tick(day: i64, way: Fulfilment) -> Action {
    Action::Tick(service_date(day), way)
}

fn placed(kiosk: &Bare) -> Vec<Vec<NewOrder>> {
    kiosk
        .asked
        .iter()
        .filter_map(|r| if let Request::PlaceWeek(all) = r { Some(all.clone()) } else { None })
        .collect()
}

#[test]
fn ticks_are_one_way_a_day_and_go_with_a_second_touch() {
    let mut kiosk = at_grid(|_| {});
    assert_eq!(grid(&kiosk).cells.len(), 4 * 3, "days down, three ways across");
    assert!(!grid(&kiosk).ready);
    kiosk.touches([tick(0, Fulfilment::Delivery), tick(3, Fulfilment::EatIn)]);
    assert_eq!(chosen(&kiosk), ["周二 24日 外送", "周五 27日 堂食"]);
    kiosk.touch(tick(0, Fulfilment::TakeAway));
    assert_eq!(chosen(&kiosk), ["周二 24日 自取", "周五 27日 堂食"]);
    kiosk.touch(tick(0, Fulfilment::TakeAway));
    assert_eq!(chosen(&kiosk), ["周五 27日 堂食"]);
    assert_eq!(kiosk.controller.view().so_far, "王＊ · 1 天 · 20 元");
}

#[test]
fn one_question_for_all_with_the_sum_and_then_a_number_each() {
    let mut kiosk = at_grid(|_| {});
    kiosk.touches([tick(0, Fulfilment::Delivery), tick(3, Fulfilment::EatIn), Action::Next]);
    let Screen::Confirm(Confirm { rows, total, payments, .. }) = kiosk.screen() else {
        panic!("the question")
    };
    assert_eq!(total, "40 元");
    assert_eq!(rows[0].name, "周二");
    assert!(rows[0].value.starts_with("外送到家 · 1 份 · 20 元\n红烧大排"));
    assert_eq!(rows[2].value, "软食 · 7号楼1203室", "wishes, and the door for the delivery");
    assert_eq!(payments.len(), 2);
    assert!(placed(&kiosk).is_empty(), "nothing counts yet");
    kiosk.touches([Action::Pay(Payment::Later), Action::Confirm]);
    let [wishes] = placed(&kiosk).try_into().unwrap();
    let what: Vec<_> = wishes.iter().map(|w| (w.date, w.fulfilment, w.payment)).collect();
    assert_eq!(
        what,
        [
            (service_date(0), Fulfilment::Delivery, Payment::Later),
            (service_date(3), Fulfilment::EatIn, Payment::Later),
        ]
    );
    assert!(wishes.iter().all(|w| w.resident == Some(kiosk.sample.known.resident.id)));
    let done = kiosk.facts();
    assert_eq!(done.headline, "2 天都订好了");
    assert_eq!(done.rows[0].value, "37 号 · 外送 · 20 元");
    kiosk.put(Input::Tick { seconds: 30 });
    assert_eq!(kiosk.page(), &Page::Home);
}

#[test]
fn a_day_that_sells_out_meanwhile_is_named_and_the_others_stand() {
    let mut kiosk = at_grid(|s| s.refuses_on = Some(service_date(0)));
    kiosk.touches([
        tick(0, Fulfilment::Delivery),
        tick(3, Fulfilment::EatIn),
        Action::Next,
        Action::Confirm,
    ]);
    let done = kiosk.facts();
    assert_eq!(done.headline, "订好 1 天，1 天没有订成");
    assert_eq!(done.rows[0].value, "! 没有订成：已经订完");
    assert!(done.rows[1].value.starts_with("48 号"));
}

#[test]
fn what_can_not_be_had_says_why_and_is_not_ticked() {
    let mut kiosk = at_grid(|_| {});
    assert!(grid(&kiosk).days[2].name.contains("已经订完"));
    kiosk.touch(tick(2, Fulfilment::EatIn));
    assert!(kiosk.controller.view().toast.contains("已经订完"));
    kiosk.touch(tick(1, Fulfilment::EatIn));
    assert!(kiosk.controller.view().toast.contains("已经订了"));
    kiosk.touch(Action::Next);
    assert!(matches!(kiosk.page(), Page::Week(week) if week.ticks.is_empty()));
}

#[test]
fn what_is_ordered_is_shown_and_taken_back_without_losing_the_ticks() {
    let mut kiosk = at_grid(|_| {});
    kiosk.touches([tick(3, Fulfilment::EatIn), tick(1, Fulfilment::Delivery)]);
    assert!(matches!(kiosk.page(), Page::Order(shown) if shown.order.number == 41));
    kiosk.sample.known.standing.clear();
    kiosk.touch(Action::CancelOrder);
    assert!(matches!(kiosk.page(), Page::CancelQuestion(_)), "it asks before it is taken back");
    kiosk.touch(Action::Confirm);
    assert_eq!(chosen(&kiosk), ["周五 27日 堂食"]);
    assert!(grid(&kiosk).cells[5].note.is_empty(), "nothing is ordered there any more");
    kiosk.touch(tick(1, Fulfilment::Delivery));
    assert_eq!(chosen(&kiosk).len(), 2);
}

#[test]
fn the_form_is_printed_once_a_visit() {
    let mut kiosk = at_grid(|_| {});
    kiosk.touch(Action::PrintForm);
    assert!(kiosk.controller.view().toast.contains("填写单"));
    kiosk.touch(Action::PrintForm);
    let forms = kiosk.asked.iter().filter(|r| matches!(r, Request::PrintForm(_))).count();
    assert_eq!(forms, 1);
    assert!(!grid(&kiosk).form[0].open);
}

#[test]
fn strangers_have_no_grid() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Week, tick(0, Fulfilment::EatIn), Action::PrintForm]);
    assert_eq!(kiosk.page(), &Page::Home);
    assert!(!kiosk.asked.iter().any(|r| matches!(r, Request::Week(_))));
}

fn ahead(day: i64) -> ServiceDate {
    tuesday().plus_days(day)
}

#[test]
fn each_day_is_placed_on_its_own_and_one_no_loses_nothing() {
    let c = Clubhouse::new();
    let senior = c.senior(0);
    c.counter.sell_out(ahead(1)).unwrap();
    let on = |day| NewOrder { date: ahead(day), ..delivery(&senior) };
    let results = c.counter.place_week(&[on(0), on(1), on(2)], "kiosk");
    assert_eq!(results.iter().map(|r| r.date).collect::<Vec<_>>(), [0, 1, 2].map(ahead));
    assert_eq!(results[0].outcome.as_ref().unwrap().number, 1);
    let no = results[1].outcome.as_ref().unwrap_err();
    assert_eq!(no.refusal(), Some(&Refusal::SoldOut { left: 0 }));
    assert_eq!(c.counter.orders(ahead(2)).unwrap().len(), 1);
    let papers = |day| {
        c.house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, ahead(day))?)).unwrap().len()
    };
    assert!(papers(0) >= 2 && papers(1) == 0 && papers(2) >= 2, "kitchen ticket and slip a day");

    let week = c.counter.week(senior.id).unwrap();
    assert_eq!(week.len(), 4, "Tuesday to Friday have menus");
    assert_eq!(week[0].ordered.len(), 1);
    assert_eq!(week[1].obstacle(Fulfilment::EatIn), Some(&Unfit::SoldOut));
    assert_eq!(week[3].obstacle(Fulfilment::Delivery), None);
}

#[test]
fn the_grid_knows_the_cut_offs_of_today() {
    let c = Clubhouse::new();
    let senior = c.senior(0);
    c.at("10:20");
    let week = c.counter.week(senior.id).unwrap();
    assert_eq!(week[0].obstacle(Fulfilment::Delivery), Some(&Unfit::Over));
    assert_eq!(week[0].obstacle(Fulfilment::TakeAway), None);
    c.at("11:40");
    let week = c.counter.week(senior.id).unwrap();
    assert_eq!(week[0].date, ahead(1), "today can't be ordered any more and is left out");
}

#[test]
fn the_form_says_the_same_as_the_grid_and_no_name() {
    let mut c = Clubhouse::new();
    let senior = c.senior(0);
    c.counter.place(&NewOrder { date: ahead(1), ..delivery(&senior) }, "kiosk").unwrap();
    c.print();
    let form = c.counter.print_form(senior.id).unwrap();
    assert_eq!(form.name, senior.masked_name());
    assert_eq!(form.days.len(), 4);
    assert_eq!(form.days[1].ordered[0].number, 1);
    assert_eq!(form.days[0].ways, Fulfilment::ALL);
    let jobs = c.house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, tuesday())?)).unwrap();
    let job = jobs.into_iter().find(|j| matches!(j.ticket, Ticket::WeekForm(_))).unwrap();
    assert_eq!(job.queue, PrintQueue::Counter);
    assert!(!format!("{:?}", job.ticket).contains(&senior.name));
    assert_eq!(c.print(), 1, "and it comes out");
}

#[test]
fn the_desk_prints_a_form_by_id_or_door() {
    let desk = Desk::new();
    let found = desk.run(&["resident", "find", "7-1203"]).says(0, &["7-1203"]);
    let id = found.out.split_whitespace().nth(3).unwrap().to_owned();
    desk.run(&["resident", "form", &id]).says(0, &["7-1203", "4 days"]);
    desk.run(&["resident", "form"]).one_sentence(2, &["say who"]);
}

#[test]
fn two_days_are_ordered_by_label_on_the_smallest_panel() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::SEVEN_INCH_PORTRAIT, Lang::Zh);
        kiosk.read("C1.abcDEF.7");
        kiosk.touches(&["订几天", "周二 24日 外送", "周五 27日 堂食", "打印填写单"]);
        kiosk.touches(&["下一步", "确认下单"]);
        assert!(matches!(kiosk.screen.kiosk().view().screen, Screen::Facts(_)));
        kiosk.touch("好了，回首页");
        kiosk.read("C1.abcDEF.7");
        kiosk.touches(&["老样子", "确认下单"]);
        assert!(matches!(kiosk.screen.kiosk().view().screen, Screen::Done(_)));
        assert!(kiosk.asked.iter().any(|r| matches!(r, Request::PrintForm(_))));
        let days = kiosk.asked.iter().find_map(|r| match r {
            Request::PlaceWeek(wishes) => Some(wishes.iter().map(|w| w.date).collect::<Vec<_>>()),
            _ => None,
        });
        assert_eq!(days, Some(vec![service_date(0), service_date(3)]));
    });
}

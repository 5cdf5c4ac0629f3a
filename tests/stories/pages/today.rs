//! The page of today, and its live part.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::{
    Fulfilment, OrderState, Portions, Preferences, Reached, Role, Unfinished,
};

use crate::support::pages::Pages;
use crate::support::{Clubhouse, delivery, tuesday, wish};

#[test]
fn orders_appear_with_what_is_left_and_an_event_says_so() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    office.get("/today").says(&["还没有订单", "外送 10:00 截止，还有 20 分钟"]);
    let order = clubhouse.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    pages.change();
    office.get("/today/events").says(&["event: changed"]);
    let number = format!("<th scope=\"row\">{}</th>", order.number);
    office.get("/today/live").says(&[&number, "堂食", "已订", "未付"]).hides(&["<html"]);
}

#[test]
fn a_call_for_help_stands_there_until_somebody_went() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let kitchen = pages.signed_in(Role::Kitchen);
    clubhouse.counter.call_help().unwrap();
    clubhouse.counter.call_help().unwrap();
    assert_eq!(clubhouse.counter.help_calls().unwrap().len(), 1, "one person, one call");
    let action = kitchen.get("/today").says(&["叫人帮忙"]).after("action=\"/today/help/");
    kitchen.fill("/today", &format!("/today/help/{action}"), &[]);
    kitchen.get("/today").hides(&["叫人帮忙"]);
    assert!(clubhouse.counter.help_calls().unwrap().is_empty());
}

#[test]
fn an_order_left_half_done_is_asked_after() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let somebody = clubhouse.senior(0);
    let left = Unfinished {
        date: tuesday(),
        fulfilment: Fulfilment::Delivery,
        portions: Portions::ONE,
        preferences: Preferences::default(),
        resident: Some(somebody.id),
        reached: Reached::Confirm,
    };
    clubhouse.counter.keep_unfinished(&[left]).unwrap();
    let page = office.get("/today").says(&[&somebody.masked_name()]).hides(&[&somebody.name]);
    let id = page.after("action=\"/today/unfinished/");
    office.fill("/today", &format!("/today/unfinished/{id}"), &[]);
    office.get("/today").hides(&[&somebody.masked_name()]);
}

#[test]
fn a_building_leader_sees_the_own_building_and_closes_its_checks() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let leader = pages.signed_in(Role::BuildingLeader);
    let there = clubhouse.residents().into_iter().find(|r| r.door.building == "7").unwrap();
    let elsewhere = clubhouse.residents().into_iter().find(|r| r.door.building == "3").unwrap();
    let here = clubhouse.counter.place(&delivery(&there), "desk").unwrap();
    let away = clubhouse.counter.place(&delivery(&elsewhere), "desk").unwrap();
    let row = |n: u32| format!("<th scope=\"row\">{n}</th>");
    leader.get("/today").says(&[&row(here.number)]).hides(&[&row(away.number), "打印机"]);
}

#[test]
fn the_day_is_closed_only_when_nothing_stands_in_its_way() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let order = clubhouse.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    office.get("/today").says(&["还不能收工", "午餐供应到 12:30"]);
    let refused = office.fill("/today", "/today/close", &[]);
    assert_eq!(refused.status, StatusCode::CONFLICT);
    clubhouse.at("12:31");
    office.get("/today").hides(&["还不能收工"]);
    assert_eq!(office.fill("/today", "/today/close", &[]).location, "/today");
    office.get("/today").says(&["今天已经收工"]);
    let closed = clubhouse.counter.by_number(tuesday(), order.number).unwrap();
    assert_eq!(closed.state, OrderState::NotCollected);
}

//! At the window, and the television above it.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::{Fulfilment, OrderState, PaymentState, Role};

use crate::support::pages::Pages;
use crate::support::{Clubhouse, tuesday, wish};

#[test]
fn a_number_is_called_collected_and_paid_for() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let kitchen = pages.signed_in(Role::Kitchen);
    let screen = pages.browser();
    let order = clubhouse.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    let number = order.number.to_string();
    screen.get("/display").says(&["还没有叫号"]);

    // The ticket by the stove is scanned, the slip of who comes is scanned.
    let ticket = format!("R1.{}.{number}", tuesday());
    kitchen.fill("/hand-over", "/hand-over", &[("code", &ticket)]);
    screen.get("/display/numbers").says(&[&format!("<li class=\"new\">{number}</li>")]);
    kitchen.fill("/hand-over", "/hand-over/paid", &[("code", &number)]);
    let slip = format!("O1.{}", order.code);
    let done = kitchen.fill("/hand-over", "/hand-over", &[("code", &slip)]);
    kitchen.get(&done.location).says(&[&format!("{number} 已取")]);
    screen.get("/display").says(&["还没有叫号"]);

    let now = clubhouse.counter.by_number(tuesday(), order.number).unwrap();
    assert_eq!((now.state, now.payment), (OrderState::Collected, PaymentState::Paid));
}

#[test]
fn what_is_no_number_of_today_is_told_and_changes_nothing() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let kitchen = pages.signed_in(Role::Kitchen);
    for code in ["", "rice", "R1.2026-11-23.1", "C1.abc", "99999999999"] {
        let answer = kitchen.fill("/hand-over", "/hand-over", &[("code", code)]);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        answer.says(&["不是今天的号码"]);
    }
    let unknown = kitchen.fill("/hand-over", "/hand-over", &[("code", "77")]);
    assert_eq!(unknown.status, StatusCode::CONFLICT);
}

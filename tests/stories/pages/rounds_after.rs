//! What comes after the plan: a late order, and doors that nobody is left to go to.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::Role;
use clubhouse_kiosk::tickets::Ticket;

use super::rounds::{change, planned, queued, round_of, rounds, settled};
use crate::support::pages::Pages;
use crate::support::tuesday;

#[test]
fn a_late_order_is_found_a_round_and_not_placed_on_a_plan_nobody_saw() {
    let c = planned();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    let somebody = c.senior(5);
    let late = "/rounds/2026-11-24/late";
    let find = format!("{late}?find={}-{}", somebody.door.building, somebody.door.room());
    let page = dispatcher.get(&find).says(&["加上，马上排进路线", &somebody.name]);
    let version = page.after("name=\"seen\" value=\"");
    let id = somebody.id.to_string();
    let order = |seen: &str| {
        let fields = [("seen", seen), ("resident", &id), ("portions", "2"), ("find", "7")];
        dispatcher.fill(&find, late, &fields)
    };
    let before = c.counter.orders(tuesday()).unwrap().len();
    let refused = order("another");
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.says(&["刚才别人改了路线"]);
    assert_eq!(c.counter.orders(tuesday()).unwrap().len(), before);

    assert_eq!(order(&version).location, "/rounds?date=2026-11-24");
    settled(&dispatcher).says(&["加上了：13 号", "2 份"]);
    assert!(round_of(&c, 13).is_some());
    let slips = queued(&c).into_iter();
    let slips = slips.filter(|t| matches!(t, Ticket::RoundDelta(_) | Ticket::RoundSlip(_)));
    assert_eq!(slips.count(), 1, "the volunteer who carries it learns of it on paper");
}

#[test]
fn doors_that_nobody_can_take_are_named_in_one_sentence_with_the_reason() {
    let c = planned();
    let pages = Pages::of(&c);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    let all = c.registry.volunteers().unwrap();
    let last = rounds(&c).pop().unwrap().volunteer;
    for badge in [101_u32, 102, 103, 104] {
        if all.iter().any(|v| v.badge == badge && v.id != last) {
            change(&dispatcher, "off", &[("badge", &badge.to_string())]);
        }
    }
    let badge = all.iter().find(|v| v.id == last).unwrap().badge.to_string();
    let page = change(&dispatcher, "off", &[("badge", &badge)]);
    let page = page.says(&["还没有排上的外送"]);
    // Changes before that are folded away below.
    let last_change = page.text.split("<details id=\"before\"").next().unwrap();
    assert!(last_change.contains("12 户（"), "{last_change}");
    assert_eq!(last_change.matches("没有人能送").count(), 1, "{last_change}");
}

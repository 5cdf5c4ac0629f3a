//! The desk and the leader of a building order for who can't come.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::{Fulfilment, Order, OrderState, Resident, Role};

use crate::support::pages::{Browser, Pages};
use crate::support::{Clubhouse, tuesday};

/// Somebody of a building.
fn of(clubhouse: &Clubhouse, building: &str) -> Resident {
    let here = |r: &Resident| r.door.building == building && r.allergies.is_empty();
    clubhouse.residents().into_iter().find(here).unwrap()
}

fn ordered(clubhouse: &Clubhouse, resident: &Resident) -> Vec<Order> {
    clubhouse.counter.orders_of(resident.id).unwrap()
}

const DELIVERY: [(&str, &str); 4] =
    [("date", "2026-11-24"), ("way", "delivery"), ("portions", "1"), ("softer", "true")];

#[test]
fn the_office_finds_somebody_orders_changes_and_takes_back() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let somebody = of(&clubhouse, "3");
    let page = format!("/orders/{}", somebody.id);
    let door = format!("3-{}", somebody.door.room());
    office.get(&format!("/orders?find={door}")).says(&[&somebody.name, &page]);

    let placed = office.fill(&page, &format!("{page}/place"), &DELIVERY);
    let order = ordered(&clubhouse, &somebody).pop().unwrap();
    assert_eq!(placed.location, format!("{page}?done={}", order.number));
    assert_eq!((order.fulfilment, order.preferences.softer), (Fulfilment::Delivery, true));
    office.get(&placed.location).says(&[&format!("✓ {} 号 外送 × 1", order.number)]);

    let id = order.id.to_string();
    let seen = order.version();
    let change = [
        ("order", id.as_str()),
        ("seen", seen.as_str()),
        ("date", "2026-11-24"),
        ("way", "delivery"),
        ("portions", "2"),
    ];
    office.fill(&page, &format!("{page}/amend"), &change);
    let changed = ordered(&clubhouse, &somebody).pop().unwrap();
    assert_eq!((changed.portions.get(), changed.preferences.softer), (2, false));

    // Who still had the old form open is told, and nothing is lost.
    let stale = office.fill(&page, &format!("{page}/amend"), &change);
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says(&["刚才有人改过了"]);

    office.fill(&page, &format!("{page}/cancel"), &[("order", &id)]);
    let gone = clubhouse.counter.by_number(tuesday(), order.number).unwrap();
    assert_eq!(gone.state, OrderState::Cancelled);
}

#[test]
fn a_building_leader_orders_for_the_own_building_only() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let leader = pages.signed_in(Role::BuildingLeader);
    let (own, other) = (of(&clubhouse, "7"), of(&clubhouse, "3"));
    leader.get("/orders").says(&[&own.name]).hides(&[&other.name]);
    let page = format!("/orders/{}", own.id);
    leader.fill(&page, &format!("{page}/place"), &DELIVERY);
    assert_eq!(ordered(&clubhouse, &own).len(), 1);

    let foreign = format!("/orders/{}", other.id);
    assert_eq!(leader.get(&foreign).status, StatusCode::FORBIDDEN);
    let tried = leader.fill(&page, &format!("{foreign}/place"), &DELIVERY);
    assert_eq!(tried.status, StatusCode::FORBIDDEN);
    assert!(ordered(&clubhouse, &other).is_empty());
    // Nor does the order of somebody else go by way of the own page.
    let office = pages.signed_in(Role::Office);
    office.fill(&foreign, &format!("{foreign}/place"), &DELIVERY);
    let theirs = ordered(&clubhouse, &other).pop().unwrap().id.to_string();
    let tried = leader.fill(&page, &format!("{page}/cancel"), &[("order", &theirs)]);
    assert_eq!(tried.status, StatusCode::NOT_FOUND);
    assert_eq!(ordered(&clubhouse, &other).len(), 1);
}

#[test]
fn two_clerks_and_the_kiosk_lose_no_change() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let (chen, wang) = (pages.signed_in(Role::Office), pages.signed_in(Role::Dispatcher));
    let somebody = of(&clubhouse, "5");
    let page = format!("/orders/{}", somebody.id);
    chen.fill(&page, &format!("{page}/place"), &DELIVERY);
    let order = ordered(&clubhouse, &somebody).pop().unwrap();
    let (id, seen) = (order.id.to_string(), order.version());
    let to = |clerk: &Browser<'_>, portions: &str| {
        let form = [
            ("order", id.as_str()),
            ("seen", seen.as_str()),
            ("date", "2026-11-24"),
            ("way", "delivery"),
            ("portions", portions),
        ];
        clerk.fill(&page, &format!("{page}/amend"), &form).status
    };
    assert_eq!(to(&chen, "3"), StatusCode::SEE_OTHER);
    assert_eq!(to(&wang, "2"), StatusCode::CONFLICT);
    assert_eq!(ordered(&clubhouse, &somebody).pop().unwrap().portions.get(), 3);
}

#[test]
fn a_form_that_lies_is_refused_with_a_sentence() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let somebody = of(&clubhouse, "3");
    let page = format!("/orders/{}", somebody.id);
    let lies = [
        ("date", "the day after"),
        ("way", "by drone"),
        ("portions", "200"),
        ("portions", "-1"),
        ("note", "请一定一定一定一定一定一定一定一定一定不要放葱姜蒜"),
        ("date", "2026-11-23"),
    ];
    for (field, value) in lies {
        let form: Vec<_> = DELIVERY
            .into_iter()
            .filter(|(name, _)| *name != field)
            .chain([(field, value)])
            .collect();
        let answer = office.fill(&page, &format!("{page}/place"), &form);
        assert!(answer.status.is_client_error(), "{field} {value}: {}", answer.status);
        answer.says(&["没有做成"]);
    }
    assert!(ordered(&clubhouse, &somebody).is_empty());
    assert_eq!(office.get("/orders/1").status, StatusCode::NOT_FOUND);
}

//! Looking after a resident: who may be told, days away, and what was said about knocking.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::{PauseKind, Resident, Role};

use crate::support::pages::{Answer, Browser, Pages};
use crate::support::{Clubhouse, tuesday};

fn page_of(resident: &Resident) -> String {
    format!("/people/residents/{}/care", resident.id)
}

/// Fills in a form of the page, as it stands or as it was seen before.
fn fill(
    browser: &Browser<'_>,
    page: &str,
    form: &str,
    seen: &str,
    more: &[(&str, &str)],
) -> Answer {
    let mut fields = vec![("seen", seen)];
    fields.extend_from_slice(more);
    browser.fill(page, &format!("{page}/{form}"), &fields)
}

fn seen(browser: &Browser<'_>, page: &str) -> String {
    browser.get(page).after("name=\"seen\" value=\"")
}

const NOBODY: [(&str, &str); 9] = [
    ("name2", ""),
    ("relation2", ""),
    ("phone2", ""),
    ("name3", ""),
    ("relation3", ""),
    ("phone3", ""),
    ("name4", ""),
    ("relation4", ""),
    ("phone4", ""),
];

fn contact<'a>(name: &'a str, phone: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("name1", name), ("relation1", "女儿"), ("phone1", phone)];
    fields.extend_from_slice(&NOBODY);
    fields
}

#[test]
fn the_office_writes_down_who_may_be_told_and_a_stale_form_loses_nothing() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let (office, leader) = (pages.signed_in(Role::Office), pages.signed_in(Role::BuildingLeader));
    let resident = c.residents().into_iter().find(|r| r.door.building == "7").unwrap();
    let page = page_of(&resident);
    let first = seen(&office, &page);
    let kept = fill(&office, &page, "contacts", &first, &contact("王小红", "139 0000 1111"));
    assert_eq!(kept.location, page);
    office.get(&page).says(&["value=\"王小红\"", "value=\"139 0000 1111\"", "女儿"]);

    // The leader's page was open all the while.
    let stale = fill(&leader, &page, "contacts", &first, &contact("李四", "13700000000"));
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.says(&["刚才有人改过了"]);
    leader.get(&page).says(&["王小红"]).hides(&["李四"]);

    // A name without a number is of no use to who has to call.
    let now = seen(&office, &page);
    for (name, phone) in [("张三", ""), ("", "13900001111"), ("张三", "找不到")] {
        let refused = fill(&office, &page, "contacts", &now, &contact(name, phone));
        assert_eq!(refused.status, StatusCode::CONFLICT, "{name} {phone}");
    }
    office.get(&page).says(&["王小红"]);
    office.get("/history").says(&["改了可以告诉谁"]).hides(&["王小红", "13900001111"]);
    office.get("/history?show=looks").says(&["关照"]);
}

#[test]
fn days_away_are_marked_where_one_orders_and_nothing_is_refused_for_them() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    let resident = c.senior(0);
    let page = page_of(&resident);
    let away =
        [("from", "2026-11-24"), ("until", "2026-11-25"), ("kind", "hospital"), ("note", "")];
    let seen_first = seen(&office, &page);
    assert_eq!(fill(&office, &page, "pause", &seen_first, &away).location, page);
    office.get(&page).says(&["11月24日", "住院", "现在"]);

    let week = c.counter.week(resident.id).unwrap();
    let paused: Vec<_> = week.iter().map(|day| day.paused).collect();
    let hospital = Some(PauseKind::Hospital);
    assert_eq!(paused[..3], [hospital, hospital, None], "two days, then as ever");

    // An order is placed all the same, and told.
    let orders = format!("/orders/{}", resident.id);
    office.get(&orders).says(&["这一天登记了不来", "住院"]);
    // The dispatcher orders for others, too, and is told that, and not why.
    pages.signed_in(Role::Dispatcher).get(&orders).says(&["这一天登记了不来"]).hides(&["住院"]);
    let lunch = [("date", "2026-11-24"), ("way", "eat-in"), ("portions", "1")];
    let placed = office.fill(&orders, &format!("{orders}/place"), &lunch);
    office.get(&placed.location).says(&["✓", "订单照旧有效，请问清楚"]);

    // Days that are taken, and days that end before they begin.
    let now = seen(&office, &page);
    let again = [("from", "2026-11-25"), ("until", ""), ("kind", "away"), ("note", "")];
    fill(&office, &page, "pause", &now, &again).says(&["这几天已经登记过了"]);
    let back = [("from", "2026-12-05"), ("until", "2026-12-01"), ("kind", "away"), ("note", "")];
    fill(&office, &page, "pause", &now, &back).says(&["结束的日子比开始的早"]);

    // Back early.
    let pause = office.get(&page).after("name=\"pause\" value=\"");
    fill(&office, &page, "back", &now, &[("pause", &pause)]);
    assert!(c.counter.week(resident.id).unwrap().iter().all(|day| day.paused.is_none()));
    let twice = fill(&office, &page, "back", &now, &[("pause", &pause)]);
    assert_eq!(twice.status, StatusCode::CONFLICT);
}

#[test]
fn who_is_away_today_gets_no_proposal_at_the_screen() {
    let c = Clubhouse::new();
    let resident = c.senior(1);
    c.counter.place(&crate::support::delivery(&resident), "kiosk").unwrap();
    assert!(c.counter.resident(resident.id).unwrap().habit.is_some());
    let care = clubhouse_kiosk::care::Care::new(c.house.clone());
    let wanted = clubhouse_kiosk::care::NewPause {
        from: tuesday(),
        until: None,
        kind: PauseKind::Away,
        note: String::new(),
    };
    let version = care.of(resident.id).unwrap().version();
    care.pause(resident.id, &version, &wanted, "office").unwrap();
    let known = c.counter.resident(resident.id).unwrap();
    assert!(known.habit.is_none());
    assert_eq!(known.standing.len(), 1, "what is ordered stands");
}

#[test]
fn a_building_leader_cares_for_the_own_building_only() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let leader = pages.signed_in(Role::BuildingLeader);
    let of = |building: &str| c.residents().into_iter().find(|r| r.door.building == building);
    let own = page_of(&of("7").unwrap());
    let other = page_of(&of("3").unwrap());
    assert_eq!(leader.get(&other).status, StatusCode::FORBIDDEN);
    let yes = [("seen", "x"), ("agreed", "true"), ("said_by", "本人")];
    let refused = leader.fill(&own, &format!("{other}/knock"), &yes);
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let now = seen(&leader, &own);
    let nobody = fill(&leader, &own, "knock", &now, &[("agreed", "true"), ("said_by", " ")]);
    nobody.says(&["还没有写是谁说的"]);
    fill(&leader, &own, "knock", &now, &[("agreed", "true"), ("said_by", "本人")]);
    leader.get(&own).says(&["同意：", "本人"]);
}

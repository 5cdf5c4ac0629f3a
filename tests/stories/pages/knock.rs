//! The knock list: who was not seen at lunch, for those who agreed.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use clubhouse_kiosk::care::{Care, NewPause};
use clubhouse_kiosk::counter::NewOrder;
use clubhouse_kiosk::domain::{Fulfilment, PauseKind, Resident, Role, ServiceDate};
use clubhouse_kiosk::store::{menus, print_jobs};
use clubhouse_kiosk::tickets::Ticket;

use crate::support::pages::Pages;
use crate::support::{Clubhouse, tuesday, wish};

const TUESDAYS: [&str; 4] = ["2026-10-27", "2026-11-03", "2026-11-10", "2026-11-17"];

/// Four Tuesdays on which the residents of building 7 ate: the first on all, the next on three, the
/// next on two.
fn november() -> (Clubhouse, Vec<Resident>) {
    let c = Clubhouse::new();
    let here = |r: &Resident| r.door.building == "7" && r.allergies.is_empty();
    let people: Vec<_> = c.residents().into_iter().filter(here).take(4).collect();
    let menu = c.house.store.read(|db| menus::get(db, tuesday())).unwrap().unwrap();
    for (nth, day) in TUESDAYS.iter().enumerate() {
        let date: ServiceDate = day.parse().unwrap();
        c.house.clock.set(format!("{day}T09:00:00+08:00").parse().unwrap());
        let mut menu = menu.clone();
        menu.date = date;
        c.counter.write_menus(&[menu], &BTreeMap::new()).unwrap();
        for person in people.iter().take(if nth < 2 { 3 } else { 4 - nth }) {
            let lunch = NewOrder { date, resident: Some(person.id), ..wish(Fulfilment::EatIn) };
            c.counter.place(&lunch, "kiosk").unwrap();
        }
    }
    c.at("09:40");
    (c, people)
}

fn agree(c: &Clubhouse, resident: &Resident) {
    let care = Care::new(c.house.clone());
    let seen = care.of(resident.id).unwrap().version();
    care.agree(resident.id, &seen, true, "本人", "office").unwrap();
}

fn listed(c: &Clubhouse) -> Vec<String> {
    let list = Care::new(c.house.clone()).knock_list(None).unwrap();
    list.open.into_iter().map(|line| line.resident.name).collect()
}

#[test]
fn a_regular_who_agreed_and_did_not_order_is_knocked_for() {
    let (c, people) = november();
    for person in &people[1..] {
        agree(&c, person);
    }
    assert!(listed(&c).is_empty(), "orders are still taken");
    c.at("11:30");
    // The first is a regular and never agreed; the third came twice, the fourth never.
    assert_eq!(listed(&c), [people[1].name.clone()]);
    agree(&c, &people[0]);
    assert_eq!(listed(&c).len(), 2);

    // Away, or no more: nobody knocks.
    let care = Care::new(c.house.clone());
    let away =
        NewPause { from: tuesday(), until: None, kind: PauseKind::Away, note: String::new() };
    let seen = care.of(people[0].id).unwrap().version();
    care.pause(people[0].id, &seen, &away, "office").unwrap();
    assert_eq!(listed(&c), [people[1].name.clone()]);
    let archive = |at: Option<i64>| {
        let db = rusqlite::Connection::open(c.house.store.path()).unwrap();
        let sql = "UPDATE residents SET archived_at = ?1 WHERE id = ?2";
        db.execute(sql, rusqlite::params![at, people[1].id.to_string()]).unwrap();
    };
    archive(Some(1));
    assert!(listed(&c).is_empty());
    archive(None);

    let pages = Pages::of(&c);
    let (office, leader) = (pages.signed_in(Role::Office), pages.signed_in(Role::BuildingLeader));
    leader.get("/today").says(&["没有来吃饭", "href=\"/knock\""]);
    leader.get("/knock").says(&[&people[1].name, "常来，今天没有订"]).hides(&[&people[0].name]);
    assert_eq!(leader.fill("/knock", "/knock/print", &[]).location, "/knock?printed=1");
    let papers = c.house.store.read(|db| print_jobs::on(db, tuesday())).unwrap();
    let slip = papers.iter().find_map(|job| match &job.ticket {
        Ticket::KnockSlip(slip) => Some(slip.clone()),
        _ => None,
    });
    let slip = slip.unwrap();
    assert_eq!((slip.building.as_str(), slip.doors.len()), ("7", 1));
    assert_eq!(slip.doors[0].surname, people[1].surname());

    // Found well, once: the second who writes is told.
    let path = format!("/knock/{}", people[1].id);
    leader.fill("/knock", &path, &[("outcome", "fine"), ("finding", "")]).says(&["看到了什么"]);
    let found = [("outcome", "fine"), ("finding", "去看病了")];
    assert_eq!(leader.fill("/knock", &path, &found).location, "/knock");
    let again = office.fill("/knock", &path, &found);
    assert_eq!(again.status, StatusCode::CONFLICT);
    office.get("/knock").says(&["没有要敲的门", "去看病了", "平安"]);
}

#[test]
fn who_ordered_and_did_not_come_is_knocked_for_and_no_answer_opens_a_check() {
    let c = Clubhouse::new();
    let here = |r: &Resident| r.door.building == "7" && r.allergies.is_empty();
    let mut people = c.residents().into_iter().filter(here);
    let (absent, present) = (people.next().unwrap(), people.next().unwrap());
    for person in [&absent, &present] {
        agree(&c, person);
        let lunch = NewOrder { resident: Some(person.id), ..wish(Fulfilment::EatIn) };
        c.counter.place(&lunch, "kiosk").unwrap();
    }
    c.at("11:40");
    let number = c.counter.orders_of(present.id).unwrap()[0].number;
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    for _ in 0..2 {
        office.fill("/hand-over", "/hand-over", &[("code", &number.to_string())]);
    }
    assert!(listed(&c).is_empty(), "lunch is on");
    c.at("12:31");
    assert_eq!(listed(&c), std::slice::from_ref(&absent.name));

    let path = format!("/knock/{}", absent.id);
    let shut = office.fill("/knock", &path, &[("outcome", "no_answer"), ("finding", "")]);
    assert_eq!(shut.location, "/checks");
    office.get("/checks").says(&[&absent.name, "给住户打电话"]);
    let notes = c.house.store.read(|db| print_jobs::of_kind(db, tuesday(), "welfare_note"));
    assert_eq!(notes.unwrap().len(), 1, "the leader has it on paper");
    // The day stays open until somebody says what they found.
    office.get("/today").says(&["还不能收工", "敲门无人应"]);
    assert!(c.dispatch.close_day(tuesday()).is_err());
    let check = c.dispatch.open_checks().unwrap().remove(0);
    c.dispatch.close_check(check.id, "在家，没听见", "office").unwrap();
    c.dispatch.close_day(tuesday()).unwrap();
}

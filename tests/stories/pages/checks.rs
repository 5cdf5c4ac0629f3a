//! A door that stays shut: the ladder of who is asked, each step once, until somebody says what they
//! found.

use axum::http::StatusCode;
use clubhouse_kiosk::care::Care;
use clubhouse_kiosk::counter::Deadline;
use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::{
    CareRefusal, FamilyContact, LadderStep, NextStep, Outcome, Resident, Role, StepOutcome,
};

use crate::support::pages::{Browser, Pages};
use crate::support::{Clubhouse, delivery, tuesday};

/// Somebody of building 7 who did not open at 11:20.
fn shut_door() -> (Clubhouse, Resident) {
    let c = Clubhouse::new();
    let resident = c.residents().into_iter().find(|r| r.door.building == "7").unwrap();
    let order = c.counter.place(&delivery(&resident), "kiosk").unwrap();
    c.at("11:20");
    let line = HandInLine {
        order: order.id,
        outcome: Outcome::NoAnswer,
        left_with: String::new(),
        cash: None,
    };
    c.dispatch.record_visit(&line).unwrap();
    (c, resident)
}

fn id(browser: &Browser<'_>) -> String {
    browser.get("/checks").after("action=\"/checks/").split('/').next().unwrap().to_owned()
}

fn step(
    browser: &Browser<'_>,
    id: &str,
    seen: &str,
    outcome: &str,
) -> crate::support::pages::Answer {
    let fields = [("seen", seen), ("outcome", outcome), ("note", "")];
    browser.fill("/checks", &format!("/checks/{id}/step"), &fields)
}

#[test]
fn each_step_is_timed_and_written_down_until_somebody_says_what_they_found() {
    let (c, resident) = shut_door();
    let care = Care::new(c.house.clone());
    let seen = care.of(resident.id).unwrap().version();
    let daughter = FamilyContact {
        name: "王小红".into(),
        relation: "女儿".into(),
        phone: "13900001111".into(),
    };
    care.keep_contacts(resident.id, &seen, &[daughter], "office").unwrap();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    office
        .get("/checks")
        .says(&[&resident.name, "给住户打电话", "11:25", "已等 0 分钟"])
        .hides(&["晚了", "王小红"]);
    office.get("/today").says(&["href=\"/checks\"", "给住户打电话"]);

    // Six minutes later nobody has called: the page says so, and so does the day.
    c.at("11:26");
    office.get("/checks").says(&["晚了", "已等 6 分钟"]);
    office.get("/today").says(&["晚了"]);
    let check = id(&office);
    assert_eq!(step(&office, &check, "0", "no_answer").location, "/checks");
    office.get("/checks").says(&["请楼组长上门看", "11:26 住户电话", "没有人应"]).hides(&["晚了"]);
    c.at("11:30");
    step(&office, &check, "1", "handed_on");
    office.get("/checks").says(&["办公室处理", "11:30 楼组长上门", "交给下一步"]);
    step(&office, &check, "2", "no_answer");
    office.get("/checks").says(&["给家里人打电话", "王小红", "13900001111"]);
    step(&office, &check, "3", "no_answer");
    office.get("/checks").says(&["都问过了", "120"]).hides(&["name=\"outcome\""]);
    assert_eq!(step(&office, &check, "4", "reached").status, StatusCode::CONFLICT);

    // It stays open, and with it the day, until somebody writes what they found.
    c.at("12:40");
    office.get("/today").says(&["还不能收工", "无人应门"]);
    let empty = [("finding", "  ")];
    let refused = office.fill("/checks", &format!("/checks/{check}/close"), &empty);
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let found = [("finding", "在女儿家，平安")];
    office.fill("/checks", &format!("/checks/{check}/close"), &found);
    office.get("/checks").says(&["现在没有", "在女儿家，平安", "11:26 住户电话"]);
    c.dispatch.close_day(tuesday()).unwrap();
}

#[test]
fn two_who_press_at_once_write_one_step() {
    let (c, _) = shut_door();
    let pages = Pages::of(&c);
    let (office, kitchen) = (pages.signed_in(Role::Office), pages.signed_in(Role::Kitchen));
    let check = id(&office);
    assert_eq!(step(&office, &check, "0", "no_answer").location, "/checks");
    let late = step(&kitchen, &check, "0", "no_answer");
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.says(&["刚才有人记过了", "没有重复记"]);
    let standing = c.dispatch.ladders(None).unwrap().remove(0);
    assert_eq!(standing.ladder.taken.len(), 1);
    assert_eq!(standing.ladder.taken[0].who, "office");

    // Somebody reached: nothing more is asked, what is missing is the finding.
    step(&kitchen, &check, "1", "reached");
    let standing = c.dispatch.ladders(None).unwrap().remove(0);
    assert_eq!(standing.ladder.next(), NextStep::WriteDown);
    let closed = [("finding", "睡着了")];
    office.fill("/checks", &format!("/checks/{check}/close"), &closed);
    let again = kitchen.fill("/today", &format!("/checks/{check}/close"), &closed);
    again.says(&["已经有人看过"]);
    assert_eq!(c.dispatch.looked_in(tuesday(), None).unwrap().len(), 1);
}

#[test]
fn a_building_leader_sees_the_own_doors_and_takes_their_steps() {
    let (c, resident) = shut_door();
    let pages = Pages::of(&c);
    let leader = pages.signed_in(Role::BuildingLeader);
    let elsewhere = c.residents().into_iter().find(|r| r.door.building == "3").unwrap();
    c.at("11:21");
    let order = c.counter.place_by(&delivery(&elsewhere), Deadline::Waived, "desk").unwrap();
    let line = HandInLine {
        order: order.id,
        outcome: Outcome::NoAnswer,
        left_with: String::new(),
        cash: None,
    };
    c.dispatch.record_visit(&line).unwrap();
    leader.get("/checks").says(&[&resident.name]).hides(&[&elsewhere.name]);
    let theirs = c.dispatch.ladders(Some("3")).unwrap().remove(0).check.id.to_string();
    assert_eq!(step(&leader, &theirs, "0", "reached").status, StatusCode::FORBIDDEN);
    let own = id(&leader);
    assert_eq!(step(&leader, &own, "0", "reached").location, "/checks");
}

#[test]
fn eight_who_press_in_the_same_moment_write_one_step() {
    let (c, _) = shut_door();
    let check = c.dispatch.open_checks().unwrap().remove(0).id;
    let pressed: Vec<_> = std::thread::scope(|scope| {
        let press = |nth: usize| {
            let dispatch = c.dispatch.clone();
            scope.spawn(move || {
                dispatch.take_step(check, 0, StepOutcome::NoAnswer, "", &format!("clerk{nth}"))
            })
        };
        let all: Vec<_> = (0..8).map(press).collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(pressed.iter().filter(|step| step.is_ok()).count(), 1);
    for refused in pressed.into_iter().filter_map(Result::err) {
        assert_eq!(refused.refusal(), Some(&CareRefusal::StepTaken.into()));
    }
    assert_eq!(c.dispatch.ladders(None).unwrap()[0].ladder.taken.len(), 1);
}

#[test]
fn a_check_that_was_a_mistake_and_comes_back_begins_its_ladder_anew() {
    let (c, resident) = shut_door();
    let order = c.counter.orders_of(resident.id).unwrap()[0].id;
    let check = c.dispatch.open_checks().unwrap().remove(0).id;
    c.dispatch.take_step(check, 0, StepOutcome::NoAnswer, "", "office").unwrap();
    let line = |outcome| HandInLine { order, outcome, left_with: String::new(), cash: None };
    c.at("11:30");
    c.dispatch.correct_visit(&line(Outcome::Delivered), "desk").unwrap();
    assert!(c.dispatch.open_checks().unwrap().is_empty(), "it was opened after all");
    c.at("11:40");
    c.dispatch.correct_visit(&line(Outcome::NoAnswer), "desk").unwrap();
    let standing = c.dispatch.ladders(None).unwrap().remove(0);
    assert_eq!(standing.ladder.next(), NextStep::Ask(LadderStep::Phone));
    assert_eq!(standing.ladder.position, 1, "what was done the first time stays on record");
    c.dispatch.take_step(check, 1, StepOutcome::Reached, "", "office").unwrap();
}

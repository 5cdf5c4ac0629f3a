//! Lists come in as they were shown, or not at all; and go out.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::Role;
use clubhouse_kiosk::import::write_residents;

use super::upload;
use crate::support::Clubhouse;
use crate::support::pages::{Browser, Pages};

/// Says yes to what a page shows.
fn apply(office: &Browser<'_>, token: &str) -> crate::support::pages::Answer {
    let page = "/people/residents/import";
    office.fill(page, &format!("{page}/apply"), &[("list", token)])
}

#[test]
fn a_list_is_shown_then_applied_exactly_so() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let mut people = clubhouse.registry.residents().unwrap();
    let before = people.len();
    people[0].phone = "13800001111".into();
    let mut new = people[1].clone();
    new.name = "新来的".into();
    new.id = clubhouse.registry.new_resident_id();
    people.push(new);
    let shown = upload(&office, &write_residents(&people));
    let shown = shown.says(&["新增 1", "修改 1", "13800001111", "新来的"]);
    assert_eq!(clubhouse.registry.residents().unwrap().len(), before, "nothing is changed yet");
    let token = shown.after("name=\"list\" value=\"");
    apply(&office, &token).says(&["已导入"]);
    let after = clubhouse.registry.residents().unwrap();
    assert_eq!(after.len(), before + 1);
    assert!(after.iter().any(|r| r.phone == "13800001111"));
    // Once is once, and the same list changes nothing more.
    assert_eq!(apply(&office, &token).status, StatusCode::UNPROCESSABLE_ENTITY);
    upload(&office, &write_residents(&people)).says(&["没有要改的"]);
}

#[test]
fn a_list_that_waited_while_somebody_changed_the_same_is_stale() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let mut people = clubhouse.registry.residents().unwrap();
    people[0].phone = "13800001111".into();
    people[1].phone = "13800002222".into();
    let token = upload(&office, &write_residents(&people)).after("name=\"list\" value=\"");
    let mut meanwhile = people[0].clone();
    meanwhile.phone = "13800003333".into();
    clubhouse.registry.put_residents(&[meanwhile]).unwrap();
    apply(&office, &token).says(&["别人刚改过名单"]);
    let now = clubhouse.registry.residents().unwrap();
    assert!(!now.iter().any(|r| r.phone == "13800001111" || r.phone == "13800002222"));
}

#[test]
fn a_list_without_ids_in_gb18030_finds_the_people_and_names_bad_rows() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let r = clubhouse.senior(0);
    let line =
        format!("{}号楼,{}室,{},13800004444,老年餐\n", r.door.building, r.door.room(), r.name);
    let text = format!("楼号,室号,姓名,电话,类别\n{line}");
    let (bytes, ..) = encoding_rs::GB18030.encode(&text);
    upload(&office, &bytes).says(&["新增 0", "修改 1", "13800004444"]);
    let bad = format!("{text}7,9999,甲,,老年餐\n7,301,乙,,皇帝\n");
    upload(&office, bad.as_bytes())
        .says(&["有 2 行不对", "第 3 行", "第 4 行", "皇帝", "什么也没有改"])
        .hides(&["name=\"list\""]);
}

#[test]
fn what_goes_out_comes_back_the_same_as_csv_and_as_a_workbook() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let mut sly = clubhouse.senior(0);
    sly.door_note = "=1+1".into();
    clubhouse.registry.put_residents(&[sly]).unwrap();
    let csv = office.get("/people/residents/export/residents.csv");
    assert!(csv.headers["content-disposition"].to_str().unwrap().contains("residents.csv"));
    upload(&office, csv.says(&["'=1+1"]).text.as_bytes()).says(&["没有要改的"]);
    let book = office.get("/people/residents/export/residents.xlsx");
    upload(&office, &book.bytes).says(&["没有要改的"]);
}

//! What a list does not say stays; whom it means is never guessed.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::{Allergen, Resident, Role};
use jiff::civil::time;

use super::{apply, upload};
use crate::support::Clubhouse;
use crate::support::pages::Pages;

const IMPORT: &str = "/people/residents/import";

/// A senior of whom everything is known.
fn known(clubhouse: &Clubhouse) -> Resident {
    let mut r = clubhouse.senior(0);
    r.phone = "13800005555".into();
    r.allergies = vec![Allergen::Fish, Allergen::Peanut];
    r.usual.less_salt = true;
    r.usual.note = "饭软一点".into();
    r.door_note = "敲门重一点".into();
    r.eat_by = Some(time(11, 45, 0, 0));
    clubhouse.registry.put_residents(std::slice::from_ref(&r)).unwrap();
    r
}

fn now(clubhouse: &Clubhouse, r: &Resident) -> Resident {
    clubhouse.registry.resident(r.id).unwrap().unwrap().0
}

#[test]
fn what_a_file_has_no_column_for_stays_and_an_empty_cell_empties() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let before = known(&clubhouse);
    let (building, room, name) = (&before.door.building, before.door.room(), &before.name);
    let list = format!("楼号,室号,姓名,类别\n{building},{room},{name},访客\n");
    let shown = upload(&office, list.as_bytes()).says(&["修改 1", "老年餐", "访客"]).hides(&[
        "<del>鱼",
        "13800005555",
        "敲门重一点",
        "11:45",
    ]);
    apply(&office, IMPORT, &shown).says(&["已导入"]);
    let mut expected = before.clone();
    expected.category = clubhouse_kiosk::domain::Category::Guest;
    assert_eq!(now(&clubhouse, &before), expected, "an allergy is never lost by a short list");

    // The taste's column is there, the cook's note is not: one changes, the other stays.
    let list = format!("楼号,室号,姓名,类别,口味\n{building},{room},{name},访客,软食\n");
    let shown = upload(&office, list.as_bytes());
    apply(&office, IMPORT, &shown).says(&["已导入"]);
    let usual = now(&clubhouse, &before).usual;
    assert_eq!(
        (usual.less_salt, usual.softer, usual.note.as_str()),
        (false, true, "饭软一点"),
        "what stands under the heading holds"
    );

    let list = format!("楼号,室号,姓名,类别,忌口\n{building},{room},{name},访客,\n");
    let shown = upload(&office, list.as_bytes()).says(&["<del>鱼、花生</del> → <ins>—</ins>"]);
    apply(&office, IMPORT, &shown).says(&["已导入"]);
    assert_eq!(now(&clubhouse, &before).allergies, []);
}

#[test]
fn headings_as_offices_write_them_are_understood() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let before = known(&clubhouse);
    let (building, room, name) = (&before.door.building, before.door.room(), &before.name);
    for headings in [
        "楼栋,房号,姓 名,手机号码,人员类别,过敏",
        "楼号*,室号（必填）,姓名,联系方式,类别,饮食禁忌",
        "幢号,房间号,居民姓名,手机,类型,忌口",
        "Building,Room No,Name,Mobile,Category,Allergies",
    ] {
        let list = format!(
            "幸福里小区居民名单,,,,,\n\n{headings}\n{building}号楼,{room}室,{name},138 0000 6666,老年餐,海鲜\n"
        );
        let shown = upload(&office, list.as_bytes());
        let shown = shown.says(&["修改 1", "13800006666", "鱼、虾蟹", "<td>4</td>"]);
        assert!(!shown.after("name=\"list\" value=\"").is_empty(), "{headings}");
    }
}

#[test]
fn namesakes_are_told_apart_by_telephone_or_not_at_all() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let father = known(&clubhouse);
    let (building, room, name) = (&father.door.building, father.door.room(), &father.name);
    let heading = "楼号,室号,姓名,电话,类别\n";
    let row = |phone: &str| format!("{building},{room},{name},{phone},老年餐\n");
    // The new namesake stands first; the one on record is still the one with their number.
    let list = format!("{heading}{}{}", row("13900007777"), row("13800005555"));
    let shown = upload(&office, list.as_bytes()).says(&["新增 1 · 修改 0"]);
    apply(&office, IMPORT, &shown).says(&["已导入"]);
    assert_eq!(now(&clubhouse, &father), father);
    upload(&office, list.as_bytes()).says(&["没有要改的"]);
    // Without numbers it can't be told who is meant.
    upload(&office, format!("楼号,室号,姓名,类别\n{building},{room},{name},访客\n").as_bytes())
        .says(&["第 2 行", "分不清是谁", "什么也没有改"]);
}

#[test]
fn whoever_was_archived_is_brought_back_only_when_told() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let gone = known(&clubhouse);
    let list = clubhouse_kiosk::import::write_residents(std::slice::from_ref(&gone));
    let page = format!("/people/residents/{}", gone.id);
    office.fill(&page, &format!("{page}/archive"), &[("archive", "true")]);
    let shown = upload(&office, &list).says(&["恢复 1", "会恢复", &gone.name]);
    let archived = || clubhouse.registry.resident(gone.id).unwrap().unwrap().1;
    assert!(archived(), "nothing is done before the yes");
    apply(&office, IMPORT, &shown).says(&["恢复 1"]);
    assert!(!archived());
}

#[test]
fn a_list_is_stale_once_somebody_changed_anyone_it_speaks_of() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let mut people = clubhouse.registry.residents().unwrap();
    let mut same = people[1].clone();
    people[0].phone = "13800001111".into();
    let shown = upload(&office, &clubhouse_kiosk::import::write_residents(&people[..2]));
    let shown = shown.says(&["修改 1", "不变 1"]);
    same.door_note = "按铃".into();
    clubhouse.registry.put_residents(&[same.clone()]).unwrap();
    let late = apply(&office, IMPORT, &shown);
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.says(&["什么也没有改"]);
    assert_eq!(now(&clubhouse, &same), same, "the list would have taken the note away");
}

#[test]
fn an_upload_without_the_forms_token_is_not_taken_in() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let part = |name: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let list = "楼号,室号,姓名,类别\n";
    for body in [part("file", list), part("form_token", "guessed") + &part("file", list)] {
        let request = axum::http::Request::post(IMPORT)
            .header("content-type", "multipart/form-data; boundary=x")
            .body(axum::body::Body::from(body + "--x--\r\n"))
            .unwrap();
        assert_eq!(office.ask(request).status, StatusCode::FORBIDDEN);
    }
}

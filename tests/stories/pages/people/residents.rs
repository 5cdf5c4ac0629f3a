//! One resident: found, mended, carded, archived; two clerks; the leader of a building.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::{Resident, Role};

use crate::support::Clubhouse;
use crate::support::pages::{Browser, Pages};

fn path(resident: &Resident) -> String {
    format!("/people/residents/{}", resident.id)
}

/// The fields of a resident's form, with another door note.
fn fields<'a>(
    r: &'a Resident,
    room: &'a str,
    version: &'a str,
    note: &'a str,
) -> [(&'a str, &'a str); 11] {
    [
        ("version", version),
        ("name", &r.name),
        ("building", &r.door.building),
        ("room", room),
        ("phone", &r.phone),
        ("category", "老年餐"),
        ("allergies", "花生、海鲜"),
        ("usual", "少盐"),
        ("kitchen_note", ""),
        ("door_note", note),
        ("eat_by", "11:45"),
    ]
}

fn version(browser: &Browser<'_>, resident: &Resident) -> String {
    browser.get(&path(resident)).after("name=\"version\" value=\"")
}

#[test]
fn a_resident_is_found_by_name_door_and_phone_and_mended() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let somebody = clubhouse.senior(0);
    let room = somebody.door.room();
    let link = format!("href=\"{}\"", path(&somebody));
    for wanted in [&somebody.name, &format!("{}-{room}", somebody.door.building), &somebody.phone] {
        let query = serde_urlencoded::to_string([("q", wanted)]).unwrap();
        office.get(&format!("/people/residents?{query}")).says(&[&link]);
    }
    office.get("/people/residents?q=zzz").hides(&[&link]);

    let was = version(&office, &somebody);
    let answer = office.fill(
        &path(&somebody),
        &path(&somebody),
        &fields(&somebody, &room, &was, "敲门重一点"),
    );
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    office.get(&path(&somebody)).says(&["敲门重一点", "鱼", "花生", "少盐", "11:45"]);

    // The second clerk had the page open before.
    let late =
        office.fill(&path(&somebody), &path(&somebody), &fields(&somebody, &room, &was, "按铃"));
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.says(&["别人刚改过"]);
    office.get(&path(&somebody)).says(&["敲门重一点"]).hides(&["按铃"]);

    // A room that there is not is told.
    let now = version(&office, &somebody);
    let wrong =
        office.fill(&path(&somebody), &path(&somebody), &fields(&somebody, "9999", &now, ""));
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says(&["没有 9999 室"]);
}

#[test]
fn a_resident_is_added_archived_and_brought_back() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let model = clubhouse.senior(0);
    let new = "/people/residents/new";
    let action = office.get(new).after("action=\"/people/residents/");
    let action = action.split('"').next().unwrap();
    let action = if action.is_empty() { panic!("no action") } else { action };
    let person = Resident { name: "欧阳新来".into(), ..model.clone() };
    let room = model.door.room();
    let page = format!("/people/residents/{action}");
    assert_eq!(
        office.fill(new, &page, &fields(&person, &room, "", "")).status,
        StatusCode::SEE_OTHER
    );
    office.get(&page).says(&["欧阳新来"]);
    let archive = format!("{page}/archive");
    office.fill(&page, &archive, &[("archive", "true")]);
    office.get("/people/residents?q=欧阳新来").hides(&[action]);
    office.get("/people/residents?archived=true").says(&[action]);
    office.fill(&page, &archive, &[("archive", "false")]);
    let query = serde_urlencoded::to_string([("q", "欧阳新来")]).unwrap();
    office.get(&format!("/people/residents?{query}")).says(&[action]);
}

#[test]
fn a_card_is_issued_replaced_and_blocked() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let somebody = clubhouse.senior(0);
    let (page, card) = (path(&somebody), format!("{}/card", path(&somebody)));
    let seen = || office.get(&page).after("name=\"seen\" value=\"");
    let before = seen();
    assert_eq!(office.fill(&page, &card, &[("seen", &before)]).location, card);
    office.get(&card).says(&["<svg", &somebody.masked_name()]).hides(&[&somebody.name, "C1."]);
    let first = clubhouse.counter.current_card(somebody.id).unwrap().unwrap();
    // Another clerk still sees that there is none: the card just handed out does not die.
    let late = office.fill(&page, &card, &[("seen", &before)]);
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.says(&["刚被别人换了"]);
    assert_eq!(clubhouse.counter.current_card(somebody.id).unwrap().unwrap(), first);
    office.fill(&page, &card, &[("seen", &seen())]);
    let second = clubhouse.counter.current_card(somebody.id).unwrap().unwrap();
    assert_ne!(first, second);
    office.fill(&page, &format!("{card}/block"), &[("seen", &seen())]);
    assert_eq!(clubhouse.counter.current_card(somebody.id).unwrap(), None);
    assert_eq!(office.get(&card).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_building_leader_keeps_the_notes_of_the_own_doors_only() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let leader = pages.signed_in(Role::BuildingLeader);
    let everybody = clubhouse.registry.residents().unwrap();
    let own = everybody.iter().find(|r| r.door.building == "7").unwrap();
    let other = everybody.iter().find(|r| r.door.building != "7").unwrap();
    leader.get("/people/residents").says(&[&path(own)]).hides(&[&path(other)]);
    assert_eq!(leader.get(&path(other)).status, StatusCode::FORBIDDEN);
    let was = version(&leader, own);
    let note = [("version", was.as_str()), ("door_note", "耳朵背")];
    leader.fill(&path(own), &format!("{}/door-note", path(own)), &note);
    leader.get(&path(own)).says(&["耳朵背"]);
    let elsewhere = leader.fill(&path(own), &format!("{}/door-note", path(other)), &note);
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
}

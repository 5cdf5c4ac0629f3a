//! Volunteers: found, added, mended, another PIN, archived; lists in and out.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::{Role, Volunteer};
use clubhouse_kiosk::import::write_volunteers;

use super::{apply, upload_to};
use crate::support::pages::{Browser, Pages};
use crate::support::{Clubhouse, tuesday};

const IMPORT: &str = "/people/volunteers/import";

fn path(volunteer: &Volunteer) -> String {
    format!("/people/volunteers/{}", volunteer.id)
}

fn fields<'a>(
    version: &'a str,
    name: &'a str,
    badge: &'a str,
    trips: &'a str,
) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("name", name),
        ("phone", "139 0000 8888"),
        ("kind", "邻居"),
        ("leads", ""),
        ("badge", badge),
        ("capacity", "8"),
        ("minutes", "35"),
        ("climbs", "否"),
        ("home", "7"),
        ("trips", trips),
    ]
}

fn version(browser: &Browser<'_>, page: &str) -> String {
    browser.get(page).after("name=\"version\" value=\"")
}

fn now(clubhouse: &Clubhouse, v: &Volunteer) -> Volunteer {
    clubhouse.registry.volunteer(v.id).unwrap().unwrap().0
}

#[test]
fn a_volunteer_is_found_and_mended_and_two_clerks_lose_nothing() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let all = clubhouse.registry.volunteers().unwrap();
    let (one, other) = (&all[0], &all[1]);
    let link = format!("href=\"{}\"", path(one));
    for wanted in [one.name.clone(), one.badge.to_string(), one.phone.clone()] {
        let query = serde_urlencoded::to_string([("q", &wanted)]).unwrap();
        office.get(&format!("/people/volunteers?{query}")).says(&[&link]);
    }
    office.get("/people/volunteers?q=zzz").hides(&[&link]);
    let page = path(one);
    office.get(&page).says(&[&one.name]).hides(&[&format!("value=\"{}\"", one.pin)]);

    let (was, badge) = (version(&office, &page), one.badge.to_string());
    office.fill(&page, &page, &fields(&was, "新名字", &badge, "3")).says(&["已保存"]);
    let kept = now(&clubhouse, one);
    assert_eq!(
        (kept.name.as_str(), kept.phone.as_str(), kept.capacity, kept.max_round_s, kept.climbs),
        ("新名字", "13900008888", 8, 2_100, false)
    );
    assert_eq!((kept.max_trips, kept.home_building.as_deref()), (3, Some("7")));
    assert_eq!(kept.pin, one.pin, "a form without the PIN does not change it");

    let late = office.fill(&page, &page, &fields(&was, "晚了", &badge, "1"));
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.says(&["别人刚改过"]);
    let taken = other.badge.to_string();
    let worn = office.fill(&page, &page, &fields(&version(&office, &page), "甲", &taken, "1"));
    assert_eq!(worn.status, StatusCode::UNPROCESSABLE_ENTITY);
    worn.says(&["已经是另一位"]);
    let wrong = office.fill(&page, &page, &fields(&version(&office, &page), "甲", &badge, "99"));
    wrong.says(&["“最多趟数”写的是“99”，应该是1 到 20 的整数"]);
    assert_eq!((now(&clubhouse, one), now(&clubhouse, other)), (kept, other.clone()));
}

#[test]
fn a_new_one_gets_a_pin_once_and_another_one_when_it_is_forgotten() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let new = "/people/volunteers/new";
    let form = office.get(new);
    let badge = form.after("name=\"badge\" value=\"");
    let id = form.after("action=\"/people/volunteers/");
    let page = format!("/people/volunteers/{id}");
    let pin_of = |text: &str| {
        let at = text.split_once("口令 <strong>").expect("the PIN is shown").1;
        at.chars().take(4).collect::<String>()
    };
    let pin = pin_of(&office.fill(new, &page, &fields("", "王新来", &badge, "1")).text);
    let badge: u32 = badge.parse().unwrap();
    let signed = clubhouse.dispatch.sign_in(badge, &pin);
    let refusal = |r: Result<_, clubhouse_kiosk::error::Error>| {
        r.map(|(v, _): (Volunteer, _)| v.name).map_err(|e| e.to_string())
    };
    // Nobody put them on duty yet, so the kiosk knows them and says so.
    let first = refusal(signed);
    office.get(&page).hides(&[&format!("<strong>{pin}</strong>")]);
    let again = pin_of(&office.fill(&page, &format!("{page}/pin"), &[]).text);
    assert_ne!(pin, again);
    let kept = clubhouse.registry.volunteers().unwrap();
    assert_eq!(kept.iter().find(|v| v.badge == badge).unwrap().pin, again);
    assert_eq!(refusal(clubhouse.dispatch.sign_in(badge, &again)), first);
    let history = office.get("/history");
    history.hides(&[&again]);
}

#[test]
fn whoever_is_archived_is_gone_from_the_list_and_keeps_the_badge() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let all = clubhouse.registry.volunteers().unwrap();
    let today = tuesday();
    clubhouse.dispatch.put_on_duty(today, &[all[1].badge]).unwrap();
    let busy = path(&all[1]);
    let refused = office.fill(&busy, &format!("{busy}/archive"), &[("archive", "true")]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.says(&["今天值班"]);
    let page = path(&all[0]);
    office.fill(&page, &format!("{page}/archive"), &[("archive", "true")]);
    office.get("/people/volunteers").hides(&[&page]);
    office.get("/people/volunteers?archived=true").says(&[&page]);
    let badge = all[0].badge.to_string();
    let new = "/people/volunteers/new";
    let id = office.get(new).after("action=\"/people/volunteers/");
    let worn =
        office.fill(new, &format!("/people/volunteers/{id}"), &fields("", "乙", &badge, "1"));
    worn.says(&["已归档的"]);
    office.fill(&page, &format!("{page}/archive"), &[("archive", "false")]);
    office.get("/people/volunteers").says(&[&page]);
}

#[test]
fn a_list_of_volunteers_keeps_what_it_does_not_say_and_hides_pins() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let mut one = clubhouse.registry.volunteers().unwrap().remove(0);
    (one.kind, one.leads) = ("neighbour".parse().unwrap(), None);
    (one.climbs, one.max_trips, one.home_building) = (false, 4, Some("7".into()));
    clubhouse.registry.put_volunteers(std::slice::from_ref(&one)).unwrap();
    let heading = "姓名,身份,编号,口令,容量,最长分钟";
    let row = |name: &str, pin: &str| format!("{heading}\n{name},邻居,{},{pin},9,35\n", one.badge);
    let shown = upload_to(&office, IMPORT, row(&one.name, "8642").as_bytes())
        .says(&["修改 1", "口令", "••••"])
        .hides(&["8642", &format!("<del>{}", one.pin)]);
    apply(&office, IMPORT, &shown).says(&["已导入"]);
    let kept = now(&clubhouse, &one);
    let expected = Volunteer { pin: "8642".into(), capacity: 9, max_round_s: 2_100, ..one.clone() };
    assert_eq!(kept, expected, "stairs, trips and home have no column and stay");
    // A badge on another name is another person: it is not handed over unseen.
    upload_to(&office, IMPORT, row("别的人", "8642").as_bytes()).says(&[
        "第 2 行",
        "是另一位志愿者的",
        "什么也没有改",
    ]);
    assert_eq!(now(&clubhouse, &one), kept);

    for file in ["volunteers.csv", "volunteers.xlsx"] {
        let out = office.get(&format!("/people/volunteers/export/{file}"));
        upload_to(&office, IMPORT, &out.bytes).says(&["没有要改的"]);
    }
    let mut all = clubhouse.registry.volunteers().unwrap();
    let (a, b) = (all[0].badge, all[1].badge);
    (all[0].badge, all[1].badge) = (b, a);
    upload_to(&office, IMPORT, &write_volunteers(&all)).says(&[
        "有 2 行不对",
        "第 2 行",
        "第 3 行",
    ]);
}

#[test]
fn the_dispatcher_sees_who_carries_and_changes_nothing() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let dispatcher = pages.signed_in(Role::Dispatcher);
    let one = clubhouse.registry.volunteers().unwrap().remove(0);
    dispatcher.get("/people/volunteers").says(&[&one.name, &one.phone]).hides(&[&path(&one)]);
    assert_eq!(dispatcher.get(&path(&one)).status, StatusCode::FORBIDDEN);
    assert_eq!(dispatcher.get("/people").location, "/people/volunteers");
    let export = dispatcher.get("/people/volunteers/export/volunteers.csv");
    assert_eq!(export.status, StatusCode::FORBIDDEN);
}

//! Signing in and out.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::Role;

use crate::support::Clubhouse;
use crate::support::pages::{PASSWORD, Pages};

#[test]
fn somebody_signs_in_works_and_signs_out() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let stranger = pages.browser();
    assert_eq!(stranger.get("/today").location, "/sign-in");

    let office = pages.signed_in(Role::Office);
    office.get("/today").says(&["今天", "红烧大排", "office"]);
    assert_eq!(office.fill("/today", "/sign-out", &[]).location, "/sign-in");
    assert_eq!(office.get("/today").location, "/sign-in");
}

#[test]
fn a_wrong_password_says_so_and_five_of_them_lock_the_name() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    pages.signed_in(Role::Kitchen);
    let thief = pages.browser();
    for _ in 0..5 {
        let answer = thief.send("/sign-in", &[("name", "kitchen"), ("password", "rice")]);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        answer.says(&["名字或密码不对"]);
    }
    // Not even the right one helps now; somebody else can sign in all the same.
    let right = [("name", "kitchen"), ("password", PASSWORD)];
    thief.send("/sign-in", &right).says(&["请等一刻钟再试"]);
    pages.signed_in(Role::Office);
    clubhouse.at("10:00");
    assert_eq!(pages.browser().send("/sign-in", &right).status, StatusCode::SEE_OTHER);
}

#[test]
fn a_session_ends_by_itself() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    clubhouse.at("13:30");
    assert_eq!(office.get("/today").status, StatusCode::OK);
    clubhouse.at("17:31");
    assert_eq!(office.get("/today").location, "/sign-in");
}

#[test]
fn english_is_one_touch_away_and_leads_back() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    assert_eq!(office.get("/language/en?back=/today").location, "/today");
    office.get("/today").says(&["Today", "Braised pork chop", "portions left"]).hides(&["还剩"]);
    for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", ""] {
        assert_eq!(office.get(&format!("/language/zh?back={elsewhere}")).location, "/");
    }
}

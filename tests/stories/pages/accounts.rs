//! Who may sign in, and what is on record of them.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::Role;

use crate::support::Clubhouse;
use crate::support::pages::{PASSWORD, Pages};

#[test]
fn the_office_adds_somebody_sets_a_password_and_switches_off() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let new = [("name", "阿芳"), ("role", "kitchen"), ("building", ""), ("password", PASSWORD)];
    let added = office.fill("/accounts", "/accounts", &new);
    office.get(&added.location).says(&["阿芳", "可以用新密码登录了"]);
    office.fill("/accounts", "/accounts", &new).says(&["这个名字不能用"]);
    let weak = [("name", "阿明"), ("role", "kitchen"), ("password", "rice")];
    office.fill("/accounts", "/accounts", &weak).says(&["密码至少要 10 个字"]);
    let nowhere = [("name", "阿明"), ("role", "building_leader"), ("password", PASSWORD)];
    office.fill("/accounts", "/accounts", &nowhere).says(&["楼组长要写明哪一幢楼"]);

    let other = "four dishes and a soup";
    office.fill("/accounts", "/accounts/password", &[("name", "阿芳"), ("password", other)]);
    let somebody = pages.browser();
    let sign_in = |password| somebody.send("/sign-in", &[("name", "阿芳"), ("password", password)]);
    assert_eq!(sign_in(PASSWORD).status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sign_in(other).status, StatusCode::SEE_OTHER);
    assert_eq!(somebody.get("/menus").status, StatusCode::OK);

    office.fill("/accounts", "/accounts/off", &[("name", "阿芳")]);
    assert_eq!(somebody.get("/menus").location, "/sign-in");
    office.fill("/accounts", "/accounts/off", &[("name", "office")]).says(&["不能停用自己"]);
    office.get("/accounts").hides(&["阿芳"]).says(&["是您自己"]);
    office
        .get("/history")
        .says(&["加了账号", "重设了密码", "停用了账号", "阿芳"])
        .hides(&[other, PASSWORD]);
}

#[test]
fn somebody_changes_the_own_password_who_knows_the_old_one() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let kitchen = pages.signed_in(Role::Kitchen);
    let other = "four dishes and a soup";
    let change = |old, new, again| {
        kitchen.fill("/password", "/password", &[("old", old), ("new", new), ("again", again)])
    };
    change(PASSWORD, other, "four dishes").says(&["两次新密码不一样"]);
    change("not the old one", other, other).says(&["不对"]);
    assert_eq!(change(PASSWORD, other, other).location, "/sign-in");
    assert_eq!(kitchen.get("/menus").location, "/sign-in");
    let again = kitchen.send("/sign-in", &[("name", "kitchen"), ("password", other)]);
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[test]
fn the_history_shows_changes_and_looks_newest_first_page_by_page() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    for portions in 0..51 {
        let seen = if portions == 0 { String::new() } else { (portions - 1).to_string() };
        let fields = [("portions", &*portions.to_string()), ("seen", &*seen)];
        office.fill("/menus", "/menus/2026-11-24/cooked", &fields);
    }
    let page = office.get("/history").says(&["填了烧了几份", "&#34;portions&#34;:50}", "较旧的"]);
    assert!(!page.text.contains("&#34;portions&#34;:0}"));
    office.get("/history?page=1").says(&["&#34;portions&#34;:0}", "较新的"]).hides(&["较旧的"]);
    let senior = clubhouse.senior(0);
    office.get(&format!("/money/account/{}", senior.id));
    office
        .get("/history?show=looks")
        .says(&["钱款：账户", &senior.masked_name(), &format!("/money/account/{}", senior.id)])
        .hides(&[&senior.name]);
}

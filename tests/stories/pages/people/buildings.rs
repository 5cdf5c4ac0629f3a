//! Buildings: what they have, who leads them.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::{Role, VolunteerKind};

use crate::support::pages::Pages;
use crate::support::{Clubhouse, tuesday};

#[test]
fn buildings_say_what_they_have_and_a_broken_lift() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let all = clubhouse.registry.staffed(tuesday()).unwrap();
    let one = all.iter().find(|s| s.building.lifts > 0).unwrap();
    let b = &one.building;
    let flats = u32::from(b.floors - b.first_flat_floor + 1) * u32::from(b.flats_per_floor);
    assert_eq!(one.flats(), flats);
    let said = format!("{flats} 户");
    office.get("/people/buildings").says(&[&said]).hides(&["电梯今天坏了"]);
    clubhouse.dispatch.lift_out(tuesday(), &b.number).unwrap();
    office.get("/people/buildings").says(&["电梯今天坏了"]);
}

#[test]
fn a_buildings_leader_changes_hands_and_a_late_clerk_is_told() {
    let clubhouse = Clubhouse::new();
    let pages = Pages::of(&clubhouse);
    let office = pages.signed_in(Role::Office);
    let page = "/people/buildings/7";
    let staffed = || {
        let all = clubhouse.registry.staffed(tuesday()).unwrap();
        all.into_iter().find(|s| s.building.number == "7").unwrap()
    };
    let volunteers = clubhouse.registry.volunteers().unwrap();
    let free: Vec<_> = volunteers.iter().filter(|v| v.leads.is_none()).collect();
    let elsewhere =
        volunteers.iter().find(|v| v.leads.as_deref().is_some_and(|b| b != "7")).unwrap();
    let was =
        office.get(page).hides(&[&elsewhere.id.to_string()]).after("name=\"version\" value=\"");
    let (first, second) = (free[0].id.to_string(), free[1].id.to_string());
    let form = |version: &str, leader: &str| {
        office.fill(page, page, &[("version", version), ("name", "紫藤楼"), ("leader", leader)])
    };
    assert_eq!(form(&was, &first).status, StatusCode::SEE_OTHER);
    office.get("/people/buildings").says(&["紫藤楼", &free[0].name]);
    assert_eq!(staffed().leaders.iter().map(|v| v.id).collect::<Vec<_>>(), [free[0].id]);
    form(&was, &second).says(&["别人刚改过"]);
    form(&staffed().version(), &elsewhere.id.to_string()).says(&["没有保存"]);
    assert_eq!(form(&staffed().version(), &second).status, StatusCode::SEE_OTHER);
    let before = clubhouse.registry.volunteer(free[0].id).unwrap().unwrap().0;
    assert_eq!((before.kind, before.leads), (VolunteerKind::Neighbour, None));
    assert_eq!(form(&staffed().version(), "").status, StatusCode::SEE_OTHER);
    assert_eq!(staffed().leaders, []);
    let long = "楼".repeat(41);
    office
        .fill(page, page, &[("version", &staffed().version()), ("name", &long), ("leader", "")])
        .says(&["最多 40 个字"]);
}

//! The compound at the desk: its map, how far every building is, and which can't be reached.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::Role;
use clubhouse_kiosk::import::{Compound, read_compound};

use crate::support::Clubhouse;
use crate::support::pages::Pages;

/// The compound of the stories without the paths that touch a building's entrance.
fn cut_off(c: &Clubhouse, building: &str) -> Compound {
    let mut compound = c.registry.compound().unwrap();
    let entrance = compound.buildings.iter().find(|b| b.number == building).unwrap().entrance;
    compound.edges.retain(|e| e.a != entrance && e.b != entrance);
    compound
}

#[test]
fn every_building_is_on_the_map_and_in_the_list_with_its_way() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    let page = office.get("/compound").says(&["<svg", "每栋楼都走得到", "分钟", "厨房"]);
    let compound = c.registry.compound().unwrap();
    for (place, building) in (1..).zip(&compound.buildings) {
        let number = &building.number;
        let row = format!("<tr id=\"b-{place}\"><th scope=\"row\">{number}");
        assert!(page.text.contains(&row), "{number} is not in the list");
        assert!(
            page.text.contains(&format!(
                "font-weight=\"bold\" fill=\"#1d1a16\" text-anchor=\"middle\">{number}</text>"
            )),
            "{number} is not on the map"
        );
    }
    page.hides(&["到不了：", "style=", "class=\"alarm\""]);
    // The larger map names every point.
    let kitchen = format!(">{}</text>", compound.kitchen);
    office.get("/compound?size=large").says(&[&kitchen, "小图"]);
}

#[test]
fn a_building_without_a_path_is_said_first_in_the_list_and_on_the_map() {
    let c = Clubhouse::new();
    c.registry.put_compound(&cut_off(&c, "7")).unwrap();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    let page =
        office.get("/compound").says(&["有楼到不了", "到不了：没有路通到门口", ">到不了</text>"]);
    assert_eq!(page.text.matches("到不了：没有路通到门口").count(), 1);
    page.hides(&["每栋楼都走得到"]);
    office.get("/language/en?back=/compound");
    office.get("/compound").says(&["No way to:", "no path touches its entrance", ">no way</text>"]);
}

#[test]
fn the_drawing_comes_out_as_it_would_be_read_in() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let file = pages.signed_in(Role::Office).get("/compound/drawing.geojson");
    assert_eq!(file.headers["content-type"], "application/geo+json");
    let read = read_compound(&file.bytes).unwrap();
    assert_eq!(read.buildings.len(), c.registry.compound().unwrap().buildings.len());
    for role in [Role::Kitchen, Role::Dispatcher, Role::BuildingLeader] {
        assert_eq!(pages.signed_in(role).get("/compound").status, StatusCode::FORBIDDEN);
    }
}

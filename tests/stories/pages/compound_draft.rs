//! A new drawing of the compound: uploaded, mended, and put in use as a whole, or not at all.

use axum::http::StatusCode;
use clubhouse_kiosk::domain::Role;
use clubhouse_kiosk::import::{Compound, Origin, to_geojson};
use clubhouse_kiosk::routing::{Options, Unattended};

use crate::support::pages::{Answer, Browser, Pages};
use crate::support::{Clubhouse, delivery, tuesday};

const CORNER: Origin = Origin { lon: 121.4737, lat: 31.2304 };
const DRAFT: &str = "/compound/draft";

fn upload(office: &Browser<'_>, file: &[u8]) -> Answer {
    upload_from(office, "", file)
}

/// The same, with a place for the kitchen.
fn upload_from(office: &Browser<'_>, kitchen: &str, file: &[u8]) -> Answer {
    office.upload("/compound", DRAFT, &[("kitchen", kitchen)], file)
}

fn drawn(compound: &Compound) -> Vec<u8> {
    to_geojson(compound, CORNER).into_bytes()
}

/// Changes the draft as it stands.
fn mend(office: &Browser<'_>, verb: &str, fields: &[(&str, &str)]) -> Answer {
    let seen = office.get(DRAFT).after("name=\"seen\" value=\"");
    let mut all = vec![("seen", seen.as_str())];
    all.extend_from_slice(fields);
    office.fill(DRAFT, &format!("{DRAFT}/{verb}"), &all)
}

#[test]
fn a_drawing_is_mended_until_every_building_is_reached_and_then_used() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    let before = c.registry.compound().unwrap().renumbered();
    let mut new = before.clone();
    new.buildings[0].lifts += 1;
    assert_eq!(upload(&office, &drawn(&new)).location, DRAFT);
    office.get("/compound").says(&["看还没有启用的新图纸"]);
    office.get(DRAFT).says(&["<svg", "每栋楼都走得到", "office"]);
    assert_eq!(c.registry.compound().unwrap().buildings, c.registry.buildings().unwrap());

    // Its only path is taken away: flagged, and not to be used.
    let entrance = before.buildings[6].entrance;
    let [path] =
        before.edges.iter().filter(|e| e.a == entrance || e.b == entrance).collect::<Vec<_>>()[..]
    else {
        panic!("one path to the entrance")
    };
    let ends = [path.a.to_string(), path.b.to_string()];
    let two = [("a", ends[0].as_str()), ("b", ends[1].as_str())];
    mend(&office, "cut", &two);
    let number = &before.buildings[6].number;
    office.get(DRAFT).says(&["有楼到不了", &format!(">{number}</a>"), "disabled"]);
    mend(&office, "use", &[]).says(&["这样不行", number]);
    mend(&office, "cut", &two).says(&["这两点之间没有路"]);
    // Another way: a new point 3 m beside the other end, with a path to the entrance.
    let other = if path.a == entrance { &ends[1] } else { &ends[0] };
    mend(&office, "point", &[("from", other), ("east", "3"), ("north", "0")]);
    let fresh = c.registry.draft().unwrap().unwrap().compound.nodes.last().unwrap().id.to_string();
    mend(&office, "join", &[("a", &fresh), ("b", &entrance.to_string()), ("steps", "true")]);
    office.get(DRAFT).says(&["每栋楼都走得到"]);

    assert_eq!(mend(&office, "use", &[]).location, "/compound");
    let now = c.registry.compound().unwrap();
    assert_eq!(now.edges.len(), before.edges.len() + 1);
    assert!(now.edges.iter().any(|e| e.steps && [e.a, e.b].contains(&entrance)));
    assert_eq!(now.buildings[0].lifts, new.buildings[0].lifts);
    assert!(c.registry.draft().unwrap().is_none());
    assert_eq!(office.get(DRAFT).location, "/compound");
    office.get("/history").says(&["上传了新图纸", "改了新图纸", "启用了新图纸"]);
}

#[test]
fn a_draft_that_somebody_else_changed_stays_as_it_is_and_a_change_can_be_taken_back() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    let compound = c.registry.compound().unwrap().renumbered();
    upload(&office, &drawn(&compound));
    let stale = office.get(DRAFT).after("name=\"seen\" value=\"");
    let shape =
        [("building", "7"), ("floors", "9"), ("first", "2"), ("flats", "4"), ("lifts", "1")];
    mend(&office, "shape", &shape);
    let floors = || {
        let draft = c.registry.draft().unwrap().unwrap().compound;
        draft.buildings.iter().find(|b| b.number == "7").unwrap().floors
    };
    assert_eq!(floors(), 9);
    for verb in ["shape", "undo", "drop", "use"] {
        let mut fields = vec![("seen", stale.as_str())];
        fields.extend_from_slice(&shape);
        let answer = office.fill(DRAFT, &format!("{DRAFT}/{verb}"), &fields);
        answer.says(&["别人刚改过这张图"]);
    }
    mend(
        &office,
        "shape",
        &[("building", "7"), ("floors", "99"), ("first", "2"), ("flats", "4"), ("lifts", "1")],
    )
    .says(&["这样不行"]);
    mend(&office, "undo", &[]);
    assert_ne!(floors(), 9);
    office.get(DRAFT).hides(&["撤销上一步"]);
    mend(&office, "drop", &[]);
    assert!(c.registry.draft().unwrap().is_none());
    assert_eq!(c.registry.compound().unwrap().renumbered(), compound, "the one in use stays");
}

#[test]
fn a_drawing_without_somebodys_door_or_while_rounds_walk_is_not_used() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    let mut compound = c.registry.compound().unwrap().renumbered();
    let whole = compound.clone();
    compound.buildings.retain(|b| b.number != "7");
    upload(&office, &drawn(&compound));
    let people = c.residents().iter().filter(|r| r.door.building == "7").count();
    mend(&office, "use", &[]).says(&["有居民的门图上没有", &format!("7 ({people} 人)")]);

    upload(&office, &drawn(&whole));
    c.counter.place(&delivery(&c.senior(0)), "kiosk").unwrap();
    c.dispatch.put_on_duty(tuesday(), &[101]).unwrap();
    c.at("10:05");
    let plan = Options { seed: 7, iterations: Some(100), threads: 1 };
    c.dispatch.plan_rounds(tuesday(), &plan, &Unattended).unwrap();
    mend(&office, "use", &[]).says(&["今天的路线正在用现在的图"]);
    assert!(c.registry.draft().unwrap().is_some(), "it waits");
}

#[test]
fn a_file_that_is_no_drawing_is_refused_in_a_sentence_and_the_draft_stays() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    let compound = c.registry.compound().unwrap().renumbered();
    upload(&office, &drawn(&compound));
    let draft = c.registry.draft().unwrap();
    for lie in [&b"PK\x03\x04"[..], b"{}", b"<osm version=\"0.6\">", b"\xff\xfe", b""] {
        let answer = upload(&office, lie);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        answer.says(&["这张图不能用"]);
    }
    let large = upload(&office, &vec![b' '; 17 * 1024 * 1024]);
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(c.registry.draft().unwrap(), draft);
}

/// One building at the end of a path; the map knows of no kitchen.
const MAP: &str = r#"<osm version="0.6">
<node id="1" lat="31.2" lon="121.44"/><node id="2" lat="31.2" lon="121.441"/>
<node id="3" lat="31.2003" lon="121.441"><tag k="entrance" v="main"/></node>
<node id="4" lat="31.2004" lon="121.4412"/><node id="5" lat="31.2005" lon="121.441"/>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="footway"/></way>
<way id="11"><nd ref="3"/><nd ref="4"/><nd ref="5"/><nd ref="3"/><tag k="building" v="yes"/>
<tag k="addr:housenumber" v="1号"/></way></osm>"#;

#[test]
fn an_extract_that_knows_no_kitchen_is_told_where_it_is() {
    let c = Clubhouse::new();
    let pages = Pages::of(&c);
    let office = pages.signed_in(Role::Office);
    upload(&office, MAP.as_bytes()).says(&["这张图不能用"]);
    upload_from(&office, "next door", MAP.as_bytes()).says(&["经度,纬度"]);
    assert_eq!(upload_from(&office, "121.44, 31.2", MAP.as_bytes()).location, DRAFT);
    let draft = c.registry.draft().unwrap().unwrap().compound;
    assert_eq!((draft.buildings.len(), &*draft.buildings[0].number), (1, "1"));
    // The kitchen moves to another point, and what it leaves is no kitchen any more.
    let other = draft.nodes.iter().find(|n| n.id != draft.kitchen).unwrap().id;
    mend(&office, "kitchen", &[("point", &other.to_string())]);
    let moved = c.registry.draft().unwrap().unwrap().compound;
    assert_eq!(moved.kitchen, other);
    moved.check_parts().unwrap();
    // Who lives elsewhere keeps it from being used.
    mend(&office, "use", &[]).says(&["有居民的门图上没有"]);
}

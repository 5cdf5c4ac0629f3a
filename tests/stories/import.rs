//! Reading data in: what is right comes back whole, what is wrong is named in one sentence.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::too_many_lines)]

use std::collections::{BTreeMap, BTreeSet};

use clubhouse_kiosk::domain::{
    Allergen, Building, Category, Fen, ResidentId, ServiceDate, VolunteerId, VolunteerKind,
};
use clubhouse_kiosk::import::{
    Compound, CompoundError, NodeKind, Origin, PathEdge, PathNode, TableError, compound, estate,
    geojson, read_compound, read_menu, read_residents, read_volunteers, to_geojson, write_menu,
    write_residents, write_volunteers,
};
use clubhouse_kiosk::rehearsal::sample::{self, SEED};
use jiff::Timestamp;
use proptest::prelude::*;

fn shipped(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn new_id() -> ResidentId {
    ResidentId::new(Timestamp::UNIX_EPOCH, [7; 10])
}

fn counting_ids() -> impl FnMut() -> ResidentId {
    let mut n = 0;
    move || {
        n += 1;
        ResidentId::new(Timestamp::UNIX_EPOCH, [n; 10])
    }
}

fn new_volunteer_id() -> VolunteerId {
    VolunteerId::new(Timestamp::UNIX_EPOCH, [7; 10])
}

/// Kitchen 0, entrances 1 and 2 on one path.
fn small() -> Compound {
    let node = |id, x_mm, kind| PathNode { id, x_mm, y_mm: 0, kind };
    let edge = |a, b| PathEdge { a, b, decimetres: 200, steps: false };
    let building = |number: &str, entrance| Building {
        number: number.to_owned(),
        name: String::new(),
        entrance,
        floors: 24,
        first_flat_floor: 2,
        flats_per_floor: 4,
        lifts: 2,
    };
    Compound {
        name: "small".to_owned(),
        kitchen: 0,
        nodes: vec![
            node(0, 0, NodeKind::Kitchen),
            node(1, 20_000, NodeKind::Entrance),
            node(2, 40_000, NodeKind::Entrance),
        ],
        edges: vec![edge(0, 1), edge(1, 2)],
        buildings: vec![building("7", 1), building("8", 2)],
    }
}

/// Makes one thing of a sound compound wrong.
type Spoil = fn(&mut Compound);

#[test]
fn a_wrong_compound_names_the_offender() {
    assert_eq!(small().check(), Ok(()));
    let cases: [(Spoil, &str); 16] = [
        (|c| c.nodes[2].id = 1, "node 1 is listed twice"),
        (|c| c.buildings[1].number = "7".into(), "building 7 is listed twice"),
        (|c| c.edges[1].b = 99, "ends at node 99, which does not exist"),
        (|c| c.edges[1].b = 1, "node 1 back to the same node"),
        (|c| c.edges[1].decimetres = 100_001, "node 1 to node 2 is 10000.1 m long"),
        (|c| c.nodes[0].kind = NodeKind::Junction, "no kitchen is marked"),
        (|c| c.nodes[2].kind = NodeKind::Kitchen, "nodes 0 and 2 are both marked"),
        (|c| c.kitchen = 5, "the kitchen is at node 5"),
        (|c| c.buildings[1].entrance = 9, "building 8 has its entrance at node 9"),
        (|c| c.edges.truncate(1), "no way to building 8"),
        (|c| c.edges.clear(), "no way to buildings 7, 8"),
        (|c| c.buildings[0].floors = 0, "building 7 has 0 floors"),
        (|c| c.buildings[0].floors = 61, "building 7 has 61 floors"),
        (|c| c.buildings[0].first_flat_floor = 25, "building 7 has its first flats on floor 25"),
        (|c| c.buildings[0].flats_per_floor = 0, "building 7 has 0 flats"),
        (|c| c.buildings.clear(), "there are no buildings"),
    ];
    for (spoil, sentence) in cases {
        let mut compound = small();
        spoil(&mut compound);
        let error = compound.check().expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
    for metres in [-1.0, f64::NAN, f64::INFINITY, 10_001.0] {
        assert_eq!(compound::to_decimetres(metres), None, "{metres}");
    }
    assert_eq!(compound::to_decimetres(12.34), Some(123));
}

/// About 100 m of path along a parallel, the kitchen at its west end, building 7 beside it.
const DRAWING: &str = r#"{"type":"FeatureCollection","name":"Drawn","features":[
{"type":"Feature","properties":{"kind":"path"},"geometry":{"type":"LineString","coordinates":[[121.5,31.2],[121.5005,31.2],[121.501,31.2]]}},
{"type":"Feature","properties":{"kind":"path","steps":true,"metres":44.4},"geometry":{"type":"LineString","coordinates":[[121.5005,31.2003],[121.5005,31.2]]}},
{"type":"Feature","properties":{"kind":"kitchen"},"geometry":{"type":"Point","coordinates":[121.5,31.2]}},
{"type":"Feature","properties":{"kind":"entrance","building":"7"},"geometry":{"type":"Point","coordinates":[121.5008,31.2001]}},
{"type":"Feature","properties":{"kind":"entrance","building":8},"geometry":{"type":"Point","coordinates":[121.5005,31.2003]}},
{"type":"Feature","properties":{"kind":"building","number":"7","name":"","floors":24,"flats_per_floor":4,"lifts":2,"first_flat_floor":2},"geometry":{"type":"Polygon","coordinates":[[[121.5008,31.2001],[121.5009,31.2001],[121.5009,31.2002],[121.5008,31.2001]]]}},
{"type":"Feature","properties":{"kind":"building","number":8,"floors":"6","flats_per_floor":3,"lifts":0},"geometry":{"type":"Point","coordinates":[121.5005,31.2004]}}
]}"#;

#[test]
fn a_drawing_becomes_a_graph() {
    let compound = geojson::read(DRAWING).unwrap();
    assert_eq!(compound.name, "Drawn");
    assert_eq!(compound.kitchen, 0);
    let [seven, eight] = compound.buildings.as_slice() else { panic!("two buildings") };
    assert_eq!((seven.number.as_str(), seven.floors, seven.first_flat_floor), ("7", 24, 2));
    assert_eq!((eight.number.as_str(), eight.floors, eight.first_flat_floor), ("8", 6, 1));
    // One degree of longitude at 31.2° N is about 95.1 km: 0.0005° are 47.6 m.
    let halves: Vec<u32> =
        compound.edges.iter().filter(|e| !e.steps).map(|e| e.decimetres).collect();
    assert_eq!(halves.first(), Some(&476));
    // The stairs end at building 8 and keep the length that was written down.
    assert!(compound.edges.iter().any(|e| e.steps && e.decimetres == 444 && e.a == eight.entrance));
    // Building 7 stands 11 m off the path, which was split where it is nearest.
    let joined = compound.edges.iter().find(|e| e.a == seven.entrance).unwrap();
    assert_eq!(joined.decimetres, 111);
    let split: u32 = compound
        .edges
        .iter()
        .filter(|e| !e.steps && e.a != seven.entrance)
        .map(|e| e.decimetres)
        .sum();
    assert!((950..=953).contains(&split), "{split}");
}

#[test]
fn a_wrong_drawing_names_the_feature() {
    let cases = [
        (
            "LineString\",\"coordinates\":[[121.5,31.2]",
            "Polygon\",\"coordinates\":[[121.5,31.2]",
            "feature 1",
        ),
        (
            r#""kind":"path"}"#,
            r#""kind":"paht"}"#,
            "feature 1 (paht): the property “kind” is “paht”; it must be path, kitchen",
        ),
        (
            r#""kind":"kitchen"}"#,
            r#""king":"kitchen"}"#,
            "feature 3: the property “kind” is missing",
        ),
        (r#""kind":"kitchen"}"#, r#""kind":"entrance","building":"7"}"#, "no kitchen is drawn"),
        (
            r#""kind":"entrance","building":8}"#,
            r#""kind":"kitchen"}"#,
            "features 3 and 5 are both kitchens",
        ),
        (r#""building":8"#, r#""building":"7""#, "building 7 has two entrances, features 4 and 5"),
        (
            r#""building":8"#,
            r#""building":"9""#,
            "feature 5 is an entrance of building 9, which is not drawn",
        ),
        (r#""number":8"#, r#""number":7"#, "feature 5 is an entrance of building 8"),
        (
            r#""floors":24"#,
            r#""floors":0"#,
            "feature 6 (building 7): the property “floors” is 0; it must be a whole number from 1 to 60",
        ),
        (r#""floors":24"#, r#""floors":"many""#, "is “many”"),
        (r#""floors":24,"#, "", "feature 6 (building 7): the property “floors” is missing"),
        (
            r#""first_flat_floor":2"#,
            r#""first_flat_floor":30"#,
            "building 7 has its first flats on floor 30",
        ),
        (
            r#""metres":44.4"#,
            r#""metres":-1"#,
            "feature 2 (path): the property “metres” is -1; it must be a length",
        ),
        (r#""metres":44.4"#, r#""metres":1e7"#, "“metres”"),
        (r#""steps":true"#, r#""steps":3"#, "it must be true or false"),
        (
            "[121.5008,31.2001]}",
            "[31.2001,121.5008]}",
            "feature 4 (entrance of building 7): [31.2001, 121.5008] is not a longitude",
        ),
        ("[121.5008,31.2001]}", "[121.5008]}", "feature 4"),
        ("[121.5008,31.2001]}", "[121.5008,31.201]}", "the entrance of building 7 lies"),
        ("[121.5008,31.2001]}", "[122.5008,31.2001]}", "km from the first feature"),
        (
            r#"{"type":"Point","coordinates":[121.5,31.2]}"#,
            "null",
            "feature 3 (kitchen): it has no geometry",
        ),
        (
            r#"{"type":"Point","coordinates":[121.5,31.2]}"#,
            r#"{"type":"LineString","coordinates":[[121.5,31.2],[121.6,31.2]]}"#,
            "a kitchen must be drawn as a Point, not as a LineString",
        ),
        (
            "[[121.5005,31.2003],[121.5005,31.2]]",
            "[[121.5005,31.2003],[121.5005,31.20031]]",
            "no way to building 8",
        ),
        (
            "[[121.5005,31.2003],[121.5005,31.2]]",
            "[[121.5005,31.2003],[121.5005,31.200301]]",
            "feature 2 (path): the path is shorter",
        ),
        (
            "\"FeatureCollection\"",
            "\"Feature\"",
            "of type “Feature”, not a GeoJSON FeatureCollection",
        ),
        ("\"features\"", "\"featurs\"", "without a list of features"),
        ("\"name\":\"Drawn\"", "\"origin\":[200,0]", "“origin” must be"),
        ("\"floors\":24,", "\"floors\":24;", "cannot be read at line 7, column"),
    ];
    for (from, to, sentence) in cases {
        assert!(DRAWING.contains(from), "{from}");
        let error = geojson::read(&DRAWING.replacen(from, to, 1)).expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
    let error = geojson::read(&DRAWING[..700]).unwrap_err().to_string();
    assert!(error.contains("half-written") && error.contains("at line"), "{error}");
}

#[test]
fn an_estate_file_gives_its_compound() {
    let text = r#"{"name":"e","kitchen":0,
      "timing":{"walk_mm_per_s":1100,"steps_mm_per_s":550,"lift_wait_ms":1,"lift_ms_per_floor":1,
        "stairs_up_ms_per_floor":1,"stairs_down_ms_per_floor":1,"corridor_ms":1},
      "paths":{"nodes":[{"id":0,"x":0.0,"y":0.0,"kind":"kitchen"},{"id":1,"x":10.5,"y":0.0,"kind":"entrance"},
        {"id":2,"x":0.0,"y":9.0,"kind":"entrance"}],
        "edges":[{"a":0,"b":1,"metres":10.7,"steps":false},{"a":0,"b":2,"metres":9.0,"steps":true}]},
      "buildings":[{"id":"B01","entrance":1,"floors":24,"lift":true,"lifts":2,"flats_per_floor":4},
        {"id":"B02","entrance":2,"floors":6,"lift":false,"lifts":0,"flats_per_floor":3}],
      "deliveries":[],"volunteers":[]}"#;
    let compound = read_compound(text.as_bytes()).unwrap();
    assert_eq!(compound, estate::read(text).unwrap());
    assert_eq!(compound.edges[0].decimetres, 107);
    let floors: Vec<_> =
        compound.buildings.iter().map(|b| (b.floors, b.first_flat_floor, b.lifts)).collect();
    assert_eq!(floors, [(24, 2, 2), (6, 1, 0)]);
    for (from, to, sentence) in [
        ("10.7", "-10.7", "from node 0 to node 1 is -10.7 m long"),
        ("\"a\":0,\"b\":2", "\"a\":2,\"b\":2", "back to the same node"),
        ("\"B02\"", "\"B01\"", "building B01 is listed twice"),
        ("\"floors\":6", "\"floors\":61", "building B02 has 61 floors"),
        ("\"id\":2", "\"id\":-2", "node -2 has a number outside"),
        ("\"volunteers\":[]}", "", "half-written"),
    ] {
        let error = read_compound(text.replacen(from, to, 1).as_bytes());
        let error = if from.starts_with("\"volunteers") {
            estate::read(&text.replacen(from, to, 1)).unwrap_err().to_string()
        } else {
            error.unwrap_err().to_string()
        };
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
}

fn residents_of(text: &str) -> Result<Vec<clubhouse_kiosk::domain::Resident>, TableError> {
    read_residents(text.as_bytes(), &small().buildings, counting_ids())
}

#[test]
fn residents_are_read_as_people_write_them() {
    let text = "序号,楼号,室号,姓名,电话,类别,忌口,备注\r\n\
                1,7号楼,1203室,王秀英,139-0000 0001,老年餐,不吃猪肉、海鲜,\"敲门重一点,耳朵背\"\r\n\
                \r\n\
                2,８,２０４,李䶮,+86 13900000002,guest,无,\r\n";
    let all = residents_of(text).unwrap();
    assert_eq!(all[0].door.to_string(), "7号楼1203室");
    assert_eq!(all[0].phone, "13900000001");
    assert_eq!(all[0].allergies, [Allergen::Pork, Allergen::Fish, Allergen::Shellfish]);
    assert_eq!(all[0].door_note, "敲门重一点,耳朵背");
    assert_eq!((all[1].door.building.as_str(), all[1].door.floor, all[1].door.flat), ("8", 2, 4));
    assert_eq!(all[1].category, Category::Guest);

    let (gb, _, lost) = encoding_rs::GB18030.encode(text);
    assert!(!lost);
    assert_eq!(read_residents(&gb, &small().buildings, counting_ids()).unwrap(), all);
    assert_eq!(residents_of(&format!("\u{feff}{text}")).unwrap(), all);
    let english = residents_of("Building,Room,Name,Category\n7,1203,Mary Smith,senior\n").unwrap();
    assert_eq!(english[0].surname(), "Smith");
}

#[test]
fn wrong_rows_are_named_by_the_number_excel_shows() {
    let heading = "楼号,室号,姓名,电话,类别,忌口";
    for (rows, sentence) in [
        ("7,1203,王,1,老年餐,", "row 2: “电话” is “1”"),
        ("7,1203,王,,老年餐,\n\n9,201,李,,老年餐,", "row 4: the compound has no building 9"),
        ("7,1205,王,,老年餐,", "row 2: building 7 has no flat 1205"),
        ("7,103,王,,老年餐,", "building 7 has no flat 103"),
        ("7,二楼,王,,老年餐,", "“室号” is “二楼”"),
        ("7,1203,,,老年餐,", "row 2: “姓名” is empty"),
        ("7,1203,王,,老人,", "“类别” is “老人”; it must be one of 老年餐 (senior)"),
        ("7,1203,王,,老年餐,榴莲", "“忌口” is “榴莲”; it must be words among 猪肉"),
        ("7,1203,王,,老年餐,\n7,1203,王,,老年餐,", "row 3: 王 of 7号楼1203室 is already in row 2"),
        ("7,1203,王,,老年", "row 2: it has 5 cells, but there are 6 headings"),
        ("7,1203,王,,老年餐,,more", "row 2: it has 7 cells"),
        ("7,1203,王,1.39E+10,老年餐,", "a telephone number of 5 to 15 digits"),
    ] {
        let error = residents_of(&format!("{heading}\n{rows}\n")).expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
    let many = format!("{heading}\n{}", "9,201,李,,老年餐,\n".repeat(9));
    let error = residents_of(&many).unwrap_err();
    assert!(matches!(&error, TableError::Rows(rows) if rows.len() == 9));
    assert!(error.to_string().ends_with("; and 4 more"), "{error}");
    for (text, sentence) in [
        ("", "is empty"),
        ("楼号,室号,姓名\n", "no column “类别” (category)"),
        ("楼号,室号,姓名,类别,忌囗\n", "the heading “忌囗” is not known"),
        ("楼号,building,室号,姓名,类别\n", "the column “楼号” is there twice"),
        ("PK\u{3}\u{4}zip", "Excel workbook"),
        ("\0\0\0", "not text"),
    ] {
        let error = residents_of(text).expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
    let row = "7,1203,王,,老年餐,\n";
    let error = residents_of(&format!("{heading}\n{}", row.repeat(20_001))).unwrap_err();
    assert_eq!(error, TableError::TooManyRows);
    let error = read_residents(&vec![b'a'; 16 * 1024 * 1024 + 1], &[], new_id).unwrap_err();
    assert!(matches!(error, TableError::TooLarge { .. }));
}

#[test]
fn volunteers_are_checked_row_by_row() {
    let heading = "姓名,电话,身份,楼组,编号,口令,容量,最长分钟";
    let read = |rows: &str| {
        let text = format!("{heading}\n{rows}\n");
        let mut n = 0;
        read_volunteers(text.as_bytes(), &small().buildings, || {
            n += 1;
            VolunteerId::new(Timestamp::UNIX_EPOCH, [n; 10])
        })
    };
    let all =
        read("张三,13900010001,楼组长,7号楼,101,0423,10,40\n李四,,志愿者,,102,1111,8,35").unwrap();
    assert_eq!(all[0].leads.as_deref(), Some("7"));
    assert_eq!((all[0].pin.as_str(), all[0].max_round_s), ("0423", 2400));
    assert_eq!(all[1].kind, VolunteerKind::Neighbour);
    for (rows, sentence) in [
        ("张三,,楼组长,,101,0423,10,40", "row 2: a building leader needs a building"),
        ("张三,,楼组长,9,101,0423,10,40", "no building 9"),
        ("张三,,在职党员,7,101,0423,10,40", "“楼组” names building 7"),
        ("张三,,经理,,101,0423,10,40", "it must be one of 在职党员 (party_member)"),
        ("张三,,志愿者,,0,0423,10,40", "“编号” is “0”"),
        ("张三,,志愿者,,101,423,10,40", "four digits (Excel drops a leading 0"),
        ("张三,,志愿者,,101,0423,-1,40", "“容量” is “-1”"),
        ("张三,,志愿者,,101,0423,10,999", "“最长分钟”"),
        (
            "张三,,志愿者,,101,0423,10,40\n李四,,志愿者,,101,0424,10,40",
            "row 3: badge 101 is already in row 2",
        ),
    ] {
        let error = read(rows).expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
}

#[test]
fn excel_takes_no_cell_for_a_formula() {
    let (compound, mut residents) =
        (small(), residents_of("楼号,室号,姓名,类别\n7,1203,王,老年餐\n").unwrap());
    for evil in ["=1+1", "+86", "-2", "@SUM(A1)", "'=quoted", "'plain", "a\"b,c", "x;y"] {
        residents[0].door_note = evil.to_owned();
        let bytes = write_residents(&residents);
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
        let text = String::from_utf8(bytes.clone()).unwrap();
        for cell in text.lines().skip(1).flat_map(|line| line.split(',')) {
            assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{cell}");
        }
        assert_eq!(read_residents(&bytes, &compound.buildings, new_id).unwrap(), residents);
    }
}

const MENU: &str = r#"
closed = [{ date = "2026-10-01", reason = "国庆节" }]
[tue]
portions = 300
prices = { senior = 20, guest = 28.5, hardship = "9.90" }
dishes = [
  { zh = "红烧大排", en = "Pork chop", allergens = ["pork"], substitute = { zh = "鸡腿", en = "Chicken leg", allergens = [] } },
]
[date."2026-11-24"]
portions = 120
"#;

fn day(text: &str) -> ServiceDate {
    text.parse().unwrap()
}

#[test]
fn menus_come_from_the_week_and_its_exceptions() {
    let template = read_menu(MENU).unwrap();
    let usual = template.menu_for(day("2026-11-17")).unwrap();
    assert_eq!(usual.portions, 300);
    assert_eq!(usual.prices[&Category::Guest], Fen(2850));
    assert_eq!(usual.prices[&Category::Hardship], Fen(990));
    let dated = template.menu_for(day("2026-11-24")).unwrap();
    assert_eq!((dated.portions, dated.dishes), (120, usual.dishes));
    assert_eq!(template.menu_for(day("2026-11-25")), None);
    assert_eq!(template.menu_for(day("2026-10-01")), None);
    assert_eq!(template.closed_weekdays().len(), 6);
    assert_eq!(read_menu(&write_menu(&template)).unwrap(), template);
}

#[test]
fn a_wrong_menu_names_its_place() {
    for (from, to, sentence) in [
        (
            "prices = { senior = 20, guest = 28.5, hardship = \"9.90\" }",
            "",
            "the menu of tue has no price",
        ),
        ("senior = 20, guest = 28.5, hardship = \"9.90\"", "", "the menu of tue has no price"),
        ("senior = 20", "senior = -20", "the menu of tue has -20 as the price for senior"),
        ("senior = 20", "senior = nan", "as the price for senior"),
        ("senior = 20", "senior = 1e30", "as the price for senior"),
        ("senior = 20", "old = 20", "has “old” as a price group; it must be one of senior"),
        ("portions = 300", "", "the menu of tue has no portions"),
        ("portions = 300", "portions = 0", "the menu of tue has 0 as portions"),
        ("portions = 120", "portions = -5", "the menu of 2026-11-24 has -5 as portions"),
        ("\"pork\"", "\"prok\"", "“prok” as an allergen of 红烧大排"),
        ("zh = \"红烧大排\"", "zh = \" \"", "the Chinese name of a dish"),
        ("en = \"Pork chop\", ", "", "missing field `en`"),
        (
            "[date.\"2026-11-24\"]",
            "[date.\"2026-10-01\"]",
            "2026-10-01 is closed (国庆节) and has a menu",
        ),
        ("[date.\"2026-11-24\"]", "[date.\"2026-11-25\"]", "the menu of 2026-11-25 has no dishes"),
        ("[date.\"2026-11-24\"]", "[date.\"2026-02-30\"]", "“2026-02-30” is not a date"),
        ("\"国庆节\"", "\"\"", "2026-10-01 has no reason"),
        ("[tue]", "[tues]", "line 3, column 2: unknown field `tues`"),
        ("portions = 300", "portions = ", "cannot be read at line 4"),
    ] {
        assert!(MENU.contains(from), "{from}");
        let error = read_menu(&MENU.replacen(from, to, 1)).expect_err(sentence).to_string();
        assert!(error.contains(sentence), "{error:?} should say {sentence:?}");
    }
    assert!(read_menu("").unwrap_err().to_string().contains("no menu"));
}

#[test]
fn the_shipped_sample_is_what_the_seed_makes() {
    let made = sample::write_files(SEED);
    let total: usize = made.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(total < 1_000_000, "{total} bytes");
    for (name, bytes) in made {
        assert!(
            shipped(name) == bytes,
            "sample/{name} is out of date; run `clubhouse-kiosk export sample sample`"
        );
    }
}

#[test]
fn the_sample_reads_back_unchanged() {
    let compound = sample::compound(SEED);
    assert_eq!(compound.check(), Ok(()));
    assert_eq!(read_compound(&shipped("compound.geojson")).unwrap(), compound);
    let residents = read_residents(&shipped("residents.csv"), &compound.buildings, new_id).unwrap();
    assert_eq!(residents, sample::residents(SEED, &compound));
    let volunteers =
        read_volunteers(&shipped("volunteers.csv"), &compound.buildings, new_volunteer_id).unwrap();
    assert_eq!(volunteers, sample::volunteers(SEED, &compound));
    assert_eq!(write_volunteers(&volunteers), shipped("volunteers.csv"));
    let menu = String::from_utf8(shipped("menu.toml")).unwrap();
    assert_eq!(read_menu(&menu).unwrap(), sample::week());
}

#[test]
fn the_sample_looks_like_a_compound() {
    for seed in [SEED, 1, 2, 3] {
        let compound = sample::compound(seed);
        assert_eq!(compound.check(), Ok(()));
        let towers = compound.buildings.iter().filter(|b| b.lifts > 0);
        assert_eq!((compound.buildings.len(), towers.count()), (28, 25));
        assert!(compound.edges.iter().any(|e| e.steps));

        let residents = sample::residents(seed, &compound);
        assert!((1900..=2000).contains(&residents.len()), "{}", residents.len());
        let share = |n: usize| n * 100 / residents.len();
        assert!(
            (65..=75).contains(&share(
                residents.iter().filter(|r| r.category == Category::Senior).count()
            ))
        );
        assert!(
            (9..=15).contains(&share(residents.iter().filter(|r| !r.allergies.is_empty()).count()))
        );
        assert!(
            (7..=13).contains(&share(residents.iter().filter(|r| !r.door_note.is_empty()).count()))
        );
        assert!(residents.iter().any(|r| r.surname() == "㐂"));
        let mut behind: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for r in &residents {
            let home = compound.buildings.iter().find(|b| b.number == r.door.building).unwrap();
            assert!(home.has(r.door.floor, r.door.flat));
            behind.entry(r.door.clone()).or_default().push(r.last_digits().unwrap().to_owned());
        }
        assert!(behind.values().any(|digits| digits.len() == 2));
        assert!(behind.values().all(|digits| digits.len() == 1 || digits[0] != digits[1]));

        let volunteers = sample::volunteers(seed, &compound);
        let leads: BTreeSet<_> = volunteers.iter().filter_map(|v| v.leads.clone()).collect();
        assert_eq!((volunteers.len(), leads.len()), (60, 28));
    }
    let tuesday = sample::week().menu_for(day("2026-11-24")).unwrap();
    assert_eq!(tuesday.zh(), "红烧大排、葱油南瓜、炒空心菜");
    assert!(tuesday.clashes(&[Allergen::Pork], true).is_empty());
    assert_eq!(sample::week().closed_weekdays().len(), 3);
}

#[test]
fn any_compound_survives_a_drawing() {
    for seed in 1..20 {
        let compound = sample::compound(seed);
        let text = to_geojson(&compound, Origin { lon: -71.3, lat: 60.5 });
        assert_eq!(geojson::read(&text).unwrap(), compound, "seed {seed}");
    }
    assert_eq!(small().renumbered(), small());
}

#[test]
fn a_piece_cut_from_the_sample_names_its_buildings() {
    let mut compound = sample::compound(SEED);
    let lonely = compound.buildings[11].entrance;
    compound.edges.retain(|e| e.a != lonely && e.b != lonely);
    assert_eq!(compound.check(), Err(CompoundError::InPieces { buildings: vec!["12".to_owned()] }));
}

proptest! {
    #![proptest_config(crate::support::cases(96))]

    /// Whatever the bytes are, a reader answers; it never falls over.
    #[test]
    fn no_bytes_bring_a_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        let buildings = small().buildings;
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            let _ = read_compound(bytes);
            let _ = read_residents(bytes, &buildings, new_id);
            let _ = read_volunteers(bytes, &buildings, new_volunteer_id);
            let lossy = String::from_utf8_lossy(bytes);
            let _ = read_menu(&lossy);
            let _ = read_residents(format!("楼号,室号,姓名,类别\n{lossy}").as_bytes(), &buildings, new_id);
        }
    }

    /// A file that was cut off is refused, or gives exactly the rows that are whole.
    #[test]
    fn a_cut_file_is_an_error_or_a_whole_value(share in 0.0f64..1.0) {
        let cut = |bytes: &[u8]| bytes[..(bytes.len() as f64 * share) as usize].to_vec();
        let compound = sample::compound(SEED);
        prop_assert!(read_compound(&cut(&shipped("compound.geojson"))).is_err());
        let whole = sample::volunteers(SEED, &compound);
        if let Ok(read) = read_volunteers(&cut(&shipped("volunteers.csv")), &compound.buildings, new_volunteer_id) {
            let sound = read.len().saturating_sub(1);
            prop_assert_eq!(&read[..sound], &whole[..sound]);
        }
        let menu = shipped("menu.toml");
        let _ = read_menu(&String::from_utf8_lossy(&cut(&menu)));
    }

    /// One character changed anywhere in a drawing is no reason to fall over.
    #[test]
    fn a_changed_drawing_never_panics(at in 0usize..DRAWING.len(), with in "[0-9eE\\-.,\\[\\]{}\"a]") {
        let mut text = DRAWING.as_bytes().to_vec();
        text[at] = with.as_bytes()[0];
        let _ = read_compound(&text);
    }
}

/// The fenced block of a language in a page of docs/.
fn example(page: &str, language: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_examples_in_the_handbook_can_be_read() {
    let compound = geojson::read(&example("compound-geojson.md", "json")).unwrap();
    assert_eq!(compound.buildings.len(), 2);
    let template = read_menu(&example("files.md", "toml")).unwrap();
    assert_eq!(template.menu_for(day("2026-11-24")).unwrap().portions, 120);
}

#[test]
fn stairs_homes_trips_and_latest_meals_are_columns_that_may_be_missing() {
    let buildings = small().buildings;
    let counting = || {
        let mut n = 0;
        move || {
            n += 1;
            VolunteerId::new(Timestamp::UNIX_EPOCH, [n; 10])
        }
    };
    let row = "姓名,身份,编号,口令,容量,最长分钟,爬楼,住楼,最多趟数\n小力,邻居,900,1234,12,40,否,8号楼,2\n小强,邻居,901,1234,12,40,,,\n";
    let read = |text: &str| read_volunteers(text.as_bytes(), &buildings, counting()).unwrap();
    let people = read(row);
    assert_eq!((people[0].climbs, people[0].max_trips), (false, 2));
    assert_eq!((people[0].home_building.as_deref(), people[0].home()), (Some("8"), Some("8")));
    assert_eq!((people[1].climbs, people[1].max_trips, people[1].home()), (true, 1, None));
    let written = String::from_utf8(write_volunteers(&people)).unwrap();
    assert_eq!(read(&written), people);
    let old = "姓名,身份,编号,口令,容量,最长分钟\n小强,邻居,901,1234,12,40\n";
    assert!(read(old)[0].climbs, "a list of before goes on working");
    let wrong = read_volunteers(row.replace("否", "有时").as_bytes(), &buildings, counting());
    assert!(wrong.unwrap_err().to_string().contains("爬楼"));

    let text = |by: &str| format!("楼号,室号,姓名,类别,最晚用餐\n7,1203,范敏,senior,{by}\n");
    assert_eq!(
        residents_of(&text("11：45")).unwrap()[0].eat_by,
        Some(jiff::civil::time(11, 45, 0, 0))
    );
    assert_eq!(residents_of(&text("")).unwrap()[0].eat_by, None);
    assert!(residents_of(&text("25:00")).unwrap_err().to_string().contains("最晚用餐"));
}

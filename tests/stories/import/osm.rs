//! The compound from `OpenStreetMap`, in the shape that Shanghai compounds have there.

use clubhouse_kiosk::domain::Building;
use clubhouse_kiosk::import::{
    Assumed, OsmDrawing, OsmError, is_osm, read_compound, read_osm, to_geojson,
};
use clubhouse_kiosk::import::{Compound, Origin};
use clubhouse_kiosk::map::{Ground, Reach, Survey};

use super::osm_extract::{Extract, blob, bytes};

/// A food hall, a main path along the south, another one to the north that crosses an alley without
/// meeting it, steps down, and five doors: a plain block, a shape with a courtyard, a row with two
/// numbered stairs, and a tower known only by its name.
fn garden() -> Extract {
    let corner = |id: i64, x: f64, y: f64| (id, (x, y), vec![]);
    let foot = |id: i64, refs: &[i64]| (id, refs.to_vec(), vec![("highway", "footway")]);
    Extract {
        nodes: vec![
            corner(1, 0.0, 0.0),
            corner(2, 60.0, 0.0),
            corner(3, 120.0, 0.0),
            corner(10, 30.0, -40.0),
            corner(11, 30.0, 40.0),
            corner(12, 120.0, 40.0),
            corner(13, 60.0, -30.0),
            corner(14, 60.0, -36.0),
            corner(15, 90.0, 40.0),
            (20, (80.0, 6.0), vec![("entrance", "main")]),
            (21, (95.0, 6.0), vec![("entrance", "service")]),
            corner(22, 95.0, 18.0),
            corner(23, 80.0, 18.0),
            (30, (105.0, -8.0), vec![("entrance", "yes")]),
            corner(31, 125.0, -8.0),
            corner(32, 125.0, -25.0),
            corner(33, 105.0, -25.0),
            (40, (35.0, 46.0), vec![("entrance", "staircase"), ("addr:housenumber", "5号")]),
            (41, (100.0, 46.0), vec![("entrance", "staircase"), ("addr:housenumber", "６号")]),
            corner(42, 100.0, 58.0),
            corner(43, 35.0, 58.0),
            corner(50, 50.0, -50.0),
            (60, (0.0, 5.0), vec![("entrance", "yes")]),
            corner(61, -15.0, 5.0),
            corner(62, -15.0, 20.0),
        ],
        ways: vec![
            foot(100, &[1, 2, 3]),
            foot(101, &[10, 11]),
            foot(102, &[11, 15, 12, 3]),
            (103, vec![2, 13], vec![("highway", "steps")]),
            foot(104, &[13, 14]),
            (105, vec![10, 50], vec![("highway", "trunk")]),
            (
                200,
                vec![20, 21, 22, 23, 20],
                vec![
                    ("building", "apartments"),
                    ("addr:housenumber", "1号"),
                    ("building:levels", "6"),
                    ("building:flats", "24"),
                    ("elevator", "no"),
                ],
            ),
            (201, vec![30, 31, 32], vec![]),
            (202, vec![32, 33, 30], vec![]),
            (
                204,
                vec![40, 41, 42, 43, 40],
                vec![
                    ("building", "residential"),
                    ("building:levels", "5"),
                    ("building:flats", "10"),
                    ("elevator", "no"),
                ],
            ),
            (
                205,
                vec![14, 50, 10, 14],
                vec![("building", "yes"), ("name", "7号楼"), ("building:levels", "18")],
            ),
            (206, vec![60, 61, 62, 60], vec![("building", "yes"), ("name", "阳光社区食堂")]),
            (207, vec![61, 62, 22, 61], vec![("building", "garage")]),
            (
                300,
                vec![1, 3, 42, 61, 1],
                vec![("landuse", "residential"), ("name", "玫瑰苑 & \"东\"")],
            ),
        ],
        relations: vec![(
            400,
            vec![(201, "outer"), (202, "outer"), (204, "inner")],
            vec![
                ("type", "multipolygon"),
                ("building", "apartments"),
                ("addr:housenumber", "3号楼"),
                ("building:levels", "11"),
                ("elevator", "yes"),
                ("building:flats", "44"),
            ],
        )],
    }
}

fn read(extract: &Extract) -> Result<OsmDrawing, OsmError> {
    read_osm(extract.xml().as_bytes(), None, &[])
}

fn numbers(compound: &Compound) -> Vec<&str> {
    compound.buildings.iter().map(|b| b.number.as_str()).collect()
}

fn metres(compound: &Compound, number: &str) -> u32 {
    let survey = Survey::of(&Ground::new(compound));
    let at = compound.buildings.iter().position(|b| b.number == number).unwrap();
    match survey.reach[at] {
        Reach::Walked { decimetres, .. } => decimetres / 10,
        other => panic!("{number}: {other:?}"),
    }
}

#[test]
fn both_forms_give_the_same_compound() {
    let extract = garden();
    let (xml, pbf) = (extract.xml(), extract.pbf());
    assert!(is_osm(xml.as_bytes()) && is_osm(&pbf) && !is_osm(b"{\"type\":\"FeatureCollection\"}"));
    let drawing = read_osm(xml.as_bytes(), None, &[]).unwrap();
    assert_eq!(read_osm(&pbf, None, &[]).unwrap(), drawing);
    let compound = &drawing.compound;
    assert_eq!(compound.name, "玫瑰苑 & \"东\"");
    assert_eq!(numbers(compound), ["1", "3", "5", "6", "7"]);
    let shape = |b: &Building| (b.floors, b.flats_per_floor, b.lifts);
    let shapes: Vec<_> = compound.buildings.iter().map(shape).collect();
    assert_eq!(shapes, [(6, 4, 0), (11, 4, 1), (5, 2, 0), (5, 2, 0), (18, 2, 1)]);
    // Only the tower is not told in full; a lift is taken for sure above six floors.
    assert_eq!(drawing.remarks.len(), 1);
    assert_eq!(drawing.remarks[0].building, "7");
    let guessed = [Assumed::Flats(2), Assumed::Lifts(1), Assumed::Entrance];
    assert_eq!(drawing.remarks[0].assumed, guessed);
    // What was read goes out and comes in again as a drawing.
    let text = to_geojson(compound, Origin { lon: 121.44, lat: 31.2 });
    assert_eq!(read_compound(text.as_bytes()).unwrap().buildings, compound.renumbered().buildings);
}

#[test]
fn ways_meet_where_they_share_a_node_and_nowhere_else() {
    let compound = read(&garden()).unwrap().compound;
    // The alley crosses the main path 30 m from the kitchen; building 5 is 45 m from there as the crow
    // flies, and a good 250 m on foot.
    assert!((245..275).contains(&metres(&compound, "5")), "{}", metres(&compound, "5"));
    assert_eq!(compound.edges.iter().filter(|e| e.steps).count(), 1);
    // Down the steps to the corner that the path passes.
    assert!((95..106).contains(&metres(&compound, "7")), "{}", metres(&compound, "7"));
    // The shape's entrance is on its own outline, eight metres off the path.
    assert!((115..123).contains(&metres(&compound, "3")), "{}", metres(&compound, "3"));
}

#[test]
fn what_is_cut_off_is_named() {
    let mut extract = garden();
    extract.ways.iter_mut().find(|w| w.0 == 102).unwrap().1.pop();
    let error = read(&extract).unwrap_err().to_string();
    assert!(error.contains("no way to buildings 5, 6"), "{error}");

    // A gate that is locked ends the way; an open one does not.
    let gate = |tags: &[(&'static str, &'static str)]| {
        let mut extract = garden();
        extract.nodes.iter_mut().find(|n| n.0 == 12).unwrap().2 = tags.to_vec();
        read(&extract)
    };
    assert!(gate(&[("barrier", "gate"), ("access", "private")]).is_ok());
    let error = gate(&[("barrier", "gate"), ("locked", "yes")]).unwrap_err().to_string();
    assert!(error.contains("no way to buildings 5, 6"), "{error}");
}

#[test]
fn the_kitchen_is_found_by_name_or_said() {
    let mut extract = garden();
    extract.ways.retain(|w| w.0 != 206);
    assert_eq!(read(&extract), Err(OsmError::NoKitchen));
    let said = Origin { lon: 121.44, lat: 31.2 };
    let drawing = read_osm(&extract.pbf(), Some(said), &[]).unwrap();
    assert!((79..92).contains(&metres(&drawing.compound, "1")));
    let mut extract = garden();
    extract.nodes[4].2 = vec![("name", "老年助餐点"), ("amenity", "restaurant")];
    let error = read(&extract).unwrap_err().to_string();
    assert!(error.contains("老年助餐点, 阳光社区食堂") && error.contains("--kitchen"), "{error}");
}

#[test]
fn what_is_known_of_a_building_fills_what_the_map_does_not_say() {
    let known = Building {
        number: "7".into(),
        name: "塔楼".into(),
        entrance: 9,
        floors: 17,
        first_flat_floor: 2,
        flats_per_floor: 6,
        lifts: 3,
    };
    let drawing = read_osm(garden().xml().as_bytes(), None, &[known]).unwrap();
    let tower = &drawing.compound.buildings[4];
    // Eighteen floors are on the map; the rest is kept.
    assert_eq!((tower.floors, tower.first_flat_floor), (18, 2));
    assert_eq!((tower.flats_per_floor, tower.lifts, tower.name.as_str()), (6, 3, "塔楼"));
    assert_eq!(drawing.remarks[0].assumed, [Assumed::Entrance]);
    // Two of one number can't be told apart.
    let mut extract = garden();
    extract.ways[10].2[1].1 = "1号楼";
    let error = read(&extract).unwrap_err().to_string();
    assert!(error.contains("building 1 is drawn twice, as way 200 and as way 205"), "{error}");
}

#[test]
fn files_that_lie_are_refused_with_a_sentence() {
    let extract = garden();
    let pbf = extract.pbf();
    // Cut anywhere between two blocks, or within one: never a compound with less in it.
    for length in 16..pbf.len() {
        assert!(read_osm(&pbf[..length], None, &[]).is_err(), "{length} bytes");
    }
    // Any byte may be another one; whatever comes out is checked.
    for at in 0..pbf.len() {
        let mut bytes = pbf.clone();
        bytes[at] ^= 0x15;
        if let Ok(drawing) = read_osm(&bytes, None, &[]) {
            assert_eq!(drawing.compound.check(), Ok(()));
        }
    }
    let xml = extract.xml();
    let half = &xml[..xml.find("<relation").unwrap()];
    assert_eq!(read_osm(half.as_bytes(), None, &[]), Err(OsmError::HalfWritten));
    let entities = xml.replacen("<osm ", "<!DOCTYPE o [<!ENTITY a \"aaaa\">]><osm ", 1);
    let refused = read_osm(entities.as_bytes(), None, &[]);
    assert!(matches!(refused, Err(OsmError::Xml { .. })), "{refused:?}");
    // Forty thousand bytes that unpack to forty million.
    let head = blob("OSMHeader", &bytes(4, b"DenseNodes"));
    let bomb = [head.clone(), blob("OSMData", &vec![0; 40 << 20])].concat();
    assert!(bomb.len() < 60_000);
    assert_eq!(read_osm(&bomb, None, &[]), Err(OsmError::TooMuch));
    // Nor one whose bytes become eight each: references of a way, and a table of empty texts.
    let way = bytes(2, &bytes(3, &bytes(8, &vec![0; 20 << 20])));
    let texts = bytes(1, &[10, 0].repeat(4 << 20));
    for block in [way, texts] {
        let bomb = [head.clone(), blob("OSMData", &block)].concat();
        assert!(bomb.len() < 60_000);
        assert_eq!(read_osm(&bomb, None, &[]), Err(OsmError::TooMuch));
    }
    let history = blob("OSMHeader", &bytes(4, b"HistoricalInformation"));
    let refused = read_osm(&[history, head].concat(), None, &[]);
    assert_eq!(refused, Err(OsmError::Feature("HistoricalInformation".into())));
}

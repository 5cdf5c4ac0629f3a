//! A compound as a drawing of paths, doors and houses.

use clubhouse_kiosk::import::geojson;

use super::DRAWING;

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

//! The compound: drawn by hand or taken from an estate file, checked as a graph.

use clubhouse_kiosk::import::{
    Compound, CompoundError, NodeKind, Origin, compound, estate, geojson, read_compound, to_geojson,
};
use clubhouse_kiosk::rehearsal::sample::{self, SEED};

use super::small;

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

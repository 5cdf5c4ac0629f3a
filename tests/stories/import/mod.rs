//! Reading data in: what is right comes back whole, what is wrong is named in one sentence.

mod any_bytes;
mod compound;
mod drawing;
mod menu;
mod osm;
mod osm_extract;
mod people;
mod shipped;

use clubhouse_kiosk::domain::{Building, ResidentId, ServiceDate, VolunteerId};
use clubhouse_kiosk::import::{Compound, NodeKind, PathEdge, PathNode};
use jiff::Timestamp;

fn shipped(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn resident_id(n: u8) -> ResidentId {
    ResidentId::new(Timestamp::UNIX_EPOCH, [n; 10])
}

fn volunteer_id(n: u8) -> VolunteerId {
    VolunteerId::new(Timestamp::UNIX_EPOCH, [n; 10])
}

fn new_resident() -> ResidentId {
    resident_id(7)
}

fn new_volunteer() -> VolunteerId {
    volunteer_id(7)
}

/// A new id at each call.
fn counting<T>(id: fn(u8) -> T) -> impl FnMut() -> T {
    let mut n = 0;
    move || {
        n += 1;
        id(n)
    }
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

fn day(text: &str) -> ServiceDate {
    text.parse().unwrap()
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

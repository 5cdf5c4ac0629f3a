//! A compound as `GeoJSON` text, one feature a line so that two versions can be compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::projection::{Origin, Place};
use crate::import::compound::{Compound, PathNode};

/// Writes the drawing of a compound whose millimetres are measured from `origin`.
///
/// Reading it back gives [`Compound::renumbered`] of the compound, as long as its nodes are at
/// least a metre apart. Positions have nine decimals, which is a tenth of a millimetre. The text is
/// put together here, not by a JSON library, so that its bytes do not depend on a library's order.
pub fn to_geojson(compound: &Compound, origin: Origin) -> String {
    let places: BTreeMap<u32, &PathNode> = compound.nodes.iter().map(|n| (n.id, n)).collect();
    let position = |id: u32| {
        let place = places
            .get(&id)
            .map_or(Place { x_mm: 0, y_mm: 0 }, |n| Place { x_mm: n.x_mm, y_mm: n.y_mm });
        let at = origin.position(place);
        format!("[{:.9},{:.9}]", at.lon, at.lat)
    };
    let point = |id: u32| format!(r#""type":"Point","coordinates":{}"#, position(id));

    let mut lines = vec![feature(r#""kind":"kitchen""#, &point(compound.kitchen))];
    for b in &compound.buildings {
        let properties = format!(
            r#""kind":"building","number":{},"name":{},"floors":{},"first_flat_floor":{},"flats_per_floor":{},"lifts":{}"#,
            quoted(&b.number),
            quoted(&b.name),
            b.floors,
            b.first_flat_floor,
            b.flats_per_floor,
            b.lifts
        );
        lines.push(feature(&properties, &point(b.entrance)));
        let properties = format!(r#""kind":"entrance","building":{}"#, quoted(&b.number));
        lines.push(feature(&properties, &point(b.entrance)));
    }
    for edge in &compound.edges {
        let steps = if edge.steps { r#","steps":true"# } else { "" };
        let (metres, tenth) = (edge.decimetres / 10, edge.decimetres % 10);
        let properties = format!(r#""kind":"path","metres":{metres}.{tenth}{steps}"#);
        let geometry = format!(
            r#""type":"LineString","coordinates":[{},{}]"#,
            position(edge.a),
            position(edge.b)
        );
        lines.push(feature(&properties, &geometry));
    }

    let mut text = String::from("{\"type\":\"FeatureCollection\",\n");
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\"name\":{},", quoted(&compound.name));
    let _ = writeln!(text, "\"origin\":[{},{}],", origin.lon, origin.lat);
    let _ = writeln!(text, "\"features\":[\n{}\n]}}", lines.join(",\n"));
    text
}

fn feature(properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{{geometry}}}}}"#)
}

fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

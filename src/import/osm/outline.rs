//! Buildings with their outlines, and the entrances on them.

use std::collections::{BTreeMap, BTreeSet};

use super::elements::{Elements, Tags};

/// Entrances that no volunteer uses.
const NOT_USED: [&str; 6] = ["no", "service", "garage", "emergency", "exit", "fire_exit"];

/// A building's outline.
pub(super) struct Outline<'a> {
    /// `way 12`.
    pub what: String,
    pub tags: &'a Tags,
    /// The points of its outside, each once.
    pub corners: Vec<i64>,
}

impl Outline<'_> {
    /// The middle of its corners, in degrees.
    pub fn middle(&self, elements: &Elements) -> Option<(f64, f64)> {
        let places = self.corners.iter().filter_map(|id| elements.nodes.get(id));
        let (count, lon, lat) = places.fold((0.0, 0.0, 0.0), |(n, lon, lat), node| {
            (n + 1.0, lon + node.at.lon, lat + node.at.lat)
        });
        (count > 0.0).then(|| (lon / count, lat / count))
    }

    /// Its entrances, the main one first, then in the order of the outline.
    pub fn entrances(&self, elements: &Elements) -> Vec<i64> {
        let tag = |id: &i64| elements.nodes.get(id).and_then(|n| n.tags.get("entrance"));
        let used = |id: &&i64| tag(id).is_some_and(|kind| !NOT_USED.contains(&kind.as_str()));
        let mut list: Vec<i64> = self.corners.iter().filter(used).copied().collect();
        list.sort_by_key(|id| tag(id).is_none_or(|kind| kind != "main"));
        list
    }
}

/// Every building: closed ways, and shapes of several ways.
pub(super) fn all(elements: &Elements) -> Vec<Outline<'_>> {
    let is_building = |tags: &Tags| tags.get("building").is_some_and(|kind| kind != "no");
    let ways: BTreeMap<i64, &[i64]> =
        elements.ways.iter().map(|w| (w.id, w.refs.as_slice())).collect();
    let once = |refs: &mut dyn Iterator<Item = i64>| {
        let mut seen = BTreeSet::new();
        refs.filter(|id| seen.insert(*id)).collect::<Vec<i64>>()
    };
    let plain = elements.ways.iter().filter(|w| is_building(&w.tags)).map(|w| Outline {
        what: format!("way {}", w.id),
        tags: &w.tags,
        corners: once(&mut w.refs.iter().copied()),
    });
    let shapes = elements.relations.iter().filter(|r| is_building(&r.tags)).map(|r| Outline {
        what: format!("relation {}", r.id),
        tags: &r.tags,
        corners: once(&mut r.outer.iter().filter_map(|id| ways.get(id)).flat_map(|w| w.to_vec())),
    });
    plain.chain(shapes).collect()
}

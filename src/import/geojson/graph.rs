//! From drawn lines to a footpath graph: shared vertices meet, entrances are joined to a path.

use std::collections::{BTreeMap, HashMap};

use super::GeoJsonError;
use super::features::{Drawn, DrawnEntrance};
use super::problem::{FeatureError, FeatureProblem};
use super::projection::{Origin, Place};
use crate::import::compound::{
    Compound, CompoundError, NodeKind, PathEdge, PathNode, to_decimetres,
};

/// Vertices closer than this are one node, in millimetres.
const SNAP_MM: i64 = 1000;

/// How far an entrance may lie from the path it is joined to, in metres.
pub(super) const JOIN_WITHIN_M: u32 = 30;

/// Builds the compound. Its nodes are numbered in the order of [`Compound::renumbered`].
pub(in crate::import) fn build(
    name: String,
    drawn: &Drawn,
    origin: Option<Origin>,
) -> Result<Compound, GeoJsonError> {
    let origin = origin.unwrap_or_else(|| south_west(drawn));
    let mut graph = Graph::default();
    let kitchen = graph.node(origin.place(drawn.kitchen), NodeKind::Kitchen);
    let entrance_of = entrances(drawn)?;
    let mut buildings = drawn.buildings.clone();
    for building in &mut buildings {
        let entrance = entrance_of
            .get(building.number.as_str())
            .ok_or_else(|| GeoJsonError::NoEntrance { building: building.number.clone() })?;
        building.entrance = graph.node(origin.place(entrance.at), NodeKind::Entrance);
    }
    let mut too_short = Vec::new();
    for path in &drawn.paths {
        let places: Vec<Place> = path.points.iter().map(|&p| origin.place(p)).collect();
        if !graph.path(&places, path.steps, path.metres)? {
            let (label, problem) = ("path".to_owned(), FeatureProblem::TooShort);
            too_short.push(FeatureError { index: path.index, label, problem });
        }
    }
    if !too_short.is_empty() {
        return Err(GeoJsonError::Features(too_short));
    }
    graph.join(kitchen, || "the kitchen".to_owned())?;
    for building in &buildings {
        graph
            .join(building.entrance, || format!("the entrance of building {}", building.number))?;
    }
    Ok(Compound { name, kitchen, nodes: graph.nodes, edges: graph.edges, buildings })
}

/// The corner of everything drawn, so that a map's places come out positive.
fn south_west(drawn: &Drawn) -> Origin {
    let points = drawn.paths.iter().flat_map(|p| &p.points);
    let doors = drawn.entrances.iter().map(|e| &e.at);
    points.chain(doors).fold(drawn.kitchen, |corner, p| Origin {
        lon: corner.lon.min(p.lon),
        lat: corner.lat.min(p.lat),
    })
}

/// The one entrance of each building that is drawn.
fn entrances(drawn: &Drawn) -> Result<BTreeMap<&str, &DrawnEntrance>, GeoJsonError> {
    let mut found: BTreeMap<&str, &DrawnEntrance> = BTreeMap::new();
    let numbers: std::collections::BTreeSet<&str> =
        drawn.buildings.iter().map(|b| b.number.as_str()).collect();
    for entrance in &drawn.entrances {
        let building = entrance.building.as_str();
        if !numbers.contains(building) {
            return Err(GeoJsonError::EntranceToNothing {
                index: entrance.index,
                building: building.to_owned(),
            });
        }
        if let Some(other) = found.insert(building, entrance) {
            return Err(GeoJsonError::TwoEntrances {
                building: building.to_owned(),
                first: other.index,
                second: entrance.index,
            });
        }
    }
    Ok(found)
}

#[derive(Default)]
struct Graph {
    nodes: Vec<PathNode>,
    edges: Vec<PathEdge>,
    /// Nodes by the metre square they lie in, so that snapping looks at nine squares only.
    squares: HashMap<(i64, i64), Vec<u32>>,
}

impl Graph {
    fn place(&self, id: u32) -> Place {
        let node = &self.nodes[id as usize];
        Place { x_mm: node.x_mm, y_mm: node.y_mm }
    }

    /// The nearest node within a metre, or a new one.
    fn node(&mut self, at: Place, kind: NodeKind) -> u32 {
        let (column, row) = (at.x_mm.div_euclid(SNAP_MM), at.y_mm.div_euclid(SNAP_MM));
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (column + dx, row + dy)));
        let nearest = around
            .filter_map(|square| self.squares.get(&square))
            .flatten()
            .map(|&id| (self.place(id).distance_mm(at), id))
            .filter(|(distance, _)| *distance < SNAP_MM as f64)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        match nearest {
            Some((_, id)) => id,
            None => self.new_node(at, kind),
        }
    }

    fn new_node(&mut self, at: Place, kind: NodeKind) -> u32 {
        let id = self.nodes.len() as u32;
        self.nodes.push(PathNode { id, x_mm: at.x_mm, y_mm: at.y_mm, kind });
        let square = (at.x_mm.div_euclid(SNAP_MM), at.y_mm.div_euclid(SNAP_MM));
        self.squares.entry(square).or_default().push(id);
        id
    }

    /// Adds a line, one edge between each two of its vertices; false if it has no length.
    ///
    /// Lengths are rounded along the whole line, so that they add up to the line's own length.
    fn path(
        &mut self,
        places: &[Place],
        steps: bool,
        metres: Option<f64>,
    ) -> Result<bool, CompoundError> {
        let mut legs: Vec<(u32, u32, f64)> = Vec::new();
        let mut walked = 0.0;
        let mut last = None;
        for &place in places {
            let node = self.node(place, NodeKind::Junction);
            if let Some((from, start)) = last {
                walked += Place::distance_mm(start, place) / 1000.0;
                if node != from {
                    legs.push((from, node, walked));
                }
            }
            last = Some((node, place));
        }
        if legs.is_empty() {
            return Ok(false);
        }
        let scale = metres.map_or(1.0, |metres| metres / walked.max(0.001));
        let mut so_far = 0;
        let count = legs.len();
        for (at, (a, b, end)) in legs.into_iter().enumerate() {
            let end = if at + 1 == count { walked } else { end } * scale;
            let length = |metres: f64| CompoundError::Length {
                a: a.into(),
                b: b.into(),
                metres: metres.to_string(),
            };
            // A line drawn over many kilometres may be longer than one edge is believed to be.
            let until = total_decimetres(end).ok_or_else(|| length(end))?;
            let decimetres = to_decimetres((until - so_far) as f64 / 10.0)
                .ok_or_else(|| length((until - so_far) as f64 / 10.0))?;
            self.edges.push(PathEdge { a, b, decimetres, steps });
            so_far = until;
        }
        Ok(true)
    }

    /// Joins a node that no path touches to the nearest point of the nearest path.
    fn join(&mut self, node: u32, what: impl Fn() -> String) -> Result<(), GeoJsonError> {
        if self.edges.iter().any(|e| e.a == node || e.b == node) {
            return Ok(());
        }
        let at = self.place(node);
        let nearest = (0..self.edges.len())
            .map(|edge| (edge, self.foot(edge, at)))
            .min_by(|(_, a), (_, b)| a.2.total_cmp(&b.2));
        let Some((edge, (share, foot, distance))) = nearest else {
            return Err(GeoJsonError::NoPaths);
        };
        if distance > f64::from(JOIN_WITHIN_M) * 1000.0 {
            let metres = (distance / 1000.0).ceil() as u64;
            return Err(GeoJsonError::OffThePaths { what: what(), metres });
        }
        let meeting = self.split(edge, share, foot);
        let decimetres = to_decimetres(distance / 1000.0).unwrap_or(0);
        self.edges.push(PathEdge { a: node, b: meeting, decimetres, steps: false });
        Ok(())
    }

    /// The nearest point of an edge: its share of the way from a to b, where it is, how far (mm).
    fn foot(&self, edge: usize, at: Place) -> (f64, Place, f64) {
        let PathEdge { a, b, .. } = self.edges[edge];
        let (a, b) = (self.place(a), self.place(b));
        let (dx, dy) = ((b.x_mm - a.x_mm) as f64, (b.y_mm - a.y_mm) as f64);
        let (px, py) = ((at.x_mm - a.x_mm) as f64, (at.y_mm - a.y_mm) as f64);
        let share = ((px * dx + py * dy) / (dx * dx + dy * dy).max(1.0)).clamp(0.0, 1.0);
        let foot = Place {
            x_mm: a.x_mm + (dx * share).round() as i64,
            y_mm: a.y_mm + (dy * share).round() as i64,
        };
        (share, foot, foot.distance_mm(at))
    }

    /// The node at a point of an edge: one of its ends if within a metre, or else a new one that
    /// splits the edge in the same proportion.
    fn split(&mut self, edge: usize, share: f64, foot: Place) -> u32 {
        let old = self.edges[edge];
        for end in [old.a, old.b] {
            if self.place(end).distance_mm(foot) < SNAP_MM as f64 {
                return end;
            }
        }
        let middle = self.new_node(foot, NodeKind::Junction);
        let before = (f64::from(old.decimetres) * share).round() as u32;
        self.edges[edge] = PathEdge { b: middle, decimetres: before, ..old };
        let after = old.decimetres.saturating_sub(before);
        self.edges.push(PathEdge { a: middle, decimetres: after, ..old });
        middle
    }
}

/// Whole decimetres of a line of many edges.
fn total_decimetres(metres: f64) -> Option<u64> {
    let decimetres = (metres * 10.0).round_ties_even();
    (0.0..=1e12).contains(&decimetres).then_some(decimetres as u64)
}

//! The compound's footpaths, and the way people walk on them.

use petgraph::algo::astar;
use petgraph::graph::{NodeIndex, UnGraph};
use std::collections::BTreeMap;

use crate::import::compound::Compound;
use crate::routing::estate::Timing;

/// The footpaths of a compound, ready to be walked.
pub struct Ground<'a> {
    pub(super) compound: &'a Compound,
    /// Nodes by id; edges by milliseconds and decimetres.
    pub(super) graph: UnGraph<u32, (i64, u32)>,
    pub(super) index: BTreeMap<u32, NodeIndex>,
    places: BTreeMap<u32, (f64, f64)>,
}

impl<'a> Ground<'a> {
    /// Lays the footpaths out; an edge that ends nowhere is left out.
    pub fn new(compound: &'a Compound) -> Self {
        let timing = Timing::default();
        let mut graph = UnGraph::new_undirected();
        let index: BTreeMap<u32, _> =
            compound.nodes.iter().map(|n| (n.id, graph.add_node(n.id))).collect();
        for edge in &compound.edges {
            if let (Some(a), Some(b)) = (index.get(&edge.a), index.get(&edge.b)) {
                let pace =
                    if edge.steps { timing.steps_mm_per_s } else { timing.walk_mm_per_s }.max(1);
                // Milliseconds, as the planner counts them.
                let milliseconds = i64::from(edge.decimetres) * 100_000 / pace;
                graph.add_edge(*a, *b, (milliseconds, edge.decimetres));
            }
        }
        let places =
            compound.nodes.iter().map(|n| (n.id, (n.x_mm as f64, n.y_mm as f64))).collect();
        Self { compound, graph, index, places }
    }

    /// The compound.
    pub fn compound(&self) -> &'a Compound {
        self.compound
    }

    /// Where a node is, in millimetres east and north.
    pub fn place(&self, node: u32) -> Option<(f64, f64)> {
        self.places.get(&node).copied()
    }

    /// The node of a building's entrance.
    pub fn entrance(&self, building: &str) -> Option<u32> {
        self.compound.buildings.iter().find(|b| b.number == building).map(|b| b.entrance)
    }

    /// The legs of a walk from the kitchen to buildings in this order and back, each as the nodes it
    /// passes. Doors of one building make one leg; a building that is not on the drawing makes none.
    pub fn legs<'b>(&self, buildings: impl Iterator<Item = &'b str>) -> Vec<Vec<u32>> {
        let mut stops = vec![self.compound.kitchen];
        stops.extend(buildings.filter_map(|b| self.entrance(b)));
        stops.push(self.compound.kitchen);
        stops.dedup();
        stops.windows(2).map(|leg| self.way(leg[0], leg[1])).collect()
    }

    /// The quickest way between two nodes; nothing where no path leads.
    fn way(&self, from: u32, to: u32) -> Vec<u32> {
        let (Some(start), Some(end)) = (self.index.get(&from), self.index.get(&to)) else {
            return Vec::new();
        };
        astar(&self.graph, *start, |n| n == *end, |e| e.weight().0, |_| 0)
            .map(|(_, nodes)| nodes.into_iter().map(|n| self.graph[n]).collect())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Building;
    use crate::import::compound::{NodeKind, PathEdge, PathNode};

    /// A square of four nodes: kitchen 0, buildings at 2 and 3; the short side to 3 has steps.
    fn square() -> Compound {
        let node = |id: u32, x_mm: i64, y_mm: i64| PathNode {
            id,
            x_mm,
            y_mm,
            kind: if id == 0 { NodeKind::Kitchen } else { NodeKind::Entrance },
        };
        let edge = |a, b, decimetres, steps| PathEdge { a, b, decimetres, steps };
        let building = |number: &str, entrance| Building {
            number: number.to_owned(),
            name: String::new(),
            entrance,
            floors: 6,
            first_flat_floor: 1,
            flats_per_floor: 2,
            lifts: 0,
        };
        Compound {
            name: String::new(),
            kitchen: 0,
            nodes: vec![
                node(0, 0, 0),
                node(1, 100_000, 0),
                node(2, 100_000, 100_000),
                node(3, 0, 100_000),
            ],
            edges: vec![
                edge(0, 1, 1000, false),
                edge(1, 2, 1000, false),
                edge(2, 3, 1000, false),
                edge(0, 3, 2900, true),
            ],
            buildings: vec![building("2", 2), building("3", 3)],
        }
    }

    #[test]
    fn legs_follow_the_quickest_paths_and_steps_are_slow() {
        let compound = square();
        let ground = Ground::new(&compound);
        // Twice building 2 is one leg; 300 m on the level are quicker than 290 m with steps.
        let legs = ground.legs(["2", "2", "3"].into_iter());
        assert_eq!(legs, [vec![0, 1, 2], vec![2, 3], vec![3, 2, 1, 0]]);
    }

    #[test]
    fn what_is_not_on_the_drawing_makes_no_leg() {
        let compound = square();
        let ground = Ground::new(&compound);
        assert_eq!(ground.legs(["99"].into_iter()), [[0_u32; 0]; 0]);
        assert_eq!(ground.place(7), None);
    }
}

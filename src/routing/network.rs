//! The footpath network: a graph of nodes and footpaths, and the shortest walks between gates.
//!
//! A *gate* is where the network meets a round: the kitchen (gate 0) or a building's entrance.

use std::collections::{HashMap, HashSet};

use petgraph::algo::dijkstra;
use petgraph::graph::{NodeIndex, UnGraph};
use thiserror::Error;

use super::estate::{Building, NodeId, NodeKind, PathEdge, Paths, Timing};
use super::measure::Millis;

/// Longest footpath that is believed, in metres.
const LONGEST_PATH_M: f64 = 100_000.0;

/// Why a footpath graph cannot be walked.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum NetworkError {
    /// Two nodes share an id.
    #[error("path node {0} is listed twice")]
    NodeTwice(NodeId),
    /// An edge ends nowhere.
    #[error("the path from {a} to {b} ends at node {missing}, which does not exist")]
    EdgeToNowhere {
        /// One end of the path.
        a: NodeId,
        /// The other end.
        b: NodeId,
        /// The end that is not a node.
        missing: NodeId,
    },
    /// A negative, non-finite or absurd length.
    #[error("the path from {a} to {b} is {metres} metres long; allowed is 0 to {LONGEST_PATH_M}")]
    Length {
        /// One end of the path.
        a: NodeId,
        /// The other end.
        b: NodeId,
        /// The length given.
        metres: f64,
    },
    /// The kitchen is no node.
    #[error("the kitchen is at node {0}, which does not exist")]
    NoKitchen(NodeId),
    /// A node drawn as a kitchen is not the one the rounds start from, or there are two.
    #[error("node {drawn} is drawn as a kitchen, but rounds start from node {kitchen}")]
    OtherKitchen {
        /// The node of kind kitchen.
        drawn: NodeId,
        /// The kitchen the estate names.
        kitchen: NodeId,
    },
    /// Two buildings share an id.
    #[error("building {0} is listed twice")]
    BuildingTwice(String),
    /// A building's entrance is no node.
    #[error("building {building} has its entrance at node {entrance}, which does not exist")]
    NoEntrance {
        /// The building.
        building: String,
        /// The node it names.
        entrance: NodeId,
    },
    /// The graph is in pieces.
    #[error(
        "the footpaths are in pieces: no way from the kitchen to building {building} \
         (entrance node {entrance}){}", others(*.more)
    )]
    InPieces {
        /// The first building that cannot be reached.
        building: String,
        /// Its entrance.
        entrance: NodeId,
        /// How many other buildings cannot be reached.
        more: usize,
    },
}

fn others(more: usize) -> String {
    if more == 0 { String::new() } else { format!(", nor to {more} more") }
}

/// A checked footpath graph, edges weighted by walking time in milliseconds.
#[derive(Debug, Clone)]
pub struct Network {
    graph: UnGraph<NodeId, u64>,
    gates: Vec<NodeIndex>,
    gate_of_building: Vec<usize>,
}

impl Network {
    /// Builds and checks the graph; every building must be reachable from the kitchen.
    pub fn new(
        paths: &Paths,
        kitchen: NodeId,
        buildings: &[Building],
        timing: &Timing,
    ) -> Result<Self, NetworkError> {
        let mut graph = UnGraph::with_capacity(paths.nodes.len(), paths.edges.len());
        let mut index = HashMap::with_capacity(paths.nodes.len());
        for node in &paths.nodes {
            if index.insert(node.id, graph.add_node(node.id)).is_some() {
                return Err(NetworkError::NodeTwice(node.id));
            }
        }
        for edge in &paths.edges {
            let end = |id: NodeId| {
                index.get(&id).copied().ok_or(NetworkError::EdgeToNowhere {
                    a: edge.a,
                    b: edge.b,
                    missing: id,
                })
            };
            graph.add_edge(end(edge.a)?, end(edge.b)?, edge_ms(edge, timing)?);
        }
        let start = *index.get(&kitchen).ok_or(NetworkError::NoKitchen(kitchen))?;
        if let Some(other) =
            paths.nodes.iter().find(|n| n.kind == NodeKind::Kitchen && n.id != kitchen)
        {
            return Err(NetworkError::OtherKitchen { drawn: other.id, kitchen });
        }

        let mut network = Self {
            graph,
            gates: vec![start],
            gate_of_building: Vec::with_capacity(buildings.len()),
        };
        let mut gate_at: HashMap<NodeIndex, usize> = HashMap::from([(start, 0)]);
        let mut names = HashSet::with_capacity(buildings.len());
        for building in buildings {
            if !names.insert(building.id.as_str()) {
                return Err(NetworkError::BuildingTwice(building.id.clone()));
            }
            let node = *index.get(&building.entrance).ok_or_else(|| NetworkError::NoEntrance {
                building: building.id.clone(),
                entrance: building.entrance,
            })?;
            // Two buildings may share an entrance, as wings of one block do.
            let gate = *gate_at.entry(node).or_insert_with(|| {
                network.gates.push(node);
                network.gates.len() - 1
            });
            network.gate_of_building.push(gate);
        }
        network.check_connected(buildings)?;
        Ok(network)
    }

    /// The gate of the building at this index of the list the network was built from.
    pub fn gate(&self, building: usize) -> usize {
        self.gate_of_building[building]
    }

    /// Number of gates, the kitchen included.
    pub fn gates(&self) -> usize {
        self.gates.len()
    }

    /// Walking times between all gates by shortest path, row by row.
    pub fn walks(&self) -> Vec<Millis> {
        let mut walks = Vec::with_capacity(self.gates.len() * self.gates.len());
        for &from in &self.gates {
            let reached = dijkstra(&self.graph, from, None, |edge| *edge.weight());
            // Every gate is reached: construction refused a graph in pieces.
            walks.extend(
                self.gates
                    .iter()
                    .map(|to| Millis(reached.get(to).map_or(i64::MAX / 4, |ms| *ms as i64))),
            );
        }
        walks
    }

    fn check_connected(&self, buildings: &[Building]) -> Result<(), NetworkError> {
        let reached = dijkstra(&self.graph, self.gates[0], None, |edge| *edge.weight());
        let mut cut_off = buildings
            .iter()
            .zip(&self.gate_of_building)
            .filter(|(_, gate)| !reached.contains_key(&self.gates[**gate]));
        let Some((first, _)) = cut_off.next() else {
            return Ok(());
        };
        Err(NetworkError::InPieces {
            building: first.id.clone(),
            entrance: first.entrance,
            more: cut_off.count(),
        })
    }
}

/// Walking time of one footpath: decimetres over the pace, rounded up to a millisecond.
fn edge_ms(edge: &PathEdge, timing: &Timing) -> Result<u64, NetworkError> {
    if !(0.0..=LONGEST_PATH_M).contains(&edge.metres) {
        return Err(NetworkError::Length { a: edge.a, b: edge.b, metres: edge.metres });
    }
    let decimetres = (edge.metres * 10.0).round_ties_even() as u64;
    let pace = if edge.steps { timing.steps_mm_per_s } else { timing.walk_mm_per_s };
    // A decimetre is 100 mm, a second 1000 ms. The pace was checked to be positive.
    Ok((decimetres * 100_000).div_ceil(pace.max(1).unsigned_abs()))
}

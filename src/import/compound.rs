//! The compound as the importers hand it over: footpaths, kitchen and buildings, checked whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::Building;

/// The longest footpath between two nodes that is believed, in decimetres (10 km).
pub const MAX_DECIMETRES: u32 = 100_000;

/// The most floors of a building.
pub const MAX_FLOORS: u8 = 60;

/// The most flats on a floor, because a room number has two digits for the flat.
pub const MAX_FLATS: u8 = 99;

/// A compound: its footpath graph, the kitchen and the buildings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compound {
    /// What the compound is called; may be empty.
    pub name: String,
    /// The node at which every round starts and ends.
    pub kitchen: u32,
    /// Places where footpaths meet, bend or end.
    pub nodes: Vec<PathNode>,
    /// Footpaths, walked both ways.
    pub edges: Vec<PathEdge>,
    /// The buildings, in the order of the file.
    pub buildings: Vec<Building>,
}

crate::text_enum!(
    /// What stands at a node.
    NodeKind, "kind of node" {
        /// Footpaths meet or bend.
        Junction = "junction",
        /// The ground-floor entrance of a building.
        Entrance = "entrance",
        /// The canteen's kitchen.
        Kitchen = "kitchen",
    }
);

/// A place where footpaths meet, bend or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathNode {
    /// Unique in the compound.
    pub id: u32,
    /// Millimetres east of the compound's origin; for drawing only.
    pub x_mm: i64,
    /// Millimetres north of the compound's origin; for drawing only.
    pub y_mm: i64,
    /// What stands there.
    pub kind: NodeKind,
}

/// A footpath between two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathEdge {
    /// One end.
    pub a: u32,
    /// The other end.
    pub b: u32,
    /// Length in decimetres.
    pub decimetres: u32,
    /// Has steps, so it is walked more slowly.
    pub steps: bool,
}

/// What is wrong with a compound.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CompoundError {
    /// Two nodes share an id.
    #[error("node {0} is listed twice")]
    NodeTwice(u32),
    /// Two buildings share a number.
    #[error("building {0} is listed twice")]
    BuildingTwice(String),
    /// A building that nobody could name.
    #[error("the building with its entrance at node {entrance} has no number")]
    NoNumber {
        /// Its entrance.
        entrance: u32,
    },
    /// Longer than any footpath, negative, or no number at all.
    #[error("the path from node {a} to node {b} is {metres} m long; allowed is 0 to 10,000 m")]
    Length {
        /// One end.
        a: i64,
        /// The other end.
        b: i64,
        /// The length as given, in metres.
        metres: String,
    },
    /// An edge that ends nowhere.
    #[error("the path from node {a} to node {b} ends at node {missing}, which does not exist")]
    EdgeToNowhere {
        /// One end.
        a: u32,
        /// The other end.
        b: u32,
        /// The end that is no node.
        missing: u32,
    },
    /// An edge that leads back to where it starts.
    #[error("a path leads from node {0} back to the same node")]
    Loop(u32),
    /// No node is the kitchen.
    #[error("no kitchen is marked; rounds need one to start from")]
    NoKitchen,
    /// The kitchen is named, but is not among the nodes.
    #[error("the kitchen is at node {0}, which does not exist or is not marked as the kitchen")]
    KitchenNowhere(u32),
    /// More than one kitchen.
    #[error("nodes {first} and {second} are both marked as the kitchen; there must be one")]
    TwoKitchens {
        /// The first one.
        first: u32,
        /// Another one.
        second: u32,
    },
    /// An entrance that is no node.
    #[error("building {building} has its entrance at node {entrance}, which does not exist")]
    NoEntrance {
        /// The building.
        building: String,
        /// The node it names.
        entrance: u32,
    },
    /// The graph is in pieces.
    #[error(
        "the footpaths are in pieces: from the kitchen there is no way to {} {}",
        if buildings.len() == 1 { "building" } else { "buildings" }, buildings.join(", ")
    )]
    InPieces {
        /// Every building that cannot be reached.
        buildings: Vec<String>,
    },
    /// No floors, or more than believed.
    #[error("building {building} has {floors} floors; allowed are 1 to {MAX_FLOORS}")]
    Floors {
        /// The building.
        building: String,
        /// The count given.
        floors: i64,
    },
    /// The lowest floor with flats is not one of the building's floors.
    #[error(
        "building {building} has its first flats on floor {first}, but its floors are 1 to {floors}"
    )]
    FirstFlatFloor {
        /// The building.
        building: String,
        /// The lowest floor with flats.
        first: i64,
        /// The building's floors.
        floors: i64,
    },
    /// No flats on a floor, or more than a room number can say.
    #[error("building {building} has {flats} flats on a floor; allowed are 1 to {MAX_FLATS}")]
    Flats {
        /// The building.
        building: String,
        /// The count given.
        flats: i64,
    },
    /// Nowhere to deliver to.
    #[error("there are no buildings")]
    NoBuildings,
}

impl Compound {
    /// Refuses a compound that could not be walked or that names something twice.
    pub fn check(&self) -> Result<(), CompoundError> {
        self.check_parts()?;
        let cut_off = self.unreachable();
        if cut_off.is_empty() {
            Ok(())
        } else {
            Err(CompoundError::InPieces { buildings: cut_off })
        }
    }

    /// Refuses a compound that names something twice or something that is not there. Its paths may
    /// be in pieces: a draft is mended until they are not.
    pub fn check_parts(&self) -> Result<(), CompoundError> {
        let nodes = self.check_nodes()?;
        self.check_edges(&nodes)?;
        self.check_buildings(&nodes)
    }

    fn check_nodes(&self) -> Result<BTreeSet<u32>, CompoundError> {
        let mut ids = BTreeSet::new();
        for node in &self.nodes {
            if !ids.insert(node.id) {
                return Err(CompoundError::NodeTwice(node.id));
            }
        }
        let mut kitchens = self.nodes.iter().filter(|n| n.kind == NodeKind::Kitchen);
        let first = kitchens.next().ok_or(CompoundError::NoKitchen)?.id;
        if let Some(second) = kitchens.next() {
            return Err(CompoundError::TwoKitchens { first, second: second.id });
        }
        if first != self.kitchen {
            return Err(CompoundError::KitchenNowhere(self.kitchen));
        }
        Ok(ids)
    }

    fn check_edges(&self, nodes: &BTreeSet<u32>) -> Result<(), CompoundError> {
        for &PathEdge { a, b, decimetres, .. } in &self.edges {
            if let Some(&missing) = [a, b].iter().find(|end| !nodes.contains(end)) {
                return Err(CompoundError::EdgeToNowhere { a, b, missing });
            }
            if a == b {
                return Err(CompoundError::Loop(a));
            }
            if decimetres > MAX_DECIMETRES {
                let metres = format!("{}.{}", decimetres / 10, decimetres % 10);
                return Err(CompoundError::Length { a: a.into(), b: b.into(), metres });
            }
        }
        Ok(())
    }

    fn check_buildings(&self, nodes: &BTreeSet<u32>) -> Result<(), CompoundError> {
        if self.buildings.is_empty() {
            return Err(CompoundError::NoBuildings);
        }
        let mut numbers = BTreeSet::new();
        for building in &self.buildings {
            check_building(building)?;
            if !numbers.insert(building.number.as_str()) {
                return Err(CompoundError::BuildingTwice(building.number.clone()));
            }
            if !nodes.contains(&building.entrance) {
                return Err(CompoundError::NoEntrance {
                    building: building.number.clone(),
                    entrance: building.entrance,
                });
            }
        }
        Ok(())
    }

    /// The numbers of the buildings that no path joins to the kitchen, in order of the file.
    fn unreachable(&self) -> Vec<String> {
        let mut neighbours: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for edge in &self.edges {
            neighbours.entry(edge.a).or_default().push(edge.b);
            neighbours.entry(edge.b).or_default().push(edge.a);
        }
        let mut reached = BTreeSet::from([self.kitchen]);
        let mut ahead = vec![self.kitchen];
        while let Some(node) = ahead.pop() {
            for &next in neighbours.get(&node).into_iter().flatten() {
                if reached.insert(next) {
                    ahead.push(next);
                }
            }
        }
        let cut_off = self.buildings.iter().filter(|b| !reached.contains(&b.entrance));
        cut_off.map(|b| b.number.clone()).collect()
    }

    /// The same compound with its nodes numbered afresh: the kitchen is 0, then come the entrances
    /// in order of the buildings, then the other nodes as the footpaths first touch them.
    ///
    /// This is the order in which a drawing is read, so a compound numbered like this comes back
    /// unchanged from a file. Nodes that nothing touches fall away.
    #[must_use]
    pub fn renumbered(&self) -> Compound {
        let mut order = vec![self.kitchen];
        order.extend(self.buildings.iter().map(|b| b.entrance));
        order.extend(self.edges.iter().flat_map(|e| [e.a, e.b]));
        let mut new_ids: BTreeMap<u32, u32> = BTreeMap::new();
        for old in order {
            let next = new_ids.len() as u32;
            new_ids.entry(old).or_insert(next);
        }
        let number = |old: u32| new_ids.get(&old).copied().unwrap_or(old);
        let mut nodes: Vec<PathNode> = self
            .nodes
            .iter()
            .filter_map(|n| new_ids.get(&n.id).map(|&id| PathNode { id, ..*n }))
            .collect();
        nodes.sort_by_key(|n| n.id);
        Compound {
            name: self.name.clone(),
            kitchen: 0,
            nodes,
            edges: self
                .edges
                .iter()
                .map(|e| PathEdge { a: number(e.a), b: number(e.b), ..*e })
                .collect(),
            buildings: self
                .buildings
                .iter()
                .map(|b| Building { entrance: number(b.entrance), ..b.clone() })
                .collect(),
        }
    }
}

fn check_building(b: &Building) -> Result<(), CompoundError> {
    let building = b.number.clone();
    if building.trim().is_empty() {
        return Err(CompoundError::NoNumber { entrance: b.entrance });
    }
    if !(1..=MAX_FLOORS).contains(&b.floors) {
        return Err(CompoundError::Floors { building, floors: b.floors.into() });
    }
    if !(1..=b.floors).contains(&b.first_flat_floor) {
        return Err(CompoundError::FirstFlatFloor {
            building,
            first: b.first_flat_floor.into(),
            floors: b.floors.into(),
        });
    }
    if !(1..=MAX_FLATS).contains(&b.flats_per_floor) {
        return Err(CompoundError::Flats { building, flats: b.flats_per_floor.into() });
    }
    Ok(())
}

/// Metres to whole decimetres; nothing for a negative, absurd or non-finite length.
pub fn to_decimetres(metres: f64) -> Option<u32> {
    let decimetres = (metres * 10.0).round_ties_even();
    (0.0..=f64::from(MAX_DECIMETRES)).contains(&decimetres).then_some(decimetres as u32)
}

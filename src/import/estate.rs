//! The compound inside an estate JSON file, the planner's exchange format.

use thiserror::Error;

use super::compound::{
    Compound, CompoundError, MAX_FLATS, MAX_FLOORS, NodeKind, PathEdge, PathNode, to_decimetres,
};
use crate::domain;
use crate::routing::estate::{self, Estate, EstateError};

/// Why an estate file gives no compound.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum EstateFileError {
    /// Not an estate file, or not a whole one.
    #[error(transparent)]
    Format(#[from] EstateError),
    /// A node number that cannot be kept.
    #[error("node {id} has a number outside 0 to 4294967295")]
    NodeNumber {
        /// The number given.
        id: i64,
    },
    /// A place that is nowhere near the rest.
    #[error("node {id} lies at x {x} m, y {y} m; allowed is at most 10,000 m from the origin")]
    Place {
        /// The node.
        id: i64,
        /// Metres east.
        x: String,
        /// Metres north.
        y: String,
    },
    /// A compound that could not be walked.
    #[error(transparent)]
    Compound(#[from] CompoundError),
}

/// Reads the compound of an estate file; its deliveries and volunteers are not part of it.
///
/// Building ids become building numbers. The estate counts floors from 0 and a compound from 1, so
/// floor f there is floor f + 1 here and the number of floors is the same. Its towers have a lobby
/// on the ground floor and flats from the next floor up; its walk-ups have flats on every floor.
pub fn read(text: &str) -> Result<Compound, EstateFileError> {
    let estate = Estate::from_json(text)?;
    let compound = Compound {
        name: estate.name.clone(),
        kitchen: node_id(estate.kitchen)?,
        nodes: estate.paths.nodes.iter().map(node).collect::<Result<_, _>>()?,
        edges: estate.paths.edges.iter().map(edge).collect::<Result<_, _>>()?,
        buildings: estate.buildings.iter().map(building).collect::<Result<_, _>>()?,
    };
    compound.check()?;
    Ok(compound)
}

fn node_id(id: i64) -> Result<u32, EstateFileError> {
    u32::try_from(id).map_err(|_| EstateFileError::NodeNumber { id })
}

fn node(node: &estate::PathNode) -> Result<PathNode, EstateFileError> {
    let near = |metres: f64| metres.abs() <= 10_000.0;
    if !near(node.x) || !near(node.y) {
        let (x, y) = (node.x.to_string(), node.y.to_string());
        return Err(EstateFileError::Place { id: node.id, x, y });
    }
    Ok(PathNode {
        id: node_id(node.id)?,
        x_mm: (node.x * 1000.0).round() as i64,
        y_mm: (node.y * 1000.0).round() as i64,
        kind: match node.kind {
            estate::NodeKind::Junction => NodeKind::Junction,
            estate::NodeKind::Entrance => NodeKind::Entrance,
            estate::NodeKind::Kitchen => NodeKind::Kitchen,
        },
    })
}

fn edge(edge: &estate::PathEdge) -> Result<PathEdge, EstateFileError> {
    let decimetres = to_decimetres(edge.metres).ok_or_else(|| CompoundError::Length {
        a: edge.a,
        b: edge.b,
        metres: edge.metres.to_string(),
    })?;
    Ok(PathEdge { a: node_id(edge.a)?, b: node_id(edge.b)?, decimetres, steps: edge.steps })
}

fn building(b: &estate::Building) -> Result<domain::Building, EstateFileError> {
    let small = |value: i64, most: u8| u8::try_from(value).ok().filter(|v| (1..=most).contains(v));
    let floors = small(b.floors, MAX_FLOORS)
        .ok_or_else(|| CompoundError::Floors { building: b.id.clone(), floors: b.floors })?;
    let flats_per_floor = small(b.flats_per_floor, MAX_FLATS)
        .ok_or_else(|| CompoundError::Flats { building: b.id.clone(), flats: b.flats_per_floor })?;
    Ok(domain::Building {
        number: b.id.trim().to_owned(),
        name: String::new(),
        entrance: node_id(b.entrance)?,
        floors,
        first_flat_floor: if b.lift { 2 } else { 1 },
        flats_per_floor,
        // An estate may say that there is a lift without counting the lifts.
        lifts: if b.lift { u8::try_from(b.lifts).unwrap_or(u8::MAX).max(1) } else { 0 },
    })
}

//! The compound looked over: how far every building is from the kitchen, and what no path joins.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::dijkstra;
use petgraph::unionfind::UnionFind;

use super::Ground;
use crate::import::compound::NodeKind;

/// How a building is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// On foot from the kitchen.
    Walked {
        /// Along the quickest way, in decimetres.
        decimetres: u32,
        /// Time of that way at the planner's pace, in seconds, rounded up.
        seconds: u32,
    },
    /// No path touches its entrance.
    NoPath,
    /// Paths lead there, but none of them from the kitchen.
    CutOff,
    /// It stands at the kitchen's own point: it is on record, but not on the drawing.
    NotDrawn,
}

impl Reach {
    /// Whether a round can walk there as drawn.
    pub fn reached(self) -> bool {
        matches!(self, Self::Walked { .. })
    }
}

/// Paths that hang together among themselves, but not with the kitchen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoosePiece {
    /// Its nodes, in order of their ids.
    pub nodes: Vec<u32>,
    /// How many footpaths.
    pub paths: usize,
    /// Their length in all, in decimetres.
    pub decimetres: u64,
}

/// What a look over a compound finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// For each building, in the order of the drawing, how it is reached.
    pub reach: Vec<Reach>,
    /// Nodes that the kitchen reaches.
    pub reached: BTreeSet<u32>,
    /// Pieces that it does not, in order of their first node.
    pub loose: Vec<LoosePiece>,
    /// Entrances that no path touches and that are no building's.
    pub doors_alone: Vec<u32>,
}

impl Survey {
    /// Looks a compound over.
    pub fn of(ground: &Ground<'_>) -> Self {
        let compound = ground.compound();
        let walks = ground.walks_from_kitchen();
        let reached: BTreeSet<u32> = walks.keys().copied().collect();
        let touched: BTreeSet<u32> = compound.edges.iter().flat_map(|e| [e.a, e.b]).collect();
        let reach_of = |entrance: u32| {
            if entrance == compound.kitchen {
                return Reach::NotDrawn;
            }
            match walks.get(&entrance) {
                Some((milliseconds, decimetres)) => Reach::Walked {
                    decimetres: *decimetres,
                    seconds: u32::try_from(milliseconds.div_ceil(1000)).unwrap_or(u32::MAX),
                },
                None if touched.contains(&entrance) => Reach::CutOff,
                None => Reach::NoPath,
            }
        };
        let owned: BTreeSet<u32> = compound.buildings.iter().map(|b| b.entrance).collect();
        let alone = |n: &&crate::import::PathNode| {
            n.kind == NodeKind::Entrance && !touched.contains(&n.id) && !owned.contains(&n.id)
        };
        Self {
            reach: compound.buildings.iter().map(|b| reach_of(b.entrance)).collect(),
            loose: loose(ground, &reached),
            doors_alone: compound.nodes.iter().filter(alone).map(|n| n.id).collect(),
            reached,
        }
    }

    /// Whether there is nothing to mend.
    pub fn sound(&self) -> bool {
        self.reach.iter().all(|r| r.reached())
            && self.loose.is_empty()
            && self.doors_alone.is_empty()
    }
}

/// The pieces that the kitchen does not reach.
fn loose(ground: &Ground<'_>, reached: &BTreeSet<u32>) -> Vec<LoosePiece> {
    let edges: Vec<_> =
        ground.compound().edges.iter().filter(|e| !reached.contains(&e.a)).collect();
    let nodes: BTreeSet<u32> = edges.iter().flat_map(|e| [e.a, e.b]).collect();
    let place: BTreeMap<u32, usize> = nodes.iter().copied().zip(0..).collect();
    let at = |node: u32| place.get(&node).copied().unwrap_or_default();
    let mut sets = UnionFind::<usize>::new(nodes.len());
    for edge in &edges {
        sets.union(at(edge.a), at(edge.b));
    }
    let mut pieces: BTreeMap<usize, LoosePiece> = BTreeMap::new();
    let none = || LoosePiece { nodes: Vec::new(), paths: 0, decimetres: 0 };
    for node in &nodes {
        pieces.entry(sets.find(at(*node))).or_insert_with(none).nodes.push(*node);
    }
    for edge in edges {
        let piece = pieces.entry(sets.find(at(edge.a))).or_insert_with(none);
        piece.paths += 1;
        piece.decimetres += u64::from(edge.decimetres);
    }
    let mut pieces: Vec<LoosePiece> = pieces.into_values().collect();
    pieces.sort_by_key(|p| p.nodes.first().copied());
    pieces
}

impl Ground<'_> {
    /// From the kitchen to every node it reaches: milliseconds at the planner's pace, and decimetres
    /// along the quickest way, the shorter one of two that take as long.
    fn walks_from_kitchen(&self) -> BTreeMap<u32, (u64, u32)> {
        let Some(start) = self.index.get(&self.compound.kitchen) else { return BTreeMap::new() };
        let cost = |e: petgraph::graph::EdgeReference<'_, (i64, u32)>| {
            let (milliseconds, decimetres) = *e.weight();
            Walk(milliseconds.unsigned_abs(), decimetres)
        };
        dijkstra(&self.graph, *start, None, cost)
            .into_iter()
            .map(|(node, Walk(ms, dm))| (self.graph[node], (ms, dm)))
            .collect()
    }
}

/// Time first, then length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Walk(u64, u32);

impl std::ops::Add for Walk {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0), self.1.saturating_add(other.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Building;
    use crate::import::compound::{Compound, PathEdge, PathNode};

    /// Kitchen 0 to 1 by a path; 2 and 3 joined to each other alone; 4 touched by nothing.
    fn in_pieces() -> Compound {
        let node = |id: u32| PathNode {
            id,
            x_mm: i64::from(id) * 100_000,
            y_mm: 0,
            kind: if id == 0 { NodeKind::Kitchen } else { NodeKind::Entrance },
        };
        let edge = |a, b, decimetres| PathEdge { a, b, decimetres, steps: false };
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
            nodes: (0..6).map(node).collect(),
            edges: vec![edge(0, 1, 1100), edge(2, 3, 300)],
            buildings: vec![building("1", 1), building("2", 2), building("4", 4), building("9", 0)],
        }
    }

    #[test]
    fn what_the_kitchen_does_not_reach_is_told_apart() {
        let compound = in_pieces();
        let survey = Survey::of(&Ground::new(&compound));
        let [Reach::Walked { decimetres: 1100, seconds }, rest @ ..] = survey.reach.as_slice()
        else {
            unreachable!("{:?}", survey.reach)
        };
        // 110 m at a walking pace.
        assert!((80..=120).contains(seconds), "{seconds}");
        assert_eq!(rest, [Reach::CutOff, Reach::NoPath, Reach::NotDrawn]);
        assert_eq!(survey.loose, [LoosePiece { nodes: vec![2, 3], paths: 1, decimetres: 300 }]);
        assert_eq!(survey.doors_alone, [5]);
        assert!(!survey.sound());
    }
}

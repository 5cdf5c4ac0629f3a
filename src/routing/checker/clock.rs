//! Times worked out again from the raw instance, leg by leg.

use std::collections::{HashMap, VecDeque};

use crate::routing::cvrplib::{Cvrplib, Distances};
use crate::routing::estate::{Building, Estate, NodeId};

/// Times of tours through one instance.
pub(super) enum Clock<'a> {
    Estate(Compound<'a>),
    Cvrplib(&'a Cvrplib),
}

/// A compound with its footpaths as a list of neighbours, and the walks already worked out.
pub(super) struct Compound<'a> {
    estate: &'a Estate,
    paths: HashMap<NodeId, Vec<(NodeId, i64)>>,
    buildings: HashMap<&'a str, &'a Building>,
    walks: HashMap<NodeId, HashMap<NodeId, i64>>,
}

impl<'a> Clock<'a> {
    pub(super) fn of_estate(estate: &'a Estate) -> Self {
        let t = &estate.timing;
        let mut paths: HashMap<NodeId, Vec<(NodeId, i64)>> = HashMap::new();
        for edge in &estate.paths.edges {
            let millimetres = (edge.metres * 10.0).round_ties_even() as i64 * 100;
            let pace = if edge.steps { t.steps_mm_per_s } else { t.walk_mm_per_s };
            let whole = millimetres * 1000 / pace;
            let ms = whole + i64::from(whole * pace < millimetres * 1000);
            paths.entry(edge.a).or_default().push((edge.b, ms));
            paths.entry(edge.b).or_default().push((edge.a, ms));
        }
        let buildings = estate.buildings.iter().map(|b| (b.id.as_str(), b)).collect();
        Self::Estate(Compound { estate, paths, buildings, walks: HashMap::new() })
    }

    pub(super) fn of_cvrplib(file: &'a Cvrplib) -> Self {
        Self::Cvrplib(file)
    }

    /// Seconds from the kitchen over the stops and back; none if there is no way.
    pub(super) fn tour(&mut self, stops: &[usize]) -> Option<i64> {
        let mut total = 0;
        let mut at = None;
        for next in stops.iter().map(|&s| Some(s)).chain([None]) {
            total += self.leg(at, next)?;
            at = next;
        }
        Some(total)
    }

    /// Seconds from one stop to another, or from or to the kitchen; none if there is no way.
    pub(super) fn leg(&mut self, from: Option<usize>, to: Option<usize>) -> Option<i64> {
        match self {
            Self::Estate(compound) => compound.leg(from, to),
            Self::Cvrplib(file) => {
                Some(distance(file, from.map_or(0, |s| s + 1), to.map_or(0, |s| s + 1)))
            }
        }
    }
}

impl Compound<'_> {
    fn leg(&mut self, from: Option<usize>, to: Option<usize>) -> Option<i64> {
        let corridor = self.estate.timing.corridor_ms;
        let (mut node_from, mut node_to) = (self.estate.kitchen, self.estate.kitchen);
        let mut ms = 0;
        if let (Some(a), Some(b)) = (from, to) {
            let (a, b) = (&self.estate.deliveries[a], &self.estate.deliveries[b]);
            if a.building == b.building {
                let way = if a.floor == b.floor {
                    corridor
                } else {
                    2 * corridor + self.rise(&a.building, a.floor, b.floor)?
                };
                return Some(whole_seconds(way));
            }
        }
        if let Some(a) = from {
            let a = &self.estate.deliveries[a];
            node_from = self.buildings.get(a.building.as_str())?.entrance;
            ms += corridor + self.rise(&a.building, a.floor, 0)?;
        }
        if let Some(b) = to {
            let b = &self.estate.deliveries[b];
            node_to = self.buildings.get(b.building.as_str())?.entrance;
            ms += corridor + self.rise(&b.building, 0, b.floor)?;
        }
        Some(whole_seconds(ms + self.walk(node_from, node_to)?))
    }

    fn rise(&self, building: &str, from: i64, to: i64) -> Option<i64> {
        let t = &self.estate.timing;
        let floors = to - from;
        Some(if floors == 0 {
            0
        } else if self.buildings.get(building)?.lift {
            t.lift_wait_ms + floors.abs() * t.lift_ms_per_floor
        } else {
            floors.max(0) * t.stairs_up_ms_per_floor - floors.min(0) * t.stairs_down_ms_per_floor
        })
    }

    /// Shortest walk by label correction: nodes are looked at again whenever they got nearer.
    fn walk(&mut self, from: NodeId, to: NodeId) -> Option<i64> {
        let paths = &self.paths;
        let reached = self.walks.entry(from).or_insert_with(|| {
            let mut best = HashMap::from([(from, 0)]);
            let mut waiting = VecDeque::from([from]);
            while let Some(node) = waiting.pop_front() {
                let here = best[&node];
                for &(next, ms) in paths.get(&node).into_iter().flatten() {
                    if best.get(&next).is_none_or(|&known| here + ms < known) {
                        best.insert(next, here + ms);
                        waiting.push_back(next);
                    }
                }
            }
            best
        });
        reached.get(&to).copied()
    }
}

fn whole_seconds(ms: i64) -> i64 {
    ms / 1000 + i64::from(ms % 1000 > 0)
}

fn distance(file: &Cvrplib, from: usize, to: usize) -> i64 {
    match &file.distances {
        Distances::Plane(at) => {
            let ((x, y), (u, v)) = (at[from], at[to]);
            (((x - u).powi(2) + (y - v).powi(2)).sqrt() + 0.5).floor() as i64
        }
        Distances::Table(rows) => i64::from(rows[from * file.nodes() + to]),
    }
}

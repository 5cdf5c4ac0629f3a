//! Benchmark instances as text: CVRPLIB's Euclidean files and full matrices with vehicle sections.

mod sections;

use std::sync::Arc;

use thiserror::Error;

use super::legs::Legs;
use super::measure::{Meals, Seconds};
use super::problem::{Fleet, MOST_STOPS, Problem, Stop, Vehicle};
use sections::{Raw, bad_number};

/// Why a `.vrp` text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CvrplibError {
    /// A header or section that is needed and not there.
    #[error("the instance has no {0}")]
    Missing(&'static str),
    /// A header whose value is none of those understood.
    #[error("{key} is {value}; understood are {allowed}")]
    NotUnderstood {
        /// The header.
        key: &'static str,
        /// Its value.
        value: String,
        /// What is understood.
        allowed: &'static str,
    },
    /// A number that cannot be read or cannot be meant.
    #[error("{section}: {value} is not allowed; needed is {allowed}")]
    Number {
        /// The header or section.
        section: String,
        /// The text found.
        value: String,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A section that ends early or names a node twice or a node that is not there.
    #[error("{section}: {found} entries where {wanted} are needed; the file looks half-written")]
    Count {
        /// The section.
        section: &'static str,
        /// Entries found.
        found: usize,
        /// Entries needed.
        wanted: usize,
    },
    /// More customers than a plan may have.
    #[error("{0} customers are too many for one plan; at most {MOST_STOPS} are allowed")]
    TooManyStops(usize),
}

/// A benchmark instance as written: node 0 is the depot, node `c` is customer `c`.
#[derive(Debug, Clone, PartialEq)]
pub struct Cvrplib {
    /// The instance's name.
    pub name: String,
    /// Coordinates or a table.
    pub distances: Distances,
    /// Demand by node, the depot's included.
    pub demands: Vec<i64>,
    /// Service time by node, the depot's included.
    pub services: Vec<i64>,
    /// Capacity by vehicle; one entry for an unlimited fleet.
    pub capacities: Vec<i64>,
    /// Longest route by vehicle, if limited.
    pub max_durations: Option<Vec<i64>>,
    /// Whether the vehicles listed are all there are.
    pub fleet: Fleet,
}

/// How far two nodes are from each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Distances {
    /// `EUC_2D`: straight lines, rounded to the nearest integer.
    Plane(Vec<(f64, f64)>),
    /// `FULL_MATRIX`, row by row.
    Table(Arc<Vec<i32>>),
}

impl Cvrplib {
    /// Reads the text of a `.vrp` file.
    pub fn parse(text: &str) -> Result<Self, CvrplibError> {
        let raw = Raw::split(text);
        let nodes: usize = raw.number("DIMENSION")?.ok_or(CvrplibError::Missing("DIMENSION"))?;
        if nodes == 0 {
            return Err(CvrplibError::Missing("depot: DIMENSION is 0"));
        }
        if nodes > MOST_STOPS + 1 {
            return Err(CvrplibError::TooManyStops(nodes - 1));
        }
        if let Some(depot) = raw.words("DEPOT_SECTION").and_then(|mut words| words.next())
            && depot != "1"
        {
            return Err(CvrplibError::NotUnderstood {
                key: "DEPOT_SECTION",
                value: depot.to_owned(),
                allowed: "a depot at node 1",
            });
        }
        let distances = raw.distances(nodes)?;
        let demands =
            raw.by_node("DEMAND_SECTION", nodes)?.ok_or(CvrplibError::Missing("DEMAND_SECTION"))?;
        let services =
            raw.by_node("SERVICE_TIME_SECTION", nodes)?.unwrap_or_else(|| vec![0; nodes]);

        let vehicles: Option<usize> = raw.number("VEHICLES")?;
        let count = vehicles.unwrap_or(1);
        let capacities = if let Some(each) = raw.by_node("VEHICLES_CAPACITY_SECTION", count)? {
            each
        } else {
            vec![raw.number("CAPACITY")?.ok_or(CvrplibError::Missing("CAPACITY"))?; count]
        };
        if let Some(bad) = capacities.iter().find(|c| **c < 1) {
            return Err(bad_number("CAPACITY", &bad.to_string(), "at least 1"));
        }
        Ok(Self {
            name: raw.headers.get("NAME").map_or_else(String::new, |name| (*name).to_owned()),
            distances,
            demands,
            services,
            capacities,
            max_durations: raw.by_node("VEHICLES_MAX_DURATION_SECTION", count)?,
            fleet: if vehicles.is_some() { Fleet::Listed } else { Fleet::Unlimited },
        })
    }

    /// Number of nodes, the depot included.
    pub fn nodes(&self) -> usize {
        self.demands.len()
    }

    /// Poses the problem: every customer a stop, every node a spot of its own.
    pub fn problem(&self) -> Problem {
        let nodes = self.nodes();
        let legs = match &self.distances {
            Distances::Plane(at) => Legs::tabulate(nodes, |a, b| {
                let (dx, dy) = (at[a].0 - at[b].0, at[a].1 - at[b].1);
                ((dx * dx + dy * dy).sqrt() + 0.5) as i32
            }),
            Distances::Table(rows) => Legs::from_rows(nodes, Arc::clone(rows)),
        };
        Problem {
            name: self.name.clone(),
            stops: (1..nodes)
                .map(|c| Stop {
                    id: c.to_string(),
                    meals: Meals(self.demands[c]),
                    service: Seconds(self.services[c]),
                })
                .collect(),
            vehicles: self
                .capacities
                .iter()
                .enumerate()
                .map(|(v, &capacity)| Vehicle {
                    id: None,
                    capacity: Meals(capacity),
                    max_duration: self.max_durations.as_ref().map(|limits| Seconds(limits[v])),
                })
                .collect(),
            fleet: self.fleet,
            spot_of: (1..nodes as u32).collect(),
            legs,
        }
    }
}

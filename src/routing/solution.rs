//! The solution as a file: the benchmark's JSON and CVRPLIB's `.sol`.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::plan::Plan;
use super::problem::Problem;

/// Rounds by name, without times: what is written to disk and checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// The rounds.
    pub routes: Vec<SolutionRoute>,
    /// Doors on no round.
    #[serde(default)]
    pub unassigned: Vec<StopId>,
    /// Why a door is on no round, by its id, in one sentence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
    /// Seconds by which a door is late, by its id, in a plan that keeps a hot limit and times.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub late: BTreeMap<String, i64>,
    /// Sum of all durations in seconds, where the writer stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
}

/// One round of a solution file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SolutionRoute {
    /// The volunteer; none in benchmark instances.
    pub volunteer: Option<String>,
    /// Number of the vehicle, from 1, where an instance lists vehicles without naming them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<usize>,
    /// The doors in order.
    pub stops: Vec<StopId>,
}

/// How a solution file names a stop: a delivery's id, or a customer's number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum StopId {
    /// Customer number of a benchmark instance.
    Number(u64),
    /// Delivery of an estate.
    Name(String),
}

impl fmt::Display for StopId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

impl Solution {
    /// Names the stops and volunteers of a plan. `numbered` writes customer numbers, not ids.
    pub fn of(problem: &Problem, plan: &Plan, numbered: bool) -> Self {
        let name = |stop: usize| {
            if numbered {
                StopId::Number(stop as u64 + 1)
            } else {
                StopId::Name(problem.stops()[stop].id.clone())
            }
        };
        let listed = problem.fleet() == super::problem::Fleet::Listed;
        Self {
            routes: plan
                .rounds
                .iter()
                .map(|round| SolutionRoute {
                    volunteer: round.volunteer.clone(),
                    vehicle: (numbered && listed).then_some(round.vehicle + 1),
                    stops: round.stops.iter().map(|s| name(s.stop)).collect(),
                })
                .collect(),
            unassigned: plan.left_out.iter().map(|l| name(l.stop)).collect(),
            reasons: plan
                .left_out
                .iter()
                .map(|l| (name(l.stop).to_string(), l.reason.to_string()))
                .collect(),
            late: BTreeMap::new(),
            cost: Some(plan.cost().0),
        }
    }

    /// The JSON text, ended by a newline.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string(self)? + "\n")
    }

    /// The `.sol` text: a line a route and the cost.
    ///
    /// Where vehicles are listed a route has its vehicle's number, so numbers may have gaps.
    pub fn to_sol(&self) -> String {
        let mut text = String::new();
        for (i, route) in self.routes.iter().enumerate() {
            let _ = write!(text, "Route #{}:", route.vehicle.unwrap_or(i + 1));
            for stop in &route.stops {
                let _ = write!(text, " {stop}");
            }
            text.push('\n');
        }
        if let Some(cost) = self.cost {
            let _ = writeln!(text, "Cost {cost}");
        }
        text
    }
}

//! The compound on a delivery day, as plain data: what a planning run is asked.
//!
//! The fields are those of the estate JSON, so that a file and the product's own compound fill the
//! same structs. Numbers are wide and signed here on purpose: [`Estate::check_numbers`] refuses a
//! wrong one with the name of its owner, which a failed conversion could not.

mod carried;
mod defaults;
mod numbers;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use carried::CarriedTrip;
use defaults::{is_once, is_true, is_zero, once, yes};

/// A node of the footpath graph; the numbers are the drawer's own.
pub type NodeId = i64;

/// Paths, buildings, deliveries and volunteers of one delivery run.
///
/// The fields after `volunteers`, and those of deliveries and volunteers that say so, are read by
/// the [service planner](super::service) alone; the plain objective does not know them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Estate {
    /// What the instance is called in summaries.
    #[serde(default)]
    pub name: String,
    /// Walking, lift and stair speeds.
    pub timing: Timing,
    /// The node where every round starts and ends, at ground level.
    pub kitchen: NodeId,
    /// The footpath graph.
    pub paths: Paths,
    /// Every building of the compound, also those without a delivery today.
    pub buildings: Vec<Building>,
    /// The doors to serve, each once.
    pub deliveries: Vec<Delivery>,
    /// Who carries, each at most one round unless `max_trips` says more.
    pub volunteers: Vec<Volunteer>,
    /// Longest time between leaving the kitchen and standing at a door, in seconds: what a meal
    /// stays hot for. Service planner only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hot_limit_s: Option<i64>,
    /// Seconds at the kitchen between two trips of one volunteer; [`TURNAROUND_S`] where nothing is
    /// said. Service planner only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turnaround_s: Option<i64>,
    /// Buildings whose lift is out today, by id: the stairs are taken there. Service planner only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lifts_out: Vec<String>,
    /// The moment of a re-plan, in seconds after time 0; nobody leaves the kitchen before it.
    /// Service planner only.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub now_s: i64,
    /// The plan that is being carried out, in the order of each volunteer's trips; empty for a
    /// plan from scratch. Service planner only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixed: Vec<CarriedTrip>,
}

/// Seconds between two trips where nothing is said: a bag is handed in and the next taken up.
pub const TURNAROUND_S: i64 = 120;

/// Speeds in millimetres a second and times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// Pace on level ground.
    pub walk_mm_per_s: i64,
    /// Pace on an edge with steps.
    pub steps_mm_per_s: i64,
    /// Waiting for a lift, once a ride.
    pub lift_wait_ms: i64,
    /// A lift passing one floor.
    pub lift_ms_per_floor: i64,
    /// One floor up the stairs of a building without a lift.
    pub stairs_up_ms_per_floor: i64,
    /// One floor down those stairs.
    pub stairs_down_ms_per_floor: i64,
    /// Between a lift or stair and a door, or between two doors of one floor.
    pub corridor_ms: i64,
}

/// The footpath graph: junctions, entrances and the kitchen, and the undirected edges between.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Paths {
    /// All nodes, each id once.
    pub nodes: Vec<PathNode>,
    /// All footpaths.
    pub edges: Vec<PathEdge>,
}

/// A place where footpaths meet.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PathNode {
    /// Unique in the graph.
    pub id: NodeId,
    /// Metres east; for drawing only.
    pub x: f64,
    /// Metres north; for drawing only.
    pub y: f64,
    /// What stands there.
    pub kind: NodeKind,
}

/// What a node of the footpath graph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// Paths meet or bend.
    Junction,
    /// The ground-floor entrance of a building.
    Entrance,
    /// The canteen's kitchen.
    Kitchen,
}

/// A footpath between two nodes, walked both ways.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PathEdge {
    /// One end.
    pub a: NodeId,
    /// The other end.
    pub b: NodeId,
    /// Length in metres, used to the decimetre.
    pub metres: f64,
    /// Has steps, so it is walked at the slower pace.
    #[serde(default)]
    pub steps: bool,
}

/// A building and how one gets up in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Building {
    /// Unique among buildings.
    pub id: String,
    /// The node of its entrance.
    pub entrance: NodeId,
    /// Number of floors, the ground floor (0) included.
    pub floors: i64,
    /// Has a working lift; otherwise the stairs are taken.
    pub lift: bool,
    /// Number of lifts; information only.
    #[serde(default)]
    pub lifts: i64,
    /// Flats on each floor, lettered from A.
    pub flats_per_floor: i64,
}

/// One door to serve.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Unique among deliveries.
    pub id: String,
    /// The building it is in.
    pub building: String,
    /// The floor, 0 at ground level.
    pub floor: i64,
    /// The flat as it is written on the door.
    #[serde(default)]
    pub room: String,
    /// Meals to hand over; never split.
    pub meals: i64,
    /// Seconds spent at the door.
    pub service_s: i64,
    /// Latest arrival in seconds after time 0, for somebody who must eat by then. Service planner
    /// only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrive_by_s: Option<i64>,
}

/// One person who carries.
///
/// Everything after `max_duration_s` is read by the service planner only. Time 0 is the first
/// departure from the kitchen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volunteer {
    /// Unique among volunteers.
    pub id: String,
    /// Meals the bag holds.
    pub capacity: i64,
    /// Longest round in seconds, from leaving the kitchen to being back.
    pub max_duration_s: i64,
    /// The building the volunteer lives in, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_building: Option<String>,
    /// Climbs stairs; if not, only the ground floor and floors with a working lift.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub climbs: bool,
    /// Most trips from the kitchen, each with a bag and a longest round as above.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub max_trips: i64,
    /// On duty from this second on.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub from_s: i64,
    /// Back at the kitchen by this second; none for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_s: Option<i64>,
    /// Doors at which the volunteer is known, as building and flat: `B01/12C`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub knows: Vec<String>,
    /// Seconds walked over the last month, for evenness.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub walked_s: i64,
}

/// Why an estate cannot be planned from: a text that is not one, or a number that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EstateError {
    /// The text ends early.
    #[error("the estate file ends too early, at line {line}: it looks half-written")]
    HalfWritten {
        /// Line at which the text ends.
        line: usize,
    },
    /// The text is not JSON, or not the expected JSON.
    #[error("the estate file cannot be read: {reason}")]
    Unreadable {
        /// What the JSON reader found, with line and column.
        reason: String,
    },
    /// A number outside what can be meant.
    #[error("{what} is {value}; allowed is {least} to {most}")]
    Number {
        /// The owner and field.
        what: String,
        /// The value found.
        value: String,
        /// Smallest allowed value.
        least: i64,
        /// Largest allowed value.
        most: i64,
    },
}

impl Estate {
    /// Reads the estate JSON. Fields it does not know are left alone.
    pub fn from_json(text: &str) -> Result<Self, EstateError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let estate: Self = serde_json::from_str(text).map_err(|error| {
            if error.is_eof() {
                EstateError::HalfWritten { line: error.line() }
            } else {
                EstateError::Unreadable { reason: error.to_string() }
            }
        })?;
        estate.check_numbers()?;
        Ok(estate)
    }
}

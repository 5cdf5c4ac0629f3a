//! The compound on a delivery day, as plain data: what a planning run is asked.
//!
//! The fields are those of the estate JSON, so that a file and the product's own compound fill the
//! same structs. Numbers are wide and signed here on purpose: [`Estate::check_numbers`] refuses a
//! wrong one with the name of its owner, which a failed conversion could not.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A node of the footpath graph; the numbers are the drawer's own.
pub type NodeId = i64;

/// Paths, buildings, deliveries and volunteers of one delivery run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Who carries, each at most one round.
    pub volunteers: Vec<Volunteer>,
}

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

impl Default for Timing {
    /// A person with a bag: 1.1 m/s, half of that on steps, forty seconds for a lift at noon.
    fn default() -> Self {
        Self {
            walk_mm_per_s: 1100,
            steps_mm_per_s: 550,
            lift_wait_ms: 40_000,
            lift_ms_per_floor: 2500,
            stairs_up_ms_per_floor: 12_000,
            stairs_down_ms_per_floor: 9000,
            corridor_ms: 8000,
        }
    }
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// One person who carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volunteer {
    /// Unique among volunteers.
    pub id: String,
    /// Meals the bag holds.
    pub capacity: i64,
    /// Longest round in seconds, from leaving the kitchen to being back.
    pub max_duration_s: i64,
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

    /// Refuses negative, non-finite and absurd numbers, naming the field that holds one.
    ///
    /// Zero meals or a bag for nothing are the planner's matter: see
    /// [`ProblemError`](super::problem::ProblemError).
    pub fn check_numbers(&self) -> Result<(), EstateError> {
        let t = &self.timing;
        for (field, speed) in
            [("walk_mm_per_s", t.walk_mm_per_s), ("steps_mm_per_s", t.steps_mm_per_s)]
        {
            within(|| format!("timing {field}"), speed, 1, 100_000)?;
        }
        for (field, time) in [
            ("lift_wait_ms", t.lift_wait_ms),
            ("lift_ms_per_floor", t.lift_ms_per_floor),
            ("stairs_up_ms_per_floor", t.stairs_up_ms_per_floor),
            ("stairs_down_ms_per_floor", t.stairs_down_ms_per_floor),
            ("corridor_ms", t.corridor_ms),
        ] {
            within(|| format!("timing {field}"), time, 0, 3_600_000)?;
        }
        for b in &self.buildings {
            within(|| format!("building {}: floors", b.id), b.floors, 1, 200)?;
            within(|| format!("building {}: flats_per_floor", b.id), b.flats_per_floor, 1, 1000)?;
            within(|| format!("building {}: lifts", b.id), b.lifts, 0, 1000)?;
        }
        for d in &self.deliveries {
            within(|| format!("delivery {}: service_s", d.id), d.service_s, 0, 86_400)?;
            within(|| format!("delivery {}: meals", d.id), d.meals, 0, 1_000_000)?;
        }
        for v in &self.volunteers {
            within(|| format!("volunteer {}: capacity", v.id), v.capacity, 0, 1_000_000)?;
            within(|| format!("volunteer {}: max_duration_s", v.id), v.max_duration_s, 0, 604_800)?;
        }
        Ok(())
    }
}

fn within(what: impl Fn() -> String, value: i64, least: i64, most: i64) -> Result<(), EstateError> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(EstateError::Number { what: what(), value: value.to_string(), least, most })
}

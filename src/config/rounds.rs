//! `[rounds]` and `[rounds.rules]`: when volunteers leave, how long doors take, and what the planner
//! keeps and prefers.

use jiff::civil::Time;
use serde::Deserialize;

use super::{between, values};
use crate::routing::service::Rules;

/// Delivery rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rounds {
    /// When the volunteers leave the kitchen.
    #[serde(deserialize_with = "values::time")]
    pub depart: Time,
    /// How long a volunteer stands at a door, in seconds.
    pub door_s: u32,
    /// More of it where a volunteer must know something, in seconds.
    pub door_note_s: u32,
    /// How long a volunteer is in the kitchen between two trips, in seconds.
    pub turnaround_s: u32,
    /// How long the planner may think, in seconds.
    pub plan_s: u32,
    /// What the planner keeps and prefers.
    pub rules: RoundRules,
}

/// The planner's stages, each a switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
// Each is a switch of its own.
#[allow(clippy::struct_excessive_bools)]
pub struct RoundRules {
    /// Who does not climb gets no door up the stairs.
    pub climbs: bool,
    /// Volunteers leave and return within their duty.
    pub windows: bool,
    /// Who makes several trips may go again.
    pub trips: bool,
    /// Hot limit and latest meals come before short rounds.
    pub lateness: bool,
    /// When the plan is put right, few doors change hands.
    pub hands: bool,
    /// The longest round is made short.
    pub longest: bool,
    /// By how much all rounds together may grow for that, in thousandths.
    pub slack_permille: u32,
    /// Rounds go to those who are known at the doors.
    pub faces: bool,
    /// Rounds go to those who walked less over the month.
    pub evenness: bool,
    /// How much of the familiar faces evenness may cost, in thousandths.
    pub faces_slack_permille: u32,
}

impl Default for Rounds {
    fn default() -> Self {
        Self {
            depart: Time::constant(11, 0, 0, 0),
            door_s: 50,
            door_note_s: 40,
            turnaround_s: 120,
            plan_s: 3,
            rules: RoundRules::default(),
        }
    }
}

impl Default for RoundRules {
    fn default() -> Self {
        let rules = Rules::default();
        Self {
            climbs: rules.climbs,
            windows: rules.windows,
            trips: rules.trips,
            lateness: rules.lateness,
            hands: rules.hands,
            longest: rules.longest,
            slack_permille: rules.slack_permille as u32,
            faces: rules.faces,
            evenness: rules.evenness,
            faces_slack_permille: rules.faces_slack_permille as u32,
        }
    }
}

impl Rounds {
    pub(super) fn check(&self) -> Result<(), String> {
        between("rounds.door_s", self.door_s, 1, 1800)?;
        between("rounds.door_note_s", self.door_note_s, 0, 1800)?;
        between("rounds.turnaround_s", self.turnaround_s, 0, 3600)?;
        // The watchdog is fed between two plans, and waits for half a minute.
        between("rounds.plan_s", self.plan_s, 1, 20)?;
        let rules = &self.rules;
        between("rounds.rules.slack_permille", rules.slack_permille, 0, 1000)?;
        between("rounds.rules.faces_slack_permille", rules.faces_slack_permille, 0, 1000)
    }
}

impl RoundRules {
    /// The same for the planner.
    pub fn planner(&self) -> Rules {
        Rules {
            climbs: self.climbs,
            windows: self.windows,
            trips: self.trips,
            lateness: self.lateness,
            hands: self.hands,
            longest: self.longest,
            slack_permille: self.slack_permille.into(),
            faces: self.faces,
            evenness: self.evenness,
            faces_slack_permille: self.faces_slack_permille.into(),
        }
    }
}

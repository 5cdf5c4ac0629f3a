//! The delivery planner: from footpaths and doors to checked rounds.
//!
//! ```text
//! instance text ── estate / cvrplib ──▶ Instance
//! Instance ── network ─▶ travel ─▶ problem ──▶ Problem
//! Problem ── solver ──▶ Plan ── solution ──▶ Solution ── checker ──▶ Verdict
//! ```
//!
//! Everything here is pure: texts and structs in, structs and texts out. Time, the wish to stop and
//! the ear for progress come in as a [`Control`], randomness as a seed. [`plan_rounds`] does all
//! steps at once and never hands out a plan its own checker has not seen. [`service`] plans by a
//! dispatcher's rules instead of the sum alone.

pub mod bound;
pub mod checker;
pub mod cvrplib;
pub mod estate;
pub mod legs;
pub mod measure;
pub mod network;
pub mod plan;
pub mod problem;
pub mod service;
pub mod solution;
pub mod solver;
pub mod travel;

use thiserror::Error;

use checker::Verdict;
use cvrplib::{Cvrplib, CvrplibError};
use estate::{Estate, EstateError};
use measure::Seconds;
use plan::Plan;
use problem::{Problem, ProblemError};
use solution::Solution;
pub use solver::{Control, Options, Progress, Unattended};

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RoutingError {
    /// The estate cannot be read.
    #[error(transparent)]
    Estate(#[from] EstateError),
    /// The benchmark instance cannot be read.
    #[error(transparent)]
    Cvrplib(#[from] CvrplibError),
    /// What was read is no problem that can be posed.
    #[error(transparent)]
    Problem(#[from] ProblemError),
}

/// What a planning run is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Instance {
    /// A compound on a delivery day.
    Estate(Box<Estate>),
    /// A benchmark instance.
    Cvrplib(Box<Cvrplib>),
}

impl Instance {
    /// Poses the problem.
    pub fn problem(&self) -> Result<Problem, RoutingError> {
        match self {
            Self::Estate(estate) => {
                // A file was looked at when it was read; a struct filled by hand was not.
                estate.check_numbers()?;
                Ok(Problem::from_estate(estate)?)
            }
            Self::Cvrplib(file) => Ok(file.problem()),
        }
    }

    fn numbered(&self) -> bool {
        matches!(self, Self::Cvrplib(_))
    }
}

/// Reads an instance: `.vrp` by its name, anything else as estate JSON.
pub fn read_instance(name: &str, text: &str) -> Result<Instance, RoutingError> {
    let vrp =
        name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("vrp"));
    Ok(if vrp {
        Instance::Cvrplib(Box::new(Cvrplib::parse(text)?))
    } else {
        Instance::Estate(Box::new(Estate::from_json(text)?))
    })
}

/// A plan with its solution file and what the checker says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRun {
    /// What was planned.
    pub name: String,
    /// The rounds with all their times.
    pub plan: Plan,
    /// The same by name, ready to be written as JSON or `.sol`.
    pub solution: Solution,
    /// The independent checker's word.
    pub verdict: Verdict,
}

impl PlanRun {
    /// The doors left out, each with its reason as a sentence.
    pub fn left_out(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.solution
            .unassigned
            .iter()
            .zip(&self.plan.left_out)
            .map(|(id, l)| (id.to_string(), l.reason.to_string()))
    }

    /// The objective: the sum of all durations.
    pub fn cost(&self) -> Seconds {
        self.plan.cost()
    }
}

/// Plans the rounds of an instance and has them checked.
pub fn plan_rounds(
    instance: &Instance,
    options: &Options,
    control: &dyn Control,
) -> Result<PlanRun, RoutingError> {
    let problem = instance.problem()?;
    let plan = solver::solve(&problem, options, control);
    let solution = Solution::of(&problem, &plan, instance.numbered());
    let verdict = checker::check(instance, &solution);
    Ok(PlanRun { name: problem.name, plan, solution, verdict })
}

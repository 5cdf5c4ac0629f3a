//! The service planner: what a dispatcher wants beyond the shortest sum.
//!
//! It decides in this order, each stage a switch of [`Rules`]: the most doors; the least lateness
//! (hot limit and latest arrivals); on a re-plan the fewest doors that change hands; the smallest
//! sum of durations; within a slack of that the shortest longest round, familiar faces, and
//! evenness over the month. It reads the fields of an estate the plain planner leaves alone:
//! several trips, time on duty, stairs, lifts that are out, and the plan being carried out.
//!
//! ```text
//! Estate, Rules ── posed, hold ─▶ Service
//! Service ── start (plain solver, or the plan at hand) ─▶ search (ruin, recreate, aim) ─▶ faces
//!         ── plan ─▶ ServicePlan ── solution ─▶ checker::check_service
//! ```
//!
//! One idea a file: `ground` the problem laid out flat, `trip` and `board` the plan under search,
//! `aim` the stages as numbers, `assign` the assignment problem.

mod aim;
mod assign;
mod board;
mod carried;
mod delta;
mod explain;
mod explained;
mod faces;
mod ground;
mod hand;
mod hold;
mod leftout;
mod plan;
mod posed;
mod recreate;
mod replan;
mod ruin;
mod rules;
mod search;
mod slice;
mod staffing;
mod stages;
mod start;
mod trip;
mod warnings;

pub use carried::retime;
pub use delta::Delta;
pub use explain::{Here, Neighbour, Obstacle, OtherWay, Why};
pub use faces::{KNOWN, SECOND};
pub use hand::{ByHand, HandError, move_stop, pin, swap_rounds};
pub use plan::{Late, ServicePlan, TripClock};
pub use posed::{Service, ServiceError};
pub use replan::{ReplanOptions, Replanned, replan};
pub use rules::Rules;
pub use staffing::{HowMany, Staff, Staffing, how_many};
pub use warnings::Warning;

use super::estate::Estate;
use super::{Control, Options};

/// Plans an estate under rules. Where trips are fixed, the doors still free are planned anew
/// around them; [`replan`] keeps the plan at hand instead.
pub fn plan_service(
    estate: &Estate,
    rules: Rules,
    options: &Options,
    control: &dyn Control,
) -> Result<ServicePlan, ServiceError> {
    let service = Service::pose(estate, rules)?;
    Ok(service.plan(options, control))
}

impl Service<'_> {
    /// Plans the doors that are free, from scratch.
    pub fn plan(&self, options: &Options, control: &dyn Control) -> ServicePlan {
        stages::plan(self, options, control, false)
    }
}

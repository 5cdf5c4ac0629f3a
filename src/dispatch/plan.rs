//! Rounds for a service date: from orders and volunteers on duty to slips.

use jiff::Timestamp;
use rusqlite::Connection;

use super::Dispatch;
use super::estate::{From, estate};
use super::keep::{Keep, RoundNews};
use super::pairing::Matching;
use super::standing::Standing;
use crate::domain::{Refusal, Round, RoundChange, ServiceDate};
use crate::error::Error;
use crate::routing::checker::check_service;
use crate::routing::estate::Estate;
use crate::routing::service::{Rules, Service, ServicePlan, Warning};
use crate::routing::{Control, Options};
use crate::store::rounds;

/// What planning a date, or putting its plan right, brought.
#[derive(Debug, Clone)]
pub struct PlannedDay {
    /// The rounds that have not left, as they are printed.
    pub rounds: Vec<Round>,
    /// What the plan does to each round that is new, changed or off.
    pub news: Vec<RoundNews>,
    /// Pick-up numbers nobody can carry, each with the reason.
    pub left_out: Vec<(u32, String)>,
    /// Doors that are reached too late.
    pub late: Vec<LateDoor>,
    /// What speaks against a change by hand; empty after a plan of the planner's own.
    pub warnings: Vec<Warning>,
    /// The checked plan.
    pub plan: ServicePlan,
    /// What was planned on: for the map.
    pub estate: Estate,
    /// Time 0 of the plan and the estate.
    pub zero: Timestamp,
}

/// A door that is reached too late, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateDoor {
    /// The pick-up number.
    pub number: u32,
    /// How long the meal is on the way beyond the hot limit.
    pub cold_s: i64,
    /// How long after the resident's latest moment it comes.
    pub overdue_s: i64,
}

impl Dispatch {
    /// Plans the deliveries of a date over the volunteers on duty, and queues the papers.
    ///
    /// Rounds planned before that have not left are withdrawn; those that have left stay, and their
    /// volunteers are given a further trip only if they make several. The planner runs between two
    /// transactions; the second refuses a plan whose day has changed meanwhile.
    pub fn plan_rounds(
        &self,
        date: ServiceDate,
        options: &Options,
        control: &dyn Control,
    ) -> Result<PlannedDay, Error> {
        let (standing, estate) = self.house.store.read(|db| {
            let standing = self.plannable(db, date)?;
            let estate = estate(db, &self.house, &standing, From::Left)?;
            Ok::<_, Error>((standing, estate))
        })?;
        if standing.shifts.is_empty() {
            return Err(Refusal::NobodyOnDuty { date }.into());
        }
        let rules = self.rules();
        let service = Service::pose(&estate, rules).map_err(planning)?;
        let plan = service.plan(options, control);
        Self::check(&service, &estate, &plan)?;
        drop(service);
        self.keep(&standing, estate, plan, RoundChange::PlannedAnew, Matching::Anew, Vec::new())
    }

    /// The rules of the settings.
    pub(super) fn rules(&self) -> Rules {
        self.house.settings.rounds.rules.planner()
    }

    /// A date as it stands, once its deliveries are known.
    pub(super) fn plannable(&self, db: &Connection, date: ServiceDate) -> Result<Standing, Error> {
        self.as_seen(db, date)?;
        let standing = Standing::read(db, &self.house, date)?;
        let cut_off = standing.calendar.times.delivery_cut_off;
        if standing.now < standing.calendar.at(date, cut_off) {
            return Err(Refusal::BeforeCutOff { date, cut_off }.into());
        }
        Ok(standing)
    }

    /// Refuses a plan that the planner's own checker does not accept.
    pub(super) fn check(
        service: &Service<'_>,
        estate: &Estate,
        plan: &ServicePlan,
    ) -> Result<(), Error> {
        let verdict = check_service(estate, &plan.solution(service), service.rules());
        if verdict.sound() {
            return Ok(());
        }
        let faults: Vec<String> = verdict.verdict.faults.iter().map(ToString::to_string).collect();
        Err(Error::Planning(format!("the checker refused the plan: {}", faults.join("; "))))
    }

    /// Writes a plan down and says what it brought.
    pub(super) fn keep(
        &self,
        standing: &Standing,
        estate: Estate,
        plan: ServicePlan,
        reason: RoundChange,
        matching: Matching,
        warnings: Vec<Warning>,
    ) -> Result<PlannedDay, Error> {
        let keep =
            Keep { house: &self.house, standing, estate: &estate, plan: &plan, reason, matching };
        let (news, rounds) = self.house.store.write(|tx| {
            let news = keep.write(tx)?;
            let mut rounds = rounds::on(tx, standing.date)?;
            rounds.retain(|r| !r.has_left());
            Ok::<_, Error>((news, rounds))
        })?;
        let number = |stop: usize| estate.deliveries[stop].id.parse().unwrap_or(0);
        Ok(PlannedDay {
            rounds,
            news,
            left_out: plan
                .plan
                .left_out
                .iter()
                .map(|l| (number(l.stop), l.reason.to_string()))
                .collect(),
            late: plan
                .late
                .iter()
                .map(|l| LateDoor {
                    number: number(l.stop),
                    cold_s: l.cold.0,
                    overdue_s: l.overdue.0,
                })
                .collect(),
            warnings,
            plan,
            estate,
            zero: standing.zero,
        })
    }
}

/// A planner's refusal as an error of the house.
pub(super) fn planning(error: impl std::fmt::Display) -> Error {
    Error::Planning(error.to_string())
}

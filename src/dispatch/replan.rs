//! Putting the plan right during the day: somebody goes, somebody orders, a lift stops.

use super::Dispatch;
use super::estate::{From, estate};
use super::pairing::Matching;
use super::plan::{PlannedDay, planning};
use super::standing::Standing;
use crate::domain::{Refusal, RoundChange, ServiceDate};
use crate::error::Error;
use crate::routing::Control;
use crate::routing::estate::Estate;
use crate::routing::service::{self, ReplanOptions, Service};
use crate::store::{buildings, days, lifts};

impl Dispatch {
    /// Puts the plan of a date right: rounds that have left stay as they are, doors change hands
    /// only where they must, and papers follow.
    ///
    /// A volunteer who is off duty by now carries nothing any more: doors not visited yet go to
    /// others, with meals from the kitchen. The planner runs between two transactions; the second
    /// refuses a plan whose day has changed meanwhile.
    pub fn replan(
        &self,
        date: ServiceDate,
        reason: RoundChange,
        options: &ReplanOptions,
        control: &dyn Control,
    ) -> Result<PlannedDay, Error> {
        let (standing, estate) = self.planned(date)?;
        let plan = service::replan(&estate, self.rules(), options, control).map_err(planning)?.plan;
        Self::check(&Service::pose(&estate, self.rules()).map_err(planning)?, &estate, &plan)?;
        self.keep(&standing, estate, plan, reason, Matching::SameVolunteer, Vec::new())
    }

    /// Whether a date has rounds that may have to be put right.
    pub fn is_planned(&self, date: ServiceDate) -> Result<bool, Error> {
        self.house.store.read(|db| {
            let day = days::get(db, date)?;
            Ok(day.planned_at.is_some() && day.closed_at.is_none())
        })
    }

    /// A date that was planned, with the plan being carried out.
    pub(super) fn planned(&self, date: ServiceDate) -> Result<(Standing, Estate), Error> {
        self.house.store.read(|db| {
            let standing = self.plannable(db, date)?;
            if days::get(db, date)?.planned_at.is_none() {
                return Err(Refusal::NoRounds { date }.into());
            }
            let estate = estate(db, &self.house, &standing, From::Standing)?;
            Ok((standing, estate))
        })
    }

    /// Notes that a building's lift is out on a date.
    pub fn lift_out(&self, date: ServiceDate, building: &str) -> Result<(), Error> {
        self.house.store.write(|tx| {
            self.as_seen(tx, date)?;
            let now = self.house.writing_time(tx)?;
            let known = buildings::get(tx, building)?;
            let known = known.ok_or(Refusal::UnknownBuilding { building: building.into() })?;
            if known.lifts == 0 || !lifts::out(tx, date, building, now)? {
                let building = building.to_owned();
                return Err(Refusal::NoSuchLift { building, wanted: "working" }.into());
            }
            Ok(())
        })
    }

    /// Notes that a building's lift works again.
    pub fn lift_back(&self, date: ServiceDate, building: &str) -> Result<(), Error> {
        self.house.store.write(|tx| {
            self.as_seen(tx, date)?;
            let now = self.house.writing_time(tx)?;
            if lifts::back(tx, date, building, now)? {
                return Ok(());
            }
            Err(match buildings::get(tx, building)? {
                Some(_) => Refusal::NoSuchLift { building: building.into(), wanted: "out" },
                None => Refusal::UnknownBuilding { building: building.into() },
            }
            .into())
        })
    }

    /// The buildings whose lift is out on a date.
    pub fn lifts_out(&self, date: ServiceDate) -> Result<Vec<String>, Error> {
        self.house.store.read(|db| Ok(lifts::on(db, date)?))
    }
}

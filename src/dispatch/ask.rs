//! Questions about a plan: why a door is where it is, and how many volunteers are enough.

use super::Dispatch;
use super::estate::{From, alike, estate};
use super::plan::planning;
use super::standing::Standing;
use crate::domain::{Refusal, ServiceDate, Volunteer};
use crate::error::Error;
use crate::routing::service::{self, HowMany, Service, Staff, Why};
use crate::routing::{Control, Options, estate};
use crate::store::volunteers;

/// How many volunteers a date needs.
#[derive(Debug, Clone)]
pub struct Needed {
    /// The planner's answer; doors are named by pick-up numbers.
    pub answer: HowMany,
    /// Deliveries counted.
    pub doors: usize,
    /// Volunteers on duty; 0 if the question was asked for people like those on record.
    pub on_duty: usize,
}

impl Dispatch {
    /// Why a door is where it is. The names in it are pick-up numbers and badges.
    pub fn explain(&self, date: ServiceDate, number: u32) -> Result<Why, Error> {
        let (standing, estate) = self.planned(date)?;
        let order = standing.orders.get(&number).ok_or(Refusal::UnknownOrder)?;
        let service = Service::pose(&estate, self.rules()).map_err(planning)?;
        let why = service.explain(&service.retimed(), &number.to_string());
        why.ok_or_else(|| {
            let round = standing.round_of(number);
            let stop = round.and_then(|r| r.stops.iter().find(|s| s.number == number));
            match stop.and_then(|s| s.visited) {
                Some(outcome) => Refusal::AlreadyVisited { outcome }.into(),
                None if order.state.is_final() => {
                    Refusal::WrongState { number, state: order.state }.into()
                }
                None => Refusal::NotOnRound { number }.into(),
            }
        })
    }

    /// How many of the volunteers on duty are enough for a date's deliveries so far; with nobody on
    /// duty, how many like those on record.
    pub fn how_many(
        &self,
        date: ServiceDate,
        options: &Options,
        control: &dyn Control,
    ) -> Result<Needed, Error> {
        let (standing, estate, all) = self.house.store.read(|db| {
            let standing = Standing::read(db, &self.house, date)?;
            let estate = estate(db, &self.house, &standing, From::Nothing)?;
            Ok::<_, Error>((standing, estate, volunteers::all(db)?))
        })?;
        let on_duty = standing.shifts.len();
        let staff = if on_duty > 0 {
            Staff::Listed
        } else {
            Staff::Typical(Box::new(typical(&all).ok_or(Refusal::NobodyOnDuty { date })?))
        };
        let answer =
            service::how_many(&estate, &staff, self.rules(), options, control).map_err(planning)?;
        Ok(Needed { answer, doors: estate.deliveries.len(), on_duty })
    }
}

/// Somebody with the middle bag and the middle longest round of those on record, who makes one trip
/// and climbs.
fn typical(all: &[Volunteer]) -> Option<estate::Volunteer> {
    let middle = |of: &dyn Fn(&Volunteer) -> i64| {
        let mut values: Vec<i64> = all.iter().map(of).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied()
    };
    Some(estate::Volunteer {
        capacity: middle(&|v| v.capacity.into())?,
        max_duration_s: middle(&|v| v.max_round_s.into())?,
        home_building: None,
        climbs: true,
        max_trips: 1,
        ..alike(all.first()?)
    })
}

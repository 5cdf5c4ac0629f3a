//! A date's deliveries as they stand: what a plan is made of, and what must not have changed when
//! it is written down.

use jiff::Timestamp;
use jiff::civil::Time;
use rusqlite::Connection;
use std::collections::BTreeMap;

use crate::domain::{
    Calendar, Fulfilment, Order, OrderState, Outcome, Round, RoundId, RoundState, ServiceDate,
    Shift, VolunteerId,
};
use crate::error::Error;
use crate::house::House;
use crate::store::{duty, lifts, orders, rounds};

/// Orders, rounds, roster and lifts of a date in one consistent state.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// The date.
    pub date: ServiceDate,
    /// When it was read.
    pub now: Timestamp,
    /// Time 0 of the plan: the first departure, or earlier where somebody left before it.
    pub zero: Timestamp,
    /// The first moment at which anybody may leave the kitchen.
    pub earliest: Timestamp,
    /// The calendar of the compound.
    pub calendar: Calendar,
    /// Every order of the date, by pick-up number.
    pub orders: BTreeMap<u32, Order>,
    /// The rounds that stand, in the order in which each volunteer makes them.
    pub rounds: Vec<Round>,
    /// Who is on duty.
    pub shifts: Vec<Shift>,
    /// Buildings whose lift is out.
    pub lifts_out: Vec<String>,
}

/// What a plan hangs on: if any of it changes, the plan is no longer one of this day.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ground {
    orders: Vec<(u32, OrderState, Fulfilment, u8)>,
    rounds: Vec<(RoundId, RoundState, u32, VolunteerId, Vec<StopGround>)>,
    shifts: Vec<Shift>,
    lifts_out: Vec<String>,
}

type StopGround = (u32, Option<Outcome>, bool);

impl Standing {
    /// Reads a date.
    pub fn read(db: &Connection, house: &House, date: ServiceDate) -> Result<Self, Error> {
        let now = house.clock.now();
        let mut standing = rounds::on(db, date)?;
        standing.sort_by_key(|r| (r.trip, r.number));
        let calendar = house.calendar(db)?;
        let depart = calendar.at(date, house.settings.rounds.depart);
        let under_way = standing.iter().filter(|r| r.state == RoundState::Out);
        let zero = under_way.filter_map(|r| r.left_at).fold(depart, Timestamp::min);
        Ok(Self {
            date,
            now,
            zero,
            earliest: depart.max(now),
            calendar,
            orders: orders::on(db, date)?.into_iter().map(|o| (o.number, o)).collect(),
            rounds: standing,
            shifts: duty::shifts(db, date)?,
            lifts_out: lifts::on(db, date)?,
        })
    }

    /// What a plan on this hangs on. Orders that are not delivered do not matter.
    pub fn ground(&self) -> Ground {
        let delivered = self.orders.values().filter(|o| o.fulfilment == Fulfilment::Delivery);
        let stops = |r: &Round| r.stops.iter().map(|s| (s.number, s.visited, s.pinned)).collect();
        Ground {
            orders: delivered
                .map(|o| (o.number, o.state, o.fulfilment, o.portions.get()))
                .collect(),
            rounds: self
                .rounds
                .iter()
                .map(|r| (r.id, r.state, r.revision, r.volunteer, stops(r)))
                .collect(),
            // Who comes in while the planner thinks changes nothing of the plan.
            shifts: self.shifts.iter().cloned().map(|s| Shift { came_at: None, ..s }).collect(),
            lifts_out: self.lifts_out.clone(),
        }
    }

    /// Whether a volunteer is on duty.
    pub fn is_here(&self, volunteer: VolunteerId) -> bool {
        self.shifts.iter().any(|s| s.volunteer.id == volunteer)
    }

    /// The shift of a badge, as the planner names volunteers.
    pub fn by_badge(&self, badge: &str) -> Option<&Shift> {
        self.shifts.iter().find(|s| s.volunteer.badge.to_string() == badge)
    }

    /// The round that carries a number, if one stands.
    pub fn round_of(&self, number: u32) -> Option<&Round> {
        self.rounds.iter().find(|r| r.stops.iter().any(|s| s.number == number))
    }

    /// The rounds that have not left.
    pub fn waiting(&self) -> impl Iterator<Item = &Round> {
        self.rounds.iter().filter(|r| !r.has_left())
    }

    /// Rounds that are out with a volunteer who is no longer on duty, with doors still to visit.
    pub fn broken_off(&self) -> impl Iterator<Item = &Round> {
        self.rounds.iter().filter(|r| {
            r.has_left()
                && !self.is_here(r.volunteer)
                && r.stops.iter().any(|s| s.visited.is_none())
        })
    }

    /// A local time of the date as seconds after time 0, not before it.
    pub fn at(&self, time: Time) -> i64 {
        self.seconds(self.calendar.at(self.date, time))
    }

    /// A moment as seconds after time 0, not before it.
    pub fn seconds(&self, at: Timestamp) -> i64 {
        at.duration_since(self.zero).as_secs().max(0)
    }
}

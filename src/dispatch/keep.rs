//! Writing a plan down: rounds, their history and their papers, in one transaction.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Transaction;
use std::collections::BTreeSet;

use super::keep_papers::{self, Touched};
use super::pairing::{Matching, pair};
use super::papers::SAME_WALK_S;
use super::standing::Standing;
use crate::domain::{Refusal, Round, RoundChange, RoundId, RoundState, Stop, Volunteer};
use crate::error::Error;
use crate::house::{House, entropy};
use crate::routing::estate::Estate;
use crate::routing::service::{ServicePlan, TripClock};
use crate::store::{days, ledger, rounds, volunteers};
use crate::tickets::content::RoundEnd;

/// What became of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It is new.
    Planned,
    /// Its slip says something else now.
    Changed,
    /// It is off; nobody left with it.
    Withdrawn,
    /// Its volunteer gave up on the way.
    BrokenOff,
}

/// What a plan does to one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundNews {
    /// The round's number.
    pub round: u32,
    /// The badge of who walks it, or walked it.
    pub badge: u32,
    /// What became of it.
    pub became: Became,
    /// Pick-up numbers it did not carry before.
    pub added: Vec<u32>,
    /// Pick-up numbers it carries no longer.
    pub removed: Vec<u32>,
}

/// A plan to be written down, with the day it was made on.
pub(super) struct Keep<'a> {
    /// The clubhouse.
    pub house: &'a House,
    /// The day as the planner saw it.
    pub standing: &'a Standing,
    /// What the planner was told; pins are read from it.
    pub estate: &'a Estate,
    /// The plan.
    pub plan: &'a ServicePlan,
    /// Why there is a new plan.
    pub reason: RoundChange,
    /// Which rounds keep their numbers.
    pub matching: Matching,
}

impl Keep<'_> {
    /// Writes the plan, unless something it hangs on has changed meanwhile.
    pub fn write(&self, tx: &Transaction<'_>) -> Result<Vec<RoundNews>, Error> {
        let date = self.standing.date;
        let now = self.house.writing_time(tx)?;
        super::open_day(tx, date)?;
        if Standing::read(tx, self.house, date)?.ground() != self.standing.ground() {
            return Err(Refusal::PlanOutdated { date }.into());
        }
        let old: Vec<&Round> = self.standing.waiting().collect();
        let mut drafts = self.drafts(tx)?;
        let kept = pair(&old, &drafts, self.matching);
        let mut number = rounds::last_number(tx, date)?;
        let mut touched = Vec::new();
        for (draft, kept) in drafts.iter_mut().zip(&kept) {
            let who = self.who(draft)?;
            if let Some(old) = kept.map(|at| old[at]) {
                (draft.id, draft.number) = (old.id, old.number);
                let says_the_same = same_slip(old, draft);
                draft.revision = old.revision + u32::from(!says_the_same);
                if says_the_same {
                    Self::retime(tx, old, draft, now)?;
                    continue;
                }
                touched.push(Touched::new(tx, self, Some(old), draft, who, None)?);
            } else {
                number += 1;
                draft.id = RoundId::new(now, entropy());
                draft.number = number;
                touched.push(Touched::new(tx, self, None, draft, who, None)?);
            }
        }
        let lost = (0..old.len()).filter(|at| !kept.contains(&Some(*at))).map(|at| old[at]);
        for round in lost {
            touched.push(self.ended(tx, round, RoundEnd::Withdrawn)?);
        }
        for round in self.standing.broken_off() {
            touched.push(self.ended(tx, round, RoundEnd::BrokenOff)?);
        }
        for one in &touched {
            one.write(tx, self.reason, now)?;
        }
        days::ensure(tx, date)?;
        days::planned(tx, date, now)?;
        keep_papers::queue(tx, self, &touched, now)?;
        Ok(touched.iter().map(Touched::news).collect())
    }

    /// The plan's trips that have not left, as rounds without number yet.
    fn drafts(&self, tx: &Transaction<'_>) -> Result<Vec<Round>, Error> {
        let pinned: BTreeSet<&str> =
            self.estate.fixed.iter().flat_map(|trip| &trip.pinned).map(String::as_str).collect();
        let mut drafts: Vec<Round> = Vec::new();
        for (planned, clock) in self.plan.plan.rounds.iter().zip(&self.plan.trips) {
            if clock.out {
                continue;
            }
            let badge = planned.volunteer.as_deref().unwrap_or_default();
            let shift = self.standing.by_badge(badge).ok_or(Refusal::UnknownVolunteer)?;
            let volunteer = shift.volunteer.id;
            let before = self.standing.rounds.iter().filter(|r| r.has_left());
            let trip = before.chain(&drafts).filter(|r| r.volunteer == volunteer).count() + 1;
            let mut stops = Vec::with_capacity(planned.stops.len());
            for (stop, arrival) in planned.stops.iter().zip(&clock.arrivals) {
                let pinned = pinned.contains(stop.id.as_str());
                stops.push(self.stop(tx, &stop.id, arrival.0, pinned)?);
            }
            drafts.push(Round {
                id: RoundId::new(self.standing.now, [0; 10]),
                date: self.standing.date,
                number: 0,
                volunteer,
                trip: trip as u32,
                revision: 1,
                state: RoundState::Planned,
                depart_at: self.moment(clock),
                duration_s: u32::try_from((clock.end - clock.start).0).unwrap_or(u32::MAX),
                left_at: None,
                back_at: None,
                stops,
            });
        }
        Ok(drafts)
    }

    fn moment(&self, clock: &TripClock) -> Timestamp {
        self.standing.zero + SignedDuration::from_secs(clock.start.0)
    }

    fn stop(
        &self,
        tx: &Transaction<'_>,
        id: &str,
        arrival: i64,
        pinned: bool,
    ) -> Result<Stop, Error> {
        let number: u32 = id.parse().map_err(|_| Refusal::UnknownOrder)?;
        let order = self.standing.orders.get(&number).ok_or(Refusal::UnknownOrder)?;
        Ok(Stop {
            order: order.id,
            number,
            door: order.door.clone().ok_or(Refusal::UnknownOrder)?,
            portions: order.portions.get(),
            arrive_at: self.standing.zero + SignedDuration::from_secs(arrival),
            collect: ledger::owed(tx, order.id)?,
            visited: None,
            visited_at: None,
            pinned,
        })
    }

    fn who(&self, round: &Round) -> Result<Volunteer, Error> {
        let shift = self.standing.shifts.iter().find(|s| s.volunteer.id == round.volunteer);
        Ok(shift.ok_or(Refusal::UnknownVolunteer)?.volunteer.clone())
    }

    /// New times and pins for a round whose slip still holds.
    fn retime(
        tx: &Transaction<'_>,
        old: &Round,
        draft: &Round,
        now: Timestamp,
    ) -> Result<(), Error> {
        let pins = |r: &Round| r.stops.iter().map(|s| s.pinned).collect::<Vec<_>>();
        if old.depart_at != draft.depart_at
            || old.duration_s != draft.duration_s
            || pins(old) != pins(draft)
        {
            rounds::update(tx, draft, now)?;
        }
        Ok(())
    }

    /// A round that is off: what was visited stays on it.
    fn ended(&self, tx: &Transaction<'_>, old: &Round, end: RoundEnd) -> Result<Touched, Error> {
        let who = volunteers::get(tx, old.volunteer)?.ok_or(Refusal::UnknownVolunteer)?;
        let mut now = old.clone();
        if end == RoundEnd::BrokenOff {
            now.revision += 1;
            now.stops.retain(|s| s.visited.is_some());
        }
        let walked = !now.stops.is_empty() && end == RoundEnd::BrokenOff;
        now.state = if walked { RoundState::HandedIn } else { RoundState::Withdrawn };
        Touched::new(tx, self, Some(old), &now, who, Some(end))
    }
}

/// Whether the slip of a round would say the same, but for a few minutes.
fn same_slip(old: &Round, new: &Round) -> bool {
    let doors =
        |r: &Round| -> Vec<(u32, u8)> { r.stops.iter().map(|s| (s.number, s.portions)).collect() };
    let walk = |r: &Round| -> Vec<i64> {
        r.stops.iter().map(|s| s.arrive_at.duration_since(r.depart_at).as_secs()).collect()
    };
    old.volunteer == new.volunteer
        && doors(old) == doors(new)
        && walk(old).iter().zip(walk(new)).all(|(a, b)| (a - b).abs() <= SAME_WALK_S)
}

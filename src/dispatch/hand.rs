//! Changes by hand: a dispatcher insists, and is told what speaks against it.

use super::Dispatch;
use super::pairing::Matching;
use super::plan::{PlannedDay, planning};
use super::standing::Standing;
use crate::domain::{Refusal, RoundChange, RoundState, ServiceDate, Shift, VolunteerId};
use crate::error::Error;
use crate::routing::estate::Estate;
use crate::routing::service::{self, ByHand, HandError};

impl Dispatch {
    /// Moves a door to a volunteer's next round, or to a new one where there is none. `place` counts
    /// its doors from 1; none puts the door where it costs least.
    pub fn move_stop(
        &self,
        date: ServiceDate,
        number: u32,
        badge: u32,
        place: Option<usize>,
    ) -> Result<PlannedDay, Error> {
        let (standing, estate) = self.planned(date)?;
        let to = on_duty(&standing, badge)?.volunteer.id;
        movable(&standing, number)?;
        let trip = next_trip(&standing, to);
        let place = place.map(|place| place.saturating_sub(1));
        self.by_hand(&standing, estate, Matching::SameVolunteer, |estate| {
            let rules = self.rules();
            let (door, who) = (number.to_string(), badge.to_string());
            service::move_stop(estate, rules, &door, &who, trip, place)
        })
    }

    /// Keeps a door with its volunteer in every re-plan to come.
    pub fn pin_stop(&self, date: ServiceDate, number: u32) -> Result<PlannedDay, Error> {
        let (standing, estate) = self.planned(date)?;
        let who = movable(&standing, number)?.ok_or(Refusal::NotOnRound { number })?;
        let badge = standing.shifts.iter().find(|s| s.volunteer.id == who);
        let badge = badge.ok_or(Refusal::NotOnDuty { date })?.volunteer.badge.to_string();
        self.by_hand(&standing, estate, Matching::SameVolunteer, |estate| {
            service::pin(estate, self.rules(), &number.to_string(), &badge)
        })
    }

    /// Lets a re-plan move a door again.
    pub fn unpin_stop(&self, date: ServiceDate, number: u32) -> Result<PlannedDay, Error> {
        let (standing, estate) = self.planned(date)?;
        movable(&standing, number)?.ok_or(Refusal::NotOnRound { number })?;
        self.by_hand(&standing, estate, Matching::SameVolunteer, |estate| {
            for trip in &mut estate.fixed {
                trip.pinned.retain(|id| *id != number.to_string());
            }
            let plan = service::retime(estate, self.rules())?;
            Ok(ByHand { plan, warnings: Vec::new() })
        })
    }

    /// Lets two volunteers change all rounds that have not left; the rounds keep their numbers, so
    /// that the strips in the bags still hold.
    pub fn swap_rounds(
        &self,
        date: ServiceDate,
        one: u32,
        other: u32,
    ) -> Result<PlannedDay, Error> {
        let (standing, estate) = self.planned(date)?;
        for badge in [one, other] {
            let who = on_duty(&standing, badge)?.volunteer.id;
            let mut rounds = standing.rounds.iter();
            if let Some(out) = rounds
                .find(|r| r.volunteer == who && r.has_left() && r.state != RoundState::HandedIn)
            {
                return Err(Refusal::RoundLeft { round: out.number }.into());
            }
        }
        self.by_hand(&standing, estate, Matching::SameDoors, |estate| {
            service::swap_rounds(estate, self.rules(), &one.to_string(), &other.to_string())
        })
    }

    fn by_hand(
        &self,
        standing: &Standing,
        mut estate: Estate,
        matching: Matching,
        change: impl FnOnce(&mut Estate) -> Result<ByHand, HandError>,
    ) -> Result<PlannedDay, Error> {
        let ByHand { plan, warnings } = change(&mut estate).map_err(planning)?;
        self.keep(standing, estate, plan, RoundChange::ByHand, matching, warnings)
    }
}

fn on_duty(standing: &Standing, badge: u32) -> Result<&Shift, Error> {
    let date = standing.date;
    standing.by_badge(&badge.to_string()).ok_or_else(|| Refusal::NotOnDuty { date }.into())
}

/// Who carries a door that may still be moved; none for a door on no round.
fn movable(standing: &Standing, number: u32) -> Result<Option<VolunteerId>, Error> {
    let order = standing.orders.get(&number).ok_or(Refusal::UnknownOrder)?;
    if let Some(round) = standing.round_of(number) {
        let stop = round.stops.iter().find(|s| s.number == number);
        if let Some(outcome) = stop.and_then(|s| s.visited) {
            return Err(Refusal::AlreadyVisited { outcome }.into());
        }
        if round.has_left() {
            return Err(Refusal::RoundLeft { round: round.number }.into());
        }
    }
    if order.fulfilment != crate::domain::Fulfilment::Delivery {
        return Err(Refusal::NotOnRound { number }.into());
    }
    if order.state.is_final() {
        return Err(Refusal::WrongState { number, state: order.state }.into());
    }
    Ok(standing.round_of(number).map(|r| r.volunteer))
}

/// Which of a volunteer's trips is the next to leave, from 1.
fn next_trip(standing: &Standing, who: VolunteerId) -> usize {
    standing.rounds.iter().filter(|r| r.volunteer == who && r.has_left()).count() + 1
}

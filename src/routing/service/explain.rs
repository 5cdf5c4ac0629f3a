//! Why a door is where it is: the facts behind the sentence.

use super::faces::Known;
use super::plan::ServicePlan;
use super::posed::{NEVER, Service};
use crate::routing::measure::{Meals, Seconds};
use crate::routing::solver::Reason;

/// What a dispatcher wants to know of one door of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The delivery.
    pub id: String,
    /// Its building.
    pub building: String,
    /// Its floor, 0 at ground level.
    pub floor: i64,
    /// Its meals.
    pub meals: Meals,
    /// Where it is; none for a door on no trip.
    pub here: Option<Here>,
    /// Why it is on no trip.
    pub left_out: Option<Reason>,
    /// The next best volunteer: the one with whom it costs least, or, where nobody could take it,
    /// the nearest and what is in the way. None where there is nobody else.
    pub other: Option<OtherWay>,
}

/// A door's place in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
// Each is a fact of its own.
#[allow(clippy::struct_excessive_bools)]
pub struct Here {
    /// Who brings it.
    pub volunteer: String,
    /// Its place on the trip, from 1.
    pub place: usize,
    /// Doors on the trip.
    pub of: usize,
    /// Other doors of the same building on the trip.
    pub same_building: usize,
    /// Of these, on the same floor.
    pub same_floor: usize,
    /// By how much shorter the trip would be without it, its time at the door included.
    pub costs: Seconds,
    /// The volunteer is known at the door.
    pub known: bool,
    /// The volunteer lives in the building.
    pub neighbour: bool,
    /// Where it lies from the stop before.
    pub after: Neighbour,
    /// How much longer the trip would be with the door at its next best place; negative if it would
    /// be shorter. None on a trip with no other door still to come.
    pub elsewhere: Option<Seconds>,
    /// Already visited: it cannot move.
    pub visited: bool,
    /// In a bag that has left the kitchen.
    pub carried: bool,
    /// Pinned to the volunteer.
    pub pinned: bool,
    /// By how much it is late, 0 if it is not.
    pub late: Seconds,
}

/// How one comes to a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbour {
    /// Straight from the kitchen.
    Kitchen,
    /// From a door of the same floor.
    SameFloor,
    /// From another floor of the building.
    SameBuilding,
    /// From another building, so many seconds away.
    Walk(Seconds),
}

/// The door with somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherWay {
    /// The volunteer.
    pub volunteer: String,
    /// How many seconds more than here; negative for less. For a door on no trip, what it adds.
    pub more: Seconds,
    /// What is in the way; none if the volunteer could take it.
    pub obstacle: Option<Obstacle>,
}

/// What keeps a volunteer from taking a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// There would be more meal-seconds of lateness on that trip than the door has here.
    Late,
    /// The bag has no room.
    BagFull,
    /// The trip would be too long.
    TooLong,
    /// The volunteer would be back after the end of duty.
    OffDuty,
    /// The volunteer has left and makes no other trip.
    Out,
    /// The volunteer does not climb stairs.
    CannotClimb,
    /// The door is pinned to somebody else.
    Pinned,
}

impl Service<'_> {
    /// Why a door is where it is, by delivery id; none if there is no such door in the plan.
    pub fn explain(&self, plan: &ServicePlan, id: &str) -> Option<Why> {
        let stop = self.problem.stops().iter().position(|s| s.id == id)?;
        let door = &self.estate.deliveries[stop];
        let here = self.here(plan, stop);
        let left_out = plan.plan.left_out.iter().find(|l| l.stop == stop).map(|l| l.reason);
        if here.is_none() && left_out.is_none() {
            return None;
        }
        let fixed = here.as_ref().is_some_and(|here| here.visited);
        let base = here.as_ref().map_or(0, |here| here.costs.0);
        let late = here.as_ref().map_or(i64::MAX, |here| here.late.0 * door.meals);
        Some(Why {
            id: id.to_owned(),
            building: door.building.clone(),
            floor: door.floor,
            meals: Meals(door.meals),
            other: if fixed { None } else { self.other(plan, stop, base, late) },
            here,
            left_out,
        })
    }

    fn here(&self, plan: &ServicePlan, stop: usize) -> Option<Here> {
        let (number, place) = plan.find(stop)?;
        let (round, clock) = (&plan.plan.rounds[number], &plan.trips[number]);
        let door = &self.estate.deliveries[stop];
        let doors: Vec<usize> = round.stops.iter().map(|s| s.stop).collect();
        let same = |floor_too: bool| {
            let others = doors.iter().filter(|&&s| s != stop).map(|&s| &self.estate.deliveries[s]);
            others
                .filter(|d| d.building == door.building && (!floor_too || d.floor == door.floor))
                .count()
        };
        let person = &self.estate.volunteers[clock.vehicle];
        let before = place.checked_sub(1).map(|p| doors[p]);
        let after = match before.map(|b| (b, &self.estate.deliveries[b])) {
            None => Neighbour::Kitchen,
            Some((_, b)) if b.building == door.building && b.floor == door.floor => {
                Neighbour::SameFloor
            }
            Some((_, b)) if b.building == door.building => Neighbour::SameBuilding,
            Some((b, _)) => Neighbour::Walk(self.problem.leg(Some(b), Some(stop))),
        };
        let without: Vec<usize> = doors.iter().copied().filter(|&s| s != stop).collect();
        let detour = self.detour(&doors, stop);
        // Places among the doors still to come, without the one it has.
        let elsewhere = (clock.visited..=without.len())
            .filter(|&p| p != place)
            .map(|p| self.added(&without, stop, p))
            .min();
        Some(Here {
            volunteer: person.id.clone(),
            place: place + 1,
            of: doors.len(),
            same_building: same(false),
            same_floor: same(true),
            costs: Seconds(detour) + self.problem.stops()[stop].service,
            known: Known::of(self).at(clock.vehicle, stop),
            neighbour: person.home_building.as_ref() == Some(&door.building),
            after,
            elsewhere: elsewhere.map(|added| Seconds(added - detour)),
            visited: place < clock.visited,
            carried: clock.out && place >= clock.visited,
            pinned: self.pin[stop] == Some(clock.vehicle),
            late: plan
                .late
                .iter()
                .find(|l| l.stop == stop)
                .map_or(Seconds(0), super::plan::Late::by),
        })
    }

    /// Walking that a trip is spared without one of its doors.
    fn detour(&self, doors: &[usize], stop: usize) -> i64 {
        let without: Vec<usize> = doors.iter().copied().filter(|&s| s != stop).collect();
        let place = doors.iter().position(|&s| s == stop).unwrap_or(0);
        self.added(&without, stop, place)
    }

    /// Walking that a trip needs more with a stop before its place `at`.
    fn added(&self, doors: &[usize], stop: usize, at: usize) -> i64 {
        let before = at.checked_sub(1).map(|p| doors[p]);
        let after = doors.get(at).copied();
        let leg = |from, to| self.problem.leg(from, to).0;
        leg(before, Some(stop)) + leg(Some(stop), after)
            - if before.is_none() && after.is_none() { 0 } else { leg(before, after) }
    }

    fn other(&self, plan: &ServicePlan, stop: usize, base: i64, late: i64) -> Option<OtherWay> {
        let holder = plan.find(stop).map(|(number, _)| plan.trips[number].vehicle);
        let mut best: Option<(Option<Obstacle>, i64, usize)> = None;
        for vehicle in (0..self.carriers.len()).filter(|&v| Some(v) != holder) {
            let own: Vec<usize> = (0..plan.trips.len())
                .filter(|&n| plan.trips[n].vehicle == vehicle && !plan.trips[n].out)
                .collect();
            let mut ways: Vec<Option<usize>> = own.iter().map(|&n| Some(n)).collect();
            if own.len() < self.carriers[vehicle].trips_left || own.is_empty() {
                ways.push(None);
            }
            for trip in ways {
                let (more, obstacle) = self.way(plan, stop, vehicle, trip, late);
                let way = (obstacle, more, vehicle);
                if best.is_none_or(|best| way < best) {
                    best = Some(way);
                }
            }
        }
        best.map(|(obstacle, added, vehicle)| OtherWay {
            volunteer: self.estate.volunteers[vehicle].id.clone(),
            more: Seconds(added - base),
            obstacle,
        })
    }

    /// What a stop adds to a trip of a volunteer, or to a new one, and what is in the way.
    fn way(
        &self,
        plan: &ServicePlan,
        stop: usize,
        vehicle: usize,
        trip: Option<usize>,
        late: i64,
    ) -> (i64, Option<Obstacle>) {
        let duty = &self.carriers[vehicle];
        let doors: Vec<usize> = trip
            .map(|n| plan.plan.rounds[n].stops.iter().map(|s| s.stop).collect())
            .unwrap_or_default();
        let service = self.problem.stops()[stop].service.0;
        let (walk, place) = (0..=doors.len())
            .map(|place| (self.added(&doors, stop, place), place))
            .min()
            .unwrap_or((0, 0));
        let added = walk + service;
        let (load, duration) =
            trip.map_or((0, 0), |n| (plan.plan.rounds[n].load.0, plan.plan.rounds[n].duration.0));
        let waiting = plan.trips.iter().filter(|c| c.vehicle == vehicle && !c.out);
        let last = waiting.map(|c| c.end.0).max();
        let pause = if trip.is_none() && last.is_some() { self.turnaround() } else { 0 };
        let back = last.unwrap_or(duty.ready) + pause + added;
        let start =
            trip.map_or(last.map_or(duty.ready, |end| end + pause), |n| plan.trips[n].start.0);
        let mut with = doors.clone();
        with.insert(place, stop);
        let later = self.lateness_on(&with, start) - self.lateness_on(&doors, start);
        let obstacle = if self.pin[stop].is_some_and(|pin| pin != vehicle) {
            Some(Obstacle::Pinned)
        } else if duty.trips_left == 0 {
            Some(Obstacle::Out)
        } else if self.climb[stop] && !duty.climbs {
            Some(Obstacle::CannotClimb)
        } else if load + self.problem.stops()[stop].meals.0 > duty.capacity {
            Some(Obstacle::BagFull)
        } else if duration + added > duty.limit {
            Some(Obstacle::TooLong)
        } else if duty.until < NEVER && back > duty.until {
            Some(Obstacle::OffDuty)
        } else if later > late {
            Some(Obstacle::Late)
        } else {
            None
        };
        (added, obstacle)
    }

    /// Meal-seconds of lateness of a trip that leaves at `start`.
    fn lateness_on(&self, doors: &[usize], start: i64) -> i64 {
        let (mut clock, mut before, mut late) = (start, None, 0);
        for &stop in doors {
            let door = &self.problem.stops()[stop];
            clock += self.problem.leg(before, Some(stop)).0;
            late += self.late_by(stop, start, clock) * door.meals.0;
            clock += door.service.0;
            before = Some(stop);
        }
        late
    }
}

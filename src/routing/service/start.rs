//! A first plan: the plain solver's where it says something, or the plan that is being carried out.

use super::board::Board;
use super::ground::Ground;
use super::posed::{NEVER, Service};
use crate::routing::measure::{Meals, Seconds};
use crate::routing::problem::{Fleet, Problem, Vehicle};
use crate::routing::solver::solve;
use crate::routing::{Control, Options};

/// Lets the plain solver plan the doors that may be placed, each trip a vehicle of its own, and
/// gives its rounds to volunteers who can carry them; what nobody can is left absent.
pub(super) fn from_plain(
    service: &Service<'_>,
    ground: &Ground<'_>,
    options: &Options,
    control: &dyn Control,
) -> (Board, u64) {
    let problem = &service.problem;
    let stops: Vec<usize> = ground.servable.iter().map(|&s| s as usize - 1).collect();
    let plain = Problem {
        name: String::new(),
        stops: stops.iter().map(|&s| problem.stops[s].clone()).collect(),
        vehicles: ground
            .carrier_of
            .iter()
            .map(|&c| {
                let duty = &ground.carriers[c as usize];
                Vehicle {
                    id: None,
                    capacity: Meals(duty.capacity),
                    max_duration: Some(Seconds(duty.limit.min(duty.until - duty.ready).max(0))),
                }
            })
            .collect(),
        fleet: Fleet::Listed,
        spot_of: stops.iter().map(|&s| problem.spot_of[s]).collect(),
        legs: problem.legs.clone(),
    };
    let found = solve(&plain, options, control);
    let mut board = Board::new(ground);
    let mut rounds: Vec<(u32, Vec<u32>)> = found
        .rounds
        .iter()
        .map(|round| {
            (round.vehicle as u32, round.stops.iter().map(|s| stops[s.stop] as u32 + 1).collect())
        })
        .collect();
    // Rounds up the stairs first, then the longest: they have the least choice.
    let climbs = |doors: &[u32]| doors.iter().any(|&stop| ground.climb[stop as usize]);
    rounds.sort_by_key(|(slot, doors)| {
        let duration: i64 =
            found.rounds.iter().find(|r| r.vehicle as u32 == *slot).map_or(0, |r| r.duration.0);
        (!climbs(doors), -duration)
    });
    let own_fits = rounds.iter().all(|(slot, doors)| fits(ground, &board, *slot, doors).is_some());
    for (slot, doors) in &rounds {
        // Its own slot may be taken by a round that had to move.
        let own = (own_fits && board.trips[*slot as usize].len() == 0)
            .then(|| fits(ground, &board, *slot, doors))
            .flatten();
        if let Some(slot) = own.map(|_| *slot).or_else(|| least_busy(ground, &board, doors)) {
            board.set(ground, slot, doors);
        }
    }
    (board, found.iterations)
}

/// The idle trip with which these doors are done first; of equals the smallest bag, of somebody
/// who does not climb if possible.
fn least_busy(ground: &Ground<'_>, board: &Board, doors: &[u32]) -> Option<u32> {
    let idle = |c: u32| ground.slots(c).find(|&slot| board.trips[slot].len() == 0);
    let slots = (0..ground.carriers.len() as u32).filter_map(idle).map(|slot| slot as u32);
    let able = slots.filter_map(|slot| Some((fits(ground, board, slot, doors)?, slot)));
    able.min_by_key(|&(finish, slot)| {
        let duty = &ground.carriers[ground.carrier_of[slot as usize] as usize];
        (finish, duty.climbs, duty.capacity)
    })
    .map(|(_, slot)| slot)
}

/// When the volunteer of an idle trip would be back from these doors; none if they cannot be
/// carried there.
pub(super) fn fits(ground: &Ground<'_>, board: &Board, slot: u32, doors: &[u32]) -> Option<i64> {
    let carrier = ground.carrier_of[slot as usize];
    let duty = &ground.carriers[carrier as usize];
    let mut trip = super::trip::Trip::empty();
    trip.set(ground, doors);
    let finish = board.finish[carrier as usize];
    let start = if finish > 0 { finish + ground.turnaround } else { duty.ready };
    (trip.load <= duty.capacity
        && trip.duration <= duty.limit
        && start + trip.duration <= duty.until
        && doors.iter().all(|&stop| ground.may(carrier, stop)))
    .then_some(start + trip.duration)
}

/// The trips not yet out of the plan that is being carried out, without the doors that no longer
/// fit.
pub(super) fn from_previous(service: &Service<'_>, ground: &Ground<'_>) -> Board {
    let mut board = Board::new(ground);
    let mut placed = vec![false; ground.spot.len()];
    for &stop in &ground.servable {
        placed[stop as usize] = true;
    }
    for (carrier, stops) in &service.previous {
        let carrier = *carrier as u32;
        let Some(slot) = ground.slots(carrier).find(|&slot| board.trips[slot].len() == 0) else {
            continue;
        };
        let mut doors: Vec<u32> = stops.iter().map(|&s| s as u32 + 1).collect();
        doors.retain(|&stop| placed[stop as usize] && ground.may(carrier, stop));
        while !doors.is_empty() && fits(ground, &board, slot as u32, &doors).is_none() {
            let worst = worst_place(ground, &doors);
            doors.remove(worst);
        }
        if !doors.is_empty() {
            board.set(ground, slot as u32, &doors);
        }
    }
    board
}

/// The door of a trip without which most time is saved.
fn worst_place(ground: &Ground<'_>, doors: &[u32]) -> usize {
    let spot = |place: Option<usize>| {
        place.and_then(|p| doors.get(p)).map_or(0, |&stop| ground.spot[stop as usize])
    };
    let saved = |place: usize| {
        let (before, after) = (spot(place.checked_sub(1)), spot(Some(place + 1)));
        let own = spot(Some(place));
        i64::from(ground.leg(before, own) + ground.leg(own, after) - ground.leg(before, after))
            + i64::from(ground.service[doors[place] as usize])
    };
    (0..doors.len()).max_by_key(|&place| saved(place)).unwrap_or(0)
}

/// Whether the plain objective is all there is: the plain plan is then the best start and the
/// search for a smaller sum has nothing to add.
pub(super) fn is_plain(service: &Service<'_>, ground: &Ground<'_>) -> bool {
    let free = |c: &super::posed::Carrier| c.trips_left == 1 && c.until == NEVER;
    let all_climb = ground.carriers.iter().all(|c| c.climbs);
    !ground.timed
        && service.estate.fixed.is_empty()
        && ground.carriers.iter().all(free)
        && (all_climb || !ground.servable.iter().any(|&stop| ground.climb[stop as usize]))
}

//! Recreate: greedy insertion with blinks, at the place that costs least in all stages.
//!
//! Christiaens and Vanden Berghe 2020, section 5.2, with the price of lateness, of changed hands
//! and of a longer day added to the walk. Only trips through a door's neighbourhood, its owner's
//! trips and one idle trip of each kind of volunteer are looked at, unless none of them has room.

use super::aim::{Aim, price_of};
use super::board::{Board, NOWHERE};
use super::ground::{Ground, NOBODY};
use super::trip::late_at;
use crate::routing::solver::chance::Chance;

/// Absent doors tried again in one trial.
const ABSENT_AT_ONCE: usize = 12;
/// Neighbours whose trips are looked at.
const NEAR: usize = 48;

/// The orders in which doors are put back, with their weights.
const RANDOM: usize = 4;
const HEAVIEST: usize = 4;
const FARTHEST: usize = 2;
const NEAREST: usize = 1;

/// Where a stop would go, and what it costs there.
#[derive(Clone, Copy)]
struct Place {
    slot: u32,
    after: usize,
    price: i64,
}

/// Scratch space of the recreate step.
pub(super) struct Recreate {
    order: Vec<(i32, u32)>,
    slots: Vec<u32>,
    seen: Vec<u32>,
    class_seen: Vec<u32>,
    scan: u32,
    until_blink: u32,
}

impl Recreate {
    pub(super) fn new(ground: &Ground<'_>, chance: &mut Chance) -> Self {
        Self {
            order: Vec::new(),
            slots: Vec::new(),
            seen: vec![0; ground.carrier_of.len()],
            class_seen: vec![0; ground.carriers.len()],
            scan: 0,
            until_blink: chance.gap(),
        }
    }

    /// Puts the pool, and some of the doors absent before, on trips as far as they fit.
    pub(super) fn insert_all(
        &mut self,
        ground: &Ground<'_>,
        board: &mut Board,
        chance: &mut Chance,
        aim: &Aim,
        pool: &mut Vec<u32>,
    ) {
        let removed = pool.len();
        for _ in 0..board.absent.len().min(ABSENT_AT_ONCE) {
            let i = chance.below(board.absent.len());
            pool.push(board.absent.swap_remove(i));
        }
        pool.rotate_left(removed);
        let absent_first = pool.len() - removed;
        chance.shuffle(&mut pool[absent_first..]);
        self.sort(ground, chance, &mut pool[absent_first..]);
        // Absent doors come first half of the time: what is easy to place would fill the gap.
        if chance.coin() {
            pool.rotate_left(absent_first);
        }
        for &stop in pool.iter() {
            if let Some(place) = self.best(ground, board, chance, aim, stop) {
                board.insert(ground, stop, place.slot, place.after);
            } else {
                board.absent.push(stop);
            }
        }
        pool.clear();
    }

    fn sort(&mut self, ground: &Ground<'_>, chance: &mut Chance, stops: &mut [u32]) {
        let draw = chance.below(RANDOM + HEAVIEST + FARTHEST + NEAREST);
        let key = |s: u32| match draw {
            draw if draw < HEAVIEST => -ground.meals[s as usize],
            draw if draw < HEAVIEST + FARTHEST => -ground.far[s as usize],
            draw if draw < HEAVIEST + FARTHEST + NEAREST => ground.far[s as usize],
            _ => 0,
        };
        self.order.clear();
        self.order.extend(stops.iter().map(|&s| (key(s), s)));
        self.order.sort_by_key(|&(key, _)| key);
        for (slot, &(_, stop)) in stops.iter_mut().zip(&self.order) {
            *slot = stop;
        }
    }

    fn best(
        &mut self,
        ground: &Ground<'_>,
        board: &Board,
        chance: &mut Chance,
        aim: &Aim,
        stop: u32,
    ) -> Option<Place> {
        let mut best = Place { slot: 0, after: 0, price: i64::MAX };
        self.slots_near(ground, board, stop);
        for i in 0..self.slots.len() {
            self.look(ground, board, chance, aim, stop, self.slots[i], &mut best);
        }
        // An idle trip costs at least the way there and back.
        if i64::from(ground.far[stop as usize]) < best.price {
            self.idle_slots(ground, board, stop);
            for i in 0..self.slots.len() {
                self.look(ground, board, chance, aim, stop, self.slots[i], &mut best);
            }
        }
        if best.price == i64::MAX {
            for slot in 0..board.trips.len() as u32 {
                if board.trips[slot as usize].len() > 0 {
                    self.look(ground, board, chance, aim, stop, slot, &mut best);
                }
            }
        }
        (best.price < i64::MAX).then_some(best)
    }

    /// Busy trips through the neighbourhood, and those of the door's owner.
    fn slots_near(&mut self, ground: &Ground<'_>, board: &Board, stop: u32) {
        self.scan += 1;
        self.slots.clear();
        for &near in ground.near(stop).iter().take(NEAR) {
            let slot = board.slot_of[near as usize];
            if slot != NOWHERE && self.seen[slot as usize] != self.scan {
                self.seen[slot as usize] = self.scan;
                self.slots.push(slot);
            }
        }
        for owner in [ground.owner[stop as usize], ground.pin[stop as usize]] {
            if owner == NOBODY {
                continue;
            }
            for slot in ground.slots(owner) {
                if self.seen[slot] != self.scan {
                    self.seen[slot] = self.scan;
                    self.slots.push(slot as u32);
                }
            }
        }
    }

    /// The first idle trip of each volunteer, of those still at the kitchen one of each kind.
    fn idle_slots(&mut self, ground: &Ground<'_>, board: &Board, stop: u32) {
        self.scan += 1;
        self.slots.clear();
        for carrier in 0..ground.carriers.len() as u32 {
            let unused = board.finish[carrier as usize] == 0;
            let class = ground.class[carrier as usize] as usize;
            if unused
                && ground.owner[stop as usize] != carrier
                && ground.pin[stop as usize] != carrier
                && std::mem::replace(&mut self.class_seen[class], self.scan) == self.scan
            {
                continue;
            }
            let idle = ground.slots(carrier).find(|&slot| board.trips[slot].len() == 0);
            self.slots.extend(idle.map(|slot| slot as u32));
        }
    }

    /// Looks for a better place on one trip.
    #[allow(clippy::too_many_arguments)]
    fn look(
        &mut self,
        ground: &Ground<'_>,
        board: &Board,
        chance: &mut Chance,
        aim: &Aim,
        stop: u32,
        slot: u32,
        best: &mut Place,
    ) {
        let carrier = ground.carrier_of[slot as usize];
        let duty = &ground.carriers[carrier as usize];
        let trip = &board.trips[slot as usize];
        let used = board.finish[carrier as usize] > 0;
        let pause = if used && trip.len() == 0 { ground.turnaround } else { 0 };
        let service = i64::from(ground.service[stop as usize]);
        let back = if used { board.finish[carrier as usize] } else { duty.ready };
        let most = (duty.limit - trip.duration).min(duty.until - back - pause) - service;
        if most < 0
            || trip.load + i64::from(ground.meals[stop as usize]) > duty.capacity
            || !ground.may(carrier, stop)
        {
            return;
        }
        let hands = price_of(0, ground.hands(carrier, stop));
        let lead = if ground.by_finish && !used { duty.ready } else { 0 };
        let day = board.day(carrier);
        let own_spot = ground.spot[stop as usize];
        let (into, out) = (ground.into(own_spot), ground.out_of(own_spot));
        for (after, (pair, leg)) in trip.spots.windows(2).zip(&trip.legs).enumerate() {
            let walk = i64::from(into[pair[0] as usize] + out[pair[1] as usize] - leg);
            if self.until_blink == 0 {
                self.until_blink = chance.gap();
                continue;
            }
            self.until_blink -= 1;
            if walk > most || walk + hands >= best.price {
                continue;
            }
            let longer = if ground.by_finish {
                walk + service + pause + lead
            } else {
                (trip.duration + walk + service - day).max(0)
            };
            let mut price = aim.price(day, longer, walk) + hands;
            if ground.timed && price < best.price {
                let late = lateness_added(ground, board, slot, stop, after, walk + service, pause);
                price = price.saturating_add(price_of(late, 0));
            }
            if price < best.price {
                *best = Place { slot, after, price };
            }
        }
    }
}

/// Meal-seconds of lateness that come with a stop after place `after`, all later doors of the trip
/// being reached `shift` seconds later and the later trips leaving so much later too.
fn lateness_added(
    ground: &Ground<'_>,
    board: &Board,
    slot: u32,
    stop: u32,
    after: usize,
    shift: i64,
    pause: i64,
) -> i64 {
    let trip = &board.trips[slot as usize];
    let start = board.start[slot as usize];
    let before = trip.stops[after] as usize;
    let arrival = trip.arrival[after]
        + i64::from(ground.service[before])
        + i64::from(ground.leg(trip.spots[after], ground.spot[stop as usize]));
    let added = |from: usize, start: i64, trip: &super::trip::Trip, shift: i64| {
        trip.lateness(ground, from, start, shift) - trip.lateness(ground, from, start, 0)
    };
    let mut late = late_at(ground, stop, start, arrival) + added(after + 1, start, trip, shift);
    for later in slot as usize + 1..ground.slots(ground.carrier_of[slot as usize]).end {
        let (trip, start) = (&board.trips[later], board.start[later]);
        // The whole trip moves: only the latest arrivals can suffer, not the hot limit.
        let moved = trip.lateness(ground, 1, start + shift + pause, 0);
        late += moved - trip.lateness(ground, 1, start, 0);
    }
    late
}

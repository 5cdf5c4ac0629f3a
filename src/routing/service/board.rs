//! The plan under search: trips that can be changed, taken back, and remembered when best.

use super::ground::Ground;
use super::trip::Trip;

/// A stop that is on no trip.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What a plan is worth, in the order of the stages; less is better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    /// Doors on no trip.
    pub(super) left_out: usize,
    /// Meal-seconds of lateness.
    pub(super) lateness: i64,
    /// Doors that change hands.
    pub(super) hands: i64,
    /// Sum of durations in seconds.
    pub(super) cost: i64,
}

/// All trips, and what is on none.
#[derive(Clone)]
pub(super) struct Board {
    /// One a slot, the idle ones too.
    pub(super) trips: Vec<Trip>,
    /// Departure of each trip, in seconds after time 0.
    pub(super) start: Vec<i64>,
    /// Meal-seconds of lateness of each trip.
    late: Vec<i64>,
    /// Return of each volunteer from the last trip; 0 for one who stays.
    pub(super) finish: Vec<i64>,
    /// What counts as the length of each volunteer's day.
    day: Vec<i64>,
    /// Slot of each stop.
    pub(super) slot_of: Vec<u32>,
    /// Stops on no trip.
    pub(super) absent: Vec<u32>,
    /// What the plan is worth; `left_out` is kept by `absent`.
    sums: Sums,
    busy: usize,
    undo: Undo,
}

/// Sums over all volunteers.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    lateness: i64,
    hands: i64,
    cost: i64,
}

/// Trips as they were before the change under trial.
#[derive(Clone, Default)]
struct Undo {
    touched: Vec<u32>,
    is_touched: Vec<bool>,
    saved: Vec<Trip>,
    absent: Vec<u32>,
}

impl Board {
    /// Nothing served yet.
    pub(super) fn new(ground: &Ground<'_>) -> Self {
        let slots = ground.carrier_of.len();
        let mut board = Self {
            trips: vec![Trip::empty(); slots],
            start: vec![0; slots],
            late: vec![0; slots],
            finish: vec![0; ground.carriers.len()],
            day: vec![0; ground.carriers.len()],
            slot_of: vec![NOWHERE; ground.spot.len()],
            absent: ground.servable.clone(),
            sums: Sums::default(),
            busy: 0,
            undo: Undo { is_touched: vec![false; slots], ..Undo::default() },
        };
        for carrier in 0..ground.carriers.len() as u32 {
            board.time_of(ground, carrier);
        }
        board
    }

    /// What the plan is worth as it stands.
    pub(super) fn worth(&self) -> Worth {
        Worth {
            left_out: self.absent.len(),
            lateness: self.sums.lateness,
            hands: self.sums.hands,
            cost: self.sums.cost,
        }
    }

    /// Seconds by which days are longer than a target, added up.
    pub(super) fn excess(&self, target: i64) -> i64 {
        self.day.iter().map(|day| (day - target).max(0)).sum()
    }

    /// Length of the longest day: the longest trip, or the last return where some go twice.
    pub(super) fn longest(&self) -> i64 {
        self.day.iter().copied().max().unwrap_or(0)
    }

    /// Length of a volunteer's day.
    pub(super) fn day(&self, carrier: u32) -> i64 {
        self.day[carrier as usize]
    }

    /// Trips with at least one door.
    pub(super) fn busy(&self) -> usize {
        self.busy
    }

    /// Takes over another plan that differs from this one on these slots alone.
    pub(super) fn follow(&mut self, ground: &Ground<'_>, other: &Self, slots: &[u32]) {
        for &slot in slots {
            self.forget(ground, slot);
            self.trips[slot as usize].copy_from(&other.trips[slot as usize]);
            self.count(ground, slot);
            for &stop in other.trips[slot as usize].doors() {
                self.slot_of[stop as usize] = slot;
            }
        }
        for &slot in slots {
            self.time_of(ground, ground.carrier_of[slot as usize]);
        }
        self.absent.clone_from(&other.absent);
        for &stop in &self.absent {
            self.slot_of[stop as usize] = NOWHERE;
        }
    }

    /// Meal-seconds of lateness of one trip.
    pub(super) fn lateness_of_slot(&self, slot: u32) -> i64 {
        self.late[slot as usize]
    }

    /// Meal-seconds of lateness of one volunteer's trips.
    pub(super) fn lateness_of(&self, ground: &Ground<'_>, carrier: u32) -> i64 {
        self.late[ground.slots(carrier)].iter().sum()
    }

    /// Starts a trial: from here on changes can be taken back.
    pub(super) fn begin(&mut self) {
        for &slot in &self.undo.touched {
            self.undo.is_touched[slot as usize] = false;
        }
        self.undo.touched.clear();
        self.undo.absent.clone_from(&self.absent);
    }

    /// Slots changed since the trial began.
    pub(super) fn touched(&self) -> &[u32] {
        &self.undo.touched
    }

    /// Takes the trial back.
    pub(super) fn take_back(&mut self, ground: &Ground<'_>) {
        let touched = std::mem::take(&mut self.undo.touched);
        for (&slot, i) in touched.iter().zip(0..) {
            let carrier = ground.carrier_of[slot as usize];
            self.forget(ground, slot);
            std::mem::swap(&mut self.trips[slot as usize], &mut self.undo.saved[i]);
            self.count(ground, slot);
            for i in 0..self.trips[slot as usize].len() {
                let stop = self.trips[slot as usize].doors()[i];
                self.slot_of[stop as usize] = slot;
            }
            self.time_of(ground, carrier);
        }
        self.undo.touched = touched;
        self.absent.clone_from(&self.undo.absent);
        for &stop in &self.absent {
            self.slot_of[stop as usize] = NOWHERE;
        }
    }

    /// Gives a slot these doors, in this order; they are no longer absent. What the slot had must
    /// be among them.
    pub(super) fn set(&mut self, ground: &Ground<'_>, slot: u32, doors: &[u32]) {
        self.change(ground, slot, |trip| trip.set(ground, doors));
        for &stop in doors {
            self.slot_of[stop as usize] = slot;
        }
        self.absent.retain(|stop| !doors.contains(stop));
    }

    /// Takes doors off a trip into `pool`.
    pub(super) fn cut(
        &mut self,
        ground: &Ground<'_>,
        slot: u32,
        first: usize,
        count: usize,
        pool: &mut Vec<u32>,
    ) {
        let from = pool.len();
        self.change(ground, slot, |trip| trip.cut(ground, first, count, pool));
        for &stop in &pool[from..] {
            self.slot_of[stop as usize] = NOWHERE;
        }
    }

    /// Puts a stop on a trip, after place `after`.
    pub(super) fn insert(&mut self, ground: &Ground<'_>, stop: u32, slot: u32, after: usize) {
        self.change(ground, slot, |trip| trip.insert(ground, stop, after));
        self.slot_of[stop as usize] = slot;
    }

    fn change(&mut self, ground: &Ground<'_>, slot: u32, change: impl FnOnce(&mut Trip)) {
        self.touch(slot);
        self.forget(ground, slot);
        change(&mut self.trips[slot as usize]);
        self.count(ground, slot);
        self.time_of(ground, ground.carrier_of[slot as usize]);
    }

    /// Takes a trip's cost and changed hands out of the sums.
    fn forget(&mut self, ground: &Ground<'_>, slot: u32) {
        self.sums.cost -= self.trips[slot as usize].duration;
        self.busy -= usize::from(self.trips[slot as usize].len() > 0);
        self.sums.hands -= self.hands_on(ground, slot);
    }

    fn count(&mut self, ground: &Ground<'_>, slot: u32) {
        self.sums.cost += self.trips[slot as usize].duration;
        self.busy += usize::from(self.trips[slot as usize].len() > 0);
        self.sums.hands += self.hands_on(ground, slot);
    }

    fn hands_on(&self, ground: &Ground<'_>, slot: u32) -> i64 {
        let carrier = ground.carrier_of[slot as usize];
        self.trips[slot as usize].doors().iter().map(|&stop| ground.hands(carrier, stop)).sum()
    }

    /// Works out a volunteer's departures, return and lateness.
    fn time_of(&mut self, ground: &Ground<'_>, carrier: u32) {
        let mut next = ground.carriers[carrier as usize].ready;
        let (mut finish, mut longest) = (0, 0);
        for slot in ground.slots(carrier) {
            let trip = &self.trips[slot];
            self.start[slot] = next;
            self.sums.lateness -= self.late[slot];
            self.late[slot] = trip.lateness(ground, 1, next, 0);
            self.sums.lateness += self.late[slot];
            if trip.len() > 0 {
                finish = next + trip.duration;
                longest = longest.max(trip.duration);
                next = finish + ground.turnaround;
            }
        }
        self.finish[carrier as usize] = finish;
        self.day[carrier as usize] = if ground.by_finish { finish } else { longest };
    }

    fn touch(&mut self, slot: u32) {
        if self.undo.is_touched[slot as usize] {
            return;
        }
        self.undo.is_touched[slot as usize] = true;
        let i = self.undo.touched.len();
        self.undo.touched.push(slot);
        if i == self.undo.saved.len() {
            self.undo.saved.push(Trip::empty());
        }
        self.undo.saved[i].copy_from(&self.trips[slot as usize]);
    }
}

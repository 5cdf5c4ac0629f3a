//! Who walks which day: familiar faces first, then evenness over the month.
//!
//! A *day* is all trips of one volunteer. Legs do not depend on who walks, so days can change
//! volunteers without changing the sum of durations; it is an assignment problem. The score of a
//! day with a volunteer is the sum over its doors of
//!
//! - [`KNOWN`] if the volunteer is known there,
//! - [`SECOND`] if fewer than two are known there and the volunteer lives in the building: the
//!   door is about to be known to one more,
//!
//! and its unevenness is `seconds walked over the month × seconds of the day`, which is what the
//! sum of squares of everybody's month depends on.

use super::assign::assign;
use super::board::Board;
use super::ground::Ground;
use super::posed::Service;
use super::start::fits;

/// What a door counts at which the volunteer is known.
pub const KNOWN: i64 = 4;
/// What a door counts that would come to know a neighbour.
pub const SECOND: i64 = 3;

/// More than any sum of costs of days that are possible.
const FORBIDDEN: i64 = 1 << 50;

/// Score of familiar faces of doors with a volunteer; doors are stops of the problem.
pub(super) fn score(
    service: &Service<'_>,
    known: &Known,
    doors: &[usize],
    volunteer: usize,
) -> i64 {
    let home = service.estate.volunteers[volunteer].home_building.as_deref();
    doors
        .iter()
        .map(|&stop| {
            if known.at(volunteer, stop) {
                KNOWN
            } else if known.faces[stop] < 2
                && home == Some(service.estate.deliveries[stop].building.as_str())
            {
                SECOND
            } else {
                0
            }
        })
        .sum()
}

/// Who is known at today's doors.
pub(super) struct Known {
    /// Known or not, by volunteer and stop.
    table: Vec<Vec<bool>>,
    /// How many of today's volunteers are known, by stop.
    pub(super) faces: Vec<usize>,
}

impl Known {
    pub(super) fn of(service: &Service<'_>) -> Self {
        let doors: Vec<String> = service
            .estate
            .deliveries
            .iter()
            .map(|d| format!("{}/{}", d.building, d.room))
            .collect();
        let table: Vec<Vec<bool>> = service
            .estate
            .volunteers
            .iter()
            .map(|v| {
                let mut knows: Vec<&str> = v.knows.iter().map(String::as_str).collect();
                knows.sort_unstable();
                doors.iter().map(|door| knows.binary_search(&door.as_str()).is_ok()).collect()
            })
            .collect();
        let faces = (0..doors.len())
            .map(|stop| table.iter().filter(|known: &&Vec<bool>| known[stop]).count())
            .collect();
        Self { table, faces }
    }

    /// Whether a volunteer is known at a stop.
    pub(super) fn at(&self, volunteer: usize, stop: usize) -> bool {
        self.table[volunteer][stop]
    }
}

/// Gives whole days to volunteers by familiar faces and evenness, as far as the rules want it.
///
/// The sum of durations stays, and nothing decided before gets worse: a day may only go to a
/// volunteer with whom it is no later, changes no more hands and does not end after the longest.
pub(super) fn match_days(service: &Service<'_>, ground: &Ground<'_>, board: &mut Board) {
    let rules = service.rules;
    if !(rules.faces || rules.evenness) {
        return;
    }
    let carriers = ground.carriers.len();
    let days: Vec<u32> = (0..carriers as u32).filter(|&c| board.finish[c as usize] > 0).collect();
    let trips: Vec<Vec<Vec<u32>>> = days
        .iter()
        .map(|&c| {
            let slots = ground.slots(c).filter(|&slot| board.trips[slot].len() > 0);
            slots.map(|slot| board.trips[slot].doors().to_vec()).collect()
        })
        .collect();
    let known = Known::of(service);
    let empty = Board::new(ground);
    let mut scores = vec![0; days.len() * carriers];
    let mut uneven = vec![0; days.len() * carriers];
    for (day, trips) in trips.iter().enumerate() {
        let doors: Vec<usize> = trips.iter().flatten().map(|&s| s as usize - 1).collect();
        let length: i64 = ground.slots(days[day]).map(|slot| board.trips[slot].duration).sum();
        for volunteer in 0..carriers {
            let cell = day * carriers + volunteer;
            if volunteer != days[day] as usize
                && !may_take(ground, board, &empty, days[day], volunteer as u32, trips)
            {
                scores[cell] = -FORBIDDEN;
                continue;
            }
            if rules.faces {
                scores[cell] = score(service, &known, &doors, volunteer);
            }
            if rules.evenness {
                uneven[cell] = service.estate.volunteers[volunteer].walked_s * length;
            }
        }
    }
    let column_of = trade_off(days.len(), carriers, &scores, &uneven, rules.faces_slack_permille);
    *board = empty;
    for (trips, &volunteer) in trips.iter().zip(&column_of) {
        for (doors, slot) in trips.iter().zip(ground.slots(volunteer as u32)) {
            board.set(ground, slot as u32, doors);
        }
    }
}

/// The most even assignment whose score is at most the slack below the best.
fn trade_off(
    days: usize,
    carriers: usize,
    scores: &[i64],
    uneven: &[i64],
    slack_permille: i64,
) -> Vec<usize> {
    // The unevenness in units of a thousandth of its largest: what a point of score is weighed
    // against must stay clear of the forbidden pairs.
    let unit = (uneven.iter().max().copied().unwrap_or(0) / 1_000_000).max(1);
    let strict = 1 << 21;
    let with = |weight: i64| {
        assign(days, carriers, |day, volunteer| {
            let cell = day * carriers + volunteer;
            if scores[cell] < 0 { FORBIDDEN } else { uneven[cell] / unit - weight * scores[cell] }
        })
    };
    let score = |columns: &[usize]| -> i64 {
        columns.iter().enumerate().map(|(day, &v)| scores[day * carriers + v]).sum()
    };
    let mut kept = with(strict * days.max(1) as i64);
    let least = score(&kept) - score(&kept) * slack_permille / 1000;
    // The smallest weight of familiar faces, to a power of two, that keeps the score.
    let (mut too_small, mut enough) = (-1, 22);
    while enough - too_small > 1 {
        let middle = i32::midpoint(too_small, enough);
        let columns = with(1 << middle);
        if score(&columns) >= least {
            (kept, enough) = (columns, middle);
        } else {
            too_small = middle;
        }
    }
    kept
}

fn may_take(
    ground: &Ground<'_>,
    board: &Board,
    empty: &Board,
    from: u32,
    to: u32,
    trips: &[Vec<u32>],
) -> bool {
    let slots: Vec<usize> = ground.slots(to).collect();
    if slots.len() < trips.len() {
        return false;
    }
    let duty = &ground.carriers[to as usize];
    let (mut start, mut late) = (duty.ready, 0);
    for (doors, &slot) in trips.iter().zip(&slots) {
        if fits(ground, empty, slot as u32, doors).is_none() {
            return false;
        }
        let mut trip = super::trip::Trip::empty();
        trip.set(ground, doors);
        late += trip.lateness(ground, 1, start, 0);
        start += trip.duration + ground.turnaround;
    }
    let finish = start - ground.turnaround;
    let hands = |c: u32| trips.iter().flatten().map(|&stop| ground.hands(c, stop)).sum::<i64>();
    finish <= duty.until
        && (!ground.by_finish || finish <= board.longest())
        && late <= board.lateness_of(ground, from)
        && hands(to) <= hands(from)
}

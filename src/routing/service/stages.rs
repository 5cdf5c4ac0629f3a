//! The stages of a service plan from scratch, one after another.

use super::aim::Aim;
use super::board::Board;
use super::faces::match_days;
use super::ground::Ground;
use super::leftout::impossible;
use super::plan::ServicePlan;
use super::posed::Service;
use super::search::{BLINK, Effort, improve};
use super::slice::Slice;
use super::start::{from_plain, is_plain};
use crate::routing::plan::LeftOut;
use crate::routing::solver::Reason;
use crate::routing::solver::chance::Chance;
use crate::routing::{Control, Options};

/// Shares of the time after which the plain solver and the search for the stages end. The last
/// part belongs to the longest round; matching takes next to nothing.
const PLAIN_UNTIL: f64 = 0.3;
const STAGES_UNTIL: f64 = 0.75;
/// The same where the plain objective is all there is besides the longest round.
const PLAIN_ALONE_UNTIL: f64 = 0.7;
/// Trials of the service search are dearer than the plain solver's by this factor.
const TRIAL_COSTS: u64 = 8;
/// First and last temperature, as parts of the mean leg, from a good plan on.
const WARM: (f64, f64) = (0.2, 0.01);

/// Plans the doors that may be placed, from scratch.
pub(super) fn plan(
    service: &Service<'_>,
    options: &Options,
    control: &dyn Control,
    good_enough: bool,
) -> ServicePlan {
    let (left_out, servable) = servable(service);
    let ground = Ground::new(service, &servable);
    let plain = is_plain(service, &ground);
    let longest = service.rules.longest && !good_enough;
    let (plain_until, stages_until) = match (plain, longest) {
        (true, true) => (PLAIN_ALONE_UNTIL, PLAIN_ALONE_UNTIL),
        (true, false) => (1.0, 1.0),
        (false, true) => (PLAIN_UNTIL, STAGES_UNTIL),
        (false, false) => (PLAIN_UNTIL, 1.0),
    };
    let part = |from: f64, to: f64| {
        options.iterations.map(|all| ((to - from).max(0.0) * all as f64) as u64)
    };
    let of_plain = Options { iterations: part(0.0, plain_until), ..*options };
    let slice = Slice::new(control, 0.0, plain_until).until_served(good_enough);
    let (mut board, mut iterations) = from_plain(service, &ground, &of_plain, &slice);

    let mut chance = Chance::new(options.seed, BLINK);
    if !plain {
        let effort = Effort {
            trials: part(plain_until, stages_until).map(|trials| trials / TRIAL_COSTS),
            heat: WARM,
            good_enough,
        };
        let slice = Slice::new(control, plain_until, stages_until);
        iterations += improve(&ground, &mut board, &mut chance, &Aim::Sum, &effort, &[], &slice);
    }
    if longest {
        let effort = Effort {
            trials: part(stages_until, 1.0).map(|trials| trials / TRIAL_COSTS),
            heat: WARM,
            good_enough: false,
        };
        let aim = Aim::even(&board, service.rules.slack_permille);
        let slice = Slice::new(control, stages_until, 1.0);
        iterations += improve(&ground, &mut board, &mut chance, &aim, &effort, &[], &slice);
    }
    if !good_enough {
        match_days(service, &ground, &mut board);
    }
    finish(service, &ground, &board, left_out, iterations)
}

/// The doors that may be placed: those that cannot be served even alone with their reasons, and
/// the others.
pub(super) fn servable(service: &Service<'_>) -> (Vec<LeftOut>, Vec<usize>) {
    let mut left_out = Vec::new();
    let mut servable = Vec::with_capacity(service.free.len());
    for &stop in &service.free {
        match impossible(service, stop) {
            Some(reason) => left_out.push(LeftOut { stop, reason }),
            None => servable.push(stop),
        }
    }
    (left_out, servable)
}

/// The plan on the board, put on the clock.
pub(super) fn finish(
    service: &Service<'_>,
    ground: &Ground<'_>,
    board: &Board,
    mut left_out: Vec<LeftOut>,
    iterations: u64,
) -> ServicePlan {
    let trips = ground
        .carrier_of
        .iter()
        .zip(&board.trips)
        .filter(|(_, trip)| trip.len() > 0)
        .map(|(&carrier, trip)| {
            (carrier as usize, trip.doors().iter().map(|&stop| stop as usize - 1).collect())
        })
        .collect();
    left_out.extend(
        board
            .absent
            .iter()
            .map(|&stop| LeftOut { stop: stop as usize - 1, reason: Reason::NotEnoughVolunteers }),
    );
    left_out.sort_unstable_by_key(|l| l.stop);
    ServicePlan::of(service, trips, left_out, iterations)
}

//! The planner's hot parts, each at the sizes it must be fast at: reading, the table of legs, trials
//! (delta evaluation), and a re-plan in place.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod estates;

use clubhouse_kiosk::routing::estate::{CarriedTrip, Estate};
use clubhouse_kiosk::routing::problem::Problem;
use clubhouse_kiosk::routing::service::{ReplanOptions, Rules, replan};
use clubhouse_kiosk::routing::solver::{Options, Unattended, solve};
use clubhouse_kiosk::routing::{Instance, plan_rounds, read_instance};
use divan::Bencher;

const SIZES: [&str; 4] = ["M", "L", "XL", "XXL"];

fn main() {
    divan::main();
}

fn day(size: &str) -> Estate {
    let size = estates::SIZES.into_iter().find(|s| s.name == size).expect("a size");
    estates::estate(size, 101)
}

#[divan::bench(args = SIZES)]
fn read(bencher: Bencher, size: &str) {
    let text = serde_json::to_string(&day(size)).unwrap();
    bencher.bench(|| read_instance("day.json", &text).unwrap());
}

/// Network, shortest walks and the table of legs.
#[divan::bench(args = SIZES)]
fn pose(bencher: Bencher, size: &str) {
    let estate = day(size);
    bencher.bench(|| Problem::from_estate(&estate).unwrap());
}

/// Ten thousand trials from nothing: ruin, evaluation of every place, recreate.
#[divan::bench(args = SIZES, sample_count = 10)]
fn trials_10_000(bencher: Bencher, size: &str) {
    let problem = Problem::from_estate(&day(size)).unwrap();
    let options = Options { seed: 1, iterations: Some(10_000), threads: 1 };
    bencher.bench(|| solve(&problem, &options, &Unattended));
}

/// A volunteer drops out and a late order comes in, on a day that is half carried out.
#[divan::bench(args = ["M", "XL"], sample_count = 20)]
fn replan_in_place(bencher: Bencher, size: &str) {
    let mut estate = day(size);
    let late = estate.deliveries.pop().expect("a delivery");
    let options = Options { seed: 1, iterations: Some(50_000), threads: 1 };
    let run = plan_rounds(&Instance::Estate(Box::new(estate.clone())), &options, &Unattended);
    estate.fixed = run
        .unwrap()
        .plan
        .rounds
        .iter()
        .enumerate()
        .map(|(n, round)| {
            let mut planned: Vec<String> = round.stops.iter().map(|s| s.id.clone()).collect();
            let out = n % 2 == 0;
            let visited = if out { planned.drain(..planned.len() / 2).collect() } else { vec![] };
            let volunteer = round.volunteer.clone().unwrap();
            CarriedTrip { volunteer, out, visited, planned, ..CarriedTrip::default() }
        })
        .collect();
    let gone = estate.fixed[1].volunteer.clone();
    estate.volunteers.retain(|v| v.id != gone);
    estate.deliveries.push(late);
    estate.now_s = 600;
    bencher.bench(|| {
        let done = replan(&estate, Rules::default(), &ReplanOptions::default(), &Unattended);
        assert!(!done.unwrap().deltas.is_empty());
    });
}

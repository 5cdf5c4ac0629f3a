//! Stories of the bound as a whole.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::model::Model;
use super::search::search;
use super::{NoBound, Proof, lower_bound};
use crate::routing::legs::Legs;
use crate::routing::measure::{Meals, Seconds};
use crate::routing::problem::{Fleet, Problem, Stop, Vehicle};
use crate::routing::solver::{Control, Options, Unattended, solve};

/// A problem from service times, meals, a table of legs and bags with limits.
fn problem(
    doors: &[(i64, i64)],
    legs: impl FnMut(usize, usize) -> i32,
    bags: &[(i64, Option<i64>)],
) -> Problem {
    Problem {
        name: String::new(),
        stops: doors
            .iter()
            .enumerate()
            .map(|(i, &(service, meals))| Stop {
                id: format!("D{i}"),
                meals: Meals(meals),
                service: Seconds(service),
            })
            .collect(),
        vehicles: bags
            .iter()
            .map(|&(capacity, limit)| Vehicle {
                id: None,
                capacity: Meals(capacity),
                max_duration: limit.map(Seconds),
            })
            .collect(),
        fleet: Fleet::Listed,
        spot_of: (1..=doors.len() as u32).collect(),
        legs: Legs::tabulate(doors.len() + 1, legs),
    }
}

/// Doors at random on a plane, with a toll on every second leg so that ways there and back differ.
fn scattered(seed: u64, doors: usize) -> Problem {
    let mut draws = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut below = |n: u64| (draws.next_u64() % n) as i64;
    let at: Arc<Vec<(i64, i64)>> =
        Arc::new((0..=doors).map(|_| (below(300), below(300))).collect());
    let each: Vec<(i64, i64)> = (0..doors).map(|_| (30 + below(60), 1 + below(3))).collect();
    let tolls: Vec<i64> = (0..(doors + 1) * (doors + 1)).map(|_| below(40)).collect();
    let legs = |a: usize, b: usize| {
        let way = (at[a].0 - at[b].0).abs() + (at[a].1 - at[b].1).abs();
        if a == b { 0 } else { (way + tolls[a * (doors + 1) + b]) as i32 }
    };
    let bags: Vec<(i64, Option<i64>)> = (0..2 + seed % 3)
        .map(|_| (5 + below(6), (below(4) > 0).then(|| 1000 + below(900))))
        .collect();
    problem(&each, legs, &bags)
}

/// The cheapest plan of all, by trying every assignment and every order.
fn brute_force(problem: &Problem) -> Option<i64> {
    let doors = problem.stops().len();
    let sets = 1usize << doors;
    // Cheapest way through a set that ends at a door.
    let mut way = vec![vec![i64::MAX; doors]; sets];
    let mut round = vec![i64::MAX; sets];
    round[0] = 0;
    for set in 1..sets {
        for last in (0..doors).filter(|d| set >> d & 1 == 1) {
            let rest = set & !(1 << last);
            let service = problem.stops()[last].service.0;
            way[set][last] = (0..doors)
                .filter(|d| rest >> d & 1 == 1)
                .map(|d| way[rest][d] + problem.leg(Some(d), Some(last)).0)
                .min()
                .unwrap_or_else(|| problem.leg(None, Some(last)).0)
                + service;
            round[set] = round[set].min(way[set][last] + problem.leg(Some(last), None).0);
        }
    }
    let mut best: Vec<Option<i64>> = vec![None; sets];
    best[0] = Some(0);
    for vehicle in problem.vehicles() {
        let before = best.clone();
        for set in 1..sets {
            let mut part = set;
            while part > 0 {
                let meals: i64 = (0..doors)
                    .filter(|d| part >> d & 1 == 1)
                    .map(|d| problem.stops()[d].meals.0)
                    .sum();
                let fits = meals <= vehicle.capacity.0
                    && vehicle.max_duration.is_none_or(|limit| round[part] <= limit.0);
                if let Some(rest) = before[set & !part].filter(|_| fits) {
                    let cost = rest + round[part];
                    best[set] = Some(best[set].map_or(cost, |b| b.min(cost)));
                }
                part = (part - 1) & set;
            }
        }
    }
    best[sets - 1]
}

#[test]
fn never_above_the_cheapest_plan_of_all_and_mostly_equal_to_it() {
    let (mut plans, mut equal) = (0, 0);
    for seed in 0..30 {
        let problem = scattered(seed, 4 + seed as usize % 4);
        let bound = match lower_bound(&problem, None, &Unattended) {
            Err(NoBound::Unservable(_)) => {
                assert_eq!(brute_force(&problem), None, "seed {seed}");
                continue;
            }
            other => other.unwrap(),
        };
        let Some(cheapest) = brute_force(&problem) else {
            assert_ne!(bound.proof, Proof::Optimal, "seed {seed}");
            continue;
        };
        assert!(bound.cost.0 <= cheapest, "seed {seed}: {bound:?} above {cheapest}");
        assert_ne!(bound.proof, Proof::NoPlan, "seed {seed}: there is a plan of {cheapest}");
        plans += 1;
        equal += u32::from(bound.cost.0 == cheapest);
    }
    assert!(plans >= 15, "only {plans} problems had a plan");
    assert!(equal * 10 >= plans * 9, "only {equal} of {plans} bounds are tight");
}

#[test]
fn a_dear_plan_to_compare_with_does_not_lift_the_bound_above_the_cheapest() {
    let (mut plans, mut equal) = (0, 0);
    for seed in 200..230 {
        let problem = scattered(seed, 5 + seed as usize % 3);
        let (Ok(model), Some(cheapest)) = (Model::new(&problem), brute_force(&problem)) else {
            continue;
        };
        // Nothing may come from the known plan: it is dearer, and no rounds of it are given.
        for dearer in [1, 30, 500] {
            let proved = search(&model, cheapest + dearer, &[], &|| false);
            assert!(proved.bound <= cheapest, "seed {seed}: {proved:?} above {cheapest}");
            plans += 1;
            equal += u32::from(proved.bound == cheapest);
        }
    }
    assert!(plans >= 30, "only {plans} problems had a plan");
    assert!(equal * 10 >= plans * 8, "only {equal} of {plans} bounds are tight");
}

#[test]
fn never_above_a_plan_of_the_planner() {
    for seed in 0..3 {
        let mut problem = scattered(100 + seed, 16);
        problem.vehicles =
            vec![Vehicle { id: None, capacity: Meals(11), max_duration: Some(Seconds(2600)) }; 5];
        let options = Options { seed, iterations: Some(3000), threads: 1 };
        let plan = solve(&problem, &options, &Unattended);
        assert!(plan.left_out.is_empty(), "seed {seed}: all fit");
        // A claimed plan that is far too dear must not matter.
        let known = Some(Seconds(plan.cost().0 * 2));
        let bound = lower_bound(&problem, known, &Unattended).unwrap();
        assert!(bound.cost <= plan.cost(), "seed {seed}: {bound:?} above {}", plan.cost());
        assert!(bound.cost.0 * 100 >= plan.cost().0 * 98, "seed {seed}: {bound:?} is weak");
    }
}

#[test]
fn two_floors_and_two_small_bags_cost_what_one_reckons_by_hand() {
    // Two doors each at the ends of a street with the kitchen in its middle; a bag holds two meals.
    let place: [i32; 5] = [0, -100, -100, 100, 100];
    let legs = |a: usize, b: usize| (place[a] - place[b]).abs();
    let street = problem(&[(60, 1); 4], legs, &[(2, None), (2, None)]);
    let bound = lower_bound(&street, None, &Unattended).unwrap();
    assert_eq!((bound.cost, bound.proof), (Seconds(4 * 60 + 400), Proof::Optimal));
}

#[test]
fn too_few_bags_are_found_out() {
    let one_by_one = problem(&[(60, 1); 3], |a, b| i32::from(a != b) * 50, &[(2, Some(1000))]);
    let bound = lower_bound(&one_by_one, None, &Unattended).unwrap();
    assert_eq!(bound.proof, Proof::NoPlan);
}

/// Somebody who pressed the button before it began.
struct Impatient;

impl Control for Impatient {
    fn cancelled(&self) -> bool {
        true
    }
}

#[test]
fn a_bound_is_there_even_when_stopped_at_once() {
    let problem = scattered(7, 14);
    let known = Seconds(10_000);
    let bound = lower_bound(&problem, Some(known), &Impatient).unwrap();
    assert_eq!((bound.proof, bound.pricings), (Proof::Stopped, 0));
    let service: i64 = problem.stops().iter().map(|s| s.service.0).sum();
    assert!(bound.cost.0 > service && bound.cost < known, "{bound:?}");
}

#[test]
fn what_cannot_be_bounded_is_said() {
    let many = problem(&[(60, 1); 121], |_, _| 1, &[(200, None)]);
    assert_eq!(lower_bound(&many, None, &Unattended), Err(NoBound::TooManyDoors(121)));
    let far = problem(&[(60, 1)], |_, _| 500, &[(2, Some(900))]);
    assert_eq!(lower_bound(&far, None, &Unattended), Err(NoBound::Unservable("D0".into())));
}

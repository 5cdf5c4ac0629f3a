//! The dispatcher's day: trips on the clock, people who do not climb, a plan put right at noon.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod any;
mod hand;
mod month;
mod noon;
mod plan;

use std::collections::BTreeMap;

use clubhouse_kiosk::routing::checker::{ServiceVerdict, check_service};
use clubhouse_kiosk::routing::estate::{
    Building, Delivery, Estate, NodeKind, PathEdge, PathNode, Paths, Volunteer,
};
use clubhouse_kiosk::routing::service::{
    ReplanOptions, Replanned, Rules, Service, ServicePlan, plan_service, replan,
};
use clubhouse_kiosk::routing::{Options, Unattended};

/// A street of buildings, the kitchen at node 0 and an entrance every `metres` along it.
pub fn street(buildings: &[(bool, i64)], metres: &[f64]) -> Estate {
    let mut paths = Paths {
        nodes: vec![PathNode { id: 0, x: 0.0, y: 0.0, kind: NodeKind::Kitchen }],
        edges: Vec::new(),
    };
    let mut listed = Vec::new();
    for (i, (&(lift, floors), &metres)) in buildings.iter().zip(metres).enumerate() {
        let node = i as i64 + 1;
        paths.nodes.push(PathNode { id: node, x: 0.0, y: 0.0, kind: NodeKind::Entrance });
        paths.edges.push(PathEdge { a: node - 1, b: node, metres, steps: i % 3 == 2 });
        listed.push(Building {
            id: format!("B{node}"),
            entrance: node,
            floors,
            lift,
            lifts: i64::from(lift),
            flats_per_floor: 4,
        });
    }
    Estate { name: "street".to_owned(), paths, buildings: listed, ..Estate::default() }
}

pub fn delivery(id: usize, building: &str, floor: i64, meals: i64) -> Delivery {
    Delivery {
        id: format!("D{id}"),
        building: building.to_owned(),
        floor,
        room: format!("{floor}A"),
        meals,
        service_s: 60,
        ..Delivery::default()
    }
}

pub fn volunteer(id: usize, capacity: i64, max_duration_s: i64) -> Volunteer {
    Volunteer { id: format!("V{id}"), capacity, max_duration_s, ..Volunteer::default() }
}

/// Two towers with a walk-up between, twelve doors, three volunteers.
pub fn small_day() -> Estate {
    let mut estate = street(&[(true, 18), (false, 6), (true, 24)], &[40.0, 35.5, 60.2]);
    estate.deliveries =
        (0..12).map(|i| delivery(i, &format!("B{}", i % 3 + 1), (i as i64 * 5) % 6, 1)).collect();
    estate.volunteers = (1..4).map(|i| volunteer(i, 6, 2400)).collect();
    estate
}

pub fn options(iterations: u64) -> Options {
    Options { iterations: Some(iterations), ..Options::default() }
}

pub fn planned(estate: &Estate, rules: Rules) -> ServicePlan {
    let plan = plan_service(estate, rules, &options(3000), &Unattended).expect("a sound estate");
    let verdict = checked(estate, rules, &plan);
    assert!(verdict.sound(), "{:?}", verdict.verdict.faults);
    plan
}

pub fn checked(estate: &Estate, rules: Rules, plan: &ServicePlan) -> ServiceVerdict {
    let service = Service::pose(estate, rules).expect("posed before");
    check_service(estate, &plan.solution(&service), rules)
}

/// The estate with its plan under way at a moment.
pub fn under_way(estate: &Estate, plan: &ServicePlan, now: i64) -> Estate {
    let service = Service::pose(estate, Rules::default()).expect("posed before");
    Estate { fixed: plan.carried(&service, now), now_s: now, ..estate.clone() }
}

pub fn put_right(estate: &Estate) -> Replanned {
    let rules = Rules::default();
    let found = replan(estate, rules, &ReplanOptions { seed: 1, trials: Some(400) }, &Unattended)
        .expect("a sound estate");
    let verdict = checked(estate, rules, &found.plan);
    assert!(verdict.sound(), "{:?}", verdict.verdict.faults);
    found
}

/// Who has which door.
pub fn hands(plan: &ServicePlan) -> BTreeMap<String, String> {
    let rounds = plan.plan.rounds.iter();
    rounds
        .flat_map(|r| r.stops.iter().map(|s| (s.id.clone(), r.volunteer.clone().unwrap())))
        .collect()
}

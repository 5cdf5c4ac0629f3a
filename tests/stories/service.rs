//! The dispatcher's day: trips on the clock, people who do not climb, a plan put right at noon.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};

use clubhouse_kiosk::routing::checker::{Fault, ServiceVerdict, check_service};
use clubhouse_kiosk::routing::estate::{
    Building, CarriedTrip, Delivery, Estate, EstateError, NodeKind, PathEdge, PathNode, Paths,
    Volunteer,
};
use clubhouse_kiosk::routing::service::{
    HandError, Obstacle, ReplanOptions, Replanned, Rules, Service, ServiceError, ServicePlan,
    Staff, Warning, how_many, move_stop, pin, plan_service, replan, swap_rounds,
};
use clubhouse_kiosk::routing::solver::Reason;
use clubhouse_kiosk::routing::{Instance, Options, Unattended, plan_rounds};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A street of buildings, the kitchen at node 0 and an entrance every `metres` along it.
fn street(buildings: &[(bool, i64)], metres: &[f64]) -> Estate {
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

fn delivery(id: usize, building: &str, floor: i64, meals: i64) -> Delivery {
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

fn volunteer(id: usize, capacity: i64, max_duration_s: i64) -> Volunteer {
    Volunteer { id: format!("V{id}"), capacity, max_duration_s, ..Volunteer::default() }
}

/// Two towers with a walk-up between, twelve doors, three volunteers.
fn small_day() -> Estate {
    let mut estate = street(&[(true, 18), (false, 6), (true, 24)], &[40.0, 35.5, 60.2]);
    estate.deliveries =
        (0..12).map(|i| delivery(i, &format!("B{}", i % 3 + 1), (i as i64 * 5) % 6, 1)).collect();
    estate.volunteers = (1..4).map(|i| volunteer(i, 6, 2400)).collect();
    estate
}

fn options(iterations: u64) -> Options {
    Options { iterations: Some(iterations), ..Options::default() }
}

fn planned(estate: &Estate, rules: Rules) -> ServicePlan {
    let plan = plan_service(estate, rules, &options(3000), &Unattended).expect("a sound estate");
    let verdict = checked(estate, rules, &plan);
    assert!(verdict.sound(), "{:?}", verdict.verdict.faults);
    plan
}

fn checked(estate: &Estate, rules: Rules, plan: &ServicePlan) -> ServiceVerdict {
    let service = Service::pose(estate, rules).expect("posed before");
    check_service(estate, &plan.solution(&service), rules)
}

/// The estate with its plan under way at a moment.
fn under_way(estate: &Estate, plan: &ServicePlan, now: i64) -> Estate {
    let service = Service::pose(estate, Rules::default()).expect("posed before");
    Estate { fixed: plan.carried(&service, now), now_s: now, ..estate.clone() }
}

fn put_right(estate: &Estate) -> Replanned {
    let rules = Rules::default();
    let found = replan(estate, rules, &ReplanOptions { seed: 1, trials: 400 }, &Unattended)
        .expect("a sound estate");
    let verdict = checked(estate, rules, &found.plan);
    assert!(verdict.sound(), "{:?}", verdict.verdict.faults);
    found
}

/// Who has which door.
fn hands(plan: &ServicePlan) -> BTreeMap<String, String> {
    let rounds = plan.plan.rounds.iter();
    rounds
        .flat_map(|r| r.stops.iter().map(|s| (s.id.clone(), r.volunteer.clone().unwrap())))
        .collect()
}

#[test]
fn without_wishes_the_plan_is_the_plain_one() {
    let estate = small_day();
    let plain =
        plan_rounds(&Instance::Estate(Box::new(estate.clone())), &options(3000), &Unattended)
            .expect("a plan");
    assert_eq!(planned(&estate, Rules::plain()).cost(), plain.cost());
    let evened = planned(&estate, Rules::default());
    assert!(evened.cost().0 * 1000 <= plain.cost().0 * 1020, "{}", evened.cost());
    assert!(evened.longest() <= planned(&estate, Rules::plain()).longest());
}

#[test]
fn one_volunteer_goes_three_times_where_nobody_else_came() {
    let mut estate = small_day();
    estate.volunteers = vec![Volunteer { max_trips: 3, ..volunteer(1, 5, 2400) }];
    let plan = planned(&estate, Rules::default());
    assert_eq!(plan.plan.left_out.len(), 0);
    assert_eq!(plan.trips.iter().map(|t| t.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(
        plan.trips
            .windows(2)
            .all(|t| t[1].start == t[0].end + clubhouse_kiosk::routing::measure::Seconds(120))
    );
    let once = planned(&estate, Rules { trips: false, ..Rules::default() });
    assert_eq!((once.trips.len(), once.plan.left_out.len()), (1, 7));
}

#[test]
fn time_on_duty_ends_the_day_and_says_so() {
    let mut estate = small_day();
    estate.volunteers = vec![
        Volunteer { from_s: 600, until_s: Some(1500), max_trips: 5, ..volunteer(1, 6, 2400) },
        Volunteer { from_s: 0, until_s: Some(90), ..volunteer(2, 6, 2400) },
    ];
    let plan = planned(&estate, Rules::default());
    assert!(!plan.plan.left_out.is_empty());
    assert!(plan.trips.iter().all(|t| t.start.0 >= 600 && t.end.0 <= 1500));
    let free = planned(&estate, Rules { windows: false, ..Rules::default() });
    assert_eq!(free.plan.left_out.len(), 0);
    assert_eq!(free.trips[0].start.0, 0);
    estate.volunteers.remove(0);
    let nobody = planned(&estate, Rules::default());
    assert!(nobody.plan.left_out.iter().all(|l| matches!(l.reason, Reason::OffDuty { .. })));
}

#[test]
fn the_stairs_are_for_those_who_climb() {
    let mut estate = small_day();
    estate.volunteers[0].climbs = false;
    estate.volunteers[1].climbs = false;
    estate.lifts_out = vec!["B1".to_owned()];
    let plan = planned(&estate, Rules::default());
    for (door, who) in hands(&plan) {
        let d = estate.deliveries.iter().find(|d| d.id == door).unwrap();
        assert!(d.building == "B3" || d.floor == 0 || who == "V3", "{door} with {who}");
    }
    estate.volunteers.truncate(2);
    let plan = planned(&estate, Rules::default());
    assert!(plan.plan.left_out.iter().any(|l| l.reason == Reason::NoClimber));
    let anyone = planned(&estate, Rules { climbs: false, ..Rules::default() });
    assert_eq!(anyone.plan.left_out.len(), 0);
}

#[test]
fn hot_meals_come_before_a_short_sum() {
    let mut estate = small_day();
    let plain = planned(&estate, Rules::default());
    let slowest = plain.trips.iter().flat_map(|t| &t.arrivals).max().unwrap().0;
    estate.hot_limit_s = Some(slowest - 100);
    estate.deliveries[7].arrive_by_s = Some(300);
    let cold = planned(&estate, Rules { lateness: false, ..Rules::default() });
    assert!(cold.late.is_empty(), "nothing counts as late where lateness does not count");
    let hot = planned(&estate, Rules::default());
    assert_eq!(hot.lateness(), 0, "{:?}", hot.late);
    assert!(
        hot.cost()
            >= planned(&estate, Rules { lateness: false, longest: false, ..Rules::default() })
                .cost()
    );
    estate.hot_limit_s = Some(100);
    let late = planned(&estate, Rules::default());
    assert_eq!(checked(&estate, Rules::default(), &late).lateness, late.lateness());
    assert!(late.late.iter().any(|l| l.cold.0 > 0));
}

#[test]
fn a_day_that_goes_as_planned_is_left_alone() {
    let mut estate = small_day();
    estate.volunteers[0].max_trips = 2;
    let plan = planned(&estate, Rules::default());
    for now in [0, 1, 150, 400, 700, 5000] {
        let noon = under_way(&estate, &plan, now);
        let found = put_right(&noon);
        assert_eq!(found.deltas, []);
        assert_eq!((found.plan.cost(), hands(&found.plan)), (plan.cost(), hands(&plan)));
    }
}

#[test]
fn a_late_order_goes_to_somebody_still_here_and_nobody_else_notices() {
    let mut estate = small_day();
    estate.volunteers[2].from_s = 900;
    let plan = planned(&estate, Rules { longest: false, ..Rules::default() });
    let mut noon = under_way(&estate, &plan, 300);
    noon.deliveries.push(delivery(99, "B3", 20, 2));
    let found = put_right(&noon);
    assert_eq!(found.plan.hands, 0);
    let who = hands(&found.plan)["D99"].clone();
    assert!(!noon.fixed.iter().any(|t| t.volunteer == who && t.out));
    assert_eq!(found.deltas.len(), 1);
    assert_eq!(
        (&found.deltas[0].volunteer, &found.deltas[0].added),
        (&who, &vec!["D99".to_owned()])
    );
}

#[test]
fn a_cancelled_door_is_skipped_even_by_a_bag_that_has_left() {
    let estate = small_day();
    let plan = planned(&estate, Rules::default());
    let mut noon = under_way(&estate, &plan, 200);
    let trip = noon.fixed.iter().find(|t| t.out && t.planned.len() > 1).unwrap().clone();
    noon.deliveries.retain(|d| d.id != trip.planned[1]);
    let found = put_right(&noon);
    assert_eq!(found.deltas.len(), 1);
    assert_eq!(found.deltas[0].volunteer, trip.volunteer);
    assert_eq!(found.deltas[0].cancelled, [trip.planned[1].clone()]);
    assert!(!found.deltas[0].reordered);
    assert!(found.deltas[0].back.unwrap() < plan.finish());
}

#[test]
fn who_drops_out_leaves_the_doors_to_others_and_what_was_brought_stays_brought() {
    let mut estate = small_day();
    for v in &mut estate.volunteers {
        v.max_trips = 2;
    }
    let plan = planned(&estate, Rules::default());
    let noon = under_way(&estate, &plan, 300);
    let gone =
        noon.fixed.iter().find(|t| !t.visited.is_empty() && !t.planned.is_empty()).unwrap().clone();
    let mut noon = noon;
    noon.volunteers.retain(|v| v.id != gone.volunteer);
    let found = put_right(&noon);
    assert_eq!(found.plan.done.len(), gone.visited.len());
    assert_eq!(found.plan.plan.left_out.len(), 0);
    let now_with = hands(&found.plan);
    assert!(gone.planned.iter().all(|door| now_with.contains_key(door)));
    let delta = found.deltas.last().unwrap();
    assert!(delta.gone && delta.removed.starts_with(&gone.planned), "{delta:?}");
}

#[test]
fn a_lift_that_fails_at_noon_moves_the_doors_of_those_who_do_not_climb() {
    let mut estate = small_day();
    estate.volunteers[1].climbs = false;
    estate.volunteers[1].from_s = 2000;
    for d in &mut estate.deliveries {
        d.floor = d.floor.max(1);
        d.room = format!("{}A", d.floor);
    }
    let plan = planned(&estate, Rules::default());
    let mut noon = under_way(&estate, &plan, 100);
    noon.lifts_out = vec!["B1".to_owned(), "B3".to_owned()];
    noon.volunteers[0].max_trips = 2;
    noon.volunteers[2].max_trips = 2;
    let found = put_right(&noon);
    let (before, after) = (hands(&plan), hands(&found.plan));
    for (door, who) in before {
        if who == "V2" {
            assert_ne!(after.get(&door).map(String::as_str), Some("V2"));
        } else {
            assert_eq!(after.get(&door), Some(&who), "{door} had no reason to move");
        }
    }
}

#[test]
fn the_dispatcher_insists_and_is_warned() {
    let estate = small_day();
    let plan = planned(&estate, Rules::default());
    let mut desk = under_way(&estate, &plan, 0);
    let rules = Rules::default();
    let (door, who) = hands(&plan).into_iter().next().unwrap();
    let other = ["V1", "V2", "V3"].into_iter().find(|v| *v != who).unwrap();
    desk.volunteers.iter_mut().find(|v| v.id == other).unwrap().capacity = 1;
    let moved = move_stop(&mut desk, rules, &door, other, 1, Some(0)).expect("possible");
    assert_eq!(hands(&moved.plan)[&door], other);
    assert!(
        moved
            .warnings
            .iter()
            .any(|w| matches!(w, Warning::BagTooFull { volunteer, .. } if volunteer == other))
    );

    let mut desk = under_way(&estate, &plan, 0);
    let pinned = pin(&mut desk, rules, &door, other).expect("possible");
    assert_eq!(hands(&pinned.plan)[&door], other);
    let again = put_right(&desk);
    assert_eq!(hands(&again.plan)[&door], other, "a pinned door stays in a re-plan");
    assert!(desk.fixed.iter().any(|t| t.volunteer == other && t.pinned == [door.clone()]));

    let mut desk = under_way(&estate, &plan, 0);
    let before = hands(&plan);
    let swapped = swap_rounds(&mut desk, rules, &who, other).expect("possible");
    for (door, had) in before {
        let expected = if had == who {
            other
        } else if had == other {
            &who
        } else {
            &had
        };
        assert_eq!(hands(&swapped.plan)[&door], expected);
    }
    assert_eq!(swapped.plan.cost(), plan.cost(), "legs do not depend on who walks");

    let mut late = under_way(&estate, &plan, 300);
    let visited = late.fixed.iter().find_map(|t| t.visited.first()).unwrap().clone();
    let before = late.clone();
    let refused = move_stop(&mut late, rules, &visited, "V1", 1, None);
    assert_eq!(refused, Err(HandError::Visited(visited)));
    assert_eq!(
        move_stop(&mut late, rules, "nobody's", "V1", 1, None),
        Err(HandError::NoDelivery("nobody's".into()))
    );
    assert_eq!(late, before, "a refused change changes nothing");
    let carried = late.fixed.iter().find(|t| t.out && !t.planned.is_empty()).unwrap().clone();
    let other = ["V1", "V2", "V3"].into_iter().find(|v| *v != carried.volunteer).unwrap();
    let moved = move_stop(&mut late, rules, &carried.planned[0], other, 2, None).expect("possible");
    assert!(moved.warnings.contains(&Warning::CarriedSlip { volunteer: carried.volunteer }));
    assert!(moved.warnings.iter().any(|w| matches!(w, Warning::TooManyTrips { .. })));
}

#[test]
fn every_door_can_say_why_it_is_where_it_is() {
    let mut estate = small_day();
    estate.volunteers[0].knows = (0..6).map(|f| format!("B1/{f}A")).collect();
    let plan = planned(&estate, Rules::default());
    let service = Service::pose(&estate, Rules::default()).unwrap();
    for d in &estate.deliveries {
        let why = service.explain(&plan, &d.id).expect("in the plan");
        let here = why.here.as_ref().expect("on a trip");
        assert_eq!(here.volunteer, hands(&plan)[&d.id]);
        let other = why.other.as_ref().expect("others are there");
        assert_ne!(other.volunteer, here.volunteer);
        assert_eq!(here.known, here.volunteer == "V1" && d.building == "B1");
        let (english, chinese) = (why.to_string(), why.zh());
        assert!(english.starts_with(&d.id) && english.ends_with('.'), "{english}");
        assert!(chinese.starts_with(&d.id) && chinese.ends_with('。'), "{chinese}");
        assert_eq!(english.matches('.').count(), 1, "one sentence: {english}");
    }
    assert_eq!(service.explain(&plan, "D404"), None);
    estate.volunteers.iter_mut().for_each(|v| v.climbs = v.id == "V2");
    let plan = planned(&estate, Rules::default());
    let service = Service::pose(&estate, Rules::default()).unwrap();
    let why = service.explain(&plan, "D1").unwrap();
    assert_eq!(why.other.unwrap().obstacle, Some(Obstacle::CannotClimb), "{why:?}", why = why.here);
}

#[test]
fn the_desk_learns_how_many_are_enough() {
    let estate = small_day();
    let found =
        how_many(&estate, &Staff::Listed, Rules::default(), &options(2000), &Unattended).unwrap();
    assert_eq!((found.enough, found.at_least), (Some(2), 2));
    let one = found.tried.iter().find(|t| t.volunteers == 1).expect("just below");
    assert_eq!(one.left_out.len(), 6);
    let typical = Staff::Typical(Box::new(Volunteer { max_trips: 2, ..volunteer(0, 6, 2400) }));
    let found = how_many(&estate, &typical, Rules::default(), &options(2000), &Unattended).unwrap();
    assert_eq!(found.enough, Some(1));
    let mut party = estate;
    party.deliveries[0].meals = 50;
    let found =
        how_many(&party, &Staff::Listed, Rules::default(), &options(500), &Unattended).unwrap();
    assert_eq!(found.enough, None);
}

#[test]
fn what_cannot_be_meant_is_refused_with_its_name() {
    let refused = |change: &dyn Fn(&mut Estate)| {
        let mut estate = small_day();
        change(&mut estate);
        plan_service(&estate, Rules::default(), &options(10), &Unattended).expect_err("refused")
    };
    let number = |change: &dyn Fn(&mut Estate)| match refused(change) {
        ServiceError::Estate(EstateError::Number { what, .. }) => what,
        other => panic!("{other}"),
    };
    assert_eq!(number(&|e| e.hot_limit_s = Some(0)), "hot_limit_s");
    assert_eq!(number(&|e| e.volunteers[1].max_trips = 0), "volunteer V2: max_trips");
    assert_eq!(number(&|e| e.volunteers[0].until_s = Some(-1)), "volunteer V1: until_s");
    assert_eq!(number(&|e| e.deliveries[3].arrive_by_s = Some(-5)), "delivery D3: arrive_by_s");
    assert!(matches!(
        refused(&|e| e.lifts_out = vec!["B9".into()]),
        ServiceError::NoBuilding { .. }
    ));
    let trip = |visited: &[&str], planned: &[&str]| CarriedTrip {
        volunteer: "V1".into(),
        visited: visited.iter().map(|s| (*s).to_owned()).collect(),
        planned: planned.iter().map(|s| (*s).to_owned()).collect(),
        ..CarriedTrip::default()
    };
    assert!(matches!(
        refused(&|e| e.fixed = vec![trip(&["D77"], &[])]),
        ServiceError::VisitedUnknown { .. }
    ));
    assert!(matches!(
        refused(&|e| e.fixed = vec![trip(&["D1"], &["D1"])]),
        ServiceError::CarriedTwice(_)
    ));
}

#[test]
fn a_forged_plan_is_found_out() {
    let mut estate = small_day();
    let plan = planned(&estate, Rules::default());
    let noon = under_way(&estate, &plan, 300);
    let service = Service::pose(&noon, Rules::default()).unwrap();
    let mut forged = plan.solution(&service);
    forged.cost = None;
    for route in &mut forged.routes {
        route.stops.reverse();
    }
    let verdict = check_service(&noon, &forged, Rules::default());
    assert!(verdict.verdict.faults.iter().any(|f| matches!(f, Fault::CarriedChanged { .. })));
    estate.hot_limit_s = Some(200);
    let late = planned(&estate, Rules::default());
    let service = Service::pose(&estate, Rules::default()).unwrap();
    let mut silent = late.solution(&service);
    silent.late.clear();
    let verdict = check_service(&estate, &silent, Rules::default());
    assert!(verdict.verdict.faults.iter().any(|f| matches!(f, Fault::WrongLateness { .. })));
}

/// Thirty days of some thirty doors out of sixty in twelve buildings; a volunteer is known at a door
/// from the first visit on. Who walked how long, and how many doors are known to two.
fn month(rules: Rules) -> (Vec<i64>, usize) {
    let towers: Vec<(bool, i64)> = (0..12).map(|i| (i % 4 != 3, 12)).collect();
    let mut estate = street(&towers, &[45.0; 12]);
    estate.volunteers = (1..9)
        .map(|i| Volunteer { home_building: Some(format!("B{i}")), ..volunteer(i, 9, 2400) })
        .collect();
    let mut draw = 11_u64;
    let mut below = |n: u64| {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (draw >> 33) % n
    };
    let flats: Vec<(String, i64)> =
        (0..60).map(|_| (format!("B{}", below(12) + 1), below(10) as i64)).collect();
    let mut known: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for _day in 0..30 {
        let doors: BTreeSet<usize> = (0..40).map(|_| below(60) as usize).collect();
        estate.deliveries =
            doors.iter().map(|&i| delivery(i, &flats[i].0, flats[i].1, 1)).collect();
        let plan = plan_service(&estate, rules, &options(300), &Unattended).expect("a sound day");
        assert_eq!(plan.plan.left_out.len(), 0);
        for (round, clock) in plan.plan.rounds.iter().zip(&plan.trips) {
            let person = &mut estate.volunteers[clock.vehicle];
            person.walked_s += round.duration.0;
            for stop in &round.stops {
                let d = estate.deliveries.iter().find(|d| d.id == stop.id).unwrap();
                let door = format!("{}/{}", d.building, d.room);
                if !person.knows.contains(&door) {
                    person.knows.push(door.clone());
                }
                known.entry(door).or_default().insert(clock.vehicle);
            }
        }
    }
    let walked = estate.volunteers.iter().map(|v| v.walked_s).collect();
    (walked, known.values().filter(|who| who.len() >= 2).count())
}

#[test]
fn over_a_month_everybody_walks_about_the_same_and_doors_are_known_to_two() {
    let spread = |walked: &[i64]| walked.iter().max().unwrap() - walked.iter().min().unwrap();
    let (even, known) = month(Rules::default());
    let (uneven, _) = month(Rules { evenness: false, ..Rules::default() });
    let (_, strangers) = month(Rules { faces: false, evenness: false, ..Rules::default() });
    assert!(spread(&even) * 3 < spread(&uneven), "{even:?} {uneven:?}");
    assert!(known >= strangers && known > 40, "{known} doors known to two, {strangers} without");
}

prop_compose! {
    /// Streets with walk-ups and lifts that are out, people with hours, few bags, several trips.
    fn any_day()(
        buildings in prop::collection::vec((any::<bool>(), 1_i64..30), 1..7),
        metres in prop::collection::vec(0.0_f64..120.0, 8),
        doors in prop::collection::vec(
            (0_usize..8, 0_i64..30, 1_i64..4, 0_i64..200, prop::option::weighted(0.3, 0_i64..2500)), 0..26),
        crew in prop::collection::vec(
            (1_i64..14, 300_i64..2400, any::<bool>(), 1_i64..4, 0_i64..900, prop::option::of(900_i64..4000)), 0..6),
        out in prop::collection::vec(0_usize..7, 0..2),
        party in prop::option::weighted(0.1, 15_i64..500),
        hot in prop::option::of(60_i64..1500),
        turnaround in prop::option::of(0_i64..400),
    ) -> Estate {
        let mut estate = street(&buildings, &metres);
        estate.hot_limit_s = hot;
        estate.turnaround_s = turnaround;
        estate.lifts_out = out.into_iter().map(|b| format!("B{}", b % buildings.len() + 1)).collect();
        for (i, (building, floor, meals, service_s, by)) in doors.into_iter().enumerate() {
            let at = building % buildings.len();
            let door = delivery(i, &format!("B{}", at + 1), floor % buildings[at].1, meals);
            estate.deliveries.push(Delivery { service_s, arrive_by_s: by, ..door });
        }
        if let (Some(meals), Some(first)) = (party, estate.deliveries.first_mut()) {
            first.meals = meals;
        }
        estate.volunteers = crew
            .into_iter()
            .enumerate()
            .map(|(i, (bag, limit, climbs, max_trips, from_s, until_s))| Volunteer {
                climbs, max_trips, from_s, until_s, ..volunteer(i, bag, limit)
            })
            .collect();
        estate
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(21), ..crate::support::cases(96) })]

    #[test]
    fn any_service_plan_is_sound_and_late_by_what_it_says(estate in any_day(), seed in any::<u64>(), switches in any::<[bool; 7]>()) {
        let [climbs, windows, trips, lateness, longest, faces, evenness] = switches;
        let rules = Rules { climbs, windows, trips, lateness, longest, faces, evenness, ..Rules::default() };
        let options = Options { seed, iterations: Some(400), threads: 1 };
        let plan = plan_service(&estate, rules, &options, &Unattended).expect("a sound estate");
        let verdict = checked(&estate, rules, &plan);
        prop_assert!(verdict.sound(), "{:?}", verdict.verdict.faults);
        prop_assert_eq!(verdict.verdict.cost, plan.cost().0);
        prop_assert_eq!(verdict.lateness, plan.lateness());
        prop_assert_eq!(verdict.finish, plan.finish().0);
        prop_assert_eq!(verdict.verdict.served + plan.plan.left_out.len(), estate.deliveries.len());
        prop_assert_eq!(&plan, &plan_service(&estate, rules, &options, &Unattended).expect("the same"));
    }

    #[test]
    fn any_replan_keeps_what_was_carried(
        estate in any_day(),
        now in 0_i64..2500,
        gone in prop::option::of(0_usize..6),
        cancelled in prop::collection::vec(0_usize..26, 0..4),
        late in prop::collection::vec((0_usize..7, 1_i64..3), 0..3),
        lift in prop::option::of(0_usize..7),
    ) {
        let plan = plan_service(&estate, Rules::default(), &options(200), &Unattended).expect("a sound estate");
        let mut noon = under_way(&estate, &plan, now);
        let calm = put_right(&noon);
        prop_assert!(calm.plan.plan.left_out.len() <= plan.plan.left_out.len());
        if calm.plan.plan.left_out.len() == plan.plan.left_out.len() && calm.plan.lateness() == plan.lateness() {
            prop_assert_eq!(calm.plan.hands, 0);
        }
        if let Some(gone) = gone.filter(|&g| g < noon.volunteers.len()) {
            noon.volunteers.remove(gone);
        }
        let visited: BTreeSet<String> = noon.fixed.iter().flat_map(|t| t.visited.clone()).collect();
        for i in cancelled {
            noon.deliveries.retain(|d| d.id != format!("D{i}") || visited.contains(&d.id));
        }
        for (i, (building, meals)) in late.into_iter().enumerate() {
            let building = format!("B{}", building % noon.buildings.len() + 1);
            noon.deliveries.push(delivery(100 + i, &building, 0, meals));
        }
        if let Some(lift) = lift {
            noon.lifts_out.push(format!("B{}", lift % noon.buildings.len() + 1));
        }
        let found = put_right(&noon);
        let listed = |who: &str| noon.volunteers.iter().any(|v| v.id == who);
        for trip in noon.fixed.iter().filter(|t| t.has_left() && listed(&t.volunteer)) {
            let kept: Vec<&String> = trip.visited.iter().chain(
                trip.planned.iter().filter(|id| noon.deliveries.iter().any(|d| d.id == **id))).collect();
            prop_assert!(kept.is_empty() || found.plan.plan.rounds.iter().any(|r|
                r.volunteer.as_deref() == Some(trip.volunteer.as_str())
                    && r.stops.iter().map(|s| &s.id).eq(kept.iter().copied())), "{:?}", trip);
        }
        let verdict = checked(&noon, Rules::default(), &found.plan);
        prop_assert_eq!(verdict.verdict.cost, found.plan.cost().0);
        prop_assert_eq!(verdict.lateness, found.plan.lateness());
    }
}

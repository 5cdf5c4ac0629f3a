//! A plan under way: what was carried stays, and only what must move moves.

use clubhouse_kiosk::routing::Unattended;
use clubhouse_kiosk::routing::checker::{Fault, check_service};
use clubhouse_kiosk::routing::estate::CarriedTrip;
use clubhouse_kiosk::routing::service::{ReplanOptions, Rules, Service, replan};

use super::{delivery, hands, planned, put_right, small_day, under_way};

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

#[test]
fn a_clumsy_plan_is_kept_unless_hands_may_change_freely() {
    let mut estate = small_day();
    estate.volunteers.truncate(2);
    let trip = |who: &str, doors: &[usize]| CarriedTrip {
        volunteer: who.to_owned(),
        planned: doors.iter().map(|i| format!("D{i}")).collect(),
        ..CarriedTrip::default()
    };
    // Both go to every building.
    estate.fixed = vec![trip("V1", &[0, 1, 2, 3, 4]), trip("V2", &[6, 7, 8, 9, 10, 11])];
    let options = ReplanOptions { seed: 1, trials: Some(1000) };
    let with = |rules| replan(&estate, rules, &options, &Unattended).expect("a sound estate").plan;
    let kept = with(Rules::default());
    let free = with(Rules { hands: false, ..Rules::default() });
    assert_eq!((kept.plan.left_out.len(), free.plan.left_out.len()), (0, 0));
    assert_eq!(kept.hands, 0);
    assert!(free.hands > 0 && free.cost() < kept.cost(), "{} {}", free.cost(), kept.cost());
}

//! Any day, any noon: the checker agrees, and what was carried stays.

use std::collections::BTreeSet;

use clubhouse_kiosk::routing::estate::{Delivery, Estate, Volunteer};
use clubhouse_kiosk::routing::service::{Rules, plan_service};
use clubhouse_kiosk::routing::{Options, Unattended};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{checked, delivery, options, put_right, street, under_way, volunteer};

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

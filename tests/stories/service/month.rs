//! A month: everybody walks about the same, and doors are known to two.

use std::collections::{BTreeMap, BTreeSet};

use clubhouse_kiosk::routing::Unattended;
use clubhouse_kiosk::routing::estate::Volunteer;
use clubhouse_kiosk::routing::service::{Rules, plan_service};

use super::{delivery, options, street, volunteer};

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

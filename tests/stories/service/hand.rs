//! At the desk: changes by hand, reasons, and how many are enough.

use clubhouse_kiosk::routing::Unattended;
use clubhouse_kiosk::routing::estate::Volunteer;
use clubhouse_kiosk::routing::service::{
    HandError, Obstacle, Rules, Service, Staff, Warning, how_many, move_stop, pin, swap_rounds,
};

use super::{hands, options, planned, put_right, small_day, under_way, volunteer};

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

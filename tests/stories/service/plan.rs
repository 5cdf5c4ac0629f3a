//! A plan before noon: trips on the clock, stairs, hot meals, and what is refused.

use clubhouse_kiosk::routing::estate::{CarriedTrip, Estate, EstateError, Volunteer};
use clubhouse_kiosk::routing::service::{Rules, ServiceError, plan_service};
use clubhouse_kiosk::routing::solver::Reason;
use clubhouse_kiosk::routing::{Instance, Unattended, plan_rounds};

use super::{checked, hands, options, planned, small_day, volunteer};

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

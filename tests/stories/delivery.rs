//! From the cut-off to the closed day.

use clubhouse_kiosk::dispatch::HandInLine;
use clubhouse_kiosk::domain::{
    Fen, Fulfilment, Obstacle, OrderState, Outcome, PaymentState, Refusal, Round, RoundState,
};
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::schedule::{self, Done};

use crate::support::{Clubhouse, delivery, tuesday, wish};

const PLAN: Options = Options { seed: 7, iterations: Some(2_000), threads: 1 };

/// Thirty deliveries, four volunteers, 10:05.
fn after_cut_off() -> Clubhouse {
    let c = Clubhouse::new();
    for nth in 0..30 {
        c.counter.place(&delivery(&c.senior(nth * 7)), "kiosk").unwrap();
    }
    c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    c.dispatch.put_on_duty(tuesday(), &[101, 102, 103, 104]).unwrap();
    c.at("10:05");
    c
}

fn delivered(round: &Round) -> Vec<HandInLine> {
    let line = |order| HandInLine {
        order,
        outcome: Outcome::Delivered,
        left_with: String::new(),
        cash: None,
    };
    round.stops.iter().map(|s| line(s.order)).collect()
}

#[test]
fn rounds_carry_every_delivery_once_within_every_bag() {
    let mut c = after_cut_off();
    let planned = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    assert!(planned.left_out.is_empty(), "{:?}", planned.left_out);
    let mut carried: Vec<u32> =
        planned.rounds.iter().flat_map(|r| r.stops.iter().map(|s| s.number)).collect();
    carried.sort_unstable();
    assert!(carried.iter().copied().eq(1..=30));
    let volunteers = c.dispatch.on_duty(tuesday()).unwrap();
    for round in &planned.rounds {
        let who = volunteers.iter().find(|v| v.id == round.volunteer).unwrap();
        let meals: u32 = round.stops.iter().map(|s| u32::from(s.portions)).sum();
        assert!(meals <= u32::from(who.capacity) && round.duration_s <= who.max_round_s);
        assert!(round.stops.windows(2).all(|w| w[0].arrive_at < w[1].arrive_at));
    }
    let papers = c.print();
    assert_eq!(
        papers,
        31 * 2 + 30 + planned.rounds.len(),
        "tickets and slips, bag strips, round slips"
    );
}

#[test]
fn planning_needs_the_cut_off_and_somebody_on_duty() {
    let c = Clubhouse::new();
    c.counter.place(&delivery(&c.senior(0)), "kiosk").unwrap();
    let plan =
        || c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap_err().refusal().cloned();
    assert!(matches!(plan(), Some(Refusal::BeforeCutOff { .. })));
    c.at("10:00");
    assert_eq!(plan(), Some(Refusal::NobodyOnDuty { date: tuesday() }));
}

#[test]
fn too_few_volunteers_leave_doors_out_by_name() {
    let c = after_cut_off();
    for badge in [102, 103, 104] {
        c.dispatch.take_off_duty(tuesday(), badge).unwrap();
    }
    let planned = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    assert_eq!(planned.rounds.len(), 1);
    assert_eq!(planned.left_out.len() + planned.rounds[0].stops.len(), 30);
    assert!(planned.left_out.iter().all(|(number, why)| *number > 0 && !why.is_empty()));
}

#[test]
fn a_new_plan_withdraws_rounds_that_have_not_left() {
    let c = after_cut_off();
    let first = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    let gone = c.dispatch.take_slip(first.rounds[0].id).unwrap();
    c.dispatch.put_on_duty(tuesday(), &[105]).unwrap();
    let second = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    assert!(
        second.rounds.iter().all(|r| r.volunteer != gone.volunteer),
        "who has left gets no second bag"
    );
    let standing = c.dispatch.rounds(tuesday()).unwrap();
    let numbers: Vec<u32> =
        standing.iter().flat_map(|r| r.stops.iter().map(|s| s.number)).collect();
    let mut once = numbers.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!((numbers.len(), once.len()), (30, 30));
    let last = first.rounds.last().unwrap().number;
    assert!(
        second.rounds.iter().all(|r| r.number > last),
        "a withdrawn slip can't be taken for a new one"
    );
}

#[test]
fn a_whole_day_is_closed_only_when_nothing_is_open() {
    let mut c = after_cut_off();
    let planned = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    c.at("11:00");
    for round in &planned.rounds {
        assert_eq!(c.dispatch.take_slip(round.id).unwrap().state, RoundState::Out);
    }
    c.at("11:40");
    let not_home = planned.rounds[0].stops[0].clone();
    for (at, round) in planned.rounds.iter().enumerate() {
        let mut lines = delivered(round);
        if at == 0 {
            lines[0].outcome = Outcome::NoAnswer;
        }
        assert_eq!(c.dispatch.hand_in(round.id, &lines).unwrap().state, RoundState::HandedIn);
    }
    let returned = c.counter.by_number(tuesday(), not_home.number).unwrap();
    assert_eq!((returned.state, returned.payment), (OrderState::Returned, PaymentState::Due));
    assert_eq!(
        c.counter.owed(returned.id).unwrap(),
        Fen::ZERO,
        "a meal that came back is not charged"
    );
    let closing = || c.dispatch.close_day(tuesday()).unwrap_err().refusal().cloned().unwrap();
    let Refusal::NotYetClosable { what } = closing() else { panic!() };
    assert!(
        what.iter().any(|w| matches!(w, Obstacle::StillServing { .. }))
            && what.contains(&Obstacle::CheckOpen { numbers: vec![not_home.number] }),
        "{what:?}"
    );
    c.at("12:40");
    let check = c.dispatch.open_checks().unwrap().remove(0);
    assert_eq!(check.number, Some(not_home.number));
    assert!(check.leader.is_some(), "every building of the sample has a leader");
    assert!(matches!(
        c.dispatch.close_check(check.id, "  ", "staff").unwrap_err().refusal(),
        Some(Refusal::FindingMissing)
    ));
    c.dispatch.close_check(check.id, "在女儿家,平安", "staff").unwrap();
    let closed = c.dispatch.close_day(tuesday()).unwrap();
    assert_eq!((closed.last_number, closed.returned.len(), closed.not_collected.len()), (31, 1, 1));
    assert_eq!(closed.cash, Fen::yuan(29 * 20));
    assert!(closed.owed.is_empty());
    c.print();
    assert!(matches!(
        c.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap_err().refusal(),
        Some(Refusal::DayClosed { .. })
    ));
}

#[test]
fn a_delivery_nobody_carried_is_recorded_by_staff() {
    let c = Clubhouse::new();
    let order = c.counter.place(&delivery(&c.senior(0)), "kiosk").unwrap();
    c.at("12:40");
    let obstacles = c.dispatch.obstacles(tuesday()).unwrap();
    assert_eq!(obstacles, [Obstacle::NotVisited { numbers: vec![1] }]);
    assert_eq!(obstacles[0].to_string(), "no visit is recorded for number 1");
    let line = HandInLine {
        order: order.id,
        outcome: Outcome::LeftWith,
        left_with: "女儿".into(),
        cash: Some(Fen::yuan(5)),
    };
    c.dispatch.record_visit(&line).unwrap();
    assert_eq!(c.counter.owed(order.id).unwrap(), Fen::yuan(15), "the rest stays due");
    assert!(matches!(
        c.dispatch.record_visit(&line).unwrap_err().refusal(),
        Some(Refusal::AlreadyVisited { outcome: Outcome::LeftWith })
    ));
    assert_eq!(c.dispatch.close_day(tuesday()).unwrap().owed, [(1, Fen::yuan(15))]);
}

#[test]
fn the_clock_sets_off_the_count_and_the_rounds_once() {
    let c = after_cut_off();
    let (done, failed) = schedule::tick(&c.house);
    assert!(failed.is_empty(), "{failed:?}");
    assert!(done.contains(&Done::Count(tuesday())));
    assert!(done.iter().any(|d| matches!(d, Done::Rounds(_, rounds, 0) if *rounds > 0)));
    assert_eq!(schedule::tick(&c.house).0, []);
    c.counter.place(&wish(Fulfilment::TakeAway), "kiosk").unwrap();
    let strips = c
        .house
        .store
        .read(|db| {
            Ok::<_, clubhouse_kiosk::error::Error>(clubhouse_kiosk::store::print_jobs::on(
                db,
                tuesday(),
            )?)
        })
        .unwrap();
    assert_eq!(strips.iter().filter(|j| j.ticket.kind() == "count_delta").count(), 1);
}

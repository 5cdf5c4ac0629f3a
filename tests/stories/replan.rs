//! The plan put right during the day: what moves, what stays, and what comes out of the printer.

use std::sync::atomic::{AtomicBool, Ordering};

use clubhouse_kiosk::counter::{Deadline, NewOrder, STAFF};
use clubhouse_kiosk::dispatch::{Became, Dispatch, HandInLine, PlannedDay};
use clubhouse_kiosk::domain::{
    OrderState, Outcome, Portions, PrintJobState, Refusal, Round, RoundChange, RoundState,
};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::routing::service::ReplanOptions;
use clubhouse_kiosk::routing::{Control, Options, Progress, Unattended};
use clubhouse_kiosk::store::print_jobs::PrintJob;
use clubhouse_kiosk::store::{print_jobs, round_changes, walked};
use clubhouse_kiosk::tickets::Ticket;
use clubhouse_kiosk::tickets::content::{BagVoid, RoundDelta, RoundEnd};

use crate::support::{Clubhouse, delivery, tuesday};

const PLAN: Options = Options { seed: 7, iterations: Some(2_000), threads: 1 };

/// Eighteen deliveries (one of two meals), four volunteers, 10:05, planned.
fn planned() -> (Clubhouse, PlannedDay) {
    let c = Clubhouse::new();
    for nth in 0..18 {
        let two = if nth == 4 { Portions::new(2).unwrap() } else { Portions::ONE };
        let wish = NewOrder { portions: two, ..delivery(&c.senior(nth * 11)) };
        c.counter.place(&wish, "kiosk").unwrap();
    }
    c.dispatch.put_on_duty(tuesday(), &[101, 102, 103, 104]).unwrap();
    c.at("10:05");
    let day = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    assert!(day.left_out.is_empty() && day.rounds.len() > 1, "{:?}", day.left_out);
    (c, day)
}

fn replan(c: &Clubhouse, why: RoundChange) -> PlannedDay {
    c.dispatch.replan(tuesday(), why, &ReplanOptions::default(), &Unattended).unwrap()
}

fn badge(c: &Clubhouse, round: &Round) -> u32 {
    let all = c.registry.volunteers().unwrap();
    all.iter().find(|v| v.id == round.volunteer).unwrap().badge
}

fn jobs(c: &Clubhouse) -> Vec<PrintJob> {
    c.house.store.read(|db| Ok::<_, Error>(print_jobs::on(db, tuesday())?)).unwrap()
}

fn queued(c: &Clubhouse) -> Vec<Ticket> {
    let waiting = jobs(c).into_iter().filter(|j| j.state == PrintJobState::Queued);
    waiting.map(|j| j.ticket).collect()
}

fn deltas(papers: &[Ticket]) -> Vec<&RoundDelta> {
    let mut found = Vec::new();
    for paper in papers {
        if let Ticket::RoundDelta(delta) = paper {
            found.push(delta.as_ref());
        }
    }
    found
}

fn voids(papers: &[Ticket]) -> Vec<&BagVoid> {
    let mut found = Vec::new();
    for paper in papers {
        if let Ticket::BagVoid(void) = paper {
            found.push(void);
        }
    }
    found
}

/// Round and pick-up number of every strip among papers.
fn strips(papers: &[Ticket]) -> Vec<(u32, u32)> {
    let strip = |t: &Ticket| match t {
        Ticket::BagStrip(strip) => Some((strip.round, strip.number)),
        _ => None,
    };
    papers.iter().filter_map(strip).collect()
}

fn numbers(round: &Round) -> Vec<u32> {
    round.stops.iter().map(|s| s.number).collect()
}

fn carried(rounds: &[Round]) -> Vec<u32> {
    let mut all: Vec<u32> = rounds.iter().flat_map(numbers).collect();
    all.sort_unstable();
    all
}

#[test]
fn strips_come_out_last_door_first_and_two_meals_stay_together() {
    let (c, day) = planned();
    for round in &day.rounds {
        let all = strips(&queued(&c));
        let own: Vec<u32> =
            all.iter().filter(|(r, _)| *r == round.number).map(|(_, number)| *number).collect();
        let mut walked = numbers(round);
        walked.reverse();
        assert_eq!(own, walked, "the first door's meal lies on top");
    }
    let two: Vec<_> =
        day.rounds.iter().flat_map(|r| &r.stops).filter(|s| s.portions == 2).collect();
    assert_eq!(two.len(), 1, "two meals for one door are one stop");
}

#[test]
fn with_nothing_to_put_right_nothing_changes() {
    let (mut c, day) = planned();
    c.print();
    let again = replan(&c, RoundChange::Replanned);
    assert_eq!(again.news, []);
    assert_eq!(again.rounds, day.rounds);
    assert_eq!(queued(&c), []);
}

#[test]
fn who_goes_before_leaving_gives_the_doors_to_others_and_everybody_learns_it_on_paper() {
    let (mut c, day) = planned();
    c.print();
    let gone = &day.rounds[0];
    c.dispatch.take_off_duty(tuesday(), badge(&c, gone)).unwrap();
    let after = replan(&c, RoundChange::OffDuty);
    assert!(after.left_out.is_empty(), "{:?}", after.left_out);
    assert_eq!(carried(&after.rounds), (1..=18).collect::<Vec<_>>());
    assert!(after.rounds.iter().all(|r| r.id != gone.id));
    for round in &after.rounds {
        let Some(old) = day.rounds.iter().find(|r| r.id == round.id) else { continue };
        assert_eq!((old.number, old.volunteer), (round.number, round.volunteer));
    }

    let papers = queued(&c);
    let off: Vec<_> = deltas(&papers).into_iter().filter(|d| d.end.is_some()).collect();
    assert_eq!(off.len(), 1);
    assert_eq!((off[0].slip.round, off[0].end), (gone.number, Some(RoundEnd::Withdrawn)));
    let mut out: Vec<u32> = off[0].removed.iter().map(|d| d.number).collect();
    let mut had = numbers(gone);
    out.sort_unstable();
    had.sort_unstable();
    assert_eq!(out, had);
    let held: Vec<u32> = off[0].removed.iter().filter_map(|d| d.round).collect();
    assert_eq!(held.len(), had.len(), "each door says where it goes");

    let moved: Vec<u32> = voids(&papers).iter().map(|v| v.number).collect();
    for number in &had {
        assert!(moved.contains(number), "number {number}'s strip no longer holds");
    }
    for delta in deltas(&papers).into_iter().filter(|d| d.end.is_none()) {
        let round = after.rounds.iter().find(|r| r.number == delta.slip.round).unwrap();
        assert_eq!(
            delta.slip.stops.iter().map(|s| s.number).collect::<Vec<_>>(),
            numbers(round),
            "the whole round in its new order"
        );
        let new: Vec<u32> = delta.added.iter().map(|d| d.number).collect();
        assert!(!new.is_empty() && new.iter().all(|n| had.contains(n) || moved.contains(n)));
        let own = strips(&papers).into_iter().filter(|(r, _)| *r == round.number);
        let mut strip: Vec<u32> = own.map(|(_, n)| n).collect();
        let mut added = new.clone();
        strip.sort_unstable();
        added.sort_unstable();
        assert_eq!(strip, added, "strips of the added doors only");
    }
    let before = c.house.store.read(|db| Ok::<_, Error>(round_changes::of(db, gone.id)?)).unwrap();
    assert_eq!(before.len(), 1);
    assert_eq!((before[0].reason, before[0].revision), (RoundChange::OffDuty, 1));
    assert_eq!(before[0].said.stops.len(), gone.stops.len());
}

#[test]
fn papers_that_are_not_printed_yet_give_way_to_new_ones() {
    let (c, day) = planned();
    c.dispatch.take_off_duty(tuesday(), badge(&c, &day.rounds[0])).unwrap();
    let after = replan(&c, RoundChange::OffDuty);
    let papers = queued(&c);
    assert!(deltas(&papers).is_empty() && voids(&papers).is_empty());
    let slips: Vec<u32> = papers
        .iter()
        .filter_map(|t| if let Ticket::RoundSlip(s) = t { Some(s.round) } else { None })
        .collect();
    let mut standing: Vec<u32> = after.rounds.iter().map(|r| r.number).collect();
    let mut printed = slips.clone();
    standing.sort_unstable();
    printed.sort_unstable();
    assert_eq!(printed, standing, "one slip a round, none for the one that is off");
    let mut meals: Vec<u32> = strips(&papers).into_iter().map(|(_, n)| n).collect();
    meals.sort_unstable();
    assert_eq!(meals, (1..=18).collect::<Vec<_>>(), "one strip a meal bag");
}

#[test]
fn who_gives_up_on_the_way_keeps_what_is_done_and_the_rest_comes_from_the_kitchen() {
    let (mut c, day) = planned();
    c.counter.print_count(tuesday(), true).unwrap();
    c.print();
    c.at("11:00");
    let gone = c.dispatch.take_slip(day.rounds[0].id).unwrap();
    let walking = c.dispatch.take_slip(day.rounds[1].id).unwrap();
    c.at("11:08");
    let first = &gone.stops[0];
    let done = HandInLine {
        order: first.order,
        outcome: Outcome::Delivered,
        left_with: String::new(),
        cash: None,
    };
    c.dispatch.record_visit(&done).unwrap();
    c.dispatch.take_off_duty(tuesday(), badge(&c, &gone)).unwrap();
    c.dispatch.put_on_duty(tuesday(), &[105, 106]).unwrap();
    let after = replan(&c, RoundChange::OffDuty);
    assert!(after.left_out.is_empty(), "{:?}", after.left_out);

    let standing = c.dispatch.rounds(tuesday()).unwrap();
    assert_eq!(carried(&standing), (1..=18).collect::<Vec<_>>());
    let ended = standing.iter().find(|r| r.id == gone.id).unwrap();
    assert_eq!((numbers(ended), ended.state), (vec![first.number], RoundState::HandedIn));
    let same = standing.iter().find(|r| r.id == walking.id).unwrap();
    assert_eq!(same.stops, walking.stops, "a round that has left keeps its doors and their order");
    assert!(after.news.iter().any(|n| n.became == Became::BrokenOff));
    for stop in &gone.stops[1..] {
        let order = c.counter.by_number(tuesday(), stop.number).unwrap();
        assert_eq!(order.state, OrderState::Placed);
        let now = standing.iter().find(|r| numbers(r).contains(&stop.number)).unwrap();
        assert!(now.state == RoundState::Planned && now.depart_at >= c.house.clock.now());
    }
    let papers = queued(&c);
    let again = papers.iter().filter(|t| matches!(t, Ticket::CountDelta(_))).count();
    assert_eq!(again, gone.stops.len() - 1, "the kitchen cooks what left and did not arrive");
    assert_eq!(voids(&papers), Vec::<&BagVoid>::new(), "those strips are in the street");
}

#[test]
fn a_late_order_joins_a_round_and_a_late_cancellation_leaves_it() {
    let (mut c, _) = planned();
    c.print();
    let wish = delivery(&c.senior(200));
    assert!(matches!(
        c.counter.place(&wish, STAFF).unwrap_err().refusal(),
        Some(Refusal::PastCutOff { .. })
    ));
    let order = c.counter.place_by(&wish, Deadline::Waived, STAFF).unwrap();
    let after = replan(&c, RoundChange::LateOrder);
    assert_eq!(carried(&after.rounds), (1..=19).collect::<Vec<_>>());
    let news: Vec<_> = after.news.iter().filter(|n| n.added.contains(&19)).collect();
    assert_eq!(news.len(), 1);
    c.print();
    c.counter.cancel_by(order.id, Deadline::Waived, STAFF).unwrap();
    let after = replan(&c, RoundChange::Cancelled);
    assert_eq!(carried(&after.rounds), (1..=18).collect::<Vec<_>>());
    let papers = queued(&c);
    let void = voids(&papers);
    assert_eq!((void.len(), void[0].number, void[0].to), (1, 19, None));
}

#[test]
fn a_lift_that_is_out_sends_who_does_not_climb_elsewhere() {
    let (mut c, day) = planned();
    c.print();
    let high = |r: &&Round| r.stops.iter().any(|s| s.door.floor > 1);
    let round = day.rounds.iter().find(high).unwrap();
    let door = round.stops.iter().find(|s| s.door.floor > 1).unwrap();
    let all = c.registry.volunteers().unwrap();
    let mut walker = all.iter().find(|v| v.id == round.volunteer).unwrap().clone();
    walker.climbs = false;
    c.registry.put_volunteers(&[walker.clone()]).unwrap();
    c.dispatch.lift_out(tuesday(), &door.door.building).unwrap();
    assert_eq!(c.dispatch.lifts_out(tuesday()).unwrap(), std::slice::from_ref(&door.door.building));
    let after = replan(&c, RoundChange::Lift);
    let now = after.rounds.iter().find(|r| numbers(r).contains(&door.number)).unwrap();
    assert_ne!(now.volunteer, walker.id, "stairs are for those who climb");
    assert!(matches!(
        c.dispatch.lift_out(tuesday(), &door.door.building).unwrap_err().refusal(),
        Some(Refusal::NoSuchLift { .. })
    ));
    c.dispatch.lift_back(tuesday(), &door.door.building).unwrap();
    assert!(c.dispatch.lifts_out(tuesday()).unwrap().is_empty());
}

#[test]
fn a_hand_moves_pins_and_swaps_and_the_bags_still_match_their_strips() {
    let (mut c, day) = planned();
    c.print();
    let (from, to) = (&day.rounds[0], &day.rounds[1]);
    let number = from.stops[0].number;
    let moved = c.dispatch.move_stop(tuesday(), number, badge(&c, to), Some(1)).unwrap();
    let now = moved.rounds.iter().find(|r| r.id == to.id).unwrap();
    assert_eq!((now.stops[0].number, now.revision), (number, 2));
    let papers = queued(&c);
    assert_eq!(deltas(&papers).len(), 2, "who gives and who takes");
    assert_eq!(strips(&papers), [(to.number, number)]);
    assert_eq!((voids(&papers)[0].round, voids(&papers)[0].to), (from.number, Some(to.number)));

    let pinned = c.dispatch.pin_stop(tuesday(), number).unwrap();
    assert_eq!(pinned.news, [], "a pin is no change of the walk");
    let kept = replan(&c, RoundChange::Replanned);
    let on = kept.rounds.iter().find(|r| numbers(r).contains(&number)).unwrap();
    assert!(on.id == to.id && on.stops.iter().any(|s| s.number == number && s.pinned));
    c.dispatch.unpin_stop(tuesday(), number).unwrap();
    let standing = c.dispatch.rounds(tuesday()).unwrap();
    assert!(standing.iter().flat_map(|r| &r.stops).all(|s| !s.pinned));

    c.print();
    c.dispatch.swap_rounds(tuesday(), badge(&c, from), badge(&c, to)).unwrap();
    let swapped = c.dispatch.rounds(tuesday()).unwrap();
    let doors = |rounds: &[Round], id| -> Vec<u32> {
        let mut doors = numbers(rounds.iter().find(|r| r.id == id).unwrap());
        doors.sort_unstable();
        doors
    };
    assert_eq!(doors(&swapped, from.id), doors(&standing, from.id));
    assert_eq!(swapped.iter().find(|r| r.id == from.id).unwrap().volunteer, to.volunteer);
    let papers = queued(&c);
    assert!(strips(&papers).is_empty() && voids(&papers).is_empty(), "the bags stay as they are");
    assert!(deltas(&papers).iter().all(|d| d.before.is_some()));

    let out = c.dispatch.take_slip(from.id).unwrap();
    let refused = c.dispatch.move_stop(tuesday(), out.stops[0].number, badge(&c, to), None);
    assert_eq!(refused.unwrap_err().refusal(), Some(&Refusal::RoundLeft { round: from.number }));
}

#[test]
fn too_much_for_a_bag_is_done_and_said() {
    let (c, day) = planned();
    let to = badge(&c, &day.rounds[0]);
    let mut last = None;
    for number in carried(&day.rounds[1..]) {
        last = Some(c.dispatch.move_stop(tuesday(), number, to, None).unwrap());
    }
    let last = last.unwrap();
    assert_eq!((last.rounds.len(), last.rounds[0].stops.len()), (1, 18));
    assert!(
        last.warnings.iter().any(|w| w.to_string().contains("the bag holds")),
        "{:?}",
        last.warnings
    );
}

#[test]
fn one_who_makes_two_trips_gets_a_slip_for_each() {
    let c = Clubhouse::new();
    for nth in 0..14 {
        c.counter.place(&delivery(&c.senior(nth * 11)), "kiosk").unwrap();
    }
    let mut one = c.registry.volunteers().unwrap().remove(0);
    (one.capacity, one.max_trips) = (8, 3);
    c.registry.put_volunteers(&[one.clone()]).unwrap();
    c.dispatch.put_on_duty(tuesday(), &[one.badge]).unwrap();
    c.at("10:05");
    let day = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    assert!(day.rounds.len() >= 2, "{:?}", day.rounds.len());
    let slips: Vec<_> = queued(&c)
        .into_iter()
        .filter_map(|t| if let Ticket::RoundSlip(s) = t { Some((s.trip, s.depart)) } else { None })
        .collect();
    assert_eq!(slips.len(), day.rounds.len());
    assert!(slips.is_sorted() && slips[0].1 < slips[1].1, "each trip has its own departure");

    c.at("11:00");
    let pin = one.pin.clone();
    let (_, round) = c.dispatch.sign_in(one.badge, &pin).unwrap();
    assert_eq!(round.as_ref().unwrap().trip, 1);
    let first = c.dispatch.take_slip(round.unwrap().id).unwrap();
    let line = |order| HandInLine {
        order,
        outcome: Outcome::Delivered,
        left_with: String::new(),
        cash: None,
    };
    let lines: Vec<_> = first.stops.iter().map(|s| line(s.order)).collect();
    c.at("11:30");
    c.dispatch.hand_in(first.id, &lines).unwrap();
    let (_, round) = c.dispatch.sign_in(one.badge, &pin).unwrap();
    assert_eq!(round.unwrap().trip, 2, "back in the kitchen, the next bag waits");
    let again = replan(&c, RoundChange::Replanned);
    assert_eq!(again.news, [], "half an hour was as planned");
}

#[test]
fn a_plan_of_a_day_that_changed_meanwhile_is_refused() {
    /// While the planner thinks, somebody goes off duty.
    struct Meddler(Dispatch, AtomicBool);
    impl Control for Meddler {
        fn cancelled(&self) -> bool {
            if !self.1.swap(true, Ordering::Relaxed) {
                self.0.take_off_duty(tuesday(), 102).unwrap();
            }
            false
        }
        fn progress(&self, _: &Progress) {}
    }
    let (c, day) = planned();
    let meddler = Meddler(c.dispatch.clone(), AtomicBool::new(false));
    let refused = c.dispatch.plan_rounds(tuesday(), &PLAN, &meddler).unwrap_err();
    assert_eq!(refused.refusal(), Some(&Refusal::PlanOutdated { date: tuesday() }));
    assert_eq!(c.dispatch.rounds(tuesday()).unwrap(), day.rounds, "nothing was changed");
}

#[test]
fn a_door_is_explained_and_staff_is_counted() {
    let (c, day) = planned();
    let round = &day.rounds[0];
    let number = round.stops[0].number;
    let why = c.dispatch.explain(tuesday(), number).unwrap();
    let who = badge(&c, round).to_string();
    assert_eq!(why.here.as_ref().map(|h| h.volunteer.clone()), Some(who.clone()));
    assert!(why.zh().contains(&format!("由 {who} 送")), "{}", why.zh());
    let needed = c.dispatch.how_many(tuesday(), &PLAN, &Unattended).unwrap();
    assert_eq!((needed.doors, needed.on_duty), (18, 4));
    let enough = needed.answer.enough.unwrap();
    assert!((1..=4).contains(&enough));
    assert!(needed.answer.tried.iter().any(|t| t.volunteers + 1 == enough && !t.enough()));
    assert_eq!(
        c.dispatch.explain(tuesday(), 99).unwrap_err().refusal(),
        Some(&Refusal::UnknownOrder)
    );
}

#[test]
fn who_must_eat_early_is_first_or_named_as_late() {
    let c = Clubhouse::new();
    let mut early = c.senior(30);
    early.eat_by = Some(jiff::civil::time(10, 30, 0, 0));
    let mut at_noon = c.senior(90);
    at_noon.eat_by = Some(jiff::civil::time(12, 0, 0, 0));
    c.registry.put_residents(&[early.clone(), at_noon.clone()]).unwrap();
    for resident in [&early, &at_noon] {
        c.counter.place(&delivery(resident), "kiosk").unwrap();
    }
    c.dispatch.put_on_duty(tuesday(), &[101]).unwrap();
    c.at("10:05");
    let day = c.dispatch.plan_rounds(tuesday(), &PLAN, &Unattended).unwrap();
    assert_eq!(day.rounds[0].stops[0].number, 1, "the one who is late already goes first");
    assert_eq!(day.late.len(), 1);
    let late = day.late[0];
    assert_eq!((late.number, late.cold_s), (1, 0));
    let arrival = day.rounds[0].stops[0].arrive_at;
    let by = c.house.settings.calendar().at(tuesday(), early.eat_by.unwrap());
    assert!(late.overdue_s > 0 && late.overdue_s <= arrival.duration_since(by).as_secs());
}

#[test]
fn a_day_of_rounds_makes_faces_known_and_minutes_count_for_a_month() {
    let (c, day) = planned();
    c.at("11:00");
    let round = c.dispatch.take_slip(day.rounds[0].id).unwrap();
    let not_home = round.stops.last().unwrap();
    let line = |order, outcome| HandInLine { order, outcome, left_with: String::new(), cash: None };
    let lines: Vec<_> = round
        .stops
        .iter()
        .map(|s| {
            let home = s.number != not_home.number;
            line(s.order, if home { Outcome::Delivered } else { Outcome::NoAnswer })
        })
        .collect();
    c.at("11:30");
    c.dispatch.hand_in(round.id, &lines).unwrap();
    let read = |from: i64, until: i64| {
        let (from, until) = (tuesday().plus_days(from), tuesday().plus_days(until));
        c.house
            .store
            .read(|db| {
                Ok::<_, Error>((
                    walked::known_doors(db, from, until)?,
                    walked::seconds(db, from, until)?,
                ))
            })
            .unwrap()
    };
    let (known, seconds) = read(-29, 1);
    let doors = &known[&round.volunteer];
    assert_eq!((known.len(), doors.len()), (1, round.stops.len() - 1));
    assert!(!doors.contains(&not_home.door), "a closed door makes nobody known");
    assert_eq!(seconds[&round.volunteer], i64::from(round.duration_s));
    let (known, seconds) = read(-30, 0);
    assert!(known.is_empty() && seconds.is_empty(), "the day itself is no history of its own plan");
}

//! The made-up clubhouse's days ahead, and what was left half done in it.

use super::sample::{Sample, menu, moment, order, service_date};
use crate::counter::{HalfDone, Known, NewOrder, WeekDay};
use crate::domain::habit::Unfit;
use crate::domain::{
    Door, Fulfilment, Habit, Order, PauseKind, Portions, Preferences, Reached, Refusal,
    ServiceDate, Unfinished, UnfinishedRecord,
};
use crate::kiosk::protocol::{DayOutcome, DayResult, Reply, Request};

/// What the sample resident usually orders.
pub(super) fn habit() -> Habit {
    Habit {
        fulfilment: Fulfilment::Delivery,
        portions: Portions::ONE,
        preferences: Preferences { softer: true, ..Preferences::default() },
    }
}

/// An answer about the days ahead; none to other questions.
pub(super) fn answer(sample: &Sample, request: &Request) -> Option<Reply> {
    Some(match request {
        Request::Week(_) => Reply::Week(week(sample)),
        Request::PlaceWeek(wishes) => Reply::WeekPlaced(
            wishes.iter().enumerate().map(|(n, w)| placed(sample, n, w)).collect(),
        ),
        Request::PrintForm(_) => Reply::FormQueued,
        Request::KeepUnfinished(_) => Reply::Kept,
        _ => return None,
    })
}

/// Today and the days ahead; tomorrow's delivery is ordered, the third day nearly sold out.
fn week(sample: &Sample) -> Vec<WeekDay> {
    let days = (0..i64::from(sample.week_days)).map(|n| {
        let date = service_date(n);
        let menu = menu(date);
        let price = menu.prices.values().next().copied().unwrap_or_default();
        let over = n == 0 && sample.today.phase != crate::domain::calendar::DayPhase::Open;
        WeekDay {
            date,
            menu,
            portions: Portions::ONE,
            preferences: habit().preferences,
            price,
            shut: if n == 2 {
                Fulfilment::ALL.iter().map(|way| (*way, Unfit::SoldOut)).collect()
            } else if over {
                vec![(Fulfilment::Delivery, Unfit::Over)]
            } else {
                Vec::new()
            },
            ordered: standing(&sample.known, date),
            paused: (n == 4).then_some(PauseKind::Away),
        }
    });
    days.collect()
}

fn standing(known: &Known, date: ServiceDate) -> Vec<Order> {
    known.standing.iter().filter(|order| order.date == date).cloned().collect()
}

fn placed(sample: &Sample, nth: usize, wish: &NewOrder) -> DayResult {
    let outcome = if sample.refuses_on == Some(wish.date) {
        DayOutcome::Refused(Refusal::SoldOut { left: 0 })
    } else {
        let mut order = order(0).order;
        order.date = wish.date;
        order.number = 37 + u32::try_from(nth).unwrap_or(0) * 11;
        order.fulfilment = wish.fulfilment;
        DayOutcome::Placed(Box::new(order))
    };
    DayResult { date: wish.date, way: wish.fulfilment, outcome }
}

/// Two who left: one known, one not.
pub(super) fn unfinished() -> Vec<(String, HalfDone)> {
    let half = |id, reached, who: Option<(String, Door)>| HalfDone {
        record: UnfinishedRecord {
            id,
            left_at: moment(),
            order: Unfinished {
                date: service_date(0),
                fulfilment: Fulfilment::Delivery,
                portions: Portions::ONE,
                preferences: habit().preferences,
                resident: None,
                reached,
            },
            followed_up_at: None,
        },
        who,
    };
    let door = Door { building: "7".into(), floor: 12, flat: 3 };
    vec![
        ("9:31".into(), half(2, Reached::Confirm, Some(("王＊".into(), door)))),
        ("9:12".into(), half(1, Reached::Door, None)),
    ]
}

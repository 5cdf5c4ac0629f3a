//! The scenes of a known person: as last time, and the days ahead; and of what is left half done.

use super::sample::{Sample, service_date};
use super::scenes::{CARD, Scene, Step, to_numbers, touches, usual};
use crate::domain::Fulfilment;
use crate::domain::calendar::DayPhase;
use crate::kiosk::controller::Action;

fn known(actions: impl IntoIterator<Item = Action>) -> Vec<Step> {
    [vec![Step::Scan(CARD)], touches(actions)].concat()
}

fn ticks() -> Vec<Action> {
    vec![
        Action::Week,
        Action::Tick(service_date(0), Fulfilment::Delivery),
        Action::Tick(service_date(3), Fulfilment::EatIn),
    ]
}

fn then(more: impl IntoIterator<Item = Action>) -> Vec<Step> {
    known(ticks().into_iter().chain(more))
}

fn over(sample: &mut Sample) {
    sample.today.phase = DayPhase::CollectionOnly;
    sample.today.clock = "10:20".into();
}

/// As last time, on the last question.
pub(super) const AS_LAST: Scene =
    Scene { name: "as-last", set_up: usual, steps: |_| known([Action::AsLast]) };
/// As last time, which is not possible any more.
pub(super) const AS_LAST_DIFFERS: Scene =
    Scene { name: "as-last-differs", set_up: over, steps: |_| known([Action::AsLast]) };
/// The days ahead, two ticked.
pub(super) const WEEK: Scene = Scene { name: "week", set_up: usual, steps: |_| then([]) };
/// A whole week, after the delivery's cut-off; nothing ticked.
pub(super) const WEEK_LONG: Scene = Scene {
    name: "week-long",
    set_up: |s| {
        over(s);
        s.week_days = 7;
    },
    steps: |_| known([Action::Week, Action::Tick(service_date(0), Fulfilment::Delivery)]),
};
/// Every day in words and money.
pub(super) const WEEK_CONFIRM: Scene =
    Scene { name: "week-confirm", set_up: usual, steps: |_| then([Action::Next]) };
/// Four days in words and money.
pub(super) const WEEK_CONFIRM_FOUR: Scene = Scene {
    name: "week-confirm-four",
    set_up: |s| s.week_days = 7,
    steps: |_| {
        let rest = [4, 5].map(|n| Action::Tick(service_date(n), Fulfilment::TakeAway));
        then(rest.into_iter().chain([Action::Next]))
    },
};
/// A whole week in words and money.
pub(super) const WEEK_CONFIRM_LONG: Scene = Scene {
    name: "week-confirm-long",
    set_up: |s| s.week_days = 7,
    steps: |_| {
        let rest = [4, 5, 6].map(|n| Action::Tick(service_date(n), Fulfilment::TakeAway));
        then(rest.into_iter().chain([Action::Next]))
    },
};
/// What became of each day.
pub(super) const WEEK_DONE: Scene =
    Scene { name: "week-done", set_up: usual, steps: |_| then([Action::Next, Action::Confirm]) };
/// Five days on one page.
pub(super) const WEEK_DONE_LONG: Scene = Scene {
    name: "week-done-long",
    set_up: |s| s.week_days = 7,
    steps: |_| {
        let rest = [4, 5, 6].map(|n| Action::Tick(service_date(n), Fulfilment::TakeAway));
        then(rest.into_iter().chain([Action::Next, Action::Confirm]))
    },
};
/// One day could not be had.
pub(super) const WEEK_DONE_PARTLY: Scene = Scene {
    name: "week-done-partly",
    set_up: |s| s.refuses_on = Some(service_date(3)),
    steps: |_| then([Action::Next, Action::Confirm]),
};
/// The form is being printed.
pub(super) const WEEK_FORM: Scene =
    Scene { name: "week-form", set_up: usual, steps: |_| then([Action::PrintForm]) };
/// Orders left half done, for staff.
pub(super) const UNFINISHED: Scene = Scene {
    name: "staff-unfinished",
    set_up: usual,
    steps: |_| [to_numbers(), touches([Action::UnfinishedOrders])].concat(),
};
/// One of them.
pub(super) const UNFINISHED_ONE: Scene = Scene {
    name: "staff-unfinished-one",
    set_up: usual,
    steps: |_| [to_numbers(), touches([Action::UnfinishedOrders, Action::Unfinished(2)])].concat(),
};

//! The scenes of the gallery: how each screen and state is reached.

use clubhouse_hardware::printer::Status;

use super::sample::{Sample, order, service_date};
use super::{scenes_update, scenes_week};
use crate::domain::calendar::DayPhase;
use crate::domain::{
    Allergen, Fulfilment, Obstacle, OrderId, Outcome, PrintJobId, PrintQueue, Refusal, RoundState,
};
use crate::kiosk::controller::{Action, Keeper, Wish};
use crate::kiosk::protocol::Reply;
use crate::paper_only::PaperOnly;

/// One step towards a scene.
#[derive(Debug, Clone)]
pub enum Step {
    /// A touch, and the sample's answers to what it asks.
    Touch(Action),
    /// A text from the reader, and the answers.
    Scan(&'static str),
    /// A touch whose question stays unanswered.
    Ask(Action),
    /// An answer of one's own to the oldest question.
    Answer(Box<Reply>),
    /// Seconds pass, and what is asked meanwhile is answered.
    Tick(u32),
    /// Seconds pass, and nothing is answered.
    Wait(u32),
}

/// A screen in a state.
pub struct Scene {
    /// Its name, the first part of the file's.
    pub name: &'static str,
    /// What is different about the day.
    pub set_up: fn(&mut Sample),
    /// The way there.
    pub steps: fn(&Sample) -> Vec<Step>,
}

pub(super) const CARD: &str = "C1.sample.0";

pub(super) fn usual(_: &mut Sample) {}

pub(super) fn touches(actions: impl IntoIterator<Item = Action>) -> Vec<Step> {
    actions.into_iter().map(Step::Touch).collect()
}

fn digits(digits: &[u8]) -> impl Iterator<Item = Action> + '_ {
    digits.iter().map(|d| Action::Digit(*d)).chain([Action::Enter])
}

fn to_floor() -> Vec<Step> {
    touches([Action::Way(Fulfilment::Delivery), Action::Building("7".into())])
}

fn to_flat() -> Vec<Step> {
    [to_floor(), touches([Action::Floor(12)])].concat()
}

fn to_digits() -> Vec<Step> {
    [to_flat(), touches([Action::Flat(3), Action::Digit(1), Action::Digit(3)])].concat()
}

fn to_confirm() -> Vec<Step> {
    touches([Action::Way(Fulfilment::EatIn), Action::Next])
}

fn known_to_confirm() -> Vec<Step> {
    [
        vec![Step::Scan(CARD)],
        touches([Action::Way(Fulfilment::Delivery), Action::Wish(Wish::LessSalt), Action::Next]),
    ]
    .concat()
}

fn to_order() -> Vec<Step> {
    vec![Step::Scan("O1.ABCDEF")]
}

fn to_round() -> Vec<Step> {
    let way = [Action::Duty, Action::Volunteer].into_iter();
    touches(way.chain(digits(&[1, 7])).chain(digits(&[2, 4, 6, 8])))
}

fn to_hand_in() -> Vec<Step> {
    let failed = [
        Action::HandIn,
        Action::Stop(1),
        Action::Outcome(Outcome::NoAnswer),
        Action::Back,
        Action::Stop(4),
        Action::Outcome(Outcome::LeftWith),
        Action::LeftWith(Keeper::Neighbour),
        Action::Cash(false),
    ];
    [to_round(), touches([Action::TakeSlip]), touches(failed)].concat()
}

pub(super) fn to_staff() -> Vec<Step> {
    touches([Action::Duty, Action::Staff].into_iter().chain(digits(&[1, 2, 3, 4])))
}

pub(super) fn to_numbers() -> Vec<Step> {
    [to_staff(), touches([Action::StaffNumbers])].concat()
}

fn to_number() -> Vec<Step> {
    let number = digits(&[4, 2]);
    [to_numbers(), touches([Action::FindNumber].into_iter().chain(number))].concat()
}

fn to_reprint() -> Vec<Step> {
    let number = digits(&[4, 2]);
    [to_staff(), touches([Action::ReprintNumber].into_iter().chain(number))].concat()
}

fn to_papers() -> Vec<Step> {
    [to_staff(), touches([Action::Papers])].concat()
}

fn refused(refusal: Refusal) -> Vec<Step> {
    let mut steps = to_confirm();
    steps.push(Step::Ask(Action::Confirm));
    steps.push(Step::Answer(Box::new(Reply::Refused(refusal))));
    steps
}

fn first_staff_order() -> OrderId {
    OrderId::new(order(0).order.placed_at, [102; 10])
}

/// Every scene.
pub const SCENES: &[Scene] = &[
    Scene { name: "home", set_up: usual, steps: |_| Vec::new() },
    Scene { name: "home-known", set_up: usual, steps: |_| vec![Step::Scan(CARD)] },
    scenes_week::AS_LAST,
    scenes_week::AS_LAST_DIFFERS,
    scenes_week::WEEK,
    scenes_week::WEEK_LONG,
    scenes_week::WEEK_CONFIRM,
    scenes_week::WEEK_CONFIRM_FOUR,
    scenes_week::WEEK_CONFIRM_LONG,
    scenes_week::WEEK_DONE,
    scenes_week::WEEK_DONE_LONG,
    scenes_week::WEEK_DONE_PARTLY,
    scenes_week::WEEK_FORM,
    scenes_week::UNFINISHED,
    scenes_week::UNFINISHED_ONE,
    Scene {
        name: "home-other-day",
        set_up: usual,
        steps: |_| touches([Action::Date(service_date(3))]),
    },
    Scene {
        name: "home-after-cut-off",
        set_up: |s| {
            s.today.phase = DayPhase::CollectionOnly;
            s.today.clock = "10:20".into();
        },
        steps: |_| Vec::new(),
    },
    Scene {
        name: "home-orders-closed",
        set_up: |s| {
            s.today.phase = DayPhase::OrdersClosed;
            s.today.clock = "11:45".into();
        },
        steps: |_| Vec::new(),
    },
    Scene { name: "home-sold-out", set_up: |s| s.today.left = 0, steps: |_| Vec::new() },
    Scene {
        name: "home-closed",
        set_up: |s| {
            s.today.phase = DayPhase::Closed { reason: "国庆节放假".into() };
            s.today.menu = None;
            s.today.bookable.remove(0);
        },
        steps: |_| Vec::new(),
    },
    Scene { name: "home-no-menu", set_up: |s| s.today.menu = None, steps: |_| Vec::new() },
    Scene {
        name: "home-paper-out",
        set_up: |s| s.today.printer = Status::PaperOut,
        steps: |_| Vec::new(),
    },
    Scene {
        name: "home-doubtful-papers",
        set_up: |s| s.today.doubtful_papers = 2,
        steps: |_| Vec::new(),
    },
    Scene { name: "home-pictures", set_up: Sample::show_pictures, steps: |_| Vec::new() },
    Scene {
        name: "home-before-opening",
        set_up: |s| {
            s.today.phase = DayPhase::BeforeOpening { from: jiff::civil::time(7, 0, 0, 0) };
            s.today.clock = "6:35".into();
        },
        steps: |_| Vec::new(),
    },
    Scene {
        name: "refused-before-opening",
        set_up: |s| {
            s.today.phase = DayPhase::BeforeOpening { from: jiff::civil::time(7, 0, 0, 0) };
        },
        steps: |_| touches([Action::Way(Fulfilment::EatIn)]),
    },
    Scene {
        name: "paper-only",
        set_up: |s| s.paper_only = Some(PaperOnly::DiskFull),
        steps: |_| Vec::new(),
    },
    Scene {
        name: "paper-only-staff",
        set_up: |s| s.paper_only = Some(PaperOnly::Staff),
        steps: |_| Vec::new(),
    },
    Scene {
        name: "clock-in-doubt",
        set_up: |s| s.paper_only = Some(PaperOnly::Clock),
        steps: |_| Vec::new(),
    },
    Scene {
        name: "clock-staff-keys",
        set_up: |s| s.paper_only = Some(PaperOnly::Clock),
        steps: |_| to_staff(),
    },
    Scene {
        name: "clock-question",
        set_up: |s| s.paper_only = Some(PaperOnly::Clock),
        steps: |_| [to_staff(), touches([Action::Clock, Action::MoveClock(24 * 60)])].concat(),
    },
    Scene {
        name: "paper-only-lost",
        set_up: usual,
        steps: |_| {
            let mut steps = to_confirm();
            steps.push(Step::Ask(Action::Confirm));
            steps.push(Step::Answer(Box::new(Reply::PaperOnly(PaperOnly::ReadOnly))));
            steps
        },
    },
    Scene { name: "slide", set_up: Sample::hang_slides, steps: |_| vec![Step::Tick(120)] },
    Scene {
        name: "slide-upright",
        set_up: Sample::hang_slides,
        steps: |_| vec![Step::Tick(120), Step::Tick(12)],
    },
    Scene {
        name: "slide-lunch",
        set_up: Sample::hang_slides,
        steps: |_| vec![Step::Tick(120), Step::Tick(12), Step::Tick(12)],
    },
    Scene { name: "dark", set_up: |s| s.today.called.clear(), steps: |_| vec![Step::Tick(600)] },
    Scene { name: "home-toast", set_up: usual, steps: |_| vec![Step::Scan("R1.2026-11-24.24")] },
    Scene {
        name: "options",
        set_up: usual,
        steps: |_| {
            touches([
                Action::Way(Fulfilment::EatIn),
                Action::More,
                Action::Wish(Wish::LessSalt),
                Action::Wish(Wish::Substitute),
            ])
        },
    },
    Scene {
        name: "options-known",
        set_up: usual,
        steps: |_| {
            let way = touches([Action::Way(Fulfilment::Delivery)]);
            [vec![Step::Scan(CARD)], way].concat()
        },
    },
    Scene {
        name: "options-allergy",
        set_up: |s| s.known.resident.allergies = vec![Allergen::Pork],
        steps: |_| {
            let way = touches([Action::Way(Fulfilment::EatIn)]);
            [vec![Step::Scan(CARD)], way].concat()
        },
    },
    Scene {
        name: "door-building",
        set_up: usual,
        steps: |_| touches([Action::Way(Fulfilment::Delivery)]),
    },
    Scene { name: "door-floor", set_up: usual, steps: |_| to_floor() },
    Scene { name: "door-flat", set_up: usual, steps: |_| to_flat() },
    Scene { name: "door-digits", set_up: usual, steps: |_| to_digits() },
    Scene { name: "confirm", set_up: usual, steps: |_| to_confirm() },
    Scene { name: "confirm-known", set_up: usual, steps: |_| known_to_confirm() },
    Scene {
        name: "confirm-busy",
        set_up: usual,
        steps: |_| [to_confirm(), vec![Step::Ask(Action::Confirm)]].concat(),
    },
    Scene {
        name: "done",
        set_up: usual,
        steps: |_| [to_confirm(), touches([Action::Confirm])].concat(),
    },
    Scene {
        name: "done-delivery",
        set_up: usual,
        steps: |_| [known_to_confirm(), touches([Action::Confirm])].concat(),
    },
    Scene {
        name: "done-no-paper",
        set_up: |s| s.today.printer = Status::PaperOut,
        steps: |_| [to_confirm(), touches([Action::Confirm])].concat(),
    },
    Scene { name: "my-order", set_up: usual, steps: |_| touches([Action::MyOrder]) },
    Scene {
        name: "my-order-letters",
        set_up: usual,
        steps: |_| {
            let way = [Action::MyOrder, Action::ByLetters];
            touches(way.into_iter().chain("ABC".chars().map(Action::Letter)))
        },
    },
    Scene {
        name: "my-order-list",
        set_up: usual,
        steps: |_| [vec![Step::Scan(CARD)], touches([Action::MyOrder])].concat(),
    },
    Scene { name: "my-order-detail", set_up: usual, steps: |_| to_order() },
    Scene {
        name: "my-order-change",
        set_up: usual,
        steps: |_| [to_order(), touches([Action::Edit, Action::More])].concat(),
    },
    Scene {
        name: "my-order-cancel",
        set_up: usual,
        steps: |_| [to_order(), touches([Action::CancelOrder])].concat(),
    },
    Scene {
        name: "my-order-cancelled",
        set_up: usual,
        steps: |_| [to_order(), touches([Action::CancelOrder, Action::Confirm])].concat(),
    },
    Scene { name: "called", set_up: usual, steps: |_| touches([Action::Called]) },
    Scene {
        name: "called-now",
        set_up: usual,
        steps: |_| {
            let now = Step::Scan("R1.2026-11-24.24");
            [touches([Action::Called]), vec![now]].concat()
        },
    },
    Scene {
        name: "called-none",
        set_up: |s| s.today.called.clear(),
        steps: |_| touches([Action::Called]),
    },
    Scene { name: "duty", set_up: usual, steps: |_| touches([Action::Duty]) },
    Scene {
        name: "duty-badge",
        set_up: usual,
        steps: |_| touches([Action::Duty, Action::Volunteer, Action::Digit(1)]),
    },
    Scene {
        name: "duty-pin",
        set_up: usual,
        steps: |_| {
            let way = [Action::Duty, Action::Volunteer].into_iter().chain(digits(&[1, 7]));
            touches(way.chain([Action::Digit(2), Action::Digit(4)]))
        },
    },
    Scene { name: "round", set_up: usual, steps: |_| to_round() },
    Scene { name: "round-none", set_up: |s| s.round = None, steps: |_| to_round() },
    Scene { name: "round-out", set_up: |s| s.round = Some(RoundState::Out), steps: |_| to_round() },
    Scene {
        name: "hand-in",
        set_up: usual,
        steps: |_| [to_hand_in(), touches([Action::Back])].concat(),
    },
    Scene { name: "hand-in-stop", set_up: usual, steps: |_| to_hand_in() },
    Scene {
        name: "hand-in-sum",
        set_up: usual,
        steps: |_| [to_hand_in(), touches([Action::Back, Action::Next])].concat(),
    },
    Scene {
        name: "hand-in-thanks",
        set_up: usual,
        steps: |_| [to_hand_in(), touches([Action::Back, Action::Next, Action::Confirm])].concat(),
    },
    Scene {
        name: "hand-in-undone",
        set_up: usual,
        steps: |_| {
            let way = [Action::Back, Action::Next, Action::Confirm, Action::UndoHandIn];
            [to_hand_in(), touches(way)].concat()
        },
    },
    Scene { name: "staff-keys", set_up: usual, steps: |_| to_staff() },
    Scene {
        name: "staff-keys-paper-only",
        set_up: usual,
        steps: |_| [to_staff(), touches([Action::PaperOnly(true)])].concat(),
    },
    scenes_update::KEYS,
    scenes_update::UPDATES,
    scenes_update::QUESTION,
    scenes_update::UNDER_WAY,
    scenes_update::PUT_BACK,
    Scene { name: "staff", set_up: usual, steps: |_| to_numbers() },
    Scene {
        name: "staff-stop-selling",
        set_up: usual,
        steps: |_| [to_staff(), touches([Action::Sales])].concat(),
    },
    Scene {
        name: "staff-stopped",
        set_up: usual,
        steps: |_| [to_staff(), touches([Action::Sales, Action::Confirm])].concat(),
    },
    Scene {
        name: "staff-sell-again",
        set_up: usual,
        steps: |_| [to_staff(), touches([Action::Sales, Action::Confirm, Action::Sales])].concat(),
    },
    Scene { name: "staff-reprint", set_up: usual, steps: |_| to_reprint() },
    Scene {
        name: "staff-reprint-again",
        set_up: usual,
        steps: |_| {
            let paper = PrintJobId::new(order(0).order.placed_at, [21; 10]);
            [to_reprint(), touches([Action::Paper(paper)])].concat()
        },
    },
    Scene { name: "staff-number", set_up: usual, steps: |_| to_number() },
    Scene {
        name: "staff-correct",
        set_up: usual,
        steps: |_| [to_number(), touches([Action::Correct])].concat(),
    },
    Scene {
        name: "staff-correct-sum",
        set_up: usual,
        steps: |_| {
            let really = Action::Corrected(Outcome::LeftWith, Some(Keeper::Neighbour));
            [to_number(), touches([Action::Correct, really])].concat()
        },
    },
    Scene {
        name: "staff-corrected",
        set_up: usual,
        steps: |_| {
            let really = Action::Corrected(Outcome::LeftWith, Some(Keeper::Neighbour));
            let way = [Action::Correct, really, Action::CorrectCash(true)];
            [to_number(), touches(way)].concat()
        },
    },
    Scene {
        name: "day-end-not-yet",
        set_up: |s| {
            s.day_end.obstacles = vec![
                Obstacle::StillServing { until: jiff::civil::time(12, 30, 0, 0) },
                Obstacle::RoundOut { round: 3 },
                Obstacle::NotVisited { numbers: (41..=52).collect() },
                Obstacle::CheckOpen { numbers: vec![17] },
            ];
        },
        steps: |_| [to_staff(), touches([Action::DayEnd])].concat(),
    },
    Scene {
        name: "day-end",
        set_up: usual,
        steps: |_| [to_staff(), touches([Action::DayEnd])].concat(),
    },
    Scene {
        name: "day-ended",
        set_up: usual,
        steps: |_| [to_staff(), touches([Action::DayEnd, Action::Confirm])].concat(),
    },
    Scene { name: "papers", set_up: usual, steps: |_| to_papers() },
    Scene {
        name: "papers-queue",
        set_up: usual,
        steps: |_| [to_papers(), touches([Action::Queue(PrintQueue::Kitchen)])].concat(),
    },
    Scene {
        name: "papers-again",
        set_up: usual,
        steps: |_| {
            let first = PrintJobId::new(order(0).order.placed_at, [1; 10]);
            [to_papers(), touches([Action::Paper(first)])].concat()
        },
    },
    Scene {
        name: "staff-order",
        set_up: usual,
        steps: |_| [to_numbers(), touches([Action::Order(first_staff_order())])].concat(),
    },
    Scene {
        name: "refused-cut-off",
        set_up: |s| s.today.phase = DayPhase::CollectionOnly,
        steps: |_| touches([Action::Way(Fulfilment::Delivery)]),
    },
    Scene {
        name: "refused-sold-out",
        set_up: usual,
        steps: |_| refused(Refusal::SoldOut { left: 2 }),
    },
    Scene {
        name: "refused-digits",
        set_up: usual,
        steps: |_| {
            let mut steps = to_digits();
            steps.extend(touches([Action::Digit(5), Action::Digit(7)]));
            steps.push(Step::Ask(Action::Enter));
            let no = Refusal::WrongDigits { tries_left: 2 };
            steps.push(Step::Answer(Box::new(Reply::Refused(no))));
            steps
        },
    },
    Scene {
        name: "refused-allergy",
        set_up: usual,
        steps: |_| {
            refused(Refusal::Allergy { allergens: vec![Allergen::Pork], substitute_helps: false })
        },
    },
    Scene {
        name: "trouble",
        set_up: usual,
        steps: |_| {
            let mut steps = to_confirm();
            steps.push(Step::Ask(Action::Confirm));
            steps.push(Step::Answer(Box::new(Reply::Failed("disk full".into()))));
            steps
        },
    },
    Scene {
        name: "no-answer",
        set_up: usual,
        steps: |_| [to_confirm(), vec![Step::Ask(Action::Confirm), Step::Wait(20)]].concat(),
    },
    Scene {
        name: "help",
        set_up: usual,
        steps: |_| touches([Action::Way(Fulfilment::EatIn), Action::Help]),
    },
    Scene {
        name: "help-called",
        set_up: usual,
        steps: |_| touches([Action::Way(Fulfilment::EatIn), Action::Help, Action::CallStaff]),
    },
    Scene { name: "display", set_up: usual, steps: |_| touches([Action::Display]) },
    Scene {
        name: "idle",
        set_up: usual,
        steps: |_| [touches([Action::Way(Fulfilment::EatIn)]), vec![Step::Tick(63)]].concat(),
    },
];

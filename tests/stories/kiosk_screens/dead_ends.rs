//! Whatever happens in whatever order: no panic, no dead end, home one touch away.

use clubhouse_kiosk::domain::{Category, Fulfilment, Outcome, Payment, Refusal};
use clubhouse_kiosk::kiosk::controller::page::Page;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{
    Action, Contrast, Controller, Effect, Input, Keeper, TextSize, VoiceRules, WayOut, Wish,
};
use clubhouse_kiosk::kiosk::gallery::Sample;
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::Lang;
use proptest::prelude::*;

fn any_action() -> impl Strategy<Value = Action> {
    let orders: Vec<Action> =
        (0..3).map(|n| Action::Order(clubhouse_kiosk::kiosk::gallery::order(n).order.id)).collect();
    let mut all = vec![
        Action::Date(Sample::default().today.today.next()),
        Action::Way(Fulfilment::EatIn),
        Action::Way(Fulfilment::TakeAway),
        Action::Way(Fulfilment::Delivery),
        Action::Fewer,
        Action::More,
        Action::Category(Category::Guest),
        Action::Wish(Wish::Softer),
        Action::Wish(Wish::Substitute),
        Action::Pay(Payment::Later),
        Action::Next,
        Action::Confirm,
        Action::Building("7".into()),
        Action::Building("99".into()),
        Action::Floor(12),
        Action::Floor(200),
        Action::Flat(3),
        Action::Digit(7),
        Action::Digit(200),
        Action::Letter('A'),
        Action::Letter('好'),
        Action::Erase,
        Action::Enter,
        Action::MyOrder,
        Action::ByDoor,
        Action::ByLetters,
        Action::Edit,
        Action::CancelOrder,
        Action::Called,
        Action::Duty,
        Action::Volunteer,
        Action::Staff,
        Action::TakeSlip,
        Action::HandIn,
        Action::Stop(2),
        Action::Stop(999),
        Action::Outcome(Outcome::Refused),
        Action::Outcome(Outcome::LeftWith),
        Action::LeftWith(Keeper::Guard),
        Action::Cash(false),
        Action::Advance,
        Action::PaidCash,
        Action::StaffNumbers,
        Action::Sales,
        Action::ReprintNumber,
        Action::FindNumber,
        Action::DayEnd,
        Action::Updates,
        Action::Update(0),
        Action::Correct,
        Action::Corrected(Outcome::LeftWith, Some(Keeper::Family)),
        Action::CorrectCash(true),
        Action::UndoHandIn,
        Action::Instead(WayOut::Again),
        Action::Instead(WayOut::Home),
        Action::Instead(WayOut::TakeAwayInstead),
        Action::Instead(WayOut::PayCash),
        Action::Instead(WayOut::MyOrder),
        Action::Back,
        Action::StartOver,
        Action::Help,
        Action::CloseHelp,
        Action::CallStaff,
        Action::Display,
        Action::CloseDisplay,
        Action::Size(TextSize::Large),
        Action::Contrast(Contrast::High),
        Action::Language(Lang::En),
        Action::Listen,
        Action::Loudness,
        Action::StillHere,
    ];
    all.extend(orders);
    proptest::sample::select(all)
}

/// What the clubhouse does with a question: answers, refuses, breaks, or says nonsense.
#[derive(Debug, Clone)]
enum Chance {
    Touch(Action),
    Scan(&'static str),
    Tick(u32),
    AtWindow(Vec<u32>),
    Unspoken,
    Answer,
    Refuse,
    Break,
    Nonsense,
}

fn any_chance() -> impl Strategy<Value = Chance> {
    let scans = ["C1.x.y", "O1.ABCDEF", "R1.2026-11-24.12", "H1.3", "rubbish", ""];
    prop_oneof![
        10 => any_action().prop_map(Chance::Touch),
        1 => proptest::sample::select(scans.to_vec()).prop_map(Chance::Scan),
        1 => (0..100u32).prop_map(Chance::Tick),
        1 => proptest::collection::vec(1..40u32, 0..12).prop_map(Chance::AtWindow),
        1 => Just(Chance::Unspoken),
        5 => Just(Chance::Answer),
        1 => Just(Chance::Refuse),
        1 => Just(Chance::Break),
        1 => Just(Chance::Nonsense),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens, nothing panics, every screen has words, and home is one touch away.
    #[test]
    fn nothing_that_happens_leads_to_a_dead_end(
        chances in proptest::collection::vec(any_chance(), 1..120),
        always in proptest::bool::ANY,
    ) {
        let rules = VoiceRules { always, ..VoiceRules::default() };
        let mut controller = Controller::new(Lang::Zh).with_voice(rules);
        let mut sample = Sample::default();
        let mut open: Vec<Request> = Vec::new();
        let take = |effects: Vec<Effect>, open: &mut Vec<Request>| {
            open.extend(effects.into_iter().filter_map(|effect| match effect {
                Effect::Ask(request) => Some(request),
                Effect::Say(_) | Effect::Hush | Effect::Light(_) => None,
            }));
        };
        take(controller.handle(Input::Start), &mut open);
        for chance in chances {
            let input = match chance {
                Chance::Touch(action) => Input::Touch(action),
                Chance::Scan(text) => Input::Scanned(text.into()),
                Chance::Tick(seconds) => Input::Tick { seconds },
                Chance::AtWindow(numbers) => Input::AtWindow(numbers),
                Chance::Unspoken => Input::Unspoken,
                _ if open.is_empty() => Input::Reply(Reply::HelpCalled),
                Chance::Answer => Input::Reply(sample.answer(open.remove(0))),
                Chance::Refuse => {
                    open.remove(0);
                    Input::Reply(Reply::Refused(Refusal::WrongDigits { tries_left: 2 }))
                }
                Chance::Break => {
                    open.remove(0);
                    Input::Reply(Reply::Failed("broken".into()))
                }
                Chance::Nonsense => {
                    open.remove(0);
                    Input::Reply(Reply::Orders(Vec::new()))
                }
            };
            let effects = controller.handle(input);
            for effect in &effects {
                if let Effect::Say(utterance) = effect {
                    prop_assert!(!utterance.text.is_empty());
                }
            }
            take(effects, &mut open);
            prop_assert_eq!(controller.requests_out(), open.len());
            let view = controller.view();
            if let Screen::Notice(notice) = &view.screen {
                prop_assert!(!notice.headline.is_empty() && !notice.ways.is_empty());
            }
            if let Screen::Facts(facts) = &view.screen {
                prop_assert!(!facts.headline.is_empty());
            }
        }
        take(controller.handle(Input::Touch(Action::StartOver)), &mut open);
        prop_assert_eq!(controller.page(), &Page::Home);
        prop_assert!(!controller.busy());
        for request in std::mem::take(&mut open) {
            let reply = sample.answer(request);
            take(controller.handle(Input::Reply(reply)), &mut open);
        }
        prop_assert_eq!(controller.page(), &Page::Home, "a late answer is not the next person's");
        let effects = controller.handle(Input::Touch(Action::Way(Fulfilment::EatIn)));
        prop_assert!(effects.is_empty() || !matches!(controller.page(), Page::Done(_)));
    }
}

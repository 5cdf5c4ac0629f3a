//! The touchscreen, from outside: its mind bare, and its screens headless, by accessible label.

use clubhouse_kiosk::counter::{Credential, Known, NewOrder};
use clubhouse_kiosk::domain::calendar::DayPhase;
use clubhouse_kiosk::domain::{
    Allergen, Category, Fulfilment, Outcome, Payment, Portions, Preferences, Refusal,
};
use clubhouse_kiosk::fonts::Fonts;
use clubhouse_kiosk::kiosk::Panel;
use clubhouse_kiosk::kiosk::controller::page::{Notice, Page};
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::kiosk::controller::{
    Action, Controller, Effect, Input, Keeper, VoiceRules, WayOut, Wish,
};
use clubhouse_kiosk::kiosk::gallery::{SCENES, Sample, open};
use clubhouse_kiosk::kiosk::headless::{Headless, Key, TouchError};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::Lang;
use proptest::prelude::*;

use crate::support::kiosk::Bare;

#[test]
fn lunch_in_the_clubhouse_takes_three_touches() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next, Action::Confirm]);
    assert!(matches!(kiosk.page(), Page::Done(_)));
    assert_eq!(
        kiosk.placed(),
        [&NewOrder {
            date: kiosk.sample.today.date,
            fulfilment: Fulfilment::EatIn,
            portions: Portions::ONE,
            preferences: Preferences::default(),
            category: Category::Senior,
            resident: None,
            door: None,
            payment: Payment::Later,
        }]
    );
}

#[test]
fn a_known_resident_has_lunch_carried_home() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touch(Action::Way(Fulfilment::Delivery));
    assert!(matches!(kiosk.page(), Page::Door(_)));
    kiosk.put(Input::Scanned("C1.sample.0".into()));
    kiosk.touches([Action::Wish(Wish::LessSalt), Action::Next, Action::Confirm]);
    let order = kiosk.placed()[0].clone();
    assert_eq!(order.resident, Some(kiosk.sample.known.resident.id));
    assert!(order.preferences.less_salt && order.preferences.softer, "asked now, and as usual");
    assert_eq!(order.payment, Payment::FromAccount);
}

#[test]
fn without_a_card_the_door_and_four_digits_do() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([
        Action::Way(Fulfilment::Delivery),
        Action::Building("7".into()),
        Action::Floor(12),
        Action::Flat(3),
    ]);
    kiosk.digits(&[1, 3, 5, 7]);
    assert!(kiosk.asked.iter().any(|request| matches!(
        request,
        Request::Identify(Credential::Digits { door, digits })
            if door.to_string() == "7号楼1203室" && digits == "1357"
    )));
    assert_eq!(kiosk.page(), &Page::Options);
    kiosk.touch(Action::Back);
    assert_eq!(kiosk.page(), &Page::Home, "the questions about the door are not asked again");
}

#[test]
fn nobodys_name_is_on_the_screen_before_the_digits() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([
        Action::Way(Fulfilment::Delivery),
        Action::Building("7".into()),
        Action::Floor(12),
        Action::Flat(3),
    ]);
    assert!(!format!("{:?}", kiosk.controller.view()).contains('王'));
    kiosk.digits(&[1, 3, 5, 7]);
    let view = kiosk.controller.view();
    assert!(view.so_far.contains("王＊"));
    assert!(!format!("{view:?}").contains("秀英"));
}

#[test]
fn an_allergy_that_the_other_dish_solves_turns_it_on_for_good() {
    let mut kiosk = Bare::new(|s| s.known.resident.allergies = vec![Allergen::Pork]);
    kiosk.put(Input::Scanned("C1.sample.0".into()));
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Wish(Wish::Substitute), Action::Next]);
    kiosk.touch(Action::Confirm);
    assert!(kiosk.placed()[0].preferences.substitute);
}

#[test]
fn an_allergy_that_nothing_solves_stops_before_the_order() {
    let both = vec![Allergen::Pork, Allergen::Gluten];
    let mut kiosk = Bare::new(|s| s.known.resident.allergies = both);
    kiosk.put(Input::Scanned("C1.sample.0".into()));
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next]);
    assert!(matches!(kiosk.page(), Page::Notice(Notice::Refused(Refusal::Allergy { .. }))));
    assert!(kiosk.placed().is_empty());
}

#[test]
fn past_the_delivery_cut_off_take_away_is_one_touch_away() {
    let mut kiosk = Bare::new(|s| s.today.phase = DayPhase::CollectionOnly);
    kiosk.touch(Action::Way(Fulfilment::Delivery));
    assert_eq!(kiosk.page(), &Page::Notice(Notice::Over(Fulfilment::Delivery)));
    kiosk.touches([Action::Instead(WayOut::TakeAwayInstead), Action::Next, Action::Confirm]);
    assert_eq!(kiosk.placed()[0].fulfilment, Fulfilment::TakeAway);
}

#[test]
fn an_order_is_changed_and_taken_back_only_after_a_second_question() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.put(Input::Scanned("O1.ABCDEF".into()));
    kiosk.touches([Action::Edit, Action::More, Action::Next]);
    assert!(kiosk.asked.iter().any(|request| matches!(
        request,
        Request::Amend(_, change) if change.portions.map(Portions::get) == Some(2)
    )));
    kiosk.touch(Action::CancelOrder);
    assert!(!kiosk.asked.iter().any(|r| matches!(r, Request::Cancel(_))));
    kiosk.touch(Action::Confirm);
    assert!(kiosk.asked.iter().any(|r| matches!(r, Request::Cancel(_))));
    assert!(matches!(kiosk.page(), Page::Notice(Notice::Cancelled(_))));
}

#[test]
fn a_volunteer_hands_in_by_touching_only_what_failed() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Duty, Action::Volunteer]);
    kiosk.digits(&[1, 7]);
    kiosk.digits(&[2, 4, 6, 8]);
    kiosk.touches([
        Action::TakeSlip,
        Action::HandIn,
        Action::Stop(1),
        Action::Outcome(Outcome::NoAnswer),
        Action::Back,
        Action::Stop(4),
        Action::Outcome(Outcome::LeftWith),
        Action::LeftWith(Keeper::Neighbour),
        Action::Back,
        Action::Next,
        Action::Confirm,
    ]);
    let lines = kiosk
        .asked
        .iter()
        .find_map(|r| if let Request::HandIn { lines, .. } = r { Some(lines) } else { None })
        .expect("handed in");
    assert_eq!(lines.len(), 8);
    assert_eq!(lines[0].outcome, Outcome::Delivered);
    assert_eq!(lines[0].cash, None, "what the slip said");
    assert_eq!(lines[1].outcome, Outcome::NoAnswer);
    assert_eq!((lines[4].outcome, lines[4].left_with.as_str()), (Outcome::LeftWith, "邻居"));
}

#[test]
fn whoever_leaves_is_asked_and_then_forgotten() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.put(Input::Scanned("C1.sample.0".into()));
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Language]);
    kiosk.put(Input::Tick { seconds: 59 });
    assert_eq!(kiosk.controller.view().idle, None);
    kiosk.put(Input::Tick { seconds: 1 });
    assert_eq!(kiosk.controller.view().idle, Some(20));
    kiosk.touch(Action::StillHere);
    assert_eq!(kiosk.controller.view().idle, None);
    kiosk.put(Input::Tick { seconds: 79 });
    assert_eq!(kiosk.page(), &Page::Options);
    kiosk.put(Input::Tick { seconds: 1 });
    assert_eq!(kiosk.page(), &Page::Home);
    let view = kiosk.controller.view();
    assert_eq!(view.lang, Lang::Zh);
    assert!(!format!("{view:?}").contains('王'));
}

#[test]
fn the_number_stays_for_half_a_minute() {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next, Action::Confirm]);
    kiosk.put(Input::Tick { seconds: 29 });
    assert!(matches!(kiosk.controller.view().screen, Screen::Done(done) if done.seconds == 1));
    kiosk.put(Input::Tick { seconds: 1 });
    assert_eq!(kiosk.page(), &Page::Home);
}

/// Goes to the last question by hand, so that the answer can be kept back.
fn waiting_for_the_order() -> Controller {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next]);
    let mut controller = kiosk.controller;
    let effects = controller.handle(Input::Touch(Action::Confirm));
    assert!(matches!(effects.as_slice(), [Effect::Ask(Request::Place(_))]));
    controller
}

fn placed() -> Reply {
    let mut kiosk = Bare::new(|_| {});
    kiosk.touches([Action::Way(Fulfilment::EatIn), Action::Next]);
    let Effect::Ask(request) = kiosk.controller.handle(Input::Touch(Action::Confirm)).remove(0)
    else {
        panic!("nothing was asked")
    };
    kiosk.sample.answer(request)
}

#[test]
fn a_shaky_second_touch_orders_once() {
    let mut controller = waiting_for_the_order();
    for action in [Action::Confirm, Action::Next, Action::Back, Action::Confirm] {
        assert!(controller.handle(Input::Touch(action)).is_empty());
    }
    assert!(controller.view().busy);
    controller.handle(Input::Reply(placed()));
    assert!(matches!(controller.page(), Page::Done(_)));
}

#[test]
fn an_order_placed_after_its_person_left_is_not_lost_and_not_shown_as_the_next_persons() {
    let mut controller = waiting_for_the_order();
    controller.handle(Input::Touch(Action::StartOver));
    assert_eq!(controller.page(), &Page::Home);
    controller.handle(Input::Reply(placed()));
    assert_eq!(controller.page(), &Page::Home);
    assert!(controller.view().toast.contains("37 号"));
}

#[test]
fn a_late_answer_still_brings_the_number() {
    let mut controller = waiting_for_the_order();
    controller.handle(Input::Tick { seconds: 20 });
    assert!(matches!(controller.page(), Page::Notice(Notice::NoAnswer(_))));
    controller.handle(Input::Reply(placed()));
    assert!(matches!(controller.page(), Page::Done(_)));
    controller.handle(Input::Touch(Action::Back));
    assert_eq!(controller.page(), &Page::Home);
}

#[test]
fn a_broken_store_says_that_nothing_was_ordered() {
    let mut controller = waiting_for_the_order();
    controller.handle(Input::Reply(Reply::Failed("disk full".into())));
    let Screen::Notice(notice) = controller.view().screen else { panic!("a notice") };
    assert!(notice.text.contains("没有下成"));
    controller.handle(Input::Touch(Action::Instead(WayOut::Again)));
    assert_eq!(controller.page(), &Page::Confirm);
}

#[test]
fn every_refusal_has_words_and_a_way_out_in_both_languages() {
    let date = Sample::default().today.date;
    let time = jiff::civil::time(10, 0, 0, 0);
    let now = jiff::Timestamp::UNIX_EPOCH;
    let refusals = [
        Refusal::Closed { date, reason: "国庆节".into(), next: Some(date.next()) },
        Refusal::TooFarAhead { date, last: date },
        Refusal::PastCutOff { fulfilment: Fulfilment::EatIn, cut_off: time },
        Refusal::NoMenu { date },
        Refusal::SoldOut { left: 0 },
        Refusal::SoldOut { left: 3 },
        Refusal::DayClosed { date },
        Refusal::NotEligible { category: Category::Guest },
        Refusal::DeliveryNeedsResident,
        Refusal::UnknownDoor { building: "99".into(), room: "101".into() },
        Refusal::UnknownCard,
        Refusal::BlockedCard,
        Refusal::WrongDigits { tries_left: 1 },
        Refusal::LockedOut { until: now },
        Refusal::Allergy { allergens: vec![Allergen::Egg], substitute_helps: true },
        Refusal::NoSubstitute,
        Refusal::Portions { asked: 9 },
        Refusal::NoteTooLong { max: 24 },
        Refusal::UnknownOrder,
        Refusal::UnknownVolunteer,
        Refusal::UnknownResident,
        Refusal::NotOnDuty { date },
        Refusal::NoRound,
        Refusal::NoOpenCheck,
        Refusal::ClockSetBack { now, latest: now },
    ];
    for refusal in refusals {
        for lang in Lang::ALL {
            let words = clubhouse_kiosk::kiosk::words::refusal(lang, &refusal);
            assert!(!words.headline.is_empty() && !words.text.is_empty(), "{refusal:?}");
            assert!(!words.ways.is_empty(), "{refusal:?} is a dead end");
            let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
            let text = format!("{}{}", words.headline, words.text);
            assert_eq!(text.chars().any(chinese), lang == Lang::Zh, "{text}");
        }
    }
}

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
        Action::Language,
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
                Effect::Say(_) | Effect::Hush => None,
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

fn fonts() -> Fonts {
    Fonts::load(None).expect("fonts-noto-cjk is installed")
}

/// A screen whose clubhouse answers between touches.
struct Played {
    screen: Headless,
    sample: Sample,
    asked: Vec<Request>,
}

impl Played {
    fn open(panel: Panel, lang: Lang) -> Self {
        let screen = Headless::open(panel, &fonts(), lang).expect("a headless window");
        let mut played = Self { screen, sample: Sample::default(), asked: Vec::new() };
        played.answer();
        played
    }

    fn answer(&mut self) {
        while let Some(request) = self.screen.next_request() {
            self.asked.push(request.clone());
            self.screen.deliver(self.sample.answer(request));
        }
    }

    fn touch(&mut self, label: &str) {
        self.screen.touch_in_list(label).unwrap_or_else(|error| panic!("{error}"));
        self.answer();
    }

    fn touches(&mut self, labels: &[&str]) {
        for label in labels {
            self.touch(label);
        }
    }
}

/// The headless backend belongs to its thread: every screen story has one of its own.
fn on_its_own_thread(story: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(story)
        .expect("a thread")
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

#[test]
fn three_touches_on_the_screen_place_exactly_this_order() {
    on_its_own_thread(|| {
        for panel in Panel::ALL {
            let mut kiosk = Played::open(panel, Lang::Zh);
            kiosk.touches(&["堂食", "下一步", "确认下单"]);
            let placed: Vec<_> =
                kiosk.asked.iter().filter(|r| matches!(r, Request::Place(_))).collect();
            assert_eq!(
                placed,
                [&Request::Place(NewOrder {
                    date: kiosk.sample.today.date,
                    fulfilment: Fulfilment::EatIn,
                    portions: Portions::ONE,
                    preferences: Preferences::default(),
                    category: Category::Senior,
                    resident: None,
                    door: None,
                    payment: Payment::Later,
                })]
            );
            assert!(matches!(kiosk.screen.kiosk().view().screen, Screen::Done(_)));
            kiosk.touch("好了，回首页");
            assert!(kiosk.screen.has("堂食"));
        }
    });
}

#[test]
fn a_delivery_is_ordered_by_door_digits_and_pages() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::SEVEN_INCH_PORTRAIT, Lang::Zh);
        kiosk.touches(&["外送到家", "26号楼", "6楼", "602室", "1", "3", "5", "7", "确定"]);
        kiosk.touches(&["加", "少饭", "换菜", "下一步", "付现金", "确认下单"]);
        let order = kiosk
            .asked
            .iter()
            .find_map(|r| if let Request::Place(order) = r { Some(order) } else { None })
            .expect("placed");
        assert_eq!(order.fulfilment, Fulfilment::Delivery);
        assert_eq!(order.portions.get(), 2);
        assert!(order.preferences.less_rice && order.preferences.substitute);
        assert_eq!(order.payment, Payment::Later);
        assert_eq!(order.resident, Some(kiosk.sample.known.resident.id));
    });
}

#[test]
fn a_reader_types_like_a_keyboard_on_any_page() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        kiosk.touch("外送到家");
        kiosk.screen.type_text("C1.abcDEF.7");
        kiosk.answer();
        assert!(kiosk.asked.contains(&Request::Identify(Credential::Card("C1.abcDEF.7".into()))));
        kiosk.touches(&["下一步", "确认下单", "好了，回首页"]);
        kiosk.screen.type_text("O1.ABCDEF");
        kiosk.answer();
        kiosk.touches(&["取消订单", "是，取消", "回首页"]);
        assert!(kiosk.screen.has("堂食"));
    });
}

#[test]
fn a_volunteer_and_the_staff_find_their_keys() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        kiosk.touches(&["值班", "志愿者", "1", "7", "确定", "2", "4", "6", "8", "确定"]);
        kiosk.touches(&["拿单出发", "交回", "48 号", "无人应门", "记下", "写好了", "全部交回"]);
        let failed = kiosk
            .asked
            .iter()
            .find_map(|r| if let Request::HandIn { lines, .. } = r { Some(lines) } else { None })
            .expect("handed in");
        assert_eq!(failed[7].outcome, Outcome::NoAnswer);
        kiosk.touches(&["回首页", "值班", "工作人员", "1", "2", "3", "4", "确定"]);
        kiosk.touches(&["今天的号", "15 号", "收到现金", "12 号", "已取走"]);
        assert!(kiosk.asked.contains(&Request::PaidCash { number: 15 }));
        assert!(kiosk.asked.contains(&Request::Advance { number: 12 }));
    });
}

#[test]
fn english_is_one_touch_and_goes_with_the_person() {
    on_its_own_thread(|| {
        let mut kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        kiosk.touches(&["English", "Eat here", "Next"]);
        assert!(kiosk.screen.has("Place order"));
        kiosk.touch("中文");
        assert!(kiosk.screen.has("确认下单"));
        kiosk.touches(&["English", "Home"]);
        assert!(kiosk.screen.has("堂食"), "the next person reads Chinese");
    });
}

#[test]
fn a_key_that_is_not_there_is_told_with_those_that_are() {
    on_its_own_thread(|| {
        let kiosk = Played::open(Panel::TEN_INCH, Lang::Zh);
        let error = kiosk.screen.touch("确认下单").expect_err("home has no such key");
        let TouchError::NotThere { there, .. } = error else { panic!("{error}") };
        assert!(there.contains(&"外送到家".to_owned()));
    });
}

/// The least sides and gap of a choice on a panel, in millimetres.
fn least(panel: Panel) -> (f32, f32) {
    match panel.width_mm.hypot(panel.height_mm) {
        d if d >= 325.0 => (16.0, 3.0),
        d if d >= 252.0 => (14.0, 3.0),
        _ => (12.0, 2.5),
    }
}

fn gap(a: &Key, b: &Key) -> f32 {
    let between = |at: usize| {
        let (a, b) = ((a.mm[at], a.mm[at] + a.mm[at + 2]), (b.mm[at], b.mm[at] + b.mm[at + 2]));
        (b.0 - a.1).max(a.0 - b.1)
    };
    between(0).max(between(1))
}

/// What is wrong with a screen as laid out, each fault in a sentence.
fn faults(screen: &Headless, panel: Panel, overlaid: bool) -> Vec<String> {
    // Rounding to whole pixels.
    const SLACK_MM: f32 = 0.25;
    let (side, air) = least(panel);
    let keys = screen.keys();
    let mut faults = Vec::new();
    if keys.is_empty() {
        faults.push("no way on".to_owned());
    }
    for (at, key) in keys.iter().enumerate() {
        let [x, y, w, h] = key.mm;
        let name = &key.label;
        if name.is_empty() {
            faults.push("a key without a name".to_owned());
        }
        if w.min(h) + SLACK_MM < side {
            faults.push(format!("“{name}” is {w:.1}×{h:.1} mm, needs {side}"));
        }
        let (right, bottom) = (panel.width_mm + SLACK_MM, panel.height_mm + SLACK_MM);
        if x < -SLACK_MM || y < -SLACK_MM || x + w > right || y + h > bottom {
            faults.push(format!("“{name}” leaves the panel: {:?}", key.mm));
        }
        // Below an overlay the keys of the page remain, out of reach.
        for other in keys.iter().skip(at + 1).filter(|_| !overlaid) {
            if *name == other.label {
                faults.push(format!("two keys are called “{name}”"));
            }
            if gap(key, other) + SLACK_MM < air {
                let gap = gap(key, other);
                faults.push(format!("“{name}” and “{}” are {gap:.1} mm apart", other.label));
            }
        }
    }
    for (text, [x, y, w, h]) in screen.texts() {
        let (right, bottom) = (panel.width_px as f32 + 1.0, panel.height_px as f32 + 1.0);
        if x < -1.0 || y < -1.0 || x + w > right || y + h > bottom {
            faults.push(format!("the text “{text}” leaves the panel"));
        }
    }
    faults
}

#[test]
fn every_key_is_large_enough_apart_and_has_a_name_of_its_own() {
    on_its_own_thread(|| {
        let fonts = fonts();
        let mut found = Vec::new();
        for panel in Panel::ALL {
            for lang in Lang::ALL {
                for scene in SCENES {
                    let screen = open(&fonts, panel, lang, scene).expect("a headless window");
                    let overlaid = scene.name.starts_with("help") || scene.name == "idle";
                    for fault in faults(&screen, panel, overlaid) {
                        found.push(format!("{} {} {panel}: {fault}", scene.name, lang.code()));
                    }
                }
            }
        }
        assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
    });
}

#[test]
fn a_known_person_is_greeted_by_surname_only() {
    let known: Known = Sample::default().known;
    assert_eq!(known.resident.masked_name(), "王＊");
    let mut kiosk = Bare::new(|_| {});
    kiosk.put(Input::Scanned("C1.sample.0".into()));
    let Screen::Home(home) = kiosk.controller.view().screen else { panic!("home") };
    assert!(home.greeting.starts_with("王＊ 您好"));
}

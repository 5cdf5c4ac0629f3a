//! What must hold after every step, whatever was touched.

use clubhouse_kiosk::kiosk::controller::page::{Keypad, Page};
use clubhouse_kiosk::kiosk::controller::view::{Screen, View};
use clubhouse_kiosk::kiosk::controller::{Action, Controller, Input, Look, WayOut};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::kiosk::words::Lang;

use super::club::Club;
use super::pages::{changes_something, gated, is_end};

/// Seconds without a touch after which whoever was there is gone.
const GONE_AFTER_S: u32 = 80;

/// A request whose answer is still to come.
#[derive(Debug)]
pub struct Out {
    pub request: Request,
    /// The person who asked.
    person: u64,
    /// What they waited for when it was asked.
    wait: u64,
    /// How often the first screen had been reached when it was asked.
    homes: u64,
    /// What the person was told that the order costs.
    pub told: Option<String>,
}

/// The page before an input.
#[derive(Debug, Default, PartialEq, Eq)]
enum Before {
    #[default]
    Other,
    Home,
    /// One from which every way leads home.
    End,
}

/// Remembers who may see what.
#[derive(Debug, Default)]
pub struct Eyes {
    /// Counts the persons who left.
    person: u64,
    /// Counts the waits that were given up by going back.
    wait: u64,
    /// Counts the arrivals at the first screen.
    homes: u64,
    /// Somebody showed a card or digits, and has not left.
    known: bool,
    /// Somebody typed a PIN since the first screen.
    on_duty: bool,
    before: Before,
    /// Seconds without a touch, while nothing was waited for.
    idle: u32,
    looks: usize,
}

impl Eyes {
    /// A request goes out: whatever changes something was asked for on the page that says so, and
    /// not while the same is under way.
    pub fn asked(
        &self,
        input: &Input,
        page: &Page,
        view: &View,
        request: Request,
        out: &[&Out],
    ) -> Out {
        let touched = |action: &Action| *input == Input::Touch(action.clone());
        let confirmed = touched(&Action::Confirm);
        let said_so = match &request {
            Request::Place(_) => confirmed && matches!(page, Page::Confirm),
            Request::PlaceWeek(_) => confirmed && matches!(page, Page::WeekConfirm(_)),
            Request::Cancel(_) => confirmed && matches!(page, Page::CancelQuestion(_)),
            Request::Amend(..) => touched(&Action::Next) && matches!(page, Page::Options),
            Request::HandIn { .. } => confirmed && matches!(page, Page::HandInQuestion(_)),
            Request::SellOut | Request::SellAgain => {
                confirmed && matches!(page, Page::SalesQuestion(_))
            }
            Request::InstallUpdate { .. } => confirmed && matches!(page, Page::UpdateQuestion(..)),
            Request::CloseDay => confirmed && matches!(page, Page::DayEnd(_)),
            Request::Reprint(_) => {
                confirmed && matches!(page, Page::PaperQuestion(..) | Page::OrderPaperQuestion(..))
            }
            Request::Advance { .. }
            | Request::PaidCash { .. }
            | Request::FollowedUp(_)
            | Request::Correct { .. }
            | Request::Papers
            | Request::MoveQueue(..)
            | Request::FoundPaper(_)
            | Request::OrderPapers { .. }
            | Request::Number { .. }
            | Request::DayEnd
            | Request::Updates
            | Request::TakeSlip(_) => self.on_duty,
            Request::OrdersOf(_) | Request::Week(_) | Request::PrintForm(_) => self.known,
            _ => true,
        };
        assert!(said_so, "{request:?} was asked by {input:?} on {page:?}");
        if changes_something(&request) {
            let twice = out.iter().any(|o| {
                o.person == self.person
                    && std::mem::discriminant(&o.request) == std::mem::discriminant(&request)
            });
            assert!(!twice, "{request:?} was asked again before it was answered");
        }
        let told = match (&request, &view.screen) {
            (Request::Place(_), Screen::Confirm(confirm)) => Some(confirm.total.clone()),
            _ => None,
        };
        Out { request, person: self.person, wait: self.wait, homes: self.homes, told }
    }

    /// An answer comes in.
    pub fn answered(&mut self, out: &Out, reply: &Reply) {
        match reply {
            Reply::Identified(_) => {
                self.known |= (out.person, out.wait) == (self.person, self.wait);
            }
            Reply::OnDuty(_) => self.on_duty |= out.homes == self.homes,
            Reply::Staff(_) if matches!(out.request, Request::StaffSignIn { .. }) => {
                self.on_duty |= out.homes == self.homes;
            }
            _ => {}
        }
    }

    /// Before an input: how long it has been quiet.
    pub fn quiet(&mut self, input: &Input, busy: bool) {
        match input {
            Input::Touch(_) | Input::Scanned(_) => self.idle = 0,
            Input::Tick { .. } if busy => self.idle = 0,
            Input::Tick { seconds } => self.idle += seconds,
            _ => {}
        }
    }

    /// Somebody goes back from what they wait for: its answer is nobody's any more.
    pub fn given_up(&mut self) {
        self.wait += 1;
    }

    /// The screen after an input.
    pub fn look(&mut self, input: &Input, screen: &Controller, club: &Club) {
        let page = screen.page();
        let view = screen.view();
        let home = matches!(page, Page::Home | Page::Slides(_));
        if home {
            self.homes += u64::from(self.before != Before::Home);
            self.on_duty = false;
        }
        if gated(page) {
            assert!(self.on_duty, "{page:?} without a PIN, after {input:?}");
        }
        self.who_left(input, &view, home);
        self.before = match page {
            Page::Home | Page::Slides(_) => Before::Home,
            page if is_end(page) => Before::End,
            _ => Before::Other,
        };
        self.looks += 1;
        if home || self.looks.is_multiple_of(5) {
            self.nobody_is_seen(page, &view, club);
        }
        has_words(page, &view);
    }

    fn who_left(&mut self, input: &Input, view: &View, home: bool) {
        let touched = |action: Action| *input == Input::Touch(action);
        let told = touched(Action::StartOver);
        assert!(home || !told, "start over did not lead home");
        let ticked = matches!(input, Input::Tick { .. });
        let came_home = home && self.before != Before::Home;
        let left = told
            || (came_home && touched(Action::Instead(WayOut::Home)))
            || (came_home && touched(Action::Back) && self.before == Before::End)
            || (came_home && ticked)
            || (home && ticked && self.idle >= GONE_AFTER_S);
        if left {
            self.person += 1;
            self.idle = 0;
            self.known = false;
            forgotten(view);
        }
    }

    /// Without a card or digits nobody is named, and never in full.
    fn nobody_is_seen(&self, page: &Page, view: &View, club: &Club) {
        if gated(page) {
            return;
        }
        let text = format!("{view:?}");
        assert!(self.known || !text.contains('＊'), "a stranger is named: {view:#?}");
        for friend in &club.friends {
            let resident = &friend.resident;
            assert!(!text.contains(&resident.name), "a full name: {view:#?}");
            assert!(!text.contains(&resident.phone), "a telephone number: {view:#?}");
            assert!(!text.contains(&friend.card), "a card: {view:#?}");
        }
        if let (Page::Keypad(Keypad::Pin(_) | Keypad::StaffPin, _), Screen::Keypad(keypad)) =
            (page, &view.screen)
        {
            assert!(!keypad.typed.contains(|c: char| c.is_ascii_digit()), "a PIN can be read");
        }
    }
}

/// The first screen as the next person finds it.
fn forgotten(view: &View) {
    assert_eq!((view.lang, view.look), (Lang::Zh, Look::default()), "the next person's display");
    assert!(view.display.is_none() && view.help.is_none() && view.idle.is_none(), "{view:#?}");
    assert!(!view.voice.loud && !view.busy && view.so_far.is_empty(), "{view:#?}");
    let home = match &view.screen {
        Screen::Home(home) => home,
        // No orders for now, or nobody there: nothing of a person is on these.
        Screen::PaperOnly(_) | Screen::Slides(_) | Screen::Dark(_) => return,
        _ => panic!("not the first screen: {view:#?}"),
    };
    assert!(home.greeting.is_empty() && home.as_last.is_empty() && !home.week, "{home:#?}");
    let other_day = home.dates.iter().position(|date| date.chosen).is_some_and(|at| at > 0);
    assert!(!other_day, "the next person finds another day: {home:#?}");
}

/// A page that says something and leads somewhere.
fn has_words(page: &Page, view: &View) {
    match &view.screen {
        Screen::Notice(notice) => {
            let said = !notice.headline.is_empty() && !notice.text.is_empty();
            assert!(said && !notice.ways.is_empty(), "{page:?}: {notice:#?}");
        }
        Screen::Facts(facts) => {
            let said = !facts.headline.is_empty() && !facts.ways.is_empty();
            assert!(said, "{page:?}: {facts:#?}");
        }
        Screen::Ways(ways) => assert!(!ways.ways.is_empty(), "{page:?}"),
        Screen::Home(home) => assert!(!home.headline.is_empty(), "{home:#?}"),
        _ => {}
    }
    if matches!(page, Page::Slides(_)) {
        return;
    }
    let home = matches!(page, Page::Home);
    assert_eq!(view.can_back, !home, "{page:?}");
    let speaks = home || matches!(page, Page::Notice(_));
    assert_eq!(view.title.is_empty(), speaks, "the title of {page:?}");
}

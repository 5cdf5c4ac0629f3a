//! The screen's mind: a state machine that knows no window, no store and no printer.
//!
//! Inputs are touches, readers, answers and passing seconds; the only effect is to ask the
//! clubhouse for something. What the person sees is a function of the state: [`Controller::view`].

pub mod action;
mod answers;
mod doors;
mod duty;
mod lookup;
mod order;
pub mod page;
pub mod scan;
mod show;
mod show_duty;
mod show_order;
mod time;
pub mod view;
mod waiting;

use std::collections::VecDeque;

pub use action::{Action, Keeper, WayOut, Wish};
pub use view::View;
pub use waiting::Purpose;

use page::{Notice, Page, Session, WhoFor};
use scan::Scanned;
use waiting::Waiting;

use crate::domain::Building;
use crate::kiosk::protocol::{Reply, Request, Today};
use crate::kiosk::words::Lang;

/// Something that happens to the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The window is open; asks for the first data.
    Start,
    /// A finger.
    Touch(Action),
    /// A text that a reader typed, ended by Enter.
    Scanned(String),
    /// An answer to the oldest request that is out.
    Reply(Reply),
    /// Time has passed.
    Tick {
        /// Whole seconds since the last tick.
        seconds: u32,
    },
}

/// What the controller wants from the world.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the clubhouse; exactly one [`Reply`] follows, in the order asked.
    Ask(Request),
}

/// The most pages one can go deep; a longer way is folded back to the first screen.
const DEEPEST: usize = 16;

/// The state of one touchscreen.
#[derive(Debug)]
pub struct Controller {
    /// The language a new person starts with.
    home_lang: Lang,
    lang: Lang,
    today: Option<Today>,
    buildings: Option<Vec<Building>>,
    session: Session,
    pages: Vec<Page>,
    /// Counts the steps from page to page.
    steps: u64,
    waiting: VecDeque<Waiting>,
    /// Counts the people; an answer for an earlier one is not shown to a later one.
    visit: u64,
    clock: time::IdleClock,
    toast: Option<view::Toast>,
    help_open: bool,
    help_called: bool,
    effects: Vec<Effect>,
}

impl Controller {
    /// A screen on which nothing has happened yet.
    pub fn new(home_lang: Lang) -> Self {
        Self {
            home_lang,
            lang: home_lang,
            today: None,
            buildings: None,
            session: Session::default(),
            pages: vec![Page::Home],
            steps: 0,
            waiting: VecDeque::new(),
            visit: 0,
            clock: time::IdleClock::default(),
            toast: None,
            help_open: false,
            help_called: false,
            effects: Vec::new(),
        }
    }

    /// Takes one input and says what is wanted now.
    pub fn handle(&mut self, input: Input) -> Vec<Effect> {
        let before = (self.pages.len(), std::mem::discriminant(self.page()));
        match input {
            Input::Start => self.refresh(),
            Input::Touch(action) => self.touched(action),
            Input::Scanned(text) => self.scanned(&text),
            Input::Reply(reply) => self.answered(reply),
            Input::Tick { seconds } => self.passed(seconds),
        }
        if before != (self.pages.len(), std::mem::discriminant(self.page())) {
            self.steps += 1;
        }
        std::mem::take(&mut self.effects)
    }

    /// Whether the person waits for an answer.
    pub fn busy(&self) -> bool {
        self.waiting.iter().any(|w| self.holds(w))
    }

    /// Requests that have not been answered.
    pub fn requests_out(&self) -> usize {
        self.waiting.len()
    }

    /// The page the person stands on.
    pub fn page(&self) -> &Page {
        self.pages.last().unwrap_or(&Page::Home)
    }

    fn holds(&self, waiting: &Waiting) -> bool {
        waiting.visit == self.visit && !waiting.late && waiting.purpose.holds_the_screen()
    }

    fn ask(&mut self, purpose: Purpose, request: Request) {
        self.waiting.push_back(Waiting { purpose, visit: self.visit, seconds: 0, late: false });
        self.effects.push(Effect::Ask(request));
    }

    fn refresh(&mut self) {
        if !self.waiting.iter().any(|w| w.purpose == Purpose::Refresh && w.visit == self.visit) {
            let date = self.session.date;
            self.ask(Purpose::Refresh, Request::Refresh { date });
        }
    }

    fn touched(&mut self, action: Action) {
        self.clock.touched();
        if self.touched_overlay(&action) {
            return;
        }
        if self.busy() {
            self.touched_while_busy(&action);
            return;
        }
        self.toast = None;
        if self.touched_shared(&action) {
            return;
        }
        match action {
            Action::Back => self.back(),
            Action::StartOver => self.start_over(),
            Action::Instead(way) => self.way_out(way),
            Action::Date(date) => self.look_at(date),
            Action::Way(_)
            | Action::Fewer
            | Action::More
            | Action::Category(_)
            | Action::Wish(_)
            | Action::Pay(_)
            | Action::Next => self.touched_order(&action),
            Action::Confirm => self.confirmed(),
            Action::Building(_) | Action::Floor(_) | Action::Flat(_) => self.touched_door(action),
            Action::Digit(_) | Action::Letter(_) | Action::Erase | Action::Enter => {
                self.typed(&action);
            }
            Action::MyOrder
            | Action::ByDoor
            | Action::ByLetters
            | Action::Order(_)
            | Action::Edit
            | Action::CancelOrder => self.touched_lookup(&action),
            Action::Called => {
                self.push(Page::Called);
                self.refresh();
            }
            Action::Duty
            | Action::Volunteer
            | Action::Staff
            | Action::TakeSlip
            | Action::HandIn
            | Action::Stop(_)
            | Action::Outcome(_)
            | Action::LeftWith(_)
            | Action::Cash(_)
            | Action::Advance
            | Action::PaidCash => self.touched_duty(&action),
            Action::Language
            | Action::Help
            | Action::CloseHelp
            | Action::CallStaff
            | Action::StillHere => {}
        }
    }

    /// Touches that mean the same on every page and never wait.
    fn touched_overlay(&mut self, action: &Action) -> bool {
        match action {
            Action::Language => self.lang = self.lang.other(),
            Action::Help => {
                self.help_open = true;
                self.help_called = false;
            }
            Action::CloseHelp => self.help_open = false,
            Action::CallStaff => self.call_staff(),
            Action::StillHere => {}
            _ => return false,
        }
        true
    }

    /// Leaving is always possible; going back only when nothing is being changed.
    fn touched_while_busy(&mut self, action: &Action) {
        match action {
            Action::StartOver => self.start_over(),
            Action::Back => {
                let changing =
                    self.waiting.iter().any(|w| self.holds(w) && w.purpose.changes_something());
                if !changing {
                    self.abandon();
                    self.back();
                }
            }
            _ => {}
        }
    }

    fn call_staff(&mut self) {
        if !self.help_called {
            self.help_called = true;
            self.ask(Purpose::Help, Request::Help);
        }
        self.help_open = true;
    }

    fn way_out(&mut self, way: WayOut) {
        match way {
            WayOut::Home => self.start_over(),
            WayOut::Again => self.back(),
            WayOut::CallStaff => self.call_staff(),
            WayOut::MyOrder => {
                self.pages.truncate(1);
                self.push(Page::MyOrder);
            }
            WayOut::OtherDate(date) => {
                self.pages.truncate(1);
                self.look_at(date);
            }
            WayOut::TakeAwayInstead
            | WayOut::WithSubstitute
            | WayOut::Portions(_)
            | WayOut::PayCash => self.order_otherwise(way),
        }
    }

    fn scanned(&mut self, text: &str) {
        self.clock.touched();
        if self.busy() {
            return;
        }
        self.help_open = false;
        match scan::parse(text) {
            Scanned::Card(card) => self.card_shown(card),
            Scanned::Slip(code) => {
                if matches!(
                    self.page(),
                    Page::Home | Page::MyOrder | Page::Letters(_) | Page::Called | Page::Done(_)
                ) {
                    self.ask(Purpose::Find, Request::FindByCode(code));
                }
            }
            Scanned::Ticket(date, number) => {
                self.ask(Purpose::Ticket, Request::ScannedTicket { date, number });
            }
            Scanned::RoundSlip => {
                if matches!(self.page(), Page::Home | Page::Duty | Page::Called) {
                    self.pages.truncate(1);
                    self.push(Page::Duty);
                    self.touched_duty(&Action::Volunteer);
                }
            }
            Scanned::Unknown => self.toast = Some(view::Toast::UnknownCode),
        }
    }

    fn push(&mut self, page: Page) {
        if self.pages.len() >= DEEPEST {
            self.pages.truncate(1);
        }
        self.pages.push(page);
    }

    /// Shows a page in the place of the present one.
    fn replace(&mut self, page: Page) {
        if self.pages.len() > 1 {
            self.pages.pop();
        }
        self.push(page);
    }

    fn notice(&mut self, notice: Notice) {
        self.push(Page::Notice(notice));
    }

    /// Goes one page back; from an end page there is nothing to go back into.
    fn back(&mut self) {
        match self.page() {
            Page::Home => {}
            Page::Done(_)
            | Page::Round(_)
            | Page::Notice(Notice::Cancelled(_) | Notice::HandedIn(..)) => self.start_over(),
            _ => {
                self.pages.pop();
                if matches!(self.page(), Page::Home) {
                    self.session.draft = page::Draft::default();
                    self.refresh();
                }
            }
        }
    }

    /// What is still out belongs to nobody at the screen any more.
    fn abandon(&mut self) {
        self.visit += 1;
    }

    /// The first screen, for the next person.
    fn start_over(&mut self) {
        self.abandon();
        if self.session.date.is_some() {
            self.today = self.today.take().filter(|t| t.date == t.today);
        }
        self.session = Session::default();
        self.pages.truncate(1);
        self.lang = self.home_lang;
        self.help_open = false;
        self.toast = None;
        self.refresh();
    }

    fn look_at(&mut self, date: crate::domain::ServiceDate) {
        let is_today = self.today.as_ref().is_some_and(|t| t.today == date);
        self.session.date = (!is_today).then_some(date);
        // An older refresh may be out for the date shown before; its answer is for that date.
        self.ask(Purpose::Refresh, Request::Refresh { date: self.session.date });
    }

    fn card_shown(&mut self, card: String) {
        let who_for = match self.page() {
            Page::Door(who)
            | Page::Floor(who, _)
            | Page::Flat(who, ..)
            | Page::Keypad(page::Keypad::Phone(who, _), _) => *who,
            Page::MyOrder | Page::Letters(_) => WhoFor::MyOrder,
            Page::Home | Page::Options | Page::Confirm | Page::Notice(_) => WhoFor::Greeting,
            _ => return,
        };
        self.identify(who_for, crate::counter::Credential::Card(card));
    }
}

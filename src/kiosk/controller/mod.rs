//! The screen's mind: a state machine that knows no window, no store and no printer.
//!
//! Inputs are touches, readers, answers and passing seconds; the only effects are to ask the
//! clubhouse for something, to say something aloud, and to switch the panel's light. What the person
//! sees is a function of the state: [`Controller::view`].

pub mod action;
mod answers;
mod blank;
mod calls;
mod clock;
pub mod desk;
mod display;
mod doors;
mod duty;
mod lookup;
mod order;
pub mod page;
mod paper_only;
pub mod scan;
mod show;
mod show_desk;
mod show_duty;
mod show_home;
mod show_order;
mod show_staff;
mod show_unfinished;
mod show_updates;
mod show_usual;
mod show_week;
mod slides;
mod time;
mod title;
mod touch;
mod unfinished;
mod updates;
mod usual;
pub mod view;
mod view_week;
mod voice;
mod waiting;
mod week;

use std::collections::VecDeque;

pub use action::{Action, Keeper, WayOut, Wish};
pub use display::{Contrast, Look, TextSize};
pub use paper_only::{Stopped, TRY_EVERY_S};
pub use view::View;
pub use voice::VoiceRules;
pub use waiting::Purpose;

use page::{Notice, Page, Session};
use waiting::Waiting;

use crate::domain::Building;
use crate::kiosk::protocol::{Reply, Request, Today};
use crate::kiosk::words::Lang;
use crate::speech::Utterance;

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
    /// Printers or papers are not as they were: the day is looked at again.
    Changed,
    /// The panel's sensor sees somebody.
    Presence,
    /// The panel's sensor sees nobody any more.
    Absence,
    /// The numbers at the window are now these, newest last.
    AtWindow(Vec<u32>),
    /// What was to be said aloud could not be said.
    Unspoken,
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
    /// Say something aloud; it takes the place of a page that is being read.
    Say(Utterance),
    /// Stop reading the page.
    Hush,
    /// Switch the light of the panel on or off.
    Light(bool),
}

/// The most pages one can go deep; a longer way is folded back to the first screen.
const DEEPEST: usize = 16;

/// The state of one touchscreen.
#[derive(Debug)]
pub struct Controller {
    /// The language a new person starts with.
    home_lang: Lang,
    lang: Lang,
    look: Look,
    display_open: bool,
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
    slides: slides::SlideShow,
    blank: blank::Blank,
    paper_only: Option<Stopped>,
    toast: Option<view::Toast>,
    help_open: bool,
    help_called: bool,
    voice: voice::Voice,
    calls: calls::Calls,
    keeping: unfinished::Keeping,
    effects: Vec<Effect>,
}

impl Controller {
    /// A screen on which nothing has happened yet.
    pub fn new(home_lang: Lang) -> Self {
        Self {
            home_lang,
            lang: home_lang,
            look: Look::default(),
            display_open: false,
            today: None,
            buildings: None,
            session: Session::default(),
            pages: vec![Page::Home],
            steps: 0,
            waiting: VecDeque::new(),
            visit: 0,
            clock: time::IdleClock::default(),
            slides: slides::SlideShow::default(),
            blank: blank::Blank::default(),
            paper_only: None,
            toast: None,
            help_open: false,
            help_called: false,
            voice: voice::Voice::default(),
            calls: calls::Calls::default(),
            keeping: unfinished::Keeping::default(),
            effects: Vec::new(),
        }
    }

    /// Takes one input and says what is wanted now.
    pub fn handle(&mut self, input: Input) -> Vec<Effect> {
        let before = (self.pages.len(), std::mem::discriminant(self.page()));
        let heard = self.heard();
        match input {
            Input::Start | Input::Changed => self.refresh(),
            Input::Touch(action) => {
                self.hush();
                self.touched(action);
            }
            Input::Scanned(text) => {
                self.hush();
                self.scanned(&text);
            }
            Input::Reply(reply) => self.answered(reply),
            Input::Presence => self.seen(),
            Input::Absence => self.nobody_there(),
            Input::AtWindow(numbers) => self.watched(&numbers),
            Input::Unspoken => self.stayed_silent(),
            Input::Tick { seconds } => self.passed(seconds),
        }
        if before != (self.pages.len(), std::mem::discriminant(self.page())) {
            self.steps += 1;
        }
        self.heard_something_new(&heard);
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
        let unknown = |w: &Waiting| w.visit == self.visit && w.purpose.changes_something();
        if purpose.changes_something() && self.waiting.iter().any(unknown) {
            // It may be done already: nothing is done twice because its answer is slow.
            self.notice(Notice::NoAnswer(purpose));
            return;
        }
        self.waiting.push_back(Waiting { purpose, visit: self.visit, seconds: 0, late: false });
        self.effects.push(Effect::Ask(request));
    }

    fn refresh(&mut self) {
        if !self.waiting.iter().any(|w| w.purpose == Purpose::Refresh && w.visit == self.visit) {
            let date = self.session.date;
            self.ask(Purpose::Refresh, Request::Refresh { date });
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
            Page::Home | Page::Slides(_) => {}
            Page::Done(_)
            | Page::WeekDone(_)
            | Page::Round(_)
            | Page::Notice(Notice::Cancelled(_) | Notice::HandedIn(..) | Notice::DayEnded(_)) => {
                self.start_over();
            }
            // It may be done already; who is back at the question would do it again.
            Page::Notice(Notice::NoAnswer(purpose)) if purpose.changes_something() => {
                self.start_over();
            }
            _ => {
                if matches!(self.page(), Page::Notice(Notice::NoAnswer(_))) {
                    // Whoever goes on is not taken elsewhere by an answer that comes after all.
                    self.abandon();
                }
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
        self.keep_what_is_left();
        self.abandon();
        // What is shown may be another day even if none is asked for: its answer may have failed.
        self.today = self.today.take().filter(|t| t.date == t.today);
        self.session = Session::default();
        self.pages.truncate(1);
        self.forget_display();
        self.help_open = false;
        self.toast = None;
        if let Some(stopped) = &mut self.paper_only {
            stopped.lost = false;
        }
        self.forget_voice();
        self.refresh();
    }

    fn look_at(&mut self, date: crate::domain::ServiceDate) {
        let is_today = self.today.as_ref().is_some_and(|t| t.today == date);
        self.session.date = (!is_today).then_some(date);
        // An older refresh may be out for the date shown before; its answer is for that date.
        self.ask(Purpose::Refresh, Request::Refresh { date: self.session.date });
    }
}

//! What is on the screen, as plain data in the language of the person.

pub use super::view_week::{Week, WhyNot};
use super::{Action, Look};
use crate::kiosk::plate::Food;
use crate::kiosk::words::Lang;
use crate::pictures::Picture;

/// Everything that is visible.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The language of the words.
    pub lang: Lang,
    /// How large the words are, and how strongly they stand out.
    pub look: Look,
    /// The page.
    pub screen: Screen,
    /// Tells pages apart that look alike: changes with every step forward or back.
    pub page: u64,
    /// The question this page asks.
    pub title: String,
    /// The order so far, in one line; empty where there is none.
    pub so_far: String,
    /// Whether there is a page to go back to.
    pub can_back: bool,
    /// Whether an answer is waited for.
    pub busy: bool,
    /// A short message.
    pub toast: String,
    /// Seconds left to answer “are you still there?”.
    pub idle: Option<u32>,
    /// The open help.
    pub help: Option<Help>,
    /// The open sheet of the display.
    pub display: Option<Display>,
    /// What the printer's state means for the person; empty while all is well.
    pub status: String,
    /// What can be heard.
    pub voice: Voice,
}

/// What can be heard of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Voice {
    /// Whether it can be read aloud.
    pub listen: bool,
    /// Whether the louder voice is chosen.
    pub loud: bool,
}

/// A short message that goes away by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toast {
    /// The order was changed.
    Amended,
    /// So many days were ordered after their person had left.
    WeekPlacedLater(usize),
    /// A way can't be had on a day of the grid.
    NotThatDay(WhyNot),
    /// An order was taken back from the grid.
    TakenBack(u32),
    /// The form to fill in by pen waits for the printer.
    FormPrinting,
    /// An order was placed after its person had left.
    PlacedLater(u32),
    /// A number stands at the window now.
    Ready(u32),
    /// So many numbers stand at the window now.
    SeveralReady(u32),
    /// A number was handed over.
    Collected(u32),
    /// A scanned ticket brought nothing.
    TicketRefused,
    /// The round's slip is taken.
    SlipTaken,
    /// What staff wanted of a printer is done.
    Noted,
    /// The hand-in is taken back.
    HandInUndone,
    /// The page can't be read aloud.
    NoVoice,
    /// The reader read something foreign.
    UnknownCode,
}

/// Help for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// How this page works.
    pub text: String,
    /// Whether a human was called already.
    pub called: bool,
}

/// The sheet on which a person sets the display for themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Display {
    /// Size, contrast, language and voice, in pairs.
    pub choices: Vec<Choice>,
}

/// Something to touch, whose words come from the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// A second, smaller line.
    pub note: String,
    /// What a reader of the screen hears and what tests look for; the text, made unambiguous.
    pub label: String,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Whether it leads on; one that does not still answers with the reason.
    pub open: bool,
    /// What it means.
    pub action: Action,
}

impl Choice {
    /// A choice that says `text`.
    pub fn new(text: impl Into<String>, action: Action) -> Self {
        let text = text.into();
        Self { label: text.clone(), text, note: String::new(), chosen: false, open: true, action }
    }

    /// Adds the second line.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Makes the label longer than the text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Marks it chosen.
    #[must_use]
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// Marks it as leading on or not.
    #[must_use]
    pub fn open(mut self, open: bool) -> Self {
        self.open = open;
        self
    }
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen {
    /// The first screen.
    Home(Home),
    /// Portions and preferences.
    Options(Options),
    /// Card, building, floor or flat.
    Door(Door),
    /// Digits.
    Keypad(Keypad),
    /// Everything before it counts.
    Confirm(Confirm),
    /// The days ahead.
    Week(Week),
    /// The number.
    Done(Done),
    /// Ways to find an order; also the page of those on duty.
    Ways(Ways),
    /// The six letters.
    Letters(Letters),
    /// Rows to choose from: orders, stops, numbers.
    List(List),
    /// Facts in rows with what can be done: an order, a round, a question.
    Facts(Facts),
    /// Numbers at the window.
    Called(Called),
    /// One stop of a hand-in.
    Stop(Stop),
    /// A “no”, a fault or a good end.
    Notice(Notice),
    /// Orders go on paper.
    PaperOnly(PaperOnly),
    /// A photograph, while nobody is there.
    Slides(Slides),
    /// Nobody has been there for long: black. What a reader of the screen hears.
    Dark(String),
}

/// The first screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Home {
    /// The date shown.
    pub date: String,
    /// The wall clock.
    pub clock: String,
    /// `今天的午餐`, or what is the matter instead.
    pub headline: String,
    /// A sentence below it, where there is something to say.
    pub text: String,
    /// The dishes, the main one first.
    pub dishes: Vec<String>,
    /// What stands beside each dish.
    pub plates: Vec<Plate>,
    /// The prices.
    pub price: String,
    /// Portions left and cut-offs.
    pub facts: String,
    /// Whether something can be ordered.
    pub open: bool,
    /// The person, if a card was shown.
    pub greeting: String,
    /// As last time, for a known person: at most one.
    pub as_last: Vec<Choice>,
    /// Whether the days ahead can be ordered on one grid: the person is known.
    pub week: bool,
    /// The three ways, in fixed order: eat in, take away, delivery.
    pub ways: Vec<Choice>,
    /// Dates to look at.
    pub dates: Vec<Choice>,
    /// Numbers at the window, in one line.
    pub called: String,
}

/// What stands beside a dish: its picture, else a drawn bowl.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plate {
    /// The picture, once there is one.
    pub picture: Option<Picture>,
    /// What lies in the drawn bowl.
    pub food: Food,
}

/// Portions and preferences.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// `1 份`.
    pub portions: String,
    /// Whether one less is possible.
    pub fewer: bool,
    /// Whether one more is possible.
    pub more: bool,
    /// Price groups of an anonymous order.
    pub categories: Vec<Choice>,
    /// Less salt, softer, less rice.
    pub wishes: Vec<Choice>,
    /// The substitute dish, at most one.
    pub substitute: Vec<Choice>,
    /// Why the substitute dish is on, or another thing to know.
    pub warning: String,
    /// Whether an order is being changed.
    pub editing: bool,
}

/// Card, building, floor or flat.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Door {
    /// Whether a card helps here; only the first question says so.
    pub card: bool,
    /// What was chosen so far.
    pub chosen: String,
    /// What to choose.
    pub choices: Vec<Choice>,
    /// Whether the choices are still being fetched.
    pub loading: bool,
}

/// Digits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keypad {
    /// What is typed here, in a sentence.
    pub text: String,
    /// The digits, or dots.
    pub typed: String,
    /// Places still empty, as low lines; none where any count is right.
    pub places: String,
    /// Whether it is enough.
    pub enough: bool,
}

/// Everything before it counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Confirm {
    /// The order in words: what and which.
    pub rows: Vec<Fact>,
    /// The money.
    pub total: String,
    /// Ways to pay; empty where there is only cash.
    pub payments: Vec<Choice>,
    /// How it will be paid, in a sentence.
    pub payment: String,
    /// What to know before saying yes.
    pub warning: String,
}

/// A line of name and value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// The number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Done {
    /// The number.
    pub number: String,
    /// What happens now.
    pub text: String,
    /// The money, if it is still due.
    pub money: String,
    /// Whether the slip is on paper, or who was called.
    pub paper: String,
    /// Whether the paper is all right.
    pub paper_ok: bool,
    /// The letters on the slip, in case there is none.
    pub code: String,
    /// Seconds this page stays.
    pub seconds: u32,
}

/// A few large ways to go on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ways {
    /// A sentence above.
    pub text: String,
    /// The ways.
    pub ways: Vec<Choice>,
}

/// The six letters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Letters {
    /// What was typed.
    pub typed: String,
    /// Places still empty.
    pub places: String,
    /// Whether all six are there.
    pub enough: bool,
}

/// Rows to choose from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// A sentence above.
    pub text: String,
    /// The rows.
    pub rows: Vec<Choice>,
    /// The key below, if there is one.
    pub next: Vec<Choice>,
}

/// Facts with what can be done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The large word or number.
    pub headline: String,
    /// The rows.
    pub rows: Vec<Fact>,
    /// A sentence below.
    pub text: String,
    /// What can be done; the last one is the way on.
    pub ways: Vec<Choice>,
}

/// Numbers at the window.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Called {
    /// The numbers, newest first.
    pub numbers: Vec<String>,
    /// Those being called, in a sentence; empty while none is.
    pub calling: String,
}

/// One stop of a hand-in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stop {
    /// The door and number.
    pub headline: String,
    /// What happened.
    pub outcomes: Vec<Choice>,
    /// With whom it was left.
    pub keepers: Vec<Choice>,
    /// Whether the cash came.
    pub cash: Vec<Choice>,
}

/// What kind of page a notice is; a sign is drawn beside the words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mood {
    /// A friendly no.
    #[default]
    No,
    /// A fault.
    Fault,
    /// A good end.
    Good,
}

/// A “no”, a fault or a good end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notice {
    /// What kind.
    pub mood: Mood,
    /// What happened.
    pub headline: String,
    /// What to do instead.
    pub text: String,
    /// The ways out; the last one is the most likely.
    pub ways: Vec<Choice>,
}

/// Orders go on paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PaperOnly {
    /// What to do.
    pub headline: String,
    /// What became of the order that was just being made; empty if there was none.
    pub lost: String,
    /// What is safe.
    pub text: String,
    /// The reason, for the staff.
    pub staff: String,
    /// The ways out.
    pub ways: Vec<Choice>,
}

/// A photograph with today's lunch beside it, or the lunch alone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slides {
    /// The photograph.
    pub picture: Option<Picture>,
    /// What is on it.
    pub title: String,
    /// Who took it.
    pub by: String,
    /// `今天的午餐`, or what is the matter.
    pub headline: String,
    /// The dishes.
    pub dishes: Vec<String>,
    /// What there is to say about the day.
    pub text: String,
    /// `碰一下点餐`.
    pub call: String,
    /// The same in the other language: nobody has chosen one yet.
    pub call_other: String,
    /// The wall clock.
    pub clock: String,
    /// Whether the lunch stands on the other side, so that nothing burns in.
    pub other_side: bool,
}

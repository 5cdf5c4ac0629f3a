//! The pages a person can stand on, and what the kiosk remembers of them meanwhile.

use jiff::civil::DateTime;

use crate::backup::BackedUp;
use crate::counter::{Known, WeekDay};
use crate::dispatch::HandInLine;
use crate::domain::{
    Building, Category, Difference, Door, Fen, Fulfilment, Order, OrderId, Outcome, Payment,
    Portions, Preferences, PrintJobId, PrintQueue, Refusal, Round, ServiceDate,
};
use crate::kiosk::desk::{DayEnd, NumberView, OrderPapers};
use crate::kiosk::protocol::{DayResult, OnDuty, PapersView, ShownOrder, StaffView};
use crate::kiosk::updates::UpdatesView;
use crate::pictures::Picture;

use super::action::Keeper;
use super::desk::Undo;
use super::waiting::Purpose;

/// A page; the controller keeps a stack of them with [`Page::Home`] at the bottom.
#[derive(Debug, Clone, PartialEq)]
pub enum Page {
    /// Today's lunch and the three ways.
    Home,
    /// Card or building.
    Door(WhoFor),
    /// The floors of a building.
    Floor(WhoFor, Building),
    /// The flats of a floor.
    Flat(WhoFor, Building, u8),
    /// A number is typed.
    Keypad(Keypad, String),
    /// Portions and preferences.
    Options,
    /// Everything in words and money, before it counts.
    Confirm,
    /// The number.
    Done(Box<ShownOrder>),
    /// The days ahead on one grid.
    Week(Box<WeekPage>),
    /// Every ticked day in words and money, before it counts.
    WeekConfirm(Box<WeekPage>),
    /// What became of each day.
    WeekDone(Vec<DayResult>),
    /// The ways to find an order.
    MyOrder,
    /// The six letters are typed.
    Letters(String),
    /// The orders that were found.
    Orders(Vec<ShownOrder>),
    /// One order.
    Order(Box<ShownOrder>),
    /// “Really take it back?”
    CancelQuestion(Box<ShownOrder>),
    /// Numbers at the window.
    Called,
    /// Volunteers and staff.
    Duty,
    /// A volunteer's round.
    Round(Box<OnDuty>),
    /// The stops, as they will be handed in.
    HandIn(Box<HandIn>),
    /// One stop.
    Stop(Box<HandIn>, usize),
    /// The sum of the hand-in, before it counts.
    HandInQuestion(Box<HandIn>),
    /// The numbers of today, for staff.
    StaffList(StaffView),
    /// One number, for staff.
    StaffOrder(StaffView, OrderId),
    /// Orders left half done, for staff.
    Unfinished(StaffView),
    /// One order left half done, for staff.
    UnfinishedOne(StaffView, i64),
    /// Printers and papers, for staff.
    Papers(Box<PapersView>),
    /// Where a queue shall go.
    Queue(Box<PapersView>, PrintQueue),
    /// “Really print it again?”
    PaperQuestion(Box<PapersView>, PrintJobId),
    /// The desk's keys, for staff.
    StaffMenu(StaffView),
    /// What time it is, asked of the staff: the local time that is asked about.
    Clock(DateTime),
    /// “Really sell nothing more?”, or “sell again?”
    SalesQuestion(StaffView),
    /// The papers of a number.
    OrderPapers(Box<OrderPapers>),
    /// “Really print it again?”
    OrderPaperQuestion(Box<OrderPapers>, PrintJobId),
    /// One number that was typed, for staff.
    StaffNumber(Box<NumberView>),
    /// What really happened at its door.
    Correct(Box<NumberView>),
    /// The correction, before it counts.
    CorrectQuestion(Box<NumberView>, Outcome, Option<Keeper>),
    /// What stands in the way of closing the day, or its sums.
    DayEnd(Box<DayEnd>),
    /// What is on the stick, for staff.
    Updates(Box<UpdatesView>),
    /// “Is this its checksum?”
    UpdateQuestion(Box<UpdatesView>, usize),
    /// A “no”, a fault or a good end, in plain words.
    Notice(Notice),
    /// Nobody is there: whose turn it is, and a photograph or today's lunch alone.
    Slides(Box<(u32, Option<Photo>)>),
}

/// A neighbour's photograph.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// Its pixels.
    pub picture: Picture,
    /// What is on it.
    pub title: String,
    /// Who took it; perhaps empty.
    pub by: String,
}

/// Why a person shows who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhoFor {
    /// Lunch is carried to them.
    Delivery,
    /// They look for their orders.
    MyOrder,
    /// They showed a card without being asked.
    Greeting,
}

/// What is typed on the digits.
#[derive(Debug, Clone, PartialEq)]
pub enum Keypad {
    /// The last four digits of the telephone number of somebody behind a door.
    Phone(WhoFor, Door),
    /// A volunteer's badge.
    Badge,
    /// The PIN of the volunteer with this badge.
    Pin(u32),
    /// The staff PIN.
    StaffPin,
    /// The number whose paper is wanted again.
    Reprint,
    /// The number that staff look at.
    Number,
}

impl Keypad {
    /// The most digits that make sense.
    pub const fn max_digits(&self) -> usize {
        match self {
            Keypad::Phone(..) | Keypad::Pin(_) | Keypad::Reprint | Keypad::Number => 4,
            Keypad::Badge => 5,
            Keypad::StaffPin => 8,
        }
    }

    /// The fewest digits that can be right.
    pub const fn min_digits(&self) -> usize {
        match self {
            Keypad::Badge | Keypad::Reprint | Keypad::Number => 1,
            Keypad::Phone(..) | Keypad::Pin(_) | Keypad::StaffPin => 4,
        }
    }

    /// Whether the digits stay hidden from the queue.
    pub const fn hidden(&self) -> bool {
        matches!(self, Keypad::Pin(_) | Keypad::StaffPin)
    }
}

/// The hand-in of a round, before it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct HandIn {
    /// The round.
    pub round: Round,
    /// What the volunteer says of each stop.
    pub said: Vec<Said>,
}

/// What a volunteer says of one stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// What happened.
    pub outcome: Outcome,
    /// With whom it was left.
    pub keeper: Option<Keeper>,
    /// Whether the cash on the slip was collected.
    pub cash: bool,
}

impl HandIn {
    /// Everything delivered and paid: the volunteer touches only what failed.
    pub fn new(round: Round) -> Self {
        let said = round
            .stops
            .iter()
            .map(|stop| Said {
                outcome: stop.visited.unwrap_or(Outcome::Delivered),
                keeper: None,
                cash: true,
            })
            .collect();
        Self { round, said }
    }

    /// The lines that are sent; stops that were recorded on the way are left out.
    pub fn lines(&self) -> Vec<HandInLine> {
        self.round
            .stops
            .iter()
            .zip(&self.said)
            .filter(|(stop, _)| stop.visited.is_none())
            .map(|(stop, said)| HandInLine {
                order: stop.order,
                outcome: said.outcome,
                left_with: said.keeper.map_or(String::new(), |k| k.zh().to_owned()),
                cash: (!said.cash).then_some(crate::domain::Fen::ZERO),
            })
            .collect()
    }
}

/// The days ahead, and what is ticked on them.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekPage {
    /// The days.
    pub days: Vec<WeekDay>,
    /// What is ticked, by date; at most one way a day.
    pub ticks: Vec<(ServiceDate, Fulfilment)>,
    /// How the ticked days are paid.
    pub payment: Payment,
    /// Whether the paper form was asked for.
    pub form_printed: bool,
}

impl WeekPage {
    /// A grid with nothing ticked.
    pub const fn new(days: Vec<WeekDay>) -> Self {
        Self { days, ticks: Vec::new(), payment: Payment::Later, form_printed: false }
    }

    /// The ticked days with their ways, by date.
    pub fn ticked(&self) -> impl Iterator<Item = (&WeekDay, Fulfilment)> {
        self.days.iter().filter_map(|day| {
            let tick = self.ticks.iter().find(|(date, _)| *date == day.date);
            tick.map(|(_, way)| (day, *way))
        })
    }

    /// What the ticked days cost.
    pub fn total(&self) -> Fen {
        self.ticked().map(|(day, _)| day.price).sum()
    }
}

/// A page of plain words with ways out.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// The wish can't be granted.
    Refused(Refusal),
    /// Ordering this way is over for the date shown.
    Over(Fulfilment),
    /// Something broke while this was wanted.
    Failed(Purpose),
    /// No answer came in time while this was wanted.
    NoAnswer(Purpose),
    /// The order was taken back.
    Cancelled(Box<Order>),
    /// The person has no open order.
    NoOrders,
    /// The round is handed in: meals delivered, stops with another outcome.
    HandedIn(u32, Vec<(u32, Outcome)>),
    /// The day is closed, and backed up or not.
    DayEnded(BackedUp),
}

/// The order as it is being put together.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The way of eating.
    pub way: Fulfilment,
    /// How many.
    pub portions: Portions,
    /// Price group of an anonymous order.
    pub category: Category,
    /// What is done differently.
    pub preferences: Preferences,
    /// How it is paid.
    pub payment: Payment,
    /// What is not as last time, where that was asked for.
    pub differs: Vec<Difference>,
    /// The order being changed, if it is not a new one.
    pub editing: Option<Box<ShownOrder>>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            way: Fulfilment::EatIn,
            portions: Portions::ONE,
            category: Category::Senior,
            preferences: Preferences::default(),
            payment: Payment::Later,
            differs: Vec::new(),
            editing: None,
        }
    }
}

/// What is remembered of the person at the screen, until they leave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Session {
    /// Who they are, once shown.
    pub person: Option<Known>,
    /// Their order so far.
    pub draft: Draft,
    /// The date they look at; today if none.
    pub date: Option<ServiceDate>,
    /// The hand-in that can still be taken back.
    pub undo: Option<Undo>,
}

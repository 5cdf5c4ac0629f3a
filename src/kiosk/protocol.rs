//! What the screen asks of the clubhouse, and what it hears back.
//!
//! The controller never touches store, printer or planner: it sends a [`Request`] and goes on;
//! a [`Reply`] arrives later. Every request is answered exactly once, in order.

use clubhouse_hardware::printer::Status;
use jiff::Timestamp;
use jiff::civil::DateTime;

use super::desk::{DayEnd, NumberView, OrderPapers};
pub use super::desk::{DoubtfulPaper, PapersView, StaffLine, StaffView};
use super::updates::UpdatesView;
use crate::backup::BackedUp;
use crate::counter::{Amendment, Credential, Known, NewOrder, WeekDay};
use crate::dispatch::HandInLine;
use crate::domain::calendar::DayPhase;
use crate::domain::{
    Building, Fen, Fulfilment, Menu, Order, OrderCode, OrderId, Outcome, PrintJobId, PrintQueue,
    Refusal, ResidentId, Round, RoundId, ServiceDate, Unfinished, Volunteer,
};
use crate::paper_only::PaperOnly;
use crate::pictures::{Picture, Sight};

/// A wish of the person at the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// What is for lunch on a date (today if none), and how things stand.
    Refresh {
        /// The date to show.
        date: Option<ServiceDate>,
    },
    /// The buildings, for choosing a door.
    Buildings,
    /// Who holds this card, or lives behind this door and knows the digits.
    Identify(Credential),
    /// Place the order.
    Place(NewOrder),
    /// The order with these letters on its slip.
    FindByCode(OrderCode),
    /// The open orders of a known resident, today's and ahead.
    OrdersOf(ResidentId),
    /// Today and the days ahead, as a known resident may order for them.
    Week(ResidentId),
    /// Place several orders, each on its own.
    PlaceWeek(Vec<NewOrder>),
    /// Print the days ahead as a form to fill in by pen.
    PrintForm(ResidentId),
    /// Keep orders that were left half done, for the staff to ask after.
    KeepUnfinished(Vec<Unfinished>),
    /// Staff have asked after an order that was left half done.
    FollowedUp(i64),
    /// Change an order.
    Amend(OrderId, Amendment),
    /// Take an order back.
    Cancel(OrderId),
    /// A volunteer shows who they are.
    SignIn {
        /// The short number on the volunteer's badge.
        badge: u32,
        /// Four digits.
        pin: String,
    },
    /// The volunteer takes the slip of their round and leaves.
    TakeSlip(RoundId),
    /// Every stop of a round, as the volunteer reports it.
    HandIn {
        /// The round.
        round: RoundId,
        /// One line for each stop.
        lines: Vec<HandInLine>,
    },
    /// Staff open the staff screen.
    StaffSignIn {
        /// The staff PIN.
        pin: String,
    },
    /// Staff mark a number: ready first, collected the second time.
    Advance {
        /// The pick-up number of today.
        number: u32,
    },
    /// A kitchen ticket was scanned: like [`Request::Advance`].
    ScannedTicket {
        /// The service date on the ticket.
        date: ServiceDate,
        /// The pick-up number.
        number: u32,
    },
    /// Staff say that a due order was paid in cash.
    PaidCash {
        /// The pick-up number of today.
        number: u32,
    },
    /// How printers and papers stand.
    Papers,
    /// Staff want a paper printed again.
    Reprint(PrintJobId),
    /// Staff have the paper of a job that was in doubt.
    FoundPaper(PrintJobId),
    /// Staff send a queue to a printer.
    MoveQueue(PrintQueue, String),
    /// Staff send people to the window with their orders, or no longer.
    PaperOnly(bool),
    /// The neighbours' photograph whose turn it is, counted round and round.
    Slide {
        /// The turn.
        turn: u32,
    },
    /// Staff say what time it is, local to the compound.
    ConfirmClock(DateTime),
    /// Staff sell nothing more today.
    SellOut,
    /// Staff take that back.
    SellAgain,
    /// The papers of a number of today that can be printed again.
    OrderPapers {
        /// The pick-up number.
        number: u32,
    },
    /// One number of today with what is on record of its door.
    Number {
        /// The pick-up number.
        number: u32,
    },
    /// Staff put right what happened at the door of a number of today.
    Correct {
        /// The pick-up number.
        number: u32,
        /// What really happened.
        outcome: Outcome,
        /// With whom it was left; empty otherwise.
        left_with: String,
        /// Cash taken at the door.
        cash: Fen,
    },
    /// How the end of today stands.
    DayEnd,
    /// Staff close today.
    CloseDay,
    /// A volunteer takes a hand-in back.
    UndoHandIn {
        /// The round.
        round: RoundId,
        /// The orders that were handed in with it.
        orders: Vec<OrderId>,
    },
    /// What is on the stick, and how the last update ended.
    Updates,
    /// Staff have compared a package's checksum and want it installed.
    InstallUpdate {
        /// The package.
        file: std::path::PathBuf,
        /// The checksum that was shown.
        checksum: String,
    },
    /// Somebody pressed help.
    Help,
}

/// The state of lunch on a date, for the home screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// The moment this was true.
    pub now: Timestamp,
    /// The compound's date now.
    pub today: ServiceDate,
    /// The compound's wall clock, `9:40`.
    pub clock: String,
    /// The date shown.
    pub date: ServiceDate,
    /// Dates that orders are taken for.
    pub bookable: Vec<ServiceDate>,
    /// The menu, unless closed or not written yet.
    pub menu: Option<Menu>,
    /// The pictures of its dishes, in their order, where there are any.
    pub pictures: Vec<Option<Picture>>,
    /// Portions still for sale.
    pub left: u32,
    /// What can still be ordered.
    pub phase: DayPhase,
    /// Local times for the words on the screen: delivery cut-off, collection cut-off, service from and until (`10:00`).
    pub times: [String; 4],
    /// The next date with lunch, when this one is closed.
    pub next: Option<ServiceDate>,
    /// Numbers that stand at the window, newest last.
    pub called: Vec<u32>,
    /// The counter printer.
    pub printer: Status,
    /// Papers of today that need a person.
    pub doubtful_papers: u32,
    /// How the neighbours' photographs take turns; nothing if there are none.
    pub slides: Option<Slides>,
}

/// How slides take turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slides {
    /// How many there are.
    pub count: u32,
    /// Seconds without a touch before the first.
    pub after_s: u32,
    /// Seconds that each stays.
    pub each_s: u32,
}

/// A volunteer who signed in.
#[derive(Debug, Clone, PartialEq)]
pub struct OnDuty {
    /// Who.
    pub volunteer: Volunteer,
    /// Their round of today, once planned.
    pub round: Option<Round>,
    /// Meals on that round.
    pub meals: u32,
}

/// An order as the screen shows it after it was placed or found.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownOrder {
    /// The order.
    pub order: Order,
    /// Whether it can still be changed or taken back.
    pub changeable: bool,
}

/// What became of one day of several ordered together.
#[derive(Debug, Clone, PartialEq)]
pub struct DayResult {
    /// The date.
    pub date: ServiceDate,
    /// The way asked for.
    pub way: Fulfilment,
    /// The order, or why there is none.
    pub outcome: DayOutcome,
}

/// Whether a day of several was ordered.
#[derive(Debug, Clone, PartialEq)]
pub enum DayOutcome {
    /// It is on disk with its papers.
    Placed(Box<Order>),
    /// It can't be had.
    Refused(Refusal),
    /// Something broke; nothing was ordered for it.
    Failed,
}

/// An answer to a [`Request`].
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// To [`Request::Refresh`].
    Today(Box<Today>),
    /// To [`Request::Buildings`].
    Buildings(Vec<Building>),
    /// To [`Request::Identify`].
    Identified(Box<Known>),
    /// To [`Request::Place`].
    Placed(Box<ShownOrder>),
    /// To [`Request::FindByCode`] and [`Request::OrdersOf`].
    Orders(Vec<ShownOrder>),
    /// To [`Request::Week`].
    Week(Vec<WeekDay>),
    /// To [`Request::PlaceWeek`], in the order asked.
    WeekPlaced(Vec<DayResult>),
    /// To [`Request::PrintForm`]: it waits for the printer.
    FormQueued,
    /// To [`Request::KeepUnfinished`].
    Kept,
    /// To [`Request::Amend`].
    Amended(Box<ShownOrder>),
    /// To [`Request::Cancel`].
    Cancelled(Box<Order>),
    /// To [`Request::SignIn`].
    OnDuty(Box<OnDuty>),
    /// To [`Request::TakeSlip`].
    SlipTaken(Box<Round>),
    /// To [`Request::HandIn`]: how many were delivered, and the doors that need a welfare check.
    HandedIn {
        /// Meals that reached their doors.
        delivered: u32,
        /// Stops with another outcome.
        others: Vec<(u32, Outcome)>,
    },
    /// To [`Request::StaffSignIn`], [`Request::Advance`], [`Request::PaidCash`], [`Request::SellOut`],
    /// [`Request::SellAgain`], [`Request::PaperOnly`] and [`Request::FollowedUp`].
    Staff(Box<StaffView>),
    /// To [`Request::Papers`], [`Request::Reprint`], [`Request::FoundPaper`] and [`Request::MoveQueue`].
    Papers(Box<PapersView>),
    /// To [`Request::ScannedTicket`]: the number and whether it is now ready (else collected).
    Scanned {
        /// The pick-up number.
        number: u32,
        /// Ready now; otherwise collected.
        ready: bool,
    },
    /// To [`Request::OrderPapers`].
    OrderPapers(Box<OrderPapers>),
    /// To [`Request::Number`] and [`Request::Correct`].
    Number(Box<NumberView>),
    /// To [`Request::DayEnd`].
    DayEnd(Box<DayEnd>),
    /// To [`Request::CloseDay`].
    DayClosed(BackedUp),
    /// To [`Request::Updates`] and [`Request::InstallUpdate`].
    Updates(Box<UpdatesView>),
    /// To [`Request::UndoHandIn`]: the round is out again.
    HandInUndone(Box<Round>),
    /// To [`Request::Help`].
    HelpCalled,
    /// To [`Request::Slide`].
    Slide(Sight),
    /// No order can be taken on the screen now, to whatever was asked; nothing was changed.
    PaperOnly(PaperOnly),
    /// The wish can't be granted, and why.
    Refused(Refusal),
    /// Something broke; what was there is safe. The sentence is for the staff.
    Failed(String),
}

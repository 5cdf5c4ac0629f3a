//! What the staff's side of the screen shows: the numbers of the day, one number, printers and
//! papers, the day's end.

use clubhouse_hardware::printer::Status;
use jiff::civil::DateTime;

use crate::counter::HalfDone;
use crate::domain::{Fen, Obstacle, Order, Outcome, PrintJobId, PrintJobState, PrintQueue};
use crate::upkeep::Need;

/// Counts for the staff screen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StaffView {
    /// Orders of today that are cooked or to be cooked, by number: number, fulfilment word in Chinese, state, whether cash is due.
    pub open: Vec<StaffLine>,
    /// Portions of today still for sale.
    pub left: u32,
    /// Portions kept back while selling is stopped; none while it is not.
    pub held_back: Option<u32>,
    /// The local time that the machine's clock shows, if nobody knows whether it is right.
    pub clock: Option<DateTime>,
    /// What the machine needs from somebody soon.
    pub upkeep: Vec<Need>,
    /// Orders left half done that nobody has asked after, with the local time they were left at.
    pub unfinished: Vec<(String, HalfDone)>,
    /// Whether a package lies on the stick, or an update is under way.
    pub updates: bool,
}

/// One line of the staff screen.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffLine {
    /// The order.
    pub order: Order,
}

/// Printers and papers, for staff.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PapersView {
    /// Every printer with its state and the papers its roll is enough for.
    pub printers: Vec<(String, Status, Option<u32>)>,
    /// Every queue with the printer that serves it now.
    pub queues: Vec<(PrintQueue, String)>,
    /// Papers of today that need a person.
    pub troubled: Vec<DoubtfulPaper>,
    /// Papers that wait for a printer.
    pub waiting: u32,
}

/// A paper that needs a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulPaper {
    /// Which.
    pub id: PrintJobId,
    /// What it is called, in Chinese.
    pub title: &'static str,
    /// The pick-up number, if it speaks of one order.
    pub number: Option<u32>,
    /// What became of it.
    pub state: PrintJobState,
}

/// One number of today, for staff.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberView {
    /// The order.
    pub order: Order,
    /// What is on record of its door, if anything.
    pub visit: Option<SeenVisit>,
    /// What was to be collected at the door.
    pub at_the_door: Fen,
}

/// What is on record of a door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenVisit {
    /// What happened.
    pub outcome: Outcome,
    /// With whom it was left; empty otherwise.
    pub left_with: String,
    /// Cash taken there.
    pub cash: Fen,
}

/// The papers of one number that can be printed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPapers {
    /// The pick-up number.
    pub number: u32,
    /// The newest paper of each kind.
    pub papers: Vec<DoubtfulPaper>,
}

/// How the end of the day stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayEnd {
    /// Whether the day is closed already.
    pub closed: bool,
    /// What stands in the way.
    pub obstacles: Vec<Obstacle>,
    /// Portions served.
    pub served: u32,
    /// Cash taken, less cash given back.
    pub cash: Fen,
    /// Paid from prepaid accounts.
    pub account: Fen,
    /// Paid in other ways.
    pub other: Fen,
    /// Still owed for meals that were served.
    pub owed: Fen,
    /// Meals at the window that nobody has collected; closing writes them off.
    pub not_collected: u32,
}

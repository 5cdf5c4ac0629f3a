//! Everything a finger can ask for: a closed set, so that nothing else can happen.

use super::display::{Contrast, TextSize};
use crate::domain::{
    Category, Fulfilment, OrderId, Outcome, Payment, PrintJobId, PrintQueue, ServiceDate,
};
use crate::kiosk::words::Lang;

/// One touch, by its meaning and not by its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Looks at the lunch of a date.
    Date(ServiceDate),
    /// The same as last time, as far as it goes.
    AsLast,
    /// Opens the days ahead on one grid.
    Week,
    /// Ticks a way of eating on a date of the grid, or takes the tick away.
    Tick(ServiceDate, Fulfilment),
    /// Prints the grid to fill in by pen.
    PrintForm,
    /// Starts an order, eaten in this way.
    Way(Fulfilment),
    /// One portion less.
    Fewer,
    /// One portion more.
    More,
    /// Chooses the price group of an anonymous order.
    Category(Category),
    /// Turns a preference on or off.
    Wish(Wish),
    /// Chooses how to pay.
    Pay(Payment),
    /// Goes on to the next question.
    Next,
    /// Says yes to what stands on the screen.
    Confirm,
    /// Chooses a building by its number.
    Building(String),
    /// Chooses a floor.
    Floor(u8),
    /// Chooses a flat.
    Flat(u8),
    /// Types a digit, 0 to 9.
    Digit(u8),
    /// Types a letter of an order code.
    Letter(char),
    /// Takes the last character back.
    Erase,
    /// Ends typing.
    Enter,
    /// Opens the look-up of an order.
    MyOrder,
    /// Looks up by door and digits.
    ByDoor,
    /// Looks up by the six letters.
    ByLetters,
    /// Opens one order of a list.
    Order(OrderId),
    /// Changes the shown order.
    Edit,
    /// Takes the shown order back; asked once more before it happens.
    CancelOrder,
    /// Shows the numbers that stand at the window.
    Called,
    /// Opens the page for those on duty.
    Duty,
    /// Signs in as a volunteer.
    Volunteer,
    /// Signs in as staff.
    Staff,
    /// Takes the slip of the round.
    TakeSlip,
    /// Starts the hand-in.
    HandIn,
    /// Opens one stop of the hand-in, by its place in the round.
    Stop(usize),
    /// Says what happened at the open stop.
    Outcome(Outcome),
    /// Says with whom the meal of the open stop was left.
    LeftWith(Keeper),
    /// Says whether the cash of the open stop was collected.
    Cash(bool),
    /// Marks the shown order ready, or collected.
    Advance,
    /// Says that the shown order was paid in cash.
    PaidCash,
    /// Opens printers and papers, for staff.
    Papers,
    /// Chooses a queue, to send it elsewhere.
    Queue(PrintQueue),
    /// Chooses a printer by its name.
    Printer(String),
    /// Chooses a paper, to print it again.
    Paper(PrintJobId),
    /// Says that the chosen paper is there.
    Found,
    /// Sends orders to paper, or takes them on the screen again.
    PaperOnly(bool),
    /// Wakes the screen, and does nothing else.
    Wake,
    /// Opens the question what time it is, for staff.
    Clock,
    /// Moves the time that is asked about by so many minutes.
    MoveClock(i32),
    /// Opens the numbers of today, for staff.
    StaffNumbers,
    /// Stops selling, or goes on; asked once more before it happens.
    Sales,
    /// Types a number whose paper is wanted again.
    ReprintNumber,
    /// Types a number to look at, for staff.
    FindNumber,
    /// Opens the end of the day.
    DayEnd,
    /// Looks for updates on the stick.
    Updates,
    /// Opens one of them, by its place in the list.
    Update(usize),
    /// Puts right what is on record of the shown number's door.
    Correct,
    /// Says what really happened there.
    Corrected(Outcome, Option<Keeper>),
    /// Says whether the cash was collected there, and puts it right.
    CorrectCash(bool),
    /// Takes the hand-in back.
    UndoHandIn,
    /// Shows the orders left half done, for staff.
    UnfinishedOrders,
    /// Opens one order left half done.
    Unfinished(i64),
    /// Says that the shown one was asked after.
    FollowedUp,
    /// Takes a way out of a notice.
    Instead(WayOut),
    /// One page back.
    Back,
    /// Back to the first screen; forgets the person.
    StartOver,
    /// Opens the help of this screen.
    Help,
    /// Closes the help.
    CloseHelp,
    /// Calls a human.
    CallStaff,
    /// Opens the sheet of the display.
    Display,
    /// Closes it.
    CloseDisplay,
    /// Makes the words this large.
    Size(TextSize),
    /// Makes the words stand out this much.
    Contrast(Contrast),
    /// Speaks this language.
    Language(Lang),
    /// Reads the page aloud.
    Listen,
    /// Changes between the usual and the louder voice.
    Loudness,
    /// Answers “are you still there?”.
    StillHere,
}

/// A preference that can be turned on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Less salt.
    LessSalt,
    /// Cooked softer.
    Softer,
    /// Less rice.
    LessRice,
    /// The substitute dish.
    Substitute,
}

/// Who kept a meal for a neighbour; words instead of free text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// Somebody of the family.
    Family,
    /// A neighbour.
    Neighbour,
    /// The guard at the gate.
    Guard,
    /// The leader of the building.
    Leader,
}

impl Keeper {
    /// All of them, in the order shown.
    pub const ALL: [Keeper; 4] = [Keeper::Family, Keeper::Neighbour, Keeper::Guard, Keeper::Leader];

    /// The word that is written into the visit.
    pub const fn zh(self) -> &'static str {
        match self {
            Keeper::Family => "家人",
            Keeper::Neighbour => "邻居",
            Keeper::Guard => "门卫",
            Keeper::Leader => "楼组长",
        }
    }
}

/// What a person can do instead, after a “no”.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayOut {
    /// Back to the first screen.
    Home,
    /// Back to the question, to answer it differently.
    Again,
    /// The same order, to be collected.
    TakeAwayInstead,
    /// The lunch of another date.
    OtherDate(ServiceDate),
    /// The same order with the substitute dish.
    WithSubstitute,
    /// The same order with this many portions.
    Portions(u8),
    /// The same order, paid in cash.
    PayCash,
    /// Look-up of an order.
    MyOrder,
    /// A human comes.
    CallStaff,
}

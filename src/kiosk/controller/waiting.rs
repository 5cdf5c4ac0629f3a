//! Requests that are out, and what each answer is for.

use super::page::WhoFor;

/// What an answer is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The lunch on the home screen.
    Refresh,
    /// The buildings to choose from.
    Buildings,
    /// Who the person is.
    Identify(WhoFor),
    /// A new order.
    Place,
    /// The days ahead.
    Week,
    /// The days ahead once more, beside the person.
    WeekAgain,
    /// Several days.
    PlaceWeek,
    /// The days ahead on paper.
    Form,
    /// An order left half done.
    KeepUnfinished,
    /// The staff asked after one.
    FollowUp,
    /// An order by its letters.
    Find,
    /// The orders of the person.
    OrdersOf,
    /// A changed order.
    Amend,
    /// An order taken back.
    Cancel,
    /// A volunteer.
    SignIn,
    /// The slip.
    TakeSlip,
    /// The hand-in.
    HandIn,
    /// The staff screen.
    StaffSignIn,
    /// A step on the staff screen.
    StaffStep,
    /// Printers and papers.
    Papers,
    /// A paper printed again, a queue sent elsewhere.
    PaperStep,
    /// Orders sent to paper, or taken on the screen again.
    PaperSwitch,
    /// The time of day.
    Clock,
    /// Selling stopped, or taken up again.
    SalesStep,
    /// The papers of a number.
    OrderPapers,
    /// A paper of a number printed again.
    ReprintStep,
    /// One number, for staff.
    Number,
    /// A door put right.
    Correct,
    /// How the end of the day stands.
    DayEnd,
    /// The day closed.
    CloseDay,
    /// What is on the stick.
    Updates,
    /// An update asked for.
    UpdateStep,
    /// A hand-in taken back.
    UndoHandIn,
    /// A scanned kitchen ticket.
    Ticket,
    /// A photograph for a screen that nobody uses.
    Slide,
    /// A human.
    Help,
}

impl Purpose {
    /// Whether the person waits for it; otherwise it happens beside them.
    pub const fn holds_the_screen(self) -> bool {
        !matches!(
            self,
            Purpose::Refresh
                | Purpose::Ticket
                | Purpose::Slide
                | Purpose::Help
                | Purpose::WeekAgain
                | Purpose::KeepUnfinished
        )
    }

    /// Whether it changes something, so that going one page back must wait for the answer.
    pub const fn changes_something(self) -> bool {
        matches!(
            self,
            Purpose::Place
                | Purpose::PlaceWeek
                | Purpose::Form
                | Purpose::FollowUp
                | Purpose::Amend
                | Purpose::Cancel
                | Purpose::TakeSlip
                | Purpose::HandIn
                | Purpose::StaffStep
                | Purpose::PaperStep
                | Purpose::PaperSwitch
                | Purpose::SalesStep
                | Purpose::ReprintStep
                | Purpose::Correct
                | Purpose::CloseDay
                | Purpose::UpdateStep
                | Purpose::UndoHandIn
        )
    }
}

/// One request that is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// What for.
    pub purpose: Purpose,
    /// The visit in which it was asked; an older one has been abandoned.
    pub visit: u64,
    /// Seconds since it was asked.
    pub seconds: u32,
    /// Whether the person was told that no answer came.
    pub late: bool,
}

//! The words of the clubhouse as types: no I/O, no clock, no SQL.
//!
//! Everything here is data and rules over data. Time, randomness and stored rows come in as
//! arguments; a value that exists is a valid one.

pub mod account;
pub mod calendar;
pub mod care;
pub mod care_refusal;
pub mod compound;
pub mod habit;
pub mod ids;
pub mod ladder;
pub mod menu;
pub mod money;
pub mod obstacle;
pub mod order;
pub mod print_job;
pub mod program;
pub mod refusal;
pub mod resident;
pub mod round;
pub mod text_enum;
pub mod unfinished;
pub mod volunteer;

pub use account::{Account, Role};
pub use calendar::{Calendar, ServiceDate, ServiceTimes};
pub use care::{Consent, FamilyContact, KnockOutcome, KnockReason, Pause, PauseKind};
pub use care_refusal::CareRefusal;
pub use compound::{Building, Door};
pub use habit::{Difference, Habit, Offer, Proposal, Unfit};
pub use ids::{
    AccountId, CheckId, OrderId, PrintJobId, ProgramId, ResidentId, RoundId, VisitId, VolunteerId,
};
pub use ladder::{Ladder, LadderStep, NextStep, StepOutcome, TakenStep};
pub use menu::{Allergen, Dish, Menu, Substitute};
pub use money::Fen;
pub use obstacle::Obstacle;
pub use order::{
    Fulfilment, Order, OrderCode, OrderState, Payment, PaymentMethod, PaymentState, Portions,
    Preferences,
};
pub use print_job::{PrintJobState, PrintQueue};
pub use program::{Program, Scope};
pub use refusal::Refusal;
pub use resident::{Category, Resident};
pub use round::{Outcome, Round, RoundChange, RoundState, Stop, Visit, WelfareCheck};
pub use unfinished::{Reached, Unfinished, UnfinishedRecord};
pub use volunteer::{Shift, Volunteer, VolunteerKind};

//! Why a wish can't be granted: facts, from which each surface makes its own plain words.

use jiff::Timestamp;
use jiff::civil::Time;

use super::calendar::ServiceDate;
use super::care_refusal::CareRefusal;
use super::menu::Allergen;
use super::money::Fen;
use super::obstacle::{Obstacle, sentences};
use super::order::{Fulfilment, OrderState};
use super::resident::Category;

/// A typed “no”, with what the person can do instead.
///
/// As a `&'static str` it is its name in lower case with hyphens, which other programs tell it by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Refusal {
    /// No lunch on this date.
    #[error("no lunch on {date}: {reason}")]
    Closed {
        /// The date asked for.
        date: ServiceDate,
        /// Why, as the desk wrote it.
        reason: String,
        /// The next date with lunch.
        next: Option<ServiceDate>,
    },
    /// Orders for this date are not taken yet.
    #[error("orders for {date} are not taken yet; the last date now is {last}")]
    TooFarAhead {
        /// The date asked for.
        date: ServiceDate,
        /// The last date orders are taken for.
        last: ServiceDate,
    },
    /// It is early in the morning; the kiosk takes orders later.
    #[error("the kiosk takes orders from {from}")]
    NotYetOpen {
        /// From when, local.
        from: Time,
    },
    /// The cut-off has passed.
    #[error("{fulfilment} orders closed at {cut_off}")]
    PastCutOff {
        /// The way of eating asked for.
        fulfilment: Fulfilment,
        /// The time it closed, local.
        cut_off: Time,
    },
    /// The kitchen has not written a menu for this date.
    #[error("there is no menu for {date}")]
    NoMenu {
        /// The date asked for.
        date: ServiceDate,
    },
    /// Fewer portions are left than asked for.
    #[error("only {left} portions are left")]
    SoldOut {
        /// What is left.
        left: u32,
    },
    /// The day has been closed.
    #[error("{date} is closed; nothing more can change")]
    DayClosed {
        /// The date.
        date: ServiceDate,
    },
    /// Lunch is not sold to this group.
    #[error("lunch is not sold to {category} on this day")]
    NotEligible {
        /// The group.
        category: Category,
    },
    /// Deliveries go to known residents only.
    #[error("a delivery needs a resident of this door")]
    DeliveryNeedsResident,
    /// The compound has no such door.
    #[error("building {building} has no flat {room}")]
    UnknownDoor {
        /// The building's number as asked for.
        building: String,
        /// The room as asked for.
        room: String,
    },
    /// The card is not known.
    #[error("this card is not known")]
    UnknownCard,
    /// The card was blocked or replaced.
    #[error("this card is blocked")]
    BlockedCard,
    /// Door and digits name nobody, or the wrong one.
    #[error("the digits do not match; {tries_left} tries left")]
    WrongDigits {
        /// Tries before the door is locked for a while.
        tries_left: u32,
    },
    /// Too many wrong tries.
    #[error("too many wrong tries; try again after {until}")]
    LockedOut {
        /// When tries are allowed again.
        until: Timestamp,
    },
    /// The prepaid account does not hold enough.
    #[error("the account holds {balance} yuan and {needed} are needed")]
    NotEnoughMoney {
        /// What the account holds.
        balance: Fen,
        /// What the order costs.
        needed: Fen,
    },
    /// The eater must not be served this, and what can be done.
    #[error("a dish contains {}", names(allergens))]
    Allergy {
        /// What the eater must not be served.
        allergens: Vec<Allergen>,
        /// Whether the substitute dish solves it.
        substitute_helps: bool,
    },
    /// The menu has no substitute dish.
    #[error("there is no substitute dish on this day")]
    NoSubstitute,
    /// A count outside 1 to 4.
    #[error("an order has 1 to 4 portions, not {asked}")]
    Portions {
        /// The count asked for.
        asked: u8,
    },
    /// A note that has no room on a ticket.
    #[error("a note has at most {max} characters")]
    NoteTooLong {
        /// The most characters.
        max: usize,
    },
    /// Somebody else changed the order since it was shown.
    #[error("order {number} was changed meanwhile; look at it again")]
    ChangedMeanwhile {
        /// Its pick-up number.
        number: u32,
    },
    /// No order by this number, code or id.
    #[error("there is no such order")]
    UnknownOrder,
    /// The order has come too far for this.
    #[error("order {number} is {state}; this can't be done any more")]
    WrongState {
        /// The pick-up number.
        number: u32,
        /// How far it has come.
        state: OrderState,
    },
    /// The order is already paid, or given back.
    #[error("order {number} is not waiting for payment")]
    NotDue {
        /// The pick-up number.
        number: u32,
    },
    /// No volunteer by this name or PIN.
    #[error("there is no such volunteer")]
    UnknownVolunteer,
    /// No resident by this name, id or door.
    #[error("there is no such resident")]
    UnknownResident,
    /// The volunteer is not on today's roster.
    #[error("this volunteer is not on duty on {date}")]
    NotOnDuty {
        /// The date.
        date: ServiceDate,
    },
    /// The volunteer has no round to take or hand in.
    #[error("there is no round for this volunteer")]
    NoRound,
    /// The stop has been answered already.
    #[error("this stop was already recorded as {outcome}")]
    AlreadyVisited {
        /// What was recorded.
        outcome: super::round::Outcome,
    },
    /// Nothing is recorded of this door that could be put right.
    #[error("no visit is recorded for number {number} yet; record it first")]
    NotVisited {
        /// The pick-up number.
        number: u32,
    },
    /// The seconds in which a hand-in can be taken back are over.
    #[error("the hand-in of round {round} stands; put single numbers right instead")]
    HandInStands {
        /// The round's number.
        round: u32,
    },
    /// A welfare check was closed before, or is unknown.
    #[error("there is no such open welfare check")]
    NoOpenCheck,
    /// A welfare check closes only with what was found.
    #[error("write what was found before the check is closed")]
    FindingMissing,
    /// Something about looking after a person.
    #[error(transparent)]
    Care(#[from] CareRefusal),
    /// Rounds can be planned only after the cut-off.
    #[error("rounds for {date} are planned after the cut-off at {cut_off}")]
    BeforeCutOff {
        /// The date.
        date: ServiceDate,
        /// The cut-off, local.
        cut_off: Time,
    },
    /// Nobody is on duty.
    #[error("no volunteer is on duty on {date}")]
    NobodyOnDuty {
        /// The date.
        date: ServiceDate,
    },
    /// Hours on duty that end before they begin.
    #[error("duty from {from} until {until} ends before it begins")]
    DutyEndsFirst {
        /// The beginning asked for, local.
        from: Time,
        /// The end asked for, local.
        until: Time,
    },
    /// Orders, rounds or the roster changed while the planner was thinking.
    #[error(
        "something of {date} changed while the rounds were planned; nothing was changed, ask again"
    )]
    PlanOutdated {
        /// The date.
        date: ServiceDate,
    },
    /// Somebody changed the rounds, the roster or the lifts of a date since they were shown.
    #[error("the plan of {date} was changed since it was shown; nothing was changed, look again")]
    PlanChanged {
        /// The date.
        date: ServiceDate,
    },
    /// Somebody changed the roster since it was shown.
    #[error("the roster was changed since it was shown; nothing was changed, look again")]
    RosterChanged,
    /// The day is over; its roster is history.
    #[error("{date} is over; its roster stays as it was")]
    DayOver {
        /// The date.
        date: ServiceDate,
    },
    /// Nothing was planned yet that could be put right.
    #[error("no rounds are planned for {date}; plan them first")]
    NoRounds {
        /// The date.
        date: ServiceDate,
    },
    /// The order is not carried by a round.
    #[error("number {number} is on no round")]
    NotOnRound {
        /// The pick-up number.
        number: u32,
    },
    /// The round has left with its bag, so its slip stays as it is.
    #[error(
        "round {round} has left with its bag; take its volunteer off duty to give its doors to others"
    )]
    RoundLeft {
        /// The round's number.
        round: u32,
    },
    /// No building by this number.
    #[error("there is no building {building}")]
    UnknownBuilding {
        /// The number asked for.
        building: String,
    },
    /// The building has no lift that could be out or come back.
    #[error("building {building} has no lift that is {wanted}")]
    NoSuchLift {
        /// The building.
        building: String,
        /// `working` or `out`.
        wanted: &'static str,
    },
    /// No paper by this name is on record.
    #[error("there is no such paper")]
    UnknownPaper,
    /// The paper is printed, or about to be, without anybody's help.
    #[error("that paper is on its way to the printer already")]
    PaperUnderWay,
    /// No printer by this name is in the settings.
    #[error("no printer is called “{name}”; the settings have: {known}")]
    UnknownPrinter {
        /// The name asked for.
        name: String,
        /// The names there are, separated by commas.
        known: String,
    },
    /// What stands in the way of closing the day.
    #[error("the day can't be closed yet: {}", sentences(what))]
    NotYetClosable {
        /// Each obstacle.
        what: Vec<Obstacle>,
    },
    /// Nobody knows whether the machine's clock is right.
    #[error(
        "nobody knows yet whether the clock is right; confirm the time on the kiosk's staff screen, or connect the network"
    )]
    ClockUnknown,
    /// The machine's clock stands before something already recorded.
    #[error("the clock shows {now}, but {latest} is already on record; set the clock first")]
    ClockSetBack {
        /// What the clock shows.
        now: Timestamp,
        /// The newest moment on record.
        latest: Timestamp,
    },
}

fn names(allergens: &[Allergen]) -> String {
    allergens.iter().map(|a| a.as_str()).collect::<Vec<_>>().join(", ")
}

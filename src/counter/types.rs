//! What goes into and comes out of the ordering use cases.

use jiff::Timestamp;

use crate::domain::{
    Calendar, Category, Door, Fen, Fulfilment, Habit, Order, Payment, Portions, Preferences,
    Refusal, Resident, ResidentId, ServiceDate,
};

/// An order as it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOrder {
    /// The date it is eaten on.
    pub date: ServiceDate,
    /// How it reaches its eater.
    pub fulfilment: Fulfilment,
    /// How many.
    pub portions: Portions,
    /// What is done differently.
    pub preferences: Preferences,
    /// The price group, for an anonymous order; a known resident has their own.
    pub category: Category,
    /// Who orders, if they showed who they are.
    pub resident: Option<ResidentId>,
    /// Where it is carried, if not to the resident's own door.
    pub door: Option<Door>,
    /// How it will be paid.
    pub payment: Payment,
}

/// Whether the cut-off binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// It does, as for everybody at the kiosk.
    Holds,
    /// The desk goes beyond it, until the last meal.
    Waived,
}

impl Deadline {
    /// Refuses an order for a date that is closed, past, too far ahead or past its cut-off.
    pub(super) fn check(
        self,
        calendar: &Calendar,
        date: ServiceDate,
        fulfilment: Fulfilment,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let served = now < calendar.at(date, calendar.times.service_until);
        match calendar.check_orderable(date, fulfilment, now) {
            Err(Refusal::PastCutOff { .. }) if self == Self::Waived && served => Ok(()),
            answer => answer,
        }
    }
}

/// A change of an order; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Amendment {
    /// Another way of eating.
    pub fulfilment: Option<Fulfilment>,
    /// Another count.
    pub portions: Option<Portions>,
    /// Other wishes.
    pub preferences: Option<Preferences>,
    /// What [`Order::version`] said when the change was thought of; if the order says something
    /// else by then, it is refused.
    pub seen: Option<String>,
}

/// How a person shows who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A card's text, `C1.<random>.<check>`.
    Card(String),
    /// A door and the last four digits of the telephone number.
    Digits {
        /// Where they live.
        door: Door,
        /// Four digits.
        digits: String,
    },
}

/// A resident who showed who they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Who.
    pub resident: Resident,
    /// What their prepaid account holds.
    pub balance: Fen,
    /// What they usually order.
    pub habit: Option<Habit>,
    /// What they have ordered for today and later and not taken back.
    pub standing: Vec<Order>,
}

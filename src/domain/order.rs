//! An order: who eats what, how, and how far it has come.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

use super::calendar::ServiceDate;
use super::compound::Door;
use super::ids::{OrderId, ResidentId};
use super::menu::Allergen;
use super::money::Fen;
use super::refusal::Refusal;
use super::resident::Category;

crate::text_enum!(
    /// The way a lunch reaches its eater.
    Fulfilment, "way of eating" {
        /// Eaten in the clubhouse.
        EatIn = "eat-in",
        /// Collected and carried home by the eater.
        TakeAway = "take-away",
        /// Carried to the door by a volunteer.
        Delivery = "delivery",
    }
);

impl Fulfilment {
    /// The word on tickets and keys.
    pub const fn zh(self) -> &'static str {
        match self {
            Fulfilment::EatIn => "堂食",
            Fulfilment::TakeAway => "自取",
            Fulfilment::Delivery => "外送",
        }
    }
}

crate::text_enum!(
    /// How far an order has come.
    OrderState, "order state" {
        /// Accepted; the kitchen has or will have its ticket.
        Placed = "placed",
        /// Stands at the window.
        Ready = "ready",
        /// Handed over at the window.
        Collected = "collected",
        /// Carried by a volunteer.
        OnRound = "on_round",
        /// Handed over at the door.
        Delivered = "delivered",
        /// Came back from the door.
        Returned = "returned",
        /// Taken back before it was cooked.
        Cancelled = "cancelled",
        /// Nobody came for it before the day was closed.
        NotCollected = "not_collected",
    }
);

impl OrderState {
    /// Whether nothing more will happen to the order.
    pub const fn is_final(self) -> bool {
        !matches!(self, OrderState::Placed | OrderState::Ready | OrderState::OnRound)
    }
}

crate::text_enum!(
    /// Whether the money has come.
    PaymentState, "payment state" {
        /// Still to be paid.
        Due = "due",
        /// Paid.
        Paid = "paid",
        /// Given back.
        Refunded = "refunded",
    }
);

crate::text_enum!(
    /// How the money came.
    PaymentMethod, "way of paying" {
        /// Notes and coins.
        Cash = "cash",
        /// The resident's prepaid account.
        Account = "account",
        /// Any other way the desk takes.
        Other = "other",
    }
);

/// How an order is to be paid, as chosen when it is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// In cash at the desk, or at the door for a delivery.
    Later,
    /// From the resident's prepaid account, at once.
    FromAccount,
}

/// Portions of one order: 1 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Portions(u8);

impl Portions {
    /// The most portions of one order.
    pub const MAX: u8 = 4;
    /// One portion.
    pub const ONE: Portions = Portions(1);

    /// Checks the count.
    pub fn new(count: u8) -> Result<Self, Refusal> {
        if (1..=Self::MAX).contains(&count) {
            Ok(Self(count))
        } else {
            Err(Refusal::Portions { asked: count })
        }
    }

    /// The count.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Portions {
    type Error = Refusal;
    fn try_from(count: u8) -> Result<Self, Refusal> {
        Self::new(count)
    }
}

impl From<Portions> for u8 {
    fn from(portions: Portions) -> u8 {
        portions.0
    }
}

/// What the kitchen does differently for an order.
// Four wishes that are each on or off, and stored under these names.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Preferences {
    /// Less salt.
    #[serde(default)]
    pub less_salt: bool,
    /// Cooked softer.
    #[serde(default)]
    pub softer: bool,
    /// Less rice.
    #[serde(default)]
    pub less_rice: bool,
    /// The menu's substitute dish.
    #[serde(default)]
    pub substitute: bool,
    /// A short note written by the desk.
    #[serde(default)]
    pub note: String,
}

impl Preferences {
    /// The most characters of a note that a ticket has room for.
    pub const NOTE_MAX: usize = 24;

    /// The words the kitchen reads, without the note.
    pub fn words_zh(&self) -> Vec<&'static str> {
        [
            (self.less_salt, "少盐"),
            (self.softer, "软食"),
            (self.less_rice, "少饭"),
            (self.substitute, "换菜"),
        ]
        .into_iter()
        .filter_map(|(on, word)| on.then_some(word))
        .collect()
    }

    /// Whether the kitchen does nothing differently.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// Six letters on a slip that prove who holds it; letters that look alike are left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderCode(String);

impl OrderCode {
    /// The letters used: no I, L, O, Q, U or V.
    pub const LETTERS: &[u8; 20] = b"ABCDEFGHJKMNPRSTWXYZ";

    /// Makes a code from six random bytes given by the caller.
    pub fn from_random(bytes: [u8; 6]) -> Self {
        Self(bytes.iter().map(|b| char::from(Self::LETTERS[usize::from(*b) % 20])).collect())
    }

    /// Reads a code typed or scanned, in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.trim().to_ascii_uppercase();
        (code.len() == 6 && code.bytes().all(|b| Self::LETTERS.contains(&b))).then_some(Self(code))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An order as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Identity.
    pub id: OrderId,
    /// The date it is eaten on.
    pub date: ServiceDate,
    /// The pick-up number of that date, from 1.
    pub number: u32,
    /// The six letters on the slip.
    pub code: OrderCode,
    /// How it reaches its eater.
    pub fulfilment: Fulfilment,
    /// How many.
    pub portions: Portions,
    /// What is done differently.
    pub preferences: Preferences,
    /// What the eater must not be served.
    pub allergies: Vec<Allergen>,
    /// The price group it was sold at.
    pub category: Category,
    /// Who ordered, if known.
    pub resident: Option<ResidentId>,
    /// Where it is carried, for a delivery.
    pub door: Option<Door>,
    /// Price of the whole order.
    pub total: Fen,
    /// Whether the money has come.
    pub payment: PaymentState,
    /// How it came, once it has.
    pub method: Option<PaymentMethod>,
    /// How far it has come.
    pub state: OrderState,
    /// When it was placed.
    pub placed_at: Timestamp,
}

impl Order {
    /// What may be changed of it, in one line: two people who look at the same version see the same.
    pub fn version(&self) -> String {
        let Preferences { less_salt, softer, less_rice, substitute, note } = &self.preferences;
        format!(
            "{}.{}.{}.{}.{less_salt}.{softer}.{less_rice}.{substitute}.{note}",
            self.state,
            self.payment,
            self.fulfilment,
            self.portions.get()
        )
    }
}

//! The plain data of each paper.
//!
//! A paper is stored as JSON in its print job. A field never changes its meaning; a new one has
//! a default, so that yesterday's jobs can still be read.

mod account;
mod blackout;
mod card;
mod closing;
mod count;
mod delta;
mod different;
mod emptied;
mod kitchen;
mod knock;
mod roll;
mod round;
mod slip;
mod test_page;
mod week_form;

pub use account::AccountSlip;
pub use blackout::{BlackoutLine, BlackoutList, Contact};
pub use card::CardSlip;
pub use closing::{ClosingTally, UncertainPaper, WayCount};
pub use count::{ClashLine, CountDelta, CountRow, DishCount, NoteLine, PrepCount};
pub use delta::{BagVoid, DeltaDoor, RoundDelta, RoundEnd};
pub use different::{avoid, wishes};
pub use emptied::EmptiedPaper;
pub use kitchen::{ChangedStrip, KitchenTicket, OrderContent, VoidStrip};
pub use knock::{KnockDoor, KnockSlip};
pub use roll::{PaperForecast, RollLine};
pub use round::{BagStrip, RoundSlip, SlipStop, WelfareNote};
pub use slip::{Collect, CustomerSlip, Paid};
pub use test_page::TestPage;
pub use week_form::{FormDay, FormOrder, WeekForm};

use crate::domain::ServiceDate;
use serde::{Deserialize, Serialize};

/// One paper, whatever it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "paper", rename_all = "snake_case")]
pub enum Ticket {
    /// By the stove: one order to cook.
    Kitchen(KitchenTicket),
    /// By the stove: an order whose ticket is out has changed.
    Changed(ChangedStrip),
    /// By the stove: an order whose ticket is out is off.
    Void(VoidStrip),
    /// In the customer's hand.
    Slip(CustomerSlip),
    /// By the stove: what to cook in all.
    PrepCount(PrepCount),
    /// By the stove: what the count has become since.
    CountDelta(CountDelta),
    /// On a bag.
    BagStrip(BagStrip),
    /// In the volunteer's hand.
    RoundSlip(RoundSlip),
    /// In the hand of a volunteer whose slip no longer holds.
    RoundDelta(Box<RoundDelta>),
    /// On a bag whose strip no longer holds.
    BagVoid(BagVoid),
    /// For a building's leader: a door that did not open.
    WelfareNote(WelfareNote),
    /// At the end of the day.
    Closing(ClosingTally),
    /// At the desk: enough to serve lunch with the kiosk dead.
    Blackout(BlackoutList),
    /// At each printer in the morning: how far its roll will last.
    Forecast(PaperForecast),
    /// The first line on a new roll.
    RollLine(RollLine),
    /// In a resident's hand: several days to order by pen.
    WeekForm(WeekForm),
    /// In a resident's hand: money that went onto an account, or out of it.
    Account(AccountSlip),
    /// In a resident's hand: the card to order with.
    Card(CardSlip),
    /// For a building's leader: doors to knock at.
    KnockSlip(KnockSlip),
    /// Whatever it was: its names were taken out once their months were over.
    Emptied(EmptiedPaper),
    /// Proof of a printer.
    Test(TestPage),
}

impl Ticket {
    /// The kind of a [`Ticket::PrepCount`].
    pub const PREP_COUNT: &'static str = "prep_count";
    /// The kind of a [`Ticket::Blackout`].
    pub const BLACKOUT: &'static str = "blackout";
    /// The kind of a [`Ticket::Forecast`].
    pub const FORECAST: &'static str = "forecast";

    /// The service date that the paper belongs to; a test page has none.
    pub fn date(&self) -> Option<ServiceDate> {
        Some(match self {
            Ticket::Kitchen(t) => t.date,
            Ticket::Changed(t) => t.date,
            Ticket::Void(t) => t.date,
            Ticket::Slip(t) => t.date,
            Ticket::PrepCount(t) => t.date,
            Ticket::CountDelta(t) => t.date,
            Ticket::BagStrip(t) => t.date,
            Ticket::RoundSlip(t) => t.date,
            Ticket::RoundDelta(t) => t.slip.date,
            Ticket::BagVoid(t) => t.date,
            Ticket::WelfareNote(t) => t.date,
            Ticket::Closing(t) => t.date,
            Ticket::Blackout(t) => t.date,
            Ticket::Forecast(t) => t.date,
            Ticket::RollLine(t) => t.date,
            Ticket::WeekForm(t) => t.date,
            Ticket::Account(t) => t.date,
            Ticket::Card(t) => t.date,
            Ticket::KnockSlip(t) => t.date,
            Ticket::Emptied(t) => t.date,
            Ticket::Test(_) => return None,
        })
    }

    /// The pick-up number that the paper speaks of, if it speaks of one order.
    pub fn number(&self) -> Option<u32> {
        match self {
            Ticket::Kitchen(t) => Some(t.number),
            Ticket::Changed(t) => Some(t.number),
            Ticket::Void(t) => Some(t.number),
            Ticket::Slip(t) => Some(t.number),
            Ticket::BagStrip(t) => Some(t.number),
            Ticket::BagVoid(t) => Some(t.number),
            Ticket::WelfareNote(t) => (t.number > 0).then_some(t.number),
            Ticket::Emptied(t) => t.number,
            Ticket::CountDelta(_)
            | Ticket::PrepCount(_)
            | Ticket::RoundSlip(_)
            | Ticket::RoundDelta(_)
            | Ticket::Closing(_)
            | Ticket::Blackout(_)
            | Ticket::Forecast(_)
            | Ticket::RollLine(_)
            | Ticket::WeekForm(_)
            | Ticket::Account(_)
            | Ticket::Card(_)
            | Ticket::KnockSlip(_)
            | Ticket::Test(_) => None,
        }
    }

    /// Whether an uncertain one is worth printing again: a line about paper is not.
    pub const fn is_worth_repeating(&self) -> bool {
        !matches!(
            self,
            Ticket::Forecast(_) | Ticket::RollLine(_) | Ticket::Emptied(_) | Ticket::Test(_)
        )
    }

    /// The stable word of this kind of paper, as the outbox stores it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Ticket::Kitchen(_) => "kitchen",
            Ticket::Changed(_) => "changed",
            Ticket::Void(_) => "void",
            Ticket::Slip(_) => "slip",
            Ticket::PrepCount(_) => Self::PREP_COUNT,
            Ticket::CountDelta(_) => "count_delta",
            Ticket::BagStrip(_) => "bag_strip",
            Ticket::RoundSlip(_) => "round_slip",
            Ticket::RoundDelta(_) => "round_delta",
            Ticket::BagVoid(_) => "bag_void",
            Ticket::WelfareNote(_) => "welfare_note",
            Ticket::Closing(_) => "closing",
            Ticket::Blackout(_) => Self::BLACKOUT,
            Ticket::Forecast(_) => Self::FORECAST,
            Ticket::RollLine(_) => "roll_line",
            Ticket::WeekForm(_) => "week_form",
            Ticket::Account(_) => "account_slip",
            Ticket::Card(_) => "card",
            Ticket::KnockSlip(_) => "knock_slip",
            Ticket::Emptied(_) => "emptied",
            Ticket::Test(_) => "test",
        }
    }

    /// What the paper is called in lists of print jobs.
    pub const fn title_zh(&self) -> &'static str {
        match self {
            Ticket::Kitchen(_) => "厨房单",
            Ticket::Changed(_) => "改单条",
            Ticket::Void(_) => "作废条",
            Ticket::Slip(_) => "取餐单",
            Ticket::PrepCount(_) => "备餐数",
            Ticket::CountDelta(_) => "增减条",
            Ticket::BagStrip(_) => "餐袋条",
            Ticket::RoundSlip(_) => "送餐单",
            Ticket::RoundDelta(_) => "送餐改单",
            Ticket::BagVoid(_) => "餐袋作废条",
            Ticket::WelfareNote(_) => "探望单",
            Ticket::Closing(_) => "日结单",
            Ticket::Blackout(_) => "断电备用单",
            Ticket::Forecast(_) => "纸量条",
            Ticket::RollLine(_) => "新纸条",
            Ticket::WeekForm(_) => "订餐填写单",
            Ticket::Account(_) => "账户单",
            Ticket::Card(_) => "饭卡",
            Ticket::KnockSlip(_) => "敲门单",
            Ticket::Emptied(_) => "已清空的纸",
            Ticket::Test(_) => "测试页",
        }
    }
}

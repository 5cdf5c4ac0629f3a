//! What the made-up clubhouse answers to the desk's quick actions.

use super::sample::{moment, order};
use crate::domain::{
    Fen, Fulfilment, OrderState, Outcome, PaymentState, PrintJobId, PrintJobState,
};
use crate::kiosk::desk::{DayEnd, NumberView, OrderPapers, SeenVisit};
use crate::kiosk::protocol::DoubtfulPaper;

/// A day that can be closed.
pub(super) fn day_end() -> DayEnd {
    DayEnd {
        closed: false,
        obstacles: Vec::new(),
        served: 154,
        cash: Fen::yuan(2480),
        account: Fen::yuan(560),
        other: Fen::ZERO,
        owed: Fen::yuan(20),
        not_collected: 2,
    }
}

/// A delivery with what is on record of its door.
pub(super) fn number_view(number: u32, outcome: Outcome, left_with: &str) -> NumberView {
    let mut order = order(1).order;
    order.number = number;
    order.fulfilment = Fulfilment::Delivery;
    let stayed = outcome.meal_stayed();
    order.state = if stayed { OrderState::Delivered } else { OrderState::Returned };
    order.payment = if stayed { PaymentState::Paid } else { PaymentState::Due };
    let at_the_door = order.total;
    let cash = if stayed { at_the_door } else { Fen::ZERO };
    let visit = SeenVisit { outcome, left_with: left_with.to_owned(), cash };
    NumberView { order, visit: Some(visit), at_the_door }
}

/// The papers of a number.
pub(super) fn order_papers(number: u32) -> OrderPapers {
    let paper = |n: u8, title, state| DoubtfulPaper {
        id: PrintJobId::new(moment(), [n; 10]),
        title,
        number: Some(number),
        state,
    };
    OrderPapers {
        number,
        papers: vec![
            paper(21, "厨房单", PrintJobState::Confirmed),
            paper(22, "取餐单", PrintJobState::Uncertain),
        ],
    }
}

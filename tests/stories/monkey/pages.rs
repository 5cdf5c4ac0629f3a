//! What kinds of pages and requests there are, as far as the monkey must know.

use clubhouse_kiosk::kiosk::controller::page::{Keypad, Notice, Page};
use clubhouse_kiosk::kiosk::protocol::Request;

/// A page from which “back” is the way home.
pub fn is_end(page: &Page) -> bool {
    let done = |notice: &Notice| {
        matches!(notice, Notice::Cancelled(_) | Notice::HandedIn(..) | Notice::DayEnded { .. })
    };
    match page {
        Page::Done(_) | Page::WeekDone(_) | Page::Round(_) => true,
        Page::Notice(Notice::NoAnswer(purpose)) => purpose.changes_something(),
        Page::Notice(notice) => done(notice),
        _ => false,
    }
}

/// Pages behind a PIN.
pub fn gated(page: &Page) -> bool {
    match page {
        Page::Home
        | Page::Slides(_)
        | Page::Door(_)
        | Page::Floor(..)
        | Page::Flat(..)
        | Page::Options
        | Page::Confirm
        | Page::Done(_)
        | Page::Week(_)
        | Page::WeekConfirm(_)
        | Page::WeekDone(_)
        | Page::MyOrder
        | Page::Letters(_)
        | Page::Orders(_)
        | Page::Order(_)
        | Page::CancelQuestion(_)
        | Page::Called
        | Page::Duty => false,
        Page::Keypad(keypad, _) => matches!(keypad, Keypad::Reprint | Keypad::Number),
        Page::Notice(notice) => {
            matches!(notice, Notice::HandedIn(..) | Notice::DayEnded { .. })
        }
        _ => true,
    }
}

/// What must not happen twice because its answer is slow.
pub fn changes_something(request: &Request) -> bool {
    matches!(
        request,
        Request::Place(_)
            | Request::PlaceWeek(_)
            | Request::Amend(..)
            | Request::Cancel(_)
            | Request::TakeSlip(_)
            | Request::HandIn { .. }
            | Request::Advance { .. }
            | Request::PaidCash { .. }
            | Request::Reprint(_)
            | Request::Correct { .. }
            | Request::CloseDay
            | Request::InstallUpdate { .. }
            | Request::UndoHandIn { .. }
    )
}

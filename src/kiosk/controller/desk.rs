//! The desk's quick actions: sold out, print again, a number put right, the day's end.

use super::page::{HandIn, Keypad, Notice, Page};
use super::view::Toast;
use super::{Action, Controller, Keeper, Purpose};
use crate::backup::BackedUp;
use crate::domain::{Fen, Outcome, Round};
use crate::kiosk::desk::{DayEnd, NumberView, OrderPapers};
use crate::kiosk::protocol::{Request, StaffView};

/// Seconds in which a hand-in can be taken back.
pub const UNDO_WITHIN_S: u32 = 10;

/// A hand-in that can still be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Undo {
    /// What was handed in, to be mended.
    pub hand_in: Box<HandIn>,
    /// Seconds left.
    pub seconds: u32,
}

impl Controller {
    /// Touches of the desk's pages; says whether this page took it.
    pub(super) fn touched_desk(&mut self, action: &Action) -> bool {
        if self.touched_clock(action) {
            return true;
        }
        match (self.page().clone(), action) {
            (Page::StaffMenu(view), Action::StaffNumbers) => self.push(Page::StaffList(view)),
            (Page::StaffMenu(_), Action::Papers) => self.ask(Purpose::Papers, Request::Papers),
            (Page::StaffMenu(view), Action::Sales) => self.push(Page::SalesQuestion(view)),
            (Page::SalesQuestion(view), Action::Confirm) => {
                let stopped = view.held_back.is_some();
                let request = if stopped { Request::SellAgain } else { Request::SellOut };
                self.ask(Purpose::SalesStep, request);
            }
            (Page::StaffMenu(_), Action::PaperOnly(on)) => {
                self.ask(Purpose::PaperSwitch, Request::PaperOnly(*on));
            }
            (Page::StaffMenu(_), Action::ReprintNumber) => {
                self.push(Page::Keypad(Keypad::Reprint, String::new()));
            }
            (Page::StaffList(_), Action::FindNumber) => {
                self.push(Page::Keypad(Keypad::Number, String::new()));
            }
            (Page::OrderPapers(view), Action::Paper(id)) => {
                if view.papers.iter().any(|paper| paper.id == *id) {
                    self.push(Page::OrderPaperQuestion(view, *id));
                }
            }
            (Page::OrderPaperQuestion(_, id), Action::Confirm) => {
                self.ask(Purpose::ReprintStep, Request::Reprint(id));
            }
            (Page::StaffMenu(_) | Page::DayEnd(_), Action::DayEnd) => {
                self.ask(Purpose::DayEnd, Request::DayEnd);
            }
            (Page::DayEnd(view), Action::Confirm) => {
                if view.obstacles.is_empty() && !view.closed {
                    self.ask(Purpose::CloseDay, Request::CloseDay);
                }
            }
            (Page::StaffNumber(view), action) => self.touched_number(view, action),
            (Page::Correct(view), Action::Corrected(outcome, keeper)) => {
                self.push(Page::CorrectQuestion(view, *outcome, *keeper));
            }
            (Page::CorrectQuestion(view, outcome, keeper), Action::CorrectCash(got)) => {
                let cash = if *got { view.at_the_door } else { Fen::ZERO };
                self.correct(&view, outcome, keeper, cash);
            }
            (Page::Notice(Notice::HandedIn(..)), Action::UndoHandIn) => self.undo_hand_in(),
            _ => return false,
        }
        // Leaving means the same on every page.
        !matches!(action, Action::Back | Action::StartOver)
    }

    fn touched_number(&mut self, view: Box<NumberView>, action: &Action) {
        let number = view.order.number;
        match action {
            Action::Advance if !view.order.state.is_final() => {
                self.ask(Purpose::StaffStep, Request::Advance { number });
            }
            Action::PaidCash => self.ask(Purpose::StaffStep, Request::PaidCash { number }),
            Action::Correct if view.visit.is_some() => self.push(Page::Correct(view)),
            _ => {}
        }
    }

    fn correct(&mut self, view: &NumberView, outcome: Outcome, keeper: Option<Keeper>, cash: Fen) {
        let left_with = keeper.map_or(String::new(), |keeper| keeper.zh().to_owned());
        let number = view.order.number;
        self.ask(Purpose::Correct, Request::Correct { number, outcome, left_with, cash });
    }

    fn undo_hand_in(&mut self) {
        let Some(undo) = &self.session.undo else { return };
        let round = undo.hand_in.round.id;
        let orders = undo.hand_in.lines().into_iter().map(|line| line.order).collect();
        self.ask(Purpose::UndoHandIn, Request::UndoHandIn { round, orders });
    }

    /// The volunteer is thanked, and has some seconds to take it back.
    pub(super) fn handed_in(&mut self, delivered: u32, others: Vec<(u32, Outcome)>) {
        let hand_in = self.pages.iter().rev().find_map(|page| match page {
            Page::HandIn(hand_in) => Some(hand_in.clone()),
            _ => None,
        });
        self.session.undo = hand_in.map(|hand_in| Undo { hand_in, seconds: UNDO_WITHIN_S });
        self.pages.truncate(1);
        self.notice(Notice::HandedIn(delivered, others));
    }

    /// The round is out again; what the volunteer had said is there to be mended.
    pub(super) fn hand_in_undone(&mut self, round: Round) {
        let said = self.session.undo.take().map(|undo| undo.hand_in.said);
        let mut hand_in = HandIn::new(round);
        if let Some(said) = said.filter(|said| said.len() == hand_in.said.len()) {
            hand_in.said = said;
        }
        self.pages.truncate(1);
        self.push(Page::HandIn(Box::new(hand_in)));
        self.toast = Some(Toast::HandInUndone);
    }

    pub(super) fn tick_undo(&mut self, seconds: u32) {
        let undo = self.session.undo.take();
        self.session.undo = undo
            .filter(|undo| undo.seconds > seconds)
            .map(|undo| Undo { seconds: undo.seconds - seconds, ..undo });
    }

    /// Shows the desk's page, fresh; what lay above it is done.
    pub(super) fn show_staff_menu(&mut self, view: StaffView) {
        self.leave_questions();
        if let Some(at) = self.pages.iter().position(|page| matches!(page, Page::StaffMenu(_))) {
            self.pages.truncate(at);
        }
        self.push(Page::StaffMenu(view));
    }

    /// Back to the desk's page as it was.
    pub(super) fn done_at_the_desk(&mut self) {
        if let Some(at) = self.pages.iter().position(|page| matches!(page, Page::StaffMenu(_))) {
            self.pages.truncate(at + 1);
        }
        self.toast = Some(Toast::Noted);
    }

    pub(super) fn show_order_papers(&mut self, view: Box<OrderPapers>) {
        self.leave_questions();
        self.push(Page::OrderPapers(view));
    }

    pub(super) fn show_number_page(&mut self, view: Box<NumberView>) {
        self.leave_questions();
        while matches!(
            self.page(),
            Page::StaffNumber(_) | Page::Correct(_) | Page::CorrectQuestion(..)
        ) {
            self.pages.pop();
        }
        self.push(Page::StaffNumber(view));
    }

    pub(super) fn show_day_end_page(&mut self, view: Box<DayEnd>) {
        while matches!(self.page(), Page::DayEnd(_)) {
            self.pages.pop();
        }
        self.push(Page::DayEnd(view));
    }

    pub(super) fn day_closed(&mut self, backed_up: BackedUp) {
        self.pages.truncate(1);
        self.notice(Notice::DayEnded(backed_up));
        self.refresh();
    }
}

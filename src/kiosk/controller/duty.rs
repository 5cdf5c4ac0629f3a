//! Volunteers and staff: rounds, hand-in, and the numbers at the window.

use super::page::{HandIn, Keypad, Page, Said};
use super::{Action, Controller, Keeper, Purpose};
use crate::domain::{Order, Outcome, RoundState};
use crate::kiosk::protocol::{PapersView, Request, StaffView};

impl Controller {
    pub(super) fn touched_duty(&mut self, action: &Action) {
        match (self.page().clone(), action) {
            (Page::Home, Action::Duty) => self.push(Page::Duty),
            (Page::Duty, Action::Volunteer) => {
                self.push(Page::Keypad(Keypad::Badge, String::new()));
            }
            (Page::Duty, Action::Staff) => {
                self.push(Page::Keypad(Keypad::StaffPin, String::new()));
            }
            (Page::Round(on_duty), Action::TakeSlip) => {
                if let Some(round) = on_duty.round.filter(|r| r.state == RoundState::Planned) {
                    self.ask(Purpose::TakeSlip, Request::TakeSlip(round.id));
                }
            }
            (Page::Round(on_duty), Action::HandIn) => {
                if let Some(round) = on_duty.round.filter(|r| r.state == RoundState::Out) {
                    self.push(Page::HandIn(Box::new(HandIn::new(round))));
                }
            }
            (Page::HandIn(hand_in), Action::Stop(index))
                if hand_in.round.stops.get(*index).is_some_and(|s| s.visited.is_none()) =>
            {
                self.push(Page::Stop(hand_in, *index));
            }
            (Page::Stop(hand_in, index), _) => self.touched_stop(hand_in, index, action),
            (Page::Papers(_), Action::Papers) => {
                self.ask(Purpose::Papers, Request::Papers);
            }
            (Page::Papers(view), Action::Queue(queue)) if view.printers.len() > 1 => {
                self.push(Page::Queue(view, *queue));
            }
            (Page::Papers(view), Action::Paper(id))
                if view.troubled.iter().any(|paper| paper.id == *id) =>
            {
                self.push(Page::PaperQuestion(view, *id));
            }
            (Page::PaperQuestion(_, id), Action::Found) => {
                self.ask(Purpose::PaperStep, Request::FoundPaper(id));
            }
            (Page::Queue(_, queue), Action::Printer(name)) => {
                self.ask(Purpose::PaperStep, Request::MoveQueue(queue, name.clone()));
            }
            (Page::StaffOrder(view, id), _) => {
                if let Some(line) = view.open.iter().find(|l| l.order.id == id) {
                    self.touched_staff_order(&line.order, action);
                }
            }
            _ => {}
        }
    }

    /// Touches that pages of residents know too; says whether this page took it.
    pub(super) fn touched_shared(&mut self, action: &Action) -> bool {
        match (self.page().clone(), action) {
            (Page::HandIn(hand_in), Action::Next) => {
                self.push(Page::HandInQuestion(hand_in));
                true
            }
            (Page::Week(week), Action::Next) => {
                self.week_ticked(week);
                true
            }
            (Page::PaperQuestion(_, id), Action::Confirm) => {
                self.ask(Purpose::PaperStep, Request::Reprint(id));
                true
            }
            (Page::StaffList(view), Action::Order(id)) => {
                if view.open.iter().any(|line| line.order.id == *id) {
                    self.push(Page::StaffOrder(view, *id));
                }
                true
            }
            _ => false,
        }
    }

    fn touched_stop(&mut self, mut hand_in: Box<HandIn>, index: usize, action: &Action) {
        let Some(said) = hand_in.said.get_mut(index) else { return };
        match action {
            Action::Outcome(Outcome::LeftWith) => {
                *said = Said {
                    outcome: Outcome::LeftWith,
                    keeper: said.keeper.or(Some(Keeper::Family)),
                    cash: said.cash,
                };
            }
            Action::Outcome(outcome) => {
                *said =
                    Said { outcome: *outcome, keeper: None, cash: *outcome == Outcome::Delivered };
            }
            Action::LeftWith(keeper) => {
                *said = Said { outcome: Outcome::LeftWith, keeper: Some(*keeper), cash: said.cash };
            }
            Action::Cash(collected) => said.cash = *collected && said.outcome.meal_stayed(),
            _ => return,
        }
        if let [.., Page::HandIn(list), Page::Stop(stop, _)] = self.pages.as_mut_slice() {
            list.clone_from(&hand_in);
            *stop = hand_in;
        }
    }

    fn touched_staff_order(&mut self, order: &Order, action: &Action) {
        let number = order.number;
        match action {
            Action::Advance if !order.state.is_final() => {
                self.ask(Purpose::StaffStep, Request::Advance { number });
            }
            Action::PaidCash => self.ask(Purpose::StaffStep, Request::PaidCash { number }),
            _ => {}
        }
    }

    /// Shows printers and papers, fresh.
    pub(super) fn show_papers_page(&mut self, view: Box<PapersView>) {
        while matches!(self.page(), Page::Papers(_) | Page::Queue(..) | Page::PaperQuestion(..)) {
            self.pages.pop();
        }
        self.push(Page::Papers(view));
    }

    /// Shows the list of numbers, fresh.
    pub(super) fn show_staff(&mut self, view: StaffView) {
        self.show_staff_menu(view.clone());
        self.push(Page::StaffList(view));
    }
}

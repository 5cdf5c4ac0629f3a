//! My order: find it, change it, take it back.

use super::page::{Draft, Page, WhoFor};
use super::{Action, Controller, Purpose};
use crate::domain::Payment;
use crate::kiosk::protocol::{Request, ShownOrder};

impl Controller {
    pub(super) fn touched_lookup(&mut self, action: &Action) {
        match (self.page().clone(), action) {
            (Page::Home, Action::MyOrder) => match &self.session.person {
                Some(known) => {
                    let id = known.resident.id;
                    self.push(Page::MyOrder);
                    self.ask(Purpose::OrdersOf, Request::OrdersOf(id));
                }
                None => self.push(Page::MyOrder),
            },
            (Page::MyOrder, Action::ByDoor) => self.ask_door(WhoFor::MyOrder),
            (Page::MyOrder, Action::ByLetters) => self.push(Page::Letters(String::new())),
            (Page::Orders(orders), Action::Order(id)) => {
                if let Some(shown) = orders.into_iter().find(|s| s.order.id == *id) {
                    self.push(Page::Order(Box::new(shown)));
                }
            }
            (Page::Order(shown), Action::Edit) if shown.changeable => self.edit(shown),
            (Page::Order(shown), Action::CancelOrder) if shown.changeable => {
                self.push(Page::CancelQuestion(shown));
            }
            _ => {}
        }
    }

    fn edit(&mut self, shown: Box<ShownOrder>) {
        self.session.draft = Draft {
            way: shown.order.fulfilment,
            portions: shown.order.portions,
            category: shown.order.category,
            preferences: shown.order.preferences.clone(),
            payment: Payment::Later,
            differs: Vec::new(),
            editing: Some(shown),
        };
        self.push(Page::Options);
    }

    /// Shows what was found: one order at once, several as a list.
    pub(super) fn show_orders(&mut self, mut orders: Vec<ShownOrder>) {
        self.leave_questions();
        match orders.len() {
            0 => self.notice(super::page::Notice::NoOrders),
            1 => self.push(Page::Order(Box::new(orders.remove(0)))),
            _ => self.push(Page::Orders(orders)),
        }
    }

    /// Takes the pages off on which the person said who they are.
    pub(super) fn leave_questions(&mut self) {
        while matches!(
            self.page(),
            Page::Door(_)
                | Page::Floor(..)
                | Page::Flat(..)
                | Page::Keypad(..)
                | Page::Letters(_)
                | Page::Done(_)
        ) {
            self.pages.pop();
        }
    }
}

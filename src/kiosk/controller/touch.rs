//! Touches and readers, sorted by what they are for.

use super::page::{Keypad, Page, WhoFor};
use super::scan::{self, Scanned};
use super::view::Toast;
use super::{Action, Controller, Purpose, WayOut};
use crate::counter::Credential;
use crate::kiosk::protocol::Request;

impl Controller {
    pub(super) fn touched(&mut self, action: Action) {
        let dark = self.light_up();
        if self.wake() || dark {
            self.clock.touched();
            return;
        }
        self.clock.touched();
        if self.touched_overlay(&action) {
            return;
        }
        if self.busy() {
            self.touched_while_busy(&action);
            return;
        }
        self.toast = None;
        if self.touched_desk(&action)
            || self.touched_updates(&action)
            || self.touched_shared(&action)
        {
            return;
        }
        match action {
            Action::Back => self.back(),
            Action::StartOver => self.start_over(),
            Action::Instead(way) => self.way_out(way),
            Action::Date(date) => self.look_at(date),
            Action::Way(_)
            | Action::Fewer
            | Action::More
            | Action::Category(_)
            | Action::Wish(_)
            | Action::Pay(_)
            | Action::Next => self.touched_order(&action),
            Action::AsLast | Action::Week => self.touched_usual(&action),
            Action::Tick(..) | Action::PrintForm => self.touched_week(&action),
            Action::Confirm => self.confirmed(),
            Action::Building(_) | Action::Floor(_) | Action::Flat(_) => self.touched_door(action),
            Action::Digit(_) | Action::Letter(_) | Action::Erase | Action::Enter => {
                self.typed(&action);
            }
            Action::MyOrder
            | Action::ByDoor
            | Action::ByLetters
            | Action::Order(_)
            | Action::Edit
            | Action::CancelOrder => self.touched_lookup(&action),
            Action::Called => {
                self.push(Page::Called);
                self.refresh();
            }
            Action::Duty
            | Action::Volunteer
            | Action::Staff
            | Action::TakeSlip
            | Action::HandIn
            | Action::Stop(_)
            | Action::Outcome(_)
            | Action::LeftWith(_)
            | Action::Cash(_)
            | Action::Advance
            | Action::PaidCash
            | Action::Papers
            | Action::Queue(_)
            | Action::Printer(_)
            | Action::Paper(_)
            | Action::Found => self.touched_duty(&action),
            Action::UnfinishedOrders | Action::Unfinished(_) | Action::FollowedUp => {
                self.touched_unfinished(&action);
            }
            // These belong to pages that have taken them already.
            Action::StaffNumbers
            | Action::Clock
            | Action::MoveClock(_)
            | Action::Sales
            | Action::PaperOnly(_)
            | Action::ReprintNumber
            | Action::FindNumber
            | Action::DayEnd
            | Action::Updates
            | Action::Update(_)
            | Action::Correct
            | Action::Corrected(..)
            | Action::CorrectCash(_)
            | Action::UndoHandIn
            | Action::Display
            | Action::CloseDisplay
            | Action::Size(_)
            | Action::Contrast(_)
            | Action::Language(_)
            | Action::Listen
            | Action::Loudness
            | Action::Help
            | Action::CloseHelp
            | Action::CallStaff
            | Action::StillHere
            | Action::Wake => {}
        }
    }

    /// Touches that mean the same on every page and never wait.
    fn touched_overlay(&mut self, action: &Action) -> bool {
        if self.touched_display(action) {
            return true;
        }
        match action {
            Action::Listen => self.listen(),
            Action::Loudness => self.change_loudness(),
            Action::Help => {
                self.help_open = true;
                self.help_called = false;
            }
            Action::CloseHelp => self.help_open = false,
            Action::CallStaff => self.call_staff(),
            Action::StillHere => {}
            _ => return false,
        }
        true
    }

    /// Leaving is always possible; going back only when nothing is being changed.
    fn touched_while_busy(&mut self, action: &Action) {
        match action {
            Action::StartOver => self.start_over(),
            Action::Back => {
                let changing =
                    self.waiting.iter().any(|w| self.holds(w) && w.purpose.changes_something());
                if !changing {
                    self.abandon();
                    self.back();
                }
            }
            _ => {}
        }
    }

    fn call_staff(&mut self) {
        if !self.help_called {
            self.help_called = true;
            self.ask(Purpose::Help, Request::Help);
        }
        self.help_open = true;
    }

    fn way_out(&mut self, way: WayOut) {
        match way {
            WayOut::Home => self.start_over(),
            WayOut::Again => self.back(),
            WayOut::CallStaff => self.call_staff(),
            WayOut::MyOrder => {
                self.pages.truncate(1);
                self.push(Page::MyOrder);
            }
            WayOut::OtherDate(date) => {
                self.pages.truncate(1);
                self.look_at(date);
            }
            WayOut::TakeAwayInstead
            | WayOut::WithSubstitute
            | WayOut::Portions(_)
            | WayOut::PayCash => self.order_otherwise(way),
        }
    }

    pub(super) fn scanned(&mut self, text: &str) {
        self.light_up();
        self.wake();
        self.clock.touched();
        if self.busy() {
            return;
        }
        self.help_open = false;
        self.display_open = false;
        match scan::parse(text) {
            Scanned::Card(card) => self.card_shown(card),
            Scanned::Slip(code) => {
                if matches!(
                    self.page(),
                    Page::Home | Page::MyOrder | Page::Letters(_) | Page::Called | Page::Done(_)
                ) {
                    self.ask(Purpose::Find, Request::FindByCode(code));
                }
            }
            Scanned::Ticket(date, number) => {
                self.ask(Purpose::Ticket, Request::ScannedTicket { date, number });
            }
            Scanned::RoundSlip => {
                if matches!(self.page(), Page::Home | Page::Duty | Page::Called) {
                    self.pages.truncate(1);
                    self.push(Page::Duty);
                    self.touched_duty(&Action::Volunteer);
                }
            }
            Scanned::Unknown => self.toast = Some(Toast::UnknownCode),
        }
    }

    fn card_shown(&mut self, card: String) {
        let who_for = match self.page() {
            Page::Door(who)
            | Page::Floor(who, _)
            | Page::Flat(who, ..)
            | Page::Keypad(Keypad::Phone(who, _), _) => *who,
            Page::MyOrder | Page::Letters(_) => WhoFor::MyOrder,
            Page::Home | Page::Options | Page::Confirm | Page::Notice(_) => WhoFor::Greeting,
            _ => return,
        };
        self.identify(who_for, Credential::Card(card));
    }
}

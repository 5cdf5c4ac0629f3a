//! Who is there: building, floor, flat, digits, or a card.

use super::page::{Keypad, Page, WhoFor};
use super::{Action, Controller, Purpose};
use crate::counter::Credential;
use crate::domain::{Door, OrderCode};
use crate::kiosk::protocol::Request;

impl Controller {
    /// Asks for a card or a building.
    pub(super) fn ask_door(&mut self, who_for: WhoFor) {
        self.push(Page::Door(who_for));
        if self.buildings.is_none() {
            self.ask(Purpose::Buildings, Request::Buildings);
        }
    }

    pub(super) fn touched_door(&mut self, action: Action) {
        match (self.page().clone(), action) {
            (Page::Door(who), Action::Building(number)) => {
                let building =
                    self.buildings.iter().flatten().find(|b| b.number == number).cloned();
                if let Some(building) = building {
                    self.push(Page::Floor(who, building));
                }
            }
            (Page::Floor(who, building), Action::Floor(floor))
                if (building.first_flat_floor..=building.floors).contains(&floor) =>
            {
                self.push(Page::Flat(who, building, floor));
            }
            (Page::Flat(who, building, floor), Action::Flat(flat)) if building.has(floor, flat) => {
                let door = Door { building: building.number, floor, flat };
                self.push(Page::Keypad(Keypad::Phone(who, door), String::new()));
            }
            _ => {}
        }
    }

    pub(super) fn identify(&mut self, who_for: WhoFor, credential: Credential) {
        self.ask(Purpose::Identify(who_for), Request::Identify(credential));
    }

    /// A key of the digits or letters; what can't be typed here is ignored.
    pub(super) fn typed(&mut self, action: &Action) {
        match self.pages.last_mut() {
            Some(Page::Keypad(keypad, text)) => match action {
                Action::Digit(digit) if *digit <= 9 && text.len() < keypad.max_digits() => {
                    text.push(char::from(b'0' + digit));
                }
                Action::Erase => {
                    text.pop();
                }
                Action::Enter if text.len() >= keypad.min_digits() => {
                    let (keypad, text) = (keypad.clone(), text.clone());
                    self.digits_done(keypad, text);
                }
                _ => {}
            },
            Some(Page::Letters(text)) => match action {
                Action::Letter(letter)
                    if text.len() < 6
                        && letter.is_ascii_uppercase()
                        && OrderCode::LETTERS.contains(&(*letter as u8)) =>
                {
                    text.push(*letter);
                }
                Action::Erase => {
                    text.pop();
                }
                Action::Enter => {
                    if let Some(code) = OrderCode::parse(text) {
                        self.ask(Purpose::Find, Request::FindByCode(code));
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn digits_done(&mut self, keypad: Keypad, digits: String) {
        match keypad {
            Keypad::Phone(who_for, door) => {
                self.identify(who_for, Credential::Digits { door, digits });
            }
            Keypad::Badge => {
                if let Ok(badge) = digits.parse() {
                    self.push(Page::Keypad(Keypad::Pin(badge), String::new()));
                }
            }
            Keypad::Pin(badge) => {
                self.ask(Purpose::SignIn, Request::SignIn { badge, pin: digits });
            }
            Keypad::Reprint => {
                if let Ok(number) = digits.parse() {
                    self.ask(Purpose::OrderPapers, Request::OrderPapers { number });
                }
            }
            Keypad::Number => {
                if let Ok(number) = digits.parse() {
                    self.ask(Purpose::Number, Request::Number { number });
                }
            }
            Keypad::StaffPin => {
                self.ask(Purpose::StaffSignIn, Request::StaffSignIn { pin: digits });
            }
        }
    }

    /// Wrong digits are not left standing for the next try.
    pub(super) fn clear_typed(&mut self) {
        if let Some(Page::Keypad(_, text) | Page::Letters(text)) = self.pages.last_mut() {
            text.clear();
        }
    }
}

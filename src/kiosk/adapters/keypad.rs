//! Digits.

use slint::ComponentHandle;

use super::Touches;
use crate::kiosk::controller::{Action, view};
use crate::kiosk::generated::{KeypadAdapter, KioskWindow};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<KeypadAdapter>();
    let digits = touches.clone();
    adapter.on_digit(move |digit| {
        if let Ok(digit) = u8::try_from(digit) {
            digits.send(Action::Digit(digit));
        }
    });
    adapter.on_erase(touches.always(Action::Erase));
    adapter.on_enter(touches.always(Action::Enter));
}

pub(super) fn show(window: &KioskWindow, keypad: &view::Keypad) {
    let adapter = window.global::<KeypadAdapter>();
    adapter.set_text(keypad.text.as_str().into());
    adapter.set_typed(keypad.typed.as_str().into());
    adapter.set_places(keypad.places.as_str().into());
    adapter.set_enough(keypad.enough);
}

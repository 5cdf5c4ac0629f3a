//! The six letters.

use slint::ComponentHandle;

use super::Touches;
use crate::kiosk::controller::{Action, view};
use crate::kiosk::generated::{KioskWindow, LettersAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<LettersAdapter>();
    let letters = touches.clone();
    adapter.on_letter(move |letter| {
        if let Some(letter) = letter.chars().next() {
            letters.send(Action::Letter(letter));
        }
    });
    adapter.on_erase(touches.always(Action::Erase));
    adapter.on_enter(touches.always(Action::Enter));
}

pub(super) fn show(window: &KioskWindow, letters: &view::Letters) {
    let adapter = window.global::<LettersAdapter>();
    adapter.set_typed(letters.typed.as_str().into());
    adapter.set_places(letters.places.as_str().into());
    adapter.set_enough(letters.enough);
}

//! A black screen, before which nobody has been for long.

use slint::ComponentHandle;

use super::Touches;
use crate::kiosk::controller::Action;
use crate::kiosk::generated::{DarkAdapter, KioskWindow};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    window.global::<DarkAdapter>().on_wake(touches.always(Action::Wake));
}

pub(super) fn show(window: &KioskWindow, words: &str) {
    window.global::<DarkAdapter>().set_label(words.into());
}

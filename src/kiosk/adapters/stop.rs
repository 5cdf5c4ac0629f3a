//! One stop of a hand-in.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::Action;
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{KioskWindow, StopAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<StopAdapter>();
    adapter.on_done(touches.always(Action::Back));
    adapter.on_outcome(touches.chooser(|screen| match screen {
        Screen::Stop(stop) => Some(&stop.outcomes),
        _ => None,
    }));
    adapter.on_keeper(touches.chooser(|screen| match screen {
        Screen::Stop(stop) => Some(&stop.keepers),
        _ => None,
    }));
    adapter.on_cash_touched(touches.chooser(|screen| match screen {
        Screen::Stop(stop) => Some(&stop.cash),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, stop: &view::Stop, lists: &Lists) {
    let adapter = window.global::<StopAdapter>();
    adapter.set_headline(stop.headline.as_str().into());
    adapter.set_outcomes(lists.choices(adapter.get_outcomes(), &stop.outcomes));
    adapter.set_keepers(lists.choices(adapter.get_keepers(), &stop.keepers));
    adapter.set_cash(lists.choices(adapter.get_cash(), &stop.cash));
}

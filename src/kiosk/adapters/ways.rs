//! A few large ways to go on.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{KioskWindow, WaysAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<WaysAdapter>();
    adapter.on_way(touches.chooser(|screen| match screen {
        Screen::Ways(ways) => Some(&ways.ways),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, ways: &view::Ways, lists: &Lists) {
    let adapter = window.global::<WaysAdapter>();
    adapter.set_text(ways.text.as_str().into());
    adapter.set_ways(lists.choices(adapter.get_ways(), &ways.ways));
}

//! Card, building, floor or flat.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{DoorAdapter, KioskWindow};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<DoorAdapter>();
    adapter.on_choice(touches.chooser(|screen| match screen {
        Screen::Door(door) => Some(&door.choices),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, door: &view::Door, lists: &Lists) {
    let adapter = window.global::<DoorAdapter>();
    adapter.set_card(door.card);
    adapter.set_chosen(door.chosen.as_str().into());
    adapter.set_loading(door.loading);
    adapter.set_choices(lists.choices(adapter.get_choices(), &door.choices));
}

//! Rows to choose from.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{KioskWindow, ListAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<ListAdapter>();
    adapter.on_next_touched(touches.chooser(|screen| match screen {
        Screen::List(list) => Some(&list.next),
        _ => None,
    }));
    adapter.on_row(touches.chooser(|screen| match screen {
        Screen::List(list) => Some(&list.rows),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, list: &view::List, lists: &Lists) {
    let adapter = window.global::<ListAdapter>();
    adapter.set_text(list.text.as_str().into());
    adapter.set_rows(lists.choices(adapter.get_rows(), &list.rows));
    adapter.set_next(lists.choices(adapter.get_next(), &list.next));
}

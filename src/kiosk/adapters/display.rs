//! The sheet on which a person sets size, contrast and language.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::{Action, View};
use crate::kiosk::generated::{DisplayAdapter, KioskWindow};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<DisplayAdapter>();
    adapter.on_close(touches.always(Action::CloseDisplay));
    let touches = touches.clone();
    adapter.on_chosen(move |index| {
        touches.choose_in_view(index, |view| view.display.as_ref().map(|sheet| &sheet.choices));
    });
}

pub(super) fn show(window: &KioskWindow, view: &View, lists: &Lists) {
    let adapter = window.global::<DisplayAdapter>();
    // Who is asked whether they are there answers that first.
    adapter.set_open(view.display.is_some() && view.idle.is_none());
    if let Some(sheet) = &view.display {
        adapter.set_choices(lists.choices(adapter.get_choices(), &sheet.choices));
    }
}

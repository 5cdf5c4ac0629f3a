//! The days ahead on one grid.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::Action;
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{KioskWindow, WeekAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<WeekAdapter>();
    adapter.on_next(touches.always(Action::Next));
    adapter.on_cell(touches.chooser(|screen| match screen {
        Screen::Week(week) => Some(&week.cells),
        _ => None,
    }));
    adapter.on_print_form(touches.chooser(|screen| match screen {
        Screen::Week(week) => Some(&week.form),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, week: &view::Week, lists: &Lists) {
    let adapter = window.global::<WeekAdapter>();
    adapter.set_ready(week.ready);
    adapter.set_days(lists.facts(adapter.get_days(), &week.days));
    adapter.set_cells(lists.choices(adapter.get_cells(), &week.cells));
    adapter.set_form(lists.choices(adapter.get_form(), &week.form));
}

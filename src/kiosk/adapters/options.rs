//! Portions and preferences.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::Action;
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{KioskWindow, OptionsAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<OptionsAdapter>();
    adapter.on_fewer_touched(touches.always(Action::Fewer));
    adapter.on_more_touched(touches.always(Action::More));
    adapter.on_next(touches.always(Action::Next));
    adapter.on_category(touches.chooser(|screen| match screen {
        Screen::Options(options) => Some(&options.categories),
        _ => None,
    }));
    adapter.on_wish(touches.chooser(|screen| match screen {
        Screen::Options(options) => Some(&options.wishes),
        _ => None,
    }));
    adapter.on_substitute_touched(touches.chooser(|screen| match screen {
        Screen::Options(options) => Some(&options.substitute),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, options: &view::Options, lists: &Lists) {
    let adapter = window.global::<OptionsAdapter>();
    adapter.set_portions(options.portions.as_str().into());
    adapter.set_fewer(options.fewer);
    adapter.set_more(options.more);
    adapter.set_warning(options.warning.as_str().into());
    adapter.set_editing(options.editing);
    adapter.set_categories(lists.choices(adapter.get_categories(), &options.categories));
    adapter.set_wishes(lists.choices(adapter.get_wishes(), &options.wishes));
    adapter.set_substitute(lists.choices(adapter.get_substitute(), &options.substitute));
}

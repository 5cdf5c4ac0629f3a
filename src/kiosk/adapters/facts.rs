//! Facts with what can be done.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{FactsAdapter, KioskWindow};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<FactsAdapter>();
    adapter.on_way(touches.chooser(|screen| match screen {
        Screen::Facts(facts) => Some(&facts.ways),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, facts: &view::Facts, lists: &Lists) {
    let adapter = window.global::<FactsAdapter>();
    adapter.set_headline(facts.headline.as_str().into());
    adapter.set_text(facts.text.as_str().into());
    adapter.set_rows(lists.facts(adapter.get_rows(), &facts.rows));
    adapter.set_ways(lists.choices(adapter.get_ways(), &facts.ways));
}

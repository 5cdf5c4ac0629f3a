//! Orders go on paper.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{KioskWindow, PaperOnlyAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<PaperOnlyAdapter>();
    adapter.on_way(touches.chooser(|screen| match screen {
        Screen::PaperOnly(paper_only) => Some(&paper_only.ways),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, paper_only: &view::PaperOnly, lists: &Lists) {
    let adapter = window.global::<PaperOnlyAdapter>();
    adapter.set_headline(paper_only.headline.as_str().into());
    adapter.set_lost(paper_only.lost.as_str().into());
    adapter.set_text(paper_only.text.as_str().into());
    adapter.set_staff(paper_only.staff.as_str().into());
    adapter.set_ways(lists.choices(adapter.get_ways(), &paper_only.ways));
}

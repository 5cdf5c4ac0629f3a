//! A “no”, a fault or a good end.

use slint::ComponentHandle;

use super::{Lists, Touches};
use crate::kiosk::controller::view::{self, Mood, Screen};
use crate::kiosk::generated::{KioskWindow, NoticeAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<NoticeAdapter>();
    adapter.on_way(touches.chooser(|screen| match screen {
        Screen::Notice(notice) => Some(&notice.ways),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, notice: &view::Notice, lists: &Lists) {
    let adapter = window.global::<NoticeAdapter>();
    adapter.set_mood(match notice.mood {
        Mood::No => 0,
        Mood::Fault => 1,
        Mood::Good => 2,
    });
    adapter.set_headline(notice.headline.as_str().into());
    adapter.set_text(notice.text.as_str().into());
    adapter.set_ways(lists.choices(adapter.get_ways(), &notice.ways));
}

//! The number.

use slint::ComponentHandle;

use super::Touches;
use crate::kiosk::controller::Action;
use crate::kiosk::controller::view;
use crate::kiosk::generated::{DoneAdapter, KioskWindow};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<DoneAdapter>();
    adapter.on_home(touches.always(Action::StartOver));
}

pub(super) fn show(window: &KioskWindow, done: &view::Done) {
    let adapter = window.global::<DoneAdapter>();
    adapter.set_number(done.number.as_str().into());
    adapter.set_text(done.text.as_str().into());
    adapter.set_money(done.money.as_str().into());
    adapter.set_paper(done.paper.as_str().into());
    adapter.set_paper_ok(done.paper_ok);
    adapter.set_code(done.code.as_str().into());
    adapter.set_seconds(i32::try_from(done.seconds).unwrap_or(0));
}

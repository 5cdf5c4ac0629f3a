//! Help, and “are you still there?”.

use slint::ComponentHandle;

use super::Touches;
use crate::kiosk::controller::{Action, View};
use crate::kiosk::generated::{KioskWindow, OverlayAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<OverlayAdapter>();
    adapter.on_close_help(touches.always(Action::CloseHelp));
    adapter.on_call_staff(touches.always(Action::CallStaff));
    adapter.on_listen(touches.always(Action::Listen));
    adapter.on_loudness(touches.always(Action::Loudness));
    adapter.on_still_here(touches.always(Action::StillHere));
}

pub(super) fn show(window: &KioskWindow, view: &View) {
    let adapter = window.global::<OverlayAdapter>();
    adapter.set_help(view.help.is_some() && view.idle.is_none());
    if let Some(help) = &view.help {
        adapter.set_help_text(help.text.as_str().into());
        adapter.set_help_called(help.called);
    }
    adapter.set_can_listen(view.voice.listen);
    adapter.set_loud(view.voice.loud);
    adapter.set_idle(view.idle.is_some());
    adapter.set_idle_seconds(view.idle.and_then(|s| i32::try_from(s).ok()).unwrap_or(0));
}

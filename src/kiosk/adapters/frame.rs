//! The frame of every page, and how its words are shown: language, size, contrast.

use slint::ComponentHandle;

use super::Touches;
use crate::kiosk::controller::{Action, Contrast, TextSize, View};
use crate::kiosk::generated::{Frame, KioskWindow, Theme};
use crate::kiosk::words::Lang;

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let frame = window.global::<Frame>();
    frame.on_back(touches.always(Action::Back));
    frame.on_start_over(touches.always(Action::StartOver));
    frame.on_help(touches.always(Action::Help));
    frame.on_display(touches.always(Action::Display));
}

pub(super) fn show(window: &KioskWindow, view: &View) {
    if let Err(error) = slint::select_bundled_translation(view.lang.bundle()) {
        // The Chinese source words stay; nothing a person at the screen could do about it.
        tracing::warn!(lang = view.lang.code(), %error, "the screen's translation is missing");
    }
    let theme = window.global::<Theme>();
    theme.set_english(view.lang == Lang::En);
    theme.set_large(view.look.size == TextSize::Large);
    theme.set_high_contrast(view.look.contrast == Contrast::High);
    let frame = window.global::<Frame>();
    frame.set_title(view.title.as_str().into());
    frame.set_so_far(view.so_far.as_str().into());
    frame.set_can_back(view.can_back);
    frame.set_busy(view.busy);
    frame.set_toast(view.toast.as_str().into());
    frame.set_status(view.status.as_str().into());
}

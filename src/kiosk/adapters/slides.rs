//! A photograph, while nobody is there.

use slint::ComponentHandle;

use super::{Lists, Touches, pictures};
use crate::kiosk::controller::Action;
use crate::kiosk::controller::view;
use crate::kiosk::generated::{KioskWindow, SlidesAdapter};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    window.global::<SlidesAdapter>().on_wake(touches.always(Action::Wake));
}

pub(super) fn show(window: &KioskWindow, slides: &view::Slides, lists: &Lists) {
    let adapter = window.global::<SlidesAdapter>();
    adapter.set_has_photo(slides.picture.is_some());
    adapter.set_photo(slides.picture.as_ref().map(pictures::image).unwrap_or_default());
    adapter.set_title(slides.title.as_str().into());
    adapter.set_by(slides.by.as_str().into());
    adapter.set_headline(slides.headline.as_str().into());
    adapter.set_text(slides.text.as_str().into());
    adapter.set_call(slides.call.as_str().into());
    adapter.set_call_other(slides.call_other.as_str().into());
    adapter.set_clock(slides.clock.as_str().into());
    adapter.set_other_side(slides.other_side);
    adapter.set_dishes(lists.texts(adapter.get_dishes(), &slides.dishes));
}

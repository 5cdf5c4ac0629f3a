//! Slides: the neighbours' photographs and today's lunch on a screen that nobody uses.
//!
//! Each stays for some seconds, and the band with the lunch changes sides with each, so that
//! nothing burns into the panel. Whoever comes near or touches wakes the first screen, and that
//! touch does nothing else.

use super::page::{Page, Photo};
use super::view;
use super::{Controller, Purpose};
use crate::domain::Fulfilment;
use crate::kiosk::protocol::{Request, Slides};
use crate::kiosk::words;
use crate::pictures::Sight;

/// Seconds until a picture that was still being read is asked for again.
const SOON_S: u32 = 1;
/// Seconds until the next is tried when a file is no picture.
const LATER_S: u32 = 60;

/// Whose turn it is, and for how long.
#[derive(Debug, Default)]
pub struct SlideShow {
    turn: u32,
    rest_s: u32,
}

impl Controller {
    /// Seconds without a touch: begins, goes on to the next slide, or ends where there is none.
    pub(super) fn tick_slides(&mut self, seconds: u32) {
        let Some(slides) = self.today.as_ref().and_then(|today| today.slides) else {
            self.wake();
            return;
        };
        let showing = matches!(self.page(), Page::Slides(_));
        if !showing && !self.may_show_slides(slides) {
            return;
        }
        self.slides.rest_s = self.slides.rest_s.saturating_sub(seconds);
        if self.slides.rest_s == 0 {
            self.next_slide(slides);
        }
    }

    /// Whether nobody has been at the first screen for long enough, and it has nothing to say.
    fn may_show_slides(&self, slides: Slides) -> bool {
        matches!(self.page(), Page::Home)
            && self.paper_only.is_none()
            && !self.somebody_was_here()
            && self.clock.idle_s() >= slides.after_s
    }

    /// Photographs one after the other, then the lunch by itself.
    fn next_slide(&mut self, slides: Slides) {
        if self.waiting.iter().any(|w| w.purpose == Purpose::Slide && w.visit == self.visit) {
            return;
        }
        let place = self.slides.turn % (slides.count + 1);
        if place == slides.count && matches!(self.page(), Page::Slides(_)) {
            self.show_slide(None, slides.each_s);
        } else {
            let turn = place % slides.count.max(1);
            self.ask(Purpose::Slide, Request::Slide { turn });
        }
    }

    pub(super) fn slide_came(&mut self, sight: Sight) {
        let Some(slides) = self.today.as_ref().and_then(|today| today.slides) else { return };
        let showing = matches!(self.page(), Page::Slides(_));
        if !showing && !self.may_show_slides(slides) {
            return;
        }
        match sight {
            Sight::Photo { picture, title, by } => {
                self.show_slide(Some(Photo { picture, title, by }), slides.each_s);
            }
            Sight::Coming => self.slides.rest_s = SOON_S,
            Sight::Nothing if showing => self.show_slide(None, slides.each_s),
            Sight::Nothing => {
                self.slides.turn = self.slides.turn.wrapping_add(1);
                self.slides.rest_s = LATER_S;
            }
        }
    }

    fn show_slide(&mut self, photo: Option<Photo>, each_s: u32) {
        let turn = self.slides.turn;
        self.slides = SlideShow { turn: turn.wrapping_add(1), rest_s: each_s };
        self.pages.truncate(1);
        self.push(Page::Slides(Box::new((turn, photo))));
    }

    /// Somebody came near: the first screen is there before they touch it.
    pub(super) fn somebody_came(&mut self) {
        if matches!(self.page(), Page::Home | Page::Slides(_)) && !self.somebody_was_here() {
            self.clock.touched();
        }
        self.wake();
    }

    /// The first screen again; says whether slides were shown.
    pub(super) fn wake(&mut self) -> bool {
        let showing = matches!(self.page(), Page::Slides(_));
        if showing {
            self.pages.truncate(1);
            self.clock.touched();
            self.slides.rest_s = 0;
            self.refresh();
        }
        showing
    }

    /// What a touch on a sleeping screen is good for.
    pub(super) fn wake_words(&self) -> &'static str {
        words::wake_up(self.lang, self.can_order())
    }

    fn can_order(&self) -> bool {
        self.today.as_ref().is_some_and(|today| {
            Fulfilment::ALL.iter().any(|way| Self::obstacle(today, *way).is_none())
        })
    }

    pub(super) fn show_slides(&self, turn: u32, photo: Option<&Photo>) -> view::Slides {
        let lang = self.lang;
        let home = self.show_home();
        let open = self.can_order();
        view::Slides {
            picture: photo.map(|photo| photo.picture.clone()),
            title: photo.map(|photo| photo.title.clone()).unwrap_or_default(),
            by: photo.map(|photo| words::photographer(lang, &photo.by)).unwrap_or_default(),
            headline: home.headline,
            dishes: home.dishes,
            text: home.text,
            call: self.wake_words().to_owned(),
            call_other: words::wake_up(lang.other(), open).to_owned(),
            clock: home.clock,
            other_side: turn % 2 == 1,
        }
    }
}

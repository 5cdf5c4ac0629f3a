//! The first screen.

use slint::ComponentHandle;

use super::{Lists, Touches, pictures};
use crate::kiosk::controller::Action;
use crate::kiosk::controller::view::{self, Screen};
use crate::kiosk::generated::{AsLastAdapter, HomeAdapter, KioskWindow};

pub(super) fn connect(window: &KioskWindow, touches: &Touches) {
    let adapter = window.global::<HomeAdapter>();
    adapter.on_my_order(touches.always(Action::MyOrder));
    adapter.on_called_numbers(touches.always(Action::Called));
    adapter.on_duty(touches.always(Action::Duty));
    let known = window.global::<AsLastAdapter>();
    known.on_week_touched(touches.always(Action::Week));
    known.on_as_last(touches.chooser(|screen| match screen {
        Screen::Home(home) => Some(&home.as_last),
        _ => None,
    }));
    adapter.on_way(touches.chooser(|screen| match screen {
        Screen::Home(home) => Some(&home.ways),
        _ => None,
    }));
    adapter.on_date_chosen(touches.chooser(|screen| match screen {
        Screen::Home(home) => Some(&home.dates),
        _ => None,
    }));
}

pub(super) fn show(window: &KioskWindow, home: &view::Home, lists: &Lists) {
    let adapter = window.global::<HomeAdapter>();
    adapter.set_date(home.date.as_str().into());
    adapter.set_clock(home.clock.as_str().into());
    adapter.set_headline(home.headline.as_str().into());
    adapter.set_text(home.text.as_str().into());
    adapter.set_price(home.price.as_str().into());
    adapter.set_facts(home.facts.as_str().into());
    adapter.set_greeting(home.greeting.as_str().into());
    adapter.set_called(home.called.as_str().into());
    adapter.set_dishes(lists.texts(adapter.get_dishes(), &home.dishes));
    adapter.set_plates(lists.renew(adapter.get_plates(), pictures::plates(&home.plates)));
    adapter.set_ways(lists.choices(adapter.get_ways(), &home.ways));
    adapter.set_dates(lists.choices(adapter.get_dates(), &home.dates));
    let known = window.global::<AsLastAdapter>();
    known.set_week(home.week);
    known.set_tile(lists.choices(known.get_tile(), &home.as_last));
}

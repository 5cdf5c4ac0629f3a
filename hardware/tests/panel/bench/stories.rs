//! The stories.

use super::{Bench, Input, SOON, comes};
use clubhouse_hardware::panel::{Buzz, Lamp, LampColour, PanelEvent};
use std::sync::mpsc::TryRecvError;
use std::time::Duration;

pub fn each_change_is_told_once_and_in_order(bench: &dyn Bench) {
    let (_panel, events) = bench.open();
    // Who has a sensor may say at the start that nobody is there.
    while events.recv_timeout(Duration::from_millis(100)) == Ok(PanelEvent::Presence(false)) {}
    let story = [
        (Input::Help, true, Some(PanelEvent::HelpPressed)),
        (Input::Help, false, None),
        (Input::Presence, true, Some(PanelEvent::Presence(true))),
        (Input::PowerFail, true, Some(PanelEvent::PowerFailing)),
        (Input::Ready, true, Some(PanelEvent::ReadyKey)),
        (Input::Ready, false, None),
        (Input::PowerFail, false, Some(PanelEvent::PowerBack)),
        (Input::Presence, false, Some(PanelEvent::Presence(false))),
        (Input::Help, true, Some(PanelEvent::HelpPressed)),
        (Input::Help, false, None),
    ];
    for (input, on, told) in story {
        bench.put(input, on);
        match told {
            Some(event) => assert_eq!(events.recv_timeout(SOON), Ok(event), "{input:?} {on}"),
            // Longer than any contact bounces.
            None => assert!(events.recv_timeout(Duration::from_millis(60)).is_err(), "{input:?}"),
        }
    }
    assert_eq!(events.try_recv(), Err(TryRecvError::Empty), "the panel is still there");
}

pub fn each_lamp_is_seen(bench: &dyn Bench) {
    let (mut panel, _events) = bench.open();
    let colours = [LampColour::Green, LampColour::Amber, LampColour::Red, LampColour::Off];
    for lamp in
        colours.into_iter().flat_map(|colour| [Lamp::steady(colour), Lamp::blinking(colour)])
    {
        panel.set_lamp(lamp).unwrap();
        assert!(bench.shows(lamp), "{lamp}");
        panel.set_lamp(lamp).unwrap();
        assert!(bench.shows(lamp), "{lamp}, asked for twice");
    }
    assert_eq!(panel.check(), Ok(()));
}

pub fn each_pattern_is_heard(bench: &dyn Bench) {
    let (mut panel, _events) = bench.open();
    let ms = Duration::from_millis;
    for (buzz, sounds) in [
        (Buzz::once(ms(150)), 1),
        (Buzz::times(3, ms(150), ms(150)), 3),
        // Two seconds on and off in turns would be for ever: five seconds hold one and a half.
        (Buzz::times(200, ms(1500), ms(1500)), 2),
    ] {
        let heard = bench.sounds(&mut || panel.buzz(buzz).unwrap());
        assert_eq!(heard, sounds, "{buzz:?}");
    }
}

pub fn a_broken_one_says_so(bench: &dyn Bench) {
    let (mut panel, _events) = bench.open();
    panel.set_lamp(Lamp::steady(LampColour::Green)).unwrap();
    assert_eq!(panel.check(), Ok(()));
    bench.break_it();
    let mut red = false;
    let said = comes(|| {
        red = !red;
        let colour = if red { LampColour::Red } else { LampColour::Green };
        panel.set_lamp(Lamp::steady(colour)).is_err() && panel.check().is_err()
    });
    assert!(said, "it went on as if nothing had happened");
}

//! What the lamp shows, what the buzzer calls for, and what the inputs do.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clubhouse_hardware::panel::{PanelError, PanelEvent, SimulatedPanel};
use clubhouse_hardware::printer::Fault;
use clubhouse_kiosk::config::{Deliveries, Settings};
use clubhouse_kiosk::counter::{Deadline, NewOrder};
use clubhouse_kiosk::domain::{Fulfilment, Role, ServiceDate};
use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
use clubhouse_kiosk::panel_watch::{Alarm, Arrivals, Follower, Power, Sound, Watched, watch};
use clubhouse_kiosk::paper_only::Switch;
use clubhouse_kiosk::routing::{Options, Unattended};
use clubhouse_kiosk::wiring::Machine;

use super::{Running, comes};
use crate::support::pages::Pages;
use crate::support::{Clubhouse, delivery, tuesday, wish};

#[test]
fn the_help_button_is_the_screens_own_key() {
    let running = Running::with(|settings| settings.panel.help_repeat_s = 0);
    let pages = Pages::of(&running.club);
    let kitchen = pages.signed_in(Role::Kitchen);
    kitchen.get("/today").hides(&["叫人帮忙"]);
    assert!(running.panel.press(PanelEvent::HelpPressed));
    running.shows("red");
    running.heard(&[Sound::Help]);
    let action = kitchen.get("/today").says(&["叫人帮忙"]).after("action=\"/today/help/");

    // Pressed again, and at the screen: the same call, heard again.
    running.panel.press(PanelEvent::HelpPressed);
    running.heard(&[Sound::Help, Sound::Help]);
    let mut clerk = running.machine.clerk();
    assert!(matches!(clerk.answer(Request::Help), Reply::HelpCalled));
    running.heard(&[Sound::Help; 3]);
    assert_eq!(running.club.counter.help_calls().unwrap().len(), 1, "one person, one call");

    kitchen.fill("/today", &format!("/today/help/{action}"), &[]);
    running.shows("green");
    running.machine.stop();
}

#[test]
fn a_call_that_nobody_answers_is_heard_again() {
    let running = Running::with(|settings| settings.panel.help_repeat_s = 1);
    running.panel.press(PanelEvent::HelpPressed);
    running.heard(&[Sound::Help; 3]);
    running.machine.stop();
}

#[test]
fn the_lamp_is_amber_for_soon_and_red_for_now() {
    let running = Running::with(|_| {});
    let printer = &running.machine.printer;
    let fault = |fault, on| {
        printer.set_fault(fault, on);
        // The printer is looked at when a paper is due.
        running.club.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
        running.machine.bell.ring();
    };
    fault(Fault::PaperLow, true);
    running.shows("amber");
    fault(Fault::PaperOut, true);
    running.shows("red, blinking");
    running.heard(&[Sound::Fault]);
    fault(Fault::PaperOut, false);
    fault(Fault::PaperLow, false);
    running.shows("green");
    running.machine.stop();
}

#[test]
fn orders_on_paper_are_red_and_a_day_left_open_is_amber() {
    let running = Running::with(|_| {});
    let switch = Switch::new(running.club.house.folder());
    switch.set(true).unwrap();
    running.shows("red, blinking");
    switch.set(false).unwrap();
    running.shows("green");
    running.club.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    running.club.house.clock.set("2026-11-25T09:00:00+08:00".parse().unwrap());
    running.shows("amber");
    running.heard(&[]);
    running.machine.stop();
}

#[test]
fn a_delivery_for_today_is_heard_and_a_late_one_more_so() {
    let running = Running::with(|_| {});
    let club = &running.club;
    let ahead: ServiceDate = "2026-11-25".parse().unwrap();
    let place = |wish: &NewOrder| club.counter.place(wish, "kiosk").unwrap();
    place(&wish(Fulfilment::EatIn));
    place(&NewOrder { date: ahead, ..delivery(&club.senior(0)) });
    place(&delivery(&club.senior(1)));
    running.heard(&[Sound::Delivery]);
    let badge = club.registry.volunteers().unwrap()[0].badge;
    club.dispatch.put_on_duty(tuesday(), &[badge]).unwrap();
    club.at("10:01");
    club.dispatch.plan_rounds(tuesday(), &Options::default(), &Unattended).unwrap();
    // After the cut-off only the desk takes one.
    let late = delivery(&club.senior(2));
    club.counter.place_by(&late, Deadline::Waived, "office").unwrap();
    running.heard(&[Sound::Delivery, Sound::LateDelivery]);
    running.machine.stop();
}

#[test]
fn a_house_may_want_to_hear_of_late_deliveries_only() {
    let running = Running::with(|settings| settings.panel.deliveries = Deliveries::Late);
    let club = &running.club;
    club.counter.place(&delivery(&club.senior(1)), "kiosk").unwrap();
    // Help is heard behind everything that was called before.
    running.panel.press(PanelEvent::HelpPressed);
    running.shows("red");
    running.heard(&[Sound::Help]);
    running.machine.stop();
}

#[test]
fn in_quiet_hours_only_help_is_heard() {
    let running = Running::with(|settings| {
        settings.panel.quiet_from = jiff::civil::time(9, 0, 0, 0);
        settings.panel.quiet_until = jiff::civil::time(12, 0, 0, 0);
        settings.panel.help_repeat_s = 0;
    });
    running.machine.alarm.no_answer();
    running.machine.alarm.sound(Sound::Fault);
    running.panel.press(PanelEvent::HelpPressed);
    running.heard(&[Sound::Help]);
    running.club.at("12:00");
    running.machine.alarm.no_answer();
    running.heard(&[Sound::Help, Sound::NoAnswer]);
    running.machine.stop();
}

#[test]
fn the_sensor_says_who_came_and_who_left() {
    let running = Running::with(|_| {});
    let there = running.machine.arrivals.somebody_there();
    assert_eq!(*there.borrow(), None, "nothing is known before the sensor says it");
    for there_now in [true, false, true] {
        running.panel.press(PanelEvent::Presence(there_now));
        comes(|| *there.borrow() == Some(there_now), || format!("{there_now} was not told"));
    }
    running.machine.stop();
}

#[test]
fn a_board_that_is_pulled_comes_back_by_itself() {
    let club = Clubhouse::new();
    let (twin, first) = SimulatedPanel::new();
    let (alarm, calls) = Alarm::new();
    let (follower, work) = Follower::new(club.house.clone(), club.board.clone(), alarm.clone());
    let arrivals = Arrivals::default();
    let there = arrivals.somebody_there();
    let watched = Watched {
        house: club.house.clone(),
        board: club.board.clone(),
        follower,
        calls,
        alarm,
        arrivals,
        power: Power::new(Duration::from_secs(5)),
        retry: Duration::from_millis(50),
    };
    let stopping = Arc::new(AtomicBool::new(false));
    let (mut first, opened) = (Some(first), twin.clone());
    let open = Box::new(move || {
        let events = first.take().map_or_else(|| opened.reopen(), Ok)?;
        Ok::<_, PanelError>((Box::new(opened.clone()) as _, events))
    });
    let (ends, looks) = (stopping.clone(), stopping.clone());
    let thread = std::thread::spawn(move || watch(open, watched, &ends));
    let looking = std::thread::spawn(move || work.run(&looks));
    twin.press(PanelEvent::Presence(true));
    comes(|| *there.borrow() == Some(true), || "nobody came".into());

    twin.set_broken(true);
    comes(|| there.borrow().is_none(), || "a dead sensor went on telling".into());
    twin.set_broken(false);
    comes(
        || {
            twin.press(PanelEvent::HelpPressed);
            !club.counter.help_calls().unwrap().is_empty()
        },
        || "the button is dead".into(),
    );
    comes(|| twin.lamp().to_string() == "red", || "the lamp is dead".into());
    stopping.store(true, Ordering::Relaxed);
    thread.join().unwrap();
    looking.join().unwrap();
    assert_eq!(twin.lamp().to_string(), "off", "who stops turns the lamp off");
}

#[test]
fn without_its_board_the_kiosk_serves_all_the_same() {
    let mut settings = Settings::default();
    settings.panel.backend = "gpiocdev".into();
    settings.panel.chip = "/dev/gpiochip-none".into();
    let club = Clubhouse::with(settings);
    let machine = Machine::start(club.house.clone()).unwrap();
    let mut clerk = machine.clerk();
    let placed = clerk.answer(Request::Place(wish(Fulfilment::EatIn)));
    assert!(matches!(placed, Reply::Placed(_)), "{placed:?}");
    assert!(matches!(clerk.answer(Request::Help), Reply::HelpCalled));
    assert!(!machine.fallen().load(Ordering::Relaxed));
    machine.stop();
}

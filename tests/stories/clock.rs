//! What time it is, on a machine that forgets it each night.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use clubhouse_kiosk::clock::Clock;
use clubhouse_kiosk::clock_trust::{Sources, Trust, Watch};
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::domain::{Fulfilment, Refusal};
use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::kiosk::controller::Action;
use clubhouse_kiosk::kiosk::controller::view::Screen;
use clubhouse_kiosk::paper_only::PaperOnly;
use clubhouse_kiosk::schedule;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use crate::support::kiosk::Bare;
use crate::support::{Clubhouse, wish};

/// A machine whose clocks are files.
struct Machine {
    folder: TempDir,
    settings: Settings,
}

impl Machine {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let settings = Settings { data: folder.path().to_owned(), ..Settings::default() };
        let machine = Self { folder, settings };
        machine.boots("first");
        machine
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn boots(&self, id: &str) {
        fs::write(self.path("boot"), id).unwrap();
    }

    fn battery_clock(&self, seconds: i64) {
        let rtc = self.path("rtc/rtc0");
        fs::create_dir_all(&rtc).unwrap();
        fs::write(rtc.join("hctosys"), "1\n").unwrap();
        fs::write(rtc.join("since_epoch"), format!("{seconds}\n")).unwrap();
    }

    fn watch(&self, clock: &Clock) -> Watch {
        let sources = Sources {
            synchronised: self.path("synchronized"),
            rtc: self.path("rtc"),
            boot: self.path("boot"),
        };
        Watch::by(clock.clone(), &self.settings, sources)
    }
}

fn in_a_year() -> Timestamp {
    Timestamp::now() + SignedDuration::from_hours(365 * 24)
}

#[test]
fn nothing_is_sold_printed_or_planned_before_somebody_knows_the_time() {
    let machine = Machine::new();
    let mut club = Clubhouse::new();
    let clock = Clock::system();
    club.house.clock = clock.clone();
    assert_eq!(machine.watch(&clock).look(None), None);
    let counter = clubhouse_kiosk::counter::Counter::new(club.house.clone());
    let refused = counter.place(&wish(Fulfilment::EatIn), "kiosk");
    assert!(matches!(refused, Err(Error::Refused(Refusal::ClockUnknown))), "{refused:?}");
    let (done, failed) = schedule::tick(&club.house);
    assert!(done.is_empty() && failed.is_empty());
}

#[test]
fn the_networks_time_is_believed_and_wins_over_a_person() {
    let machine = Machine::new();
    let clock = Clock::system();
    let watch = machine.watch(&clock);
    watch.confirm(in_a_year()).unwrap();
    assert_eq!(watch.look(None), Some(Trust::Person));
    assert!(clock.now() > Timestamp::now() + SignedDuration::from_hours(24));
    fs::write(machine.path("synchronized"), "").unwrap();
    assert_eq!(watch.look(None), Some(Trust::Network));
    assert!(clock.now().duration_since(Timestamp::now()).as_secs().abs() < 5);
}

#[test]
fn what_a_person_said_holds_for_a_restart_of_the_kiosk_but_not_of_the_machine() {
    let machine = Machine::new();
    machine.watch(&Clock::system()).confirm(in_a_year()).unwrap();
    let again = Clock::system();
    assert_eq!(machine.watch(&again).look(None), Some(Trust::Person));
    assert!(again.now() > Timestamp::now() + SignedDuration::from_hours(24));
    machine.boots("second");
    let clock = Clock::system();
    assert_eq!(machine.watch(&clock).look(None), None);
    assert!(clock.is_doubtful());
}

#[test]
fn a_battery_clock_counts_unless_it_lost_its_battery_or_stands_before_the_last_order() {
    let machine = Machine::new();
    let clock = Clock::system();
    machine.battery_clock(12);
    assert_eq!(machine.watch(&clock).look(None), None, "it began in 1970");
    machine.battery_clock(Timestamp::now().as_second());
    assert_eq!(machine.watch(&clock).look(None), Some(Trust::Battery));
    assert_eq!(machine.watch(&clock).look(Some(in_a_year())), None, "an order is ahead of it");
}

#[test]
fn a_demonstration_and_a_house_that_says_so_are_never_asked() {
    let mut machine = Machine::new();
    machine.settings.clock.check = false;
    assert_eq!(machine.watch(&Clock::system()).look(None), Some(Trust::Settings));
    machine.settings.clock.check = true;
    machine.settings.demonstration = Some(jiff::civil::datetime(2026, 11, 24, 9, 40, 0, 0));
    assert_eq!(machine.watch(&Clock::system()).look(None), Some(Trust::Settings));
}

#[test]
fn staff_put_the_time_right_at_the_screen() {
    let mut kiosk = Bare::new(|s| s.paper_only = Some(PaperOnly::Clock));
    let Screen::PaperOnly(page) = kiosk.controller.view().screen else { panic!("paper") };
    assert!(page.staff.contains("核对时间"));
    kiosk.touches([Action::Duty, Action::Staff]);
    kiosk.digits(&[1, 2, 3, 4]);
    let Screen::List(keys) = kiosk.controller.view().screen else { panic!("a list") };
    assert_eq!((keys.rows[0].text.as_str(), &keys.rows[0].action), ("核对时间", &Action::Clock));
    kiosk.touches([Action::Clock, Action::MoveClock(24 * 60), Action::MoveClock(-60)]);
    let Screen::List(question) = kiosk.controller.view().screen else { panic!("a list") };
    assert!(
        question.text.contains("11月24日") && question.text.contains("16:12"),
        "{}",
        question.text
    );
    kiosk.touch(Action::Confirm);
    kiosk.touch(Action::StartOver);
    assert!(matches!(kiosk.controller.view().screen, Screen::Home(_)));
}

#[test]
fn the_clerk_takes_no_time_before_the_last_order() {
    use clubhouse_kiosk::kiosk::protocol::{Reply, Request};
    let machine = Machine::new();
    let club = Clubhouse::new();
    club.counter.place(&wish(Fulfilment::EatIn), "kiosk").unwrap();
    let mut house = club.house.clone();
    house.settings = Arc::new(machine.settings.clone());
    house.clock = Clock::system();
    machine.watch(&house.clock).look(None);
    let mut clerk = clubhouse_kiosk::kiosk::worker::Worker::new(
        house.clone(),
        club.board.clone(),
        clubhouse_kiosk::printing::Bell::default(),
        clubhouse_kiosk::panel_watch::Alarm::new().0,
    );
    assert!(matches!(
        clerk.answer(Request::Refresh { date: None }),
        Reply::PaperOnly(PaperOnly::Clock)
    ));
    let yesterday = jiff::civil::datetime(2026, 11, 23, 9, 0, 0, 0);
    let refused = clerk.answer(Request::ConfirmClock(yesterday));
    assert!(matches!(refused, Reply::Refused(Refusal::ClockSetBack { .. })), "{refused:?}");
    let right = jiff::civil::datetime(2026, 11, 24, 9, 50, 0, 0);
    let Reply::Staff(view) = clerk.answer(Request::ConfirmClock(right)) else { panic!("staff") };
    assert_eq!(view.clock, None);
    assert!(matches!(clerk.answer(Request::Refresh { date: None }), Reply::Today(_)));
    let noted = fs::read_to_string(machine.path("clock.json"));
    assert!(Path::new("/proc/sys/kernel/random/boot_id").exists() == noted.is_ok());
}

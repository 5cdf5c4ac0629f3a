//! The power goes: everything that was told is on disk, the machine is asked to halt, nothing starts again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clubhouse_hardware::panel::PanelEvent;
use clubhouse_kiosk::domain::{Fulfilment, Menu};
use clubhouse_kiosk::panel_watch::Supply;
use clubhouse_kiosk::store::Store;
use clubhouse_kiosk::wiring::Ended;

use super::{Running, comes};
use crate::support::{tuesday, wish};

fn log_of(store: &Store) -> u64 {
    let mut name = store.path().as_os_str().to_owned();
    name.push("-wal");
    std::fs::metadata(name).map_or(0, |log| log.len())
}

#[test]
fn a_short_failure_does_nothing() {
    let running = Running::with(|settings| settings.panel.power_fail_s = 600);
    running.panel.press(PanelEvent::PowerFailing);
    let supply = || running.machine.power.supply();
    comes(|| matches!(supply(), Supply::Failing { .. }), || format!("{:?}", supply()));
    running.panel.press(PanelEvent::PowerBack);
    comes(|| supply() == Supply::Well, || format!("{:?}", supply()));
    assert!(!running.machine.power.is_gone());
    running.heard(&[]);
    running.machine.stop();
}

#[test]
fn when_the_power_goes_nothing_told_is_lost_and_the_machine_is_asked_to_halt() {
    let folder = tempfile::TempDir::new().unwrap();
    let wish_file = folder.path().join("halt");
    std::fs::write(&wish_file, "from a run before").unwrap();
    let file = wish_file.clone();
    let running = Running::with(move |settings| {
        settings.panel.power_fail_s = 0;
        settings.panel.halt = file;
    });
    assert!(!wish_file.exists(), "an old wish was granted");

    // Two people order as fast as they can, until the power goes; a fast machine sells out a day's menu.
    let menu = running.club.counter.day(tuesday()).unwrap().menu.unwrap();
    let plenty = Menu { portions: 1_000_000, ..menu };
    running.club.counter.write_menus(&[plenty], &BTreeMap::new()).unwrap();
    let power = running.machine.power.clone();
    let ordering: Vec<_> = (0..2)
        .map(|_| {
            let (counter, power) = (running.club.counter.clone(), power.clone());
            std::thread::spawn(move || {
                let mut told = Vec::new();
                while !power.is_gone() {
                    told.push(counter.place(&wish(Fulfilment::TakeAway), "kiosk").unwrap());
                }
                told
            })
        })
        .collect();
    let placed = || running.club.counter.orders(tuesday()).unwrap().len();
    comes(|| placed() >= 5, || "nobody orders".into());
    running.panel.press(PanelEvent::PowerFailing);
    comes(|| power.is_gone(), || "the power is not gone".into());
    let told: Vec<_> = ordering.into_iter().flat_map(|person| person.join().unwrap()).collect();
    assert!(log_of(&running.club.house.store) > 0, "there is something to close");
    assert!(!wish_file.exists(), "halted before it was closed");

    let Running { club, machine, panel } = running;
    let closing = machine.close();
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = stop.clone();
    let end = std::thread::spawn(move || closing.finish(&stopped));
    comes(|| wish_file.exists(), || "no halt was asked for".into());
    assert_eq!(panel.lamp().to_string(), "off", "the dark lamp says that it is safe");
    assert_eq!(log_of(&club.house.store), 0, "the file alone is everything");
    // The power comes back too late: a halt can't be taken back.
    panel.press(PanelEvent::PowerBack);
    comes(|| power.supply() == Supply::Back, || format!("{:?}", power.supply()));
    assert!(!end.is_finished());
    stop.store(true, Ordering::Relaxed);
    assert_eq!(end.join().unwrap(), Ended::Told);

    let copy = folder.path().join("carried-away.sqlite");
    std::fs::copy(club.house.store.path(), &copy).unwrap();
    let house =
        clubhouse_kiosk::house::House { store: Store::open(&copy).unwrap(), ..club.house.clone() };
    let kept = clubhouse_kiosk::counter::Counter::new(house).orders(tuesday()).unwrap();
    assert_eq!(kept.len(), told.len());
    for order in &told {
        assert!(kept.iter().any(|k| k.id == order.id && k.number == order.number));
    }
}

#[test]
fn power_that_comes_back_lets_the_kiosk_start_again() {
    let running = Running::with(|settings| settings.panel.power_fail_s = 0);
    running.panel.press(PanelEvent::PowerFailing);
    let power = running.machine.power.clone();
    comes(|| power.is_gone(), || "the power is not gone".into());
    let Running { machine, panel, .. } = running;
    let closing = machine.close();
    panel.press(PanelEvent::PowerBack);
    assert_eq!(closing.finish(&AtomicBool::new(false)), Ended::PowerBack);
}

#[test]
fn a_machine_that_nobody_halts_is_not_left_without_a_kiosk() {
    let running = Running::with(|settings| settings.panel.power_fail_s = 0);
    running.panel.press(PanelEvent::PowerFailing);
    let power = running.machine.power.clone();
    comes(|| power.is_gone(), || "the power is not gone".into());
    let closing = running.machine.close().waiting(Duration::from_millis(10));
    assert_eq!(closing.finish(&AtomicBool::new(false)), Ended::StillOn);
}

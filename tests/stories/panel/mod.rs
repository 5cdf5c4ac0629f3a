//! Lamp, buzzer, buttons and the power-fail line beside the screen, on the simulated panel.

mod power;
mod walk;
mod watch;

use std::time::{Duration, Instant};

use clubhouse_hardware::panel::SimulatedPanel;
use clubhouse_kiosk::config::Settings;
use clubhouse_kiosk::panel_watch::Sound;
use clubhouse_kiosk::wiring::Machine;

use crate::support::Clubhouse;

/// A clubhouse whose machine runs without a window.
struct Running {
    club: Clubhouse,
    machine: Machine,
    panel: SimulatedPanel,
}

impl Running {
    fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::default();
        change(&mut settings);
        let club = Clubhouse::with(settings);
        let machine = Machine::start(club.house.clone()).unwrap();
        let panel = machine.panel.clone().unwrap();
        let running = Self { club, machine, panel };
        running.shows("green");
        running
    }

    /// Waits until the lamp shows this.
    #[track_caller]
    fn shows(&self, lamp: &str) {
        comes(
            || self.panel.lamp().to_string() == lamp,
            || format!("the lamp is {}, not {lamp}", self.panel.lamp()),
        );
    }

    /// Waits until exactly these were heard since the start.
    #[track_caller]
    fn heard(&self, sounds: &[Sound]) {
        let patterns: Vec<_> = sounds.iter().map(|sound| sound.pattern()).collect();
        comes(
            || self.panel.heard() == patterns,
            || format!("{:?} instead of {sounds:?}", self.panel.heard()),
        );
    }
}

/// Waits until something is so.
#[track_caller]
fn comes(mut so: impl FnMut() -> bool, otherwise: impl FnOnce() -> String) {
    let until = Instant::now() + Duration::from_secs(30);
    while !so() {
        assert!(Instant::now() < until, "{}", otherwise());
        std::thread::yield_now();
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

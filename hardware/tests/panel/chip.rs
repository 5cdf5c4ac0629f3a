//! The kernel's simulated chip on the bench, and what only lines have: bounces, pulls, other holders.

use crate::bench::{Bench, Input, SOON, comes};
use clubhouse_hardware::panel::{
    ActiveLevel, ChipPanel, InputPin, Lamp, LampColour, OutputPin, Panel, PanelError, PanelEvent,
    PanelEvents, PinNumber, Pins, Pull,
};
use gpiocdev::Request;
use gpiocdev::line::Value;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const GREEN: u16 = 0;
const RED: u16 = 2;
const BUZZER: u16 = 3;
const HELP: u16 = 4;
const PRESENCE: u16 = 5;
const READY: u16 = 6;
const POWER_FAIL: u16 = 7;
const LINES: u16 = 16;

/// A chip of its own for each story, gone at its end.
pub struct SimulatedChip {
    config: PathBuf,
    lines: PathBuf,
    path: PathBuf,
}

impl SimulatedChip {
    pub fn new(name: &str) -> Self {
        let config = PathBuf::from("/sys/kernel/config/gpio-sim").join(name);
        let bank = config.join("bank0");
        std::fs::create_dir(&config).unwrap();
        std::fs::create_dir(&bank).unwrap();
        std::fs::write(bank.join("num_lines"), LINES.to_string()).unwrap();
        std::fs::write(config.join("live"), "1").unwrap();
        let read = |path: PathBuf| std::fs::read_to_string(path).unwrap().trim().to_owned();
        let (device, chip) = (read(config.join("dev_name")), read(bank.join("chip_name")));
        let path = PathBuf::from("/dev").join(&chip);
        assert!(comes(|| path.exists()), "{}", path.display());
        let lines = PathBuf::from("/sys/devices/platform").join(device).join(&chip);
        let chip = Self { config, lines, path };
        chip.pull(HELP, true);
        chip
    }

    fn pins() -> Pins {
        let output = |pin, active| Some(OutputPin { pin: PinNumber(pin), active });
        let input = |pin, active, pull| Some(InputPin { pin: PinNumber(pin), active, pull });
        Pins {
            lamp_green: output(GREEN, ActiveLevel::High),
            lamp_red: output(RED, ActiveLevel::Low),
            buzzer: output(BUZZER, ActiveLevel::High),
            help: input(HELP, ActiveLevel::Low, Pull::Up),
            presence: input(PRESENCE, ActiveLevel::High, Pull::Down),
            ready: input(READY, ActiveLevel::High, Pull::Down),
            power_fail: input(POWER_FAIL, ActiveLevel::High, Pull::None),
            ..Pins::default()
        }
    }

    fn line(&self, line: u16, what: &str) -> PathBuf {
        self.lines.join(format!("sim_gpio{line}")).join(what)
    }

    /// Drives a line from outside.
    fn pull(&self, line: u16, up: bool) {
        let word = if up { "pull-up" } else { "pull-down" };
        std::fs::write(self.line(line, "pull"), word).unwrap();
    }

    /// The level of a line.
    fn is_high(&self, line: u16) -> bool {
        std::fs::read_to_string(self.line(line, "value")).unwrap().trim() == "1"
    }

    /// The colour, by the levels.
    fn colour(&self) -> LampColour {
        match (self.is_high(GREEN), !self.is_high(RED)) {
            (false, false) => LampColour::Off,
            (true, false) => LampColour::Green,
            (false, true) => LampColour::Red,
            (true, true) => LampColour::Amber,
        }
    }
}

impl Drop for SimulatedChip {
    fn drop(&mut self) {
        let _ = std::fs::write(self.config.join("live"), "0");
        let _ = std::fs::remove_dir(self.config.join("bank0"));
        let _ = std::fs::remove_dir(&self.config);
    }
}

impl Bench for SimulatedChip {
    fn open(&self) -> (Box<dyn Panel>, PanelEvents) {
        let (panel, events) = ChipPanel::open(&self.path, &Self::pins()).unwrap();
        (Box::new(panel), events)
    }

    fn put(&self, input: Input, on: bool) {
        match input {
            Input::Help => self.pull(HELP, !on),
            Input::Presence => self.pull(PRESENCE, on),
            Input::Ready => self.pull(READY, on),
            Input::PowerFail => self.pull(POWER_FAIL, on),
        }
    }

    fn shows(&self, lamp: Lamp) -> bool {
        let lit = || self.colour() == lamp.colour;
        let dark = || self.colour() == LampColour::Off;
        if lamp.blinking {
            // One change of colour can be seen half done.
            comes(lit) && comes(dark) && comes(lit)
        } else {
            comes(lit)
        }
    }

    fn sounds(&self, play: &mut dyn FnMut()) -> u32 {
        play();
        let (mut heard, mut sounding, mut since) = (0, false, Instant::now());
        while heard == 0 && since.elapsed() < SOON || since.elapsed() < Duration::from_millis(1800)
        {
            let on = self.is_high(BUZZER);
            if on && !sounding {
                heard += 1;
            }
            if on {
                since = Instant::now();
            }
            sounding = on;
        }
        heard
    }

    fn break_it(&self) {
        std::fs::write(self.config.join("live"), "0").unwrap();
    }
}

#[test]
#[ignore = "needs gpio-sim and root"]
fn a_contact_that_bounces_is_pressed_once() {
    let chip = SimulatedChip::new("bounces");
    let (_panel, events) = chip.open();
    while events.recv_timeout(Duration::from_millis(100)).is_ok() {}
    for on in [true, false, true, false, true, false, true] {
        chip.put(Input::Help, on);
    }
    assert_eq!(events.recv_timeout(SOON), Ok(PanelEvent::HelpPressed));
    assert!(events.recv_timeout(Duration::from_millis(200)).is_err());
    // Too short for a finger.
    chip.put(Input::Ready, true);
    chip.put(Input::Ready, false);
    assert!(events.recv_timeout(Duration::from_millis(200)).is_err());
}

#[test]
#[ignore = "needs gpio-sim and root"]
fn what_is_so_at_the_start_is_told() {
    let chip = SimulatedChip::new("start");
    chip.put(Input::PowerFail, true);
    let (_panel, events) = chip.open();
    let told = [events.recv_timeout(SOON), events.recv_timeout(SOON)];
    assert_eq!(told, [Ok(PanelEvent::Presence(false)), Ok(PanelEvent::PowerFailing)]);
}

#[test]
#[ignore = "needs gpio-sim and root"]
fn a_dropped_panel_is_dark_silent_and_free() {
    let chip = SimulatedChip::new("dropped");
    for _ in 0..3 {
        let (mut panel, _events) = chip.open();
        panel.set_lamp(Lamp::steady(LampColour::Amber)).unwrap();
        panel.buzz(clubhouse_hardware::panel::Buzz::once(Duration::from_secs(5))).unwrap();
        assert!(comes(|| chip.colour() == LampColour::Amber && chip.is_high(BUZZER)));
        drop(panel);
        // A free line goes back to its pull; by its own word the kernel holds none any more.
        let chip = gpiocdev::Chip::from_path(&chip.path).unwrap();
        for line in 0..LINES {
            assert!(!chip.line_info(u32::from(line)).unwrap().used, "line {line}");
        }
    }
}

#[test]
#[ignore = "needs gpio-sim and root"]
fn a_line_in_use_names_its_holder() {
    let chip = SimulatedChip::new("in-use");
    let held = Request::builder()
        .on_chip(&chip.path)
        .with_consumer("kettle")
        .with_line(u32::from(BUZZER))
        .as_output(Value::Inactive)
        .request()
        .unwrap();
    let error = ChipPanel::open(&chip.path, &SimulatedChip::pins()).err().unwrap();
    let PanelError::InUse { name, pin, consumer, .. } = &error else { panic!("{error}") };
    assert_eq!((*name, *pin, consumer.as_str()), ("buzzer", BUZZER, "kettle"));
    assert!(error.to_string().contains("in use by kettle"), "{error}");
    drop(held);
    let (_first, _events) = chip.open();
    let error = ChipPanel::open(&chip.path, &SimulatedChip::pins()).err().unwrap();
    assert!(error.to_string().contains("in use by clubhouse-kiosk"), "{error}");
}

#[test]
#[ignore = "needs gpio-sim and root"]
fn a_line_that_the_chip_does_not_have_is_named() {
    let chip = SimulatedChip::new("lines");
    let buzzer = OutputPin { pin: PinNumber(LINES), active: ActiveLevel::High };
    let pins = Pins { buzzer: Some(buzzer), ..SimulatedChip::pins() };
    let error = ChipPanel::open(&chip.path, &pins).err().unwrap();
    assert!(error.to_string().contains("only the pins 0 to 15"), "{error}");
}

//! The header of a Raspberry Pi (or of QEMU's), its levels read past the library: from the registers.

use crate::bench::comes;
use clubhouse_hardware::panel::{
    ActiveLevel, Buzz, ChipPanel, InputPin, Lamp, LampColour, OutputPin, Panel, PanelError,
    PanelEvent, PinNumber, Pins, Pull, RaspberryPanel,
};
use gpiocdev::Request;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// GPLEV0 of a Pi 3: the levels of GPIO 0 to 31.
const LEVELS: &str = "0x3f200034";
const GREEN: u16 = 27;
const RED: u16 = 17;
const BUZZER: u16 = 22;
const HELP: u16 = 5;
/// There is one header.
static HEADER: Mutex<()> = Mutex::new(());

fn is_high(pin: u16) -> bool {
    let read = Command::new("busybox").args(["devmem", LEVELS, "32"]).output().unwrap();
    let text = String::from_utf8(read.stdout).unwrap();
    let levels = u32::from_str_radix(text.trim().trim_start_matches("0x"), 16).unwrap();
    levels & (1 << pin) != 0
}

fn pins() -> Pins {
    let output = |pin, active| Some(OutputPin { pin: PinNumber(pin), active });
    let input = |pin, active, pull| Some(InputPin { pin: PinNumber(pin), active, pull });
    Pins {
        lamp_green: output(GREEN, ActiveLevel::High),
        lamp_red: output(RED, ActiveLevel::Low),
        buzzer: output(BUZZER, ActiveLevel::High),
        // Nobody drives QEMU's inputs: they are low.
        help: input(HELP, ActiveLevel::High, Pull::Down),
        presence: input(6, ActiveLevel::Low, Pull::Up),
        ..Pins::default()
    }
}

/// Opens, shows, sounds and frees; the same on both ways to the header.
fn shows_and_frees(
    open: impl Fn() -> Result<(Box<dyn Panel>, clubhouse_hardware::panel::PanelEvents), PanelError>,
) {
    let _alone = HEADER.lock().unwrap_or_else(PoisonError::into_inner);
    for _ in 0..2 {
        let (mut panel, events) = open().unwrap();
        assert_eq!(events.recv_timeout(Duration::from_secs(5)), Ok(PanelEvent::Presence(true)));
        for (colour, green, red) in [
            (LampColour::Green, true, false),
            (LampColour::Amber, true, true),
            (LampColour::Red, false, true),
            (LampColour::Off, false, false),
        ] {
            panel.set_lamp(Lamp::steady(colour)).unwrap();
            assert!(comes(|| (is_high(GREEN), !is_high(RED)) == (green, red)), "{colour:?}");
        }
        panel.buzz(Buzz::once(Duration::from_millis(500))).unwrap();
        assert!(comes(|| is_high(BUZZER)) && comes(|| !is_high(BUZZER)));
        assert_eq!(panel.check(), Ok(()));
    }
}

#[test]
#[ignore = "needs a Raspberry Pi's header"]
fn the_registers_switch_the_header() {
    shows_and_frees(|| RaspberryPanel::open(&pins()).map(|(p, e)| (Box::new(p) as _, e)));
}

#[test]
#[ignore = "needs a Raspberry Pi's header"]
fn the_kernel_switches_the_header() {
    let chip = std::path::Path::new("/dev/gpiochip0");
    shows_and_frees(|| ChipPanel::open(chip, &pins()).map(|(p, e)| (Box::new(p) as _, e)));
}

#[test]
#[ignore = "needs a Raspberry Pi's header"]
fn a_pin_in_use_names_its_holder() {
    let _alone = HEADER.lock().unwrap_or_else(PoisonError::into_inner);
    let held = Request::builder()
        .on_chip("/dev/gpiochip0")
        .with_consumer("kettle")
        .with_line(u32::from(HELP))
        .as_input()
        .request()
        .unwrap();
    let error = RaspberryPanel::open(&pins()).err().unwrap();
    assert!(error.to_string().contains("pin 5 of /dev/gpiochip0 is in use by kettle"), "{error}");
    drop(held);
    assert!(RaspberryPanel::open(&pins()).is_ok());
}

//! The Raspberry Pi's header, by the `rppal` crate.

use super::buzz::Buzz;
use super::chip::Lookup;
use super::inputs::{DEBOUNCE, Teller, Wired, wired};
use super::outputs::{Failure, Line, Lines, Outputs};
use super::pins::{ActiveLevel, OutputPin, PinNumber, Pins, Place, Pull};
use super::{EVENT_CAPACITY, Lamp, Panel, PanelError, PanelEvent, PanelEvents};
use gpiocdev::Chip;
use rppal::gpio::{self, Gpio, Level, Trigger};
use std::sync::mpsc::{SyncSender, sync_channel};

/// A panel on the header: outputs by the registers, inputs by interrupt.
///
/// Dropping it switches all outputs off and frees the pins.
pub struct RaspberryPanel {
    outputs: Outputs,
    // Interrupts live as long as their pins.
    _inputs: Vec<gpio::InputPin>,
    // The channel stays open in a panel without a button, too.
    _events: SyncSender<PanelEvent>,
}

impl RaspberryPanel {
    /// Checks and takes the pins; off a Raspberry Pi this is [`PanelError::NoHeader`].
    pub fn open(pins: &Pins) -> Result<(Self, PanelEvents), PanelError> {
        pins.check(&Place::Header)?;
        let gpio = Gpio::new().map_err(explain)?;
        free(pins)?;
        let (sender, events) = sync_channel(EVENT_CAPACITY);
        let line = |output: Option<OutputPin>| output.map(|o| Switch::take(&gpio, o)).transpose();
        let lines = Lines {
            green: line(pins.lamp_green)?,
            amber: line(pins.lamp_amber)?,
            red: line(pins.lamp_red)?,
            buzzer: line(pins.buzzer)?,
        };
        let outputs = Outputs::start(lines, Failure::default())?;
        let inputs = wired(pins).into_iter().map(|wired| listen(&gpio, wired, sender.clone()));
        let inputs = inputs.collect::<Result<_, _>>()?;
        Ok((Self { outputs, _inputs: inputs, _events: sender }, events))
    }
}

impl Panel for RaspberryPanel {
    fn set_lamp(&mut self, lamp: Lamp) -> Result<(), PanelError> {
        self.outputs.lamp(lamp)
    }

    fn buzz(&mut self, buzz: Buzz) -> Result<(), PanelError> {
        self.outputs.buzz(buzz)
    }

    fn check(&mut self) -> Result<(), PanelError> {
        self.outputs.check()
    }
}

fn explain(error: gpio::Error) -> PanelError {
    match error {
        gpio::Error::UnknownModel => PanelError::NoHeader,
        gpio::Error::PermissionDenied(path) => PanelError::NotPermitted(path),
        other => PanelError::System(other.to_string()),
    }
}

/// The registers know no owner, so the kernel is asked who holds a pin: another program, or this
/// one in another process. Where it can't say, nobody does.
fn free(pins: &Pins) -> Result<(), PanelError> {
    let is_header = |path: &std::path::PathBuf| {
        let info = Chip::from_path(path).and_then(|chip| chip.info());
        info.is_ok_and(|info| info.label.starts_with("pinctrl-"))
    };
    let chips = gpiocdev::chip::chips().unwrap_or_default();
    let Some(header) = chips.iter().find(|path| is_header(path)) else { return Ok(()) };
    let Ok(header) = Lookup::open(header) else { return Ok(()) };
    pins.all().try_for_each(|(name, pin)| header.free(name, pin))
}

fn take(gpio: &Gpio, PinNumber(pin): PinNumber) -> Result<gpio::Pin, PanelError> {
    gpio.get(u8::try_from(pin).unwrap_or(u8::MAX)).map_err(explain)
}

fn listen(
    gpio: &Gpio,
    wired: Wired,
    sender: SyncSender<PanelEvent>,
) -> Result<gpio::InputPin, PanelError> {
    let input = wired.input;
    let pin = take(gpio, input.pin)?;
    let mut pin = match input.pull {
        Pull::None => pin.into_input(),
        Pull::Up => pin.into_input_pullup(),
        Pull::Down => pin.into_input_pulldown(),
    };
    let is_on = move |high: bool| high == (input.active == ActiveLevel::High);
    let teller = Teller::new(wired, sender);
    teller.found(is_on(pin.read() == Level::High));
    pin.set_async_interrupt(Trigger::Both, Some(DEBOUNCE), move |edge| {
        teller.changed(is_on(edge.trigger == Trigger::RisingEdge));
    })
    .map_err(explain)?;
    Ok(pin)
}

/// A pin with the level at which its thing is on.
struct Switch {
    pin: gpio::OutputPin,
    active: ActiveLevel,
}

impl Switch {
    fn take(gpio: &Gpio, OutputPin { pin, active }: OutputPin) -> Result<Self, PanelError> {
        let pin = take(gpio, pin)?;
        let pin = match active {
            ActiveLevel::High => pin.into_output_low(),
            ActiveLevel::Low => pin.into_output_high(),
        };
        Ok(Self { pin, active })
    }
}

impl Line for Switch {
    fn set(&mut self, on: bool) -> Result<(), PanelError> {
        let high = on == (self.active == ActiveLevel::High);
        self.pin.write(if high { Level::High } else { Level::Low });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn off_a_raspberry_pi_it_says_so() {
        if std::path::Path::new("/proc/device-tree/model").exists() {
            return;
        }
        assert_eq!(RaspberryPanel::open(&Pins::default()).err(), Some(PanelError::NoHeader));
    }
}

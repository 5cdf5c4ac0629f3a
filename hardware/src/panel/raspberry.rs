//! The Raspberry Pi's header, by the `rppal` crate.

use super::pins::{ActiveLevel, InputPin, OutputPin, PinNumber, Pins, Pull};
use super::{
    BLINK_HALF, EVENT_CAPACITY, LONGEST_BUZZ, Lamp, LampColour, Panel, PanelError, PanelEvent,
    PanelEvents,
};
use rppal::gpio::{self, Gpio, Level, Trigger};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

/// A contact bounces for a few milliseconds; a finger stays for at least fifty.
const DEBOUNCE: Duration = Duration::from_millis(20);
/// Orders that wait for the output thread.
const ORDERS: usize = 64;

/// What a change of an input means, `true` being pressed or present.
type Meaning = fn(bool) -> Option<PanelEvent>;

enum Order {
    Lamp(Lamp),
    Buzz(Duration),
}

/// A panel on the header: outputs on a thread of their own (blinking, the buzzer's end), inputs by interrupt.
///
/// Dropping it switches all outputs off and frees the pins.
pub struct RaspberryPanel {
    orders: SyncSender<Order>,
    // Interrupts live as long as their pins.
    _inputs: Vec<gpio::InputPin>,
}

impl RaspberryPanel {
    /// Checks and takes the pins; off a Raspberry Pi this is [`PanelError::NoHeader`].
    pub fn open(pins: &Pins) -> Result<(Self, PanelEvents), PanelError> {
        pins.check()?;
        let gpio = Gpio::new().map_err(explain)?;
        let (sender, events) = sync_channel(EVENT_CAPACITY);
        let mut inputs = Vec::new();
        let wired: [(Option<InputPin>, Meaning); 4] = [
            (pins.help, |on| on.then_some(PanelEvent::HelpPressed)),
            (pins.presence, |on| Some(PanelEvent::Presence(on))),
            (pins.ready, |on| on.then_some(PanelEvent::ReadyKey)),
            (pins.power_fail, |on| on.then_some(PanelEvent::PowerFailing)),
        ];
        for (pin, event) in wired {
            if let Some(pin) = pin {
                inputs.push(listen(&gpio, pin, event, sender.clone())?);
            }
        }
        let outputs = Outputs::open(&gpio, pins)?;
        let (orders, received) = sync_channel(ORDERS);
        std::thread::Builder::new()
            .name("panel".into())
            .spawn(move || outputs.run(&received))
            .map_err(|error| PanelError::System(error.to_string()))?;
        Ok((Self { orders, _inputs: inputs }, events))
    }

    fn order(&self, order: Order) -> Result<(), PanelError> {
        match self.orders.try_send(order) {
            // Sixty-four waiting orders are a storm: the newest may go, the next call sets things right.
            Ok(()) | Err(TrySendError::Full(_)) => Ok(()),
            Err(TrySendError::Disconnected(_)) => Err(PanelError::Gone),
        }
    }
}

impl Panel for RaspberryPanel {
    fn set_lamp(&mut self, lamp: Lamp) -> Result<(), PanelError> {
        self.order(Order::Lamp(lamp))
    }

    fn buzz(&mut self, length: Duration) -> Result<(), PanelError> {
        self.order(Order::Buzz(length.min(LONGEST_BUZZ)))
    }
}

fn explain(error: gpio::Error) -> PanelError {
    match error {
        gpio::Error::UnknownModel => PanelError::NoHeader,
        gpio::Error::PermissionDenied(path) => PanelError::NotPermitted(path),
        other => PanelError::System(other.to_string()),
    }
}

fn take(gpio: &Gpio, PinNumber(pin): PinNumber) -> Result<gpio::Pin, PanelError> {
    gpio.get(pin).map_err(explain)
}

fn listen(
    gpio: &Gpio,
    input: InputPin,
    event: Meaning,
    sender: SyncSender<PanelEvent>,
) -> Result<gpio::InputPin, PanelError> {
    let pin = take(gpio, input.pin)?;
    let mut pin = match input.pull {
        Pull::None => pin.into_input(),
        Pull::Up => pin.into_input_pullup(),
        Pull::Down => pin.into_input_pulldown(),
    };
    let is_on = move |high: bool| high == (input.active == ActiveLevel::High);
    let send = move |on: bool| {
        if let Some(event) = event(on)
            && sender.try_send(event).is_err()
        {
            tracing::warn!(
                ?event,
                "a panel event was dropped: nobody has read the last {EVENT_CAPACITY}"
            );
        }
    };
    // What is already so when the program starts makes no edge.
    if is_on(pin.read() == Level::High) {
        send(true);
    }
    pin.set_async_interrupt(Trigger::Both, Some(DEBOUNCE), move |edge| {
        send(is_on(edge.trigger == Trigger::RisingEdge));
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
    fn open(gpio: &Gpio, output: Option<OutputPin>) -> Result<Option<Self>, PanelError> {
        let Some(OutputPin { pin, active }) = output else {
            return Ok(None);
        };
        let pin = take(gpio, pin)?;
        let pin = match active {
            ActiveLevel::High => pin.into_output_low(),
            ActiveLevel::Low => pin.into_output_high(),
        };
        Ok(Some(Self { pin, active }))
    }

    fn set(switch: &mut Option<Self>, on: bool) {
        if let Some(Self { pin, active }) = switch {
            pin.write(if on == (*active == ActiveLevel::High) { Level::High } else { Level::Low });
        }
    }
}

struct Outputs {
    green: Option<Switch>,
    amber: Option<Switch>,
    red: Option<Switch>,
    buzzer: Option<Switch>,
}

impl Outputs {
    fn open(gpio: &Gpio, pins: &Pins) -> Result<Self, PanelError> {
        Ok(Self {
            green: Switch::open(gpio, pins.lamp_green)?,
            amber: Switch::open(gpio, pins.lamp_amber)?,
            red: Switch::open(gpio, pins.lamp_red)?,
            buzzer: Switch::open(gpio, pins.buzzer)?,
        })
    }

    fn show(&mut self, colour: LampColour) {
        let amber = colour == LampColour::Amber;
        let mixed = amber && self.amber.is_none();
        Switch::set(&mut self.green, colour == LampColour::Green || mixed);
        Switch::set(&mut self.amber, amber);
        Switch::set(&mut self.red, colour == LampColour::Red || mixed);
    }

    /// Obeys until the panel is dropped, then leaves everything off.
    fn run(mut self, orders: &Receiver<Order>) {
        let (mut lamp, mut lit) = (Lamp::default(), false);
        let mut next_blink = Instant::now();
        let mut quiet_at = None;
        loop {
            let now = Instant::now();
            if quiet_at.is_some_and(|at| at <= now) {
                Switch::set(&mut self.buzzer, false);
                quiet_at = None;
            }
            if lamp.blinking && next_blink <= now {
                lit = !lit;
                self.show(if lit { lamp.colour } else { LampColour::Off });
                next_blink = now + BLINK_HALF;
            }
            let wake = [lamp.blinking.then_some(next_blink), quiet_at].into_iter().flatten().min();
            let wait = wake.map_or(LONGEST_BUZZ, |at| at.saturating_duration_since(now));
            match orders.recv_timeout(wait) {
                Ok(Order::Lamp(wanted)) if wanted == lamp => {}
                Ok(Order::Lamp(wanted)) => {
                    (lamp, lit) = (wanted, true);
                    self.show(lamp.colour);
                    next_blink = Instant::now() + BLINK_HALF;
                }
                Ok(Order::Buzz(length)) => {
                    Switch::set(&mut self.buzzer, true);
                    quiet_at = Some(Instant::now() + length);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.show(LampColour::Off);
        Switch::set(&mut self.buzzer, false);
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

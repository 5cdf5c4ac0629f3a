//! Any Linux board's lines, by the kernel's GPIO character device (the `gpiocdev` crate).

use super::buzz::Buzz;
use super::inputs::{DEBOUNCE, Teller, wired};
use super::outputs::{Failure, Line, Lines, Outputs};
use super::pins::{ActiveLevel, OutputPin, PinNumber, Pins, Place, Pull};
use super::{EVENT_CAPACITY, Lamp, Panel, PanelError, PanelEvent, PanelEvents};
use gpiocdev::line::{Bias, EdgeDetection, EdgeKind, Offset, Value};
use gpiocdev::{Chip, Request};
use std::fmt::Display;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// What other programs see as the holder of the lines.
const CONSUMER: &str = "clubhouse-kiosk";
/// How soon the inputs' thread sees that the panel is dropped.
const LOOK: Duration = Duration::from_millis(100);

/// A panel on the lines of a chip: inputs are debounced by the kernel and read by a thread of their own.
///
/// Dropping it switches all outputs off and frees the lines.
pub struct ChipPanel {
    outputs: Outputs,
    // Behind the outputs: lamps go out first.
    inputs: Option<Inputs>,
    // The channel stays open in a panel without a button, too.
    _events: SyncSender<PanelEvent>,
}

impl ChipPanel {
    /// Checks and takes the lines of a chip such as `/dev/gpiochip0`.
    pub fn open(path: &Path, pins: &Pins) -> Result<(Self, PanelEvents), PanelError> {
        pins.check(&Place::Chip(path.to_owned()))?;
        let chip = Lookup::open(path)?;
        for (name, pin) in pins.all() {
            chip.free(name, pin)?;
        }
        let (sender, events) = sync_channel(EVENT_CAPACITY);
        let failure = Failure::default();
        let line = |output: Option<OutputPin>| output.map(|o| Switch::take(path, o)).transpose();
        let lines = Lines {
            green: line(pins.lamp_green)?,
            amber: line(pins.lamp_amber)?,
            red: line(pins.lamp_red)?,
            buzzer: line(pins.buzzer)?,
        };
        let outputs = Outputs::start(lines, failure.clone())?;
        let inputs = Inputs::listen(path, pins, &sender, failure)?;
        Ok((Self { outputs, inputs, _events: sender }, events))
    }
}

impl Panel for ChipPanel {
    fn set_lamp(&mut self, lamp: Lamp) -> Result<(), PanelError> {
        self.outputs.lamp(lamp)
    }

    fn buzz(&mut self, buzz: Buzz) -> Result<(), PanelError> {
        self.outputs.buzz(buzz)
    }

    fn check(&mut self) -> Result<(), PanelError> {
        self.outputs.check()?;
        match &self.inputs {
            Some(inputs) if inputs.thread.as_ref().is_some_and(JoinHandle::is_finished) => {
                Err(PanelError::Gone)
            }
            _ => Ok(()),
        }
    }
}

/// A chip that is asked about its lines before any is taken.
pub(super) struct Lookup<'a> {
    path: &'a Path,
    chip: Chip,
    lines: u32,
}

impl<'a> Lookup<'a> {
    pub(super) fn open(path: &'a Path) -> Result<Self, PanelError> {
        let missing =
            |reason: String| PanelError::NoChip { path: path.display().to_string(), reason };
        std::fs::File::open(path).map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied => PanelError::NotPermitted(path.display().to_string()),
            ErrorKind::NotFound => missing("it is not there".into()),
            _ => missing(error.to_string()),
        })?;
        let chip = Chip::from_path(path).map_err(|error| missing(error.to_string()))?;
        let lines = chip.info().map_err(|error| missing(error.to_string()))?.num_lines;
        Ok(Self { path, chip, lines })
    }

    /// Whether the chip has the line and nobody holds it; if somebody does, says who.
    pub(super) fn free(
        &self,
        name: &'static str,
        PinNumber(pin): PinNumber,
    ) -> Result<(), PanelError> {
        let chip = || self.path.display().to_string();
        if u32::from(pin) >= self.lines {
            return Err(PanelError::NoSuchLine { name, pin, chip: chip(), lines: self.lines });
        }
        let info = self.chip.line_info(Offset::from(pin)).map_err(system)?;
        if !info.used {
            return Ok(());
        }
        let consumer = if info.consumer.is_empty() { "the kernel".into() } else { info.consumer };
        Err(PanelError::InUse { name, pin, chip: chip(), consumer })
    }
}

fn system(error: impl Display) -> PanelError {
    PanelError::System(error.to_string())
}

fn stopped(error: impl Display) -> PanelError {
    PanelError::Stopped(error.to_string())
}

/// An output that the kernel switches, polarity included.
struct Switch {
    request: Request,
}

impl Switch {
    fn take(path: &Path, output: OutputPin) -> Result<Self, PanelError> {
        let mut builder = Request::builder();
        builder.on_chip(path).with_consumer(CONSUMER).with_line(Offset::from(output.pin.0));
        builder.as_output(Value::Inactive);
        if output.active == ActiveLevel::Low {
            builder.as_active_low();
        }
        Ok(Self { request: builder.request().map_err(system)? })
    }
}

impl Line for Switch {
    fn set(&mut self, on: bool) -> Result<(), PanelError> {
        self.request.set_lone_value(on.into()).map_err(stopped)
    }
}

/// The thread that reads the inputs.
struct Inputs {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Inputs {
    /// Takes every wired input in one request, so that their edges come in order.
    fn listen(
        path: &Path,
        pins: &Pins,
        sender: &SyncSender<PanelEvent>,
        failure: Failure,
    ) -> Result<Option<Self>, PanelError> {
        let wired = wired(pins);
        if wired.is_empty() {
            return Ok(None);
        }
        let mut builder = Request::builder();
        builder.on_chip(path).with_consumer(CONSUMER);
        for input in &wired {
            builder.with_line(Offset::from(input.input.pin.0)).as_input();
            builder.with_bias(match input.input.pull {
                Pull::None => Bias::Disabled,
                Pull::Up => Bias::PullUp,
                Pull::Down => Bias::PullDown,
            });
            builder.with_edge_detection(EdgeDetection::BothEdges).with_debounce_period(DEBOUNCE);
            if input.input.active == ActiveLevel::Low {
                builder.as_active_low();
            } else {
                builder.as_active_high();
            }
        }
        let request = builder.request().map_err(system)?;
        let inputs = wired
            .into_iter()
            .map(|wired| Input {
                offset: Offset::from(wired.input.pin.0),
                on: false,
                teller: Teller::new(wired, sender.clone()),
            })
            .collect();
        let mut reader = Reader { request, inputs, seen: 0 };
        reader.look(true).map_err(system)?;
        let stop = Arc::new(AtomicBool::new(false));
        let ended = stop.clone();
        let thread = std::thread::Builder::new()
            .name("panel inputs".into())
            .spawn(move || {
                if let Err(error) = reader.read(&ended) {
                    failure.note(stopped(error));
                }
            })
            .map_err(system)?;
        Ok(Some(Self { stop, thread: Some(thread) }))
    }
}

impl Drop for Inputs {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the panel's reader broke down");
        }
    }
}

struct Input {
    offset: Offset,
    on: bool,
    teller: Teller,
}

struct Reader {
    request: Request,
    inputs: Vec<Input>,
    /// Number of the last edge read; the kernel drops edges when its buffer is full.
    seen: u32,
}

impl Reader {
    /// Reads every level and tells what differs; at the start, everything.
    fn look(&mut self, first: bool) -> gpiocdev::Result<()> {
        for input in &mut self.inputs {
            let on = self.request.value(input.offset)? == Value::Active;
            if first {
                input.teller.found(on);
            } else if on != input.on {
                input.teller.changed(on);
            }
            input.on = on;
        }
        Ok(())
    }

    fn read(&mut self, stop: &AtomicBool) -> gpiocdev::Result<()> {
        while !stop.load(Ordering::Relaxed) {
            if !self.request.wait_edge_event(LOOK)? {
                continue;
            }
            let edge = self.request.read_edge_event()?;
            let in_order = edge.seqno == self.seen.wrapping_add(1);
            self.seen = edge.seqno;
            let on = edge.kind == EdgeKind::Rising;
            if let Some(input) = self.inputs.iter_mut().find(|i| i.offset == edge.offset)
                && input.on != on
            {
                input.on = on;
                input.teller.changed(on);
            }
            if !in_order {
                self.look(false)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chip_that_is_not_there_is_named() {
        let error = ChipPanel::open(Path::new("/dev/gpiochip-none"), &Pins::default()).err();
        let said = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(said.contains("/dev/gpiochip-none") && said.contains("panel.chip"), "{said}");
    }

    #[test]
    fn a_file_that_is_no_chip_is_named() {
        let error = ChipPanel::open(Path::new("/dev/null"), &Pins::default()).err();
        assert!(matches!(error, Some(PanelError::NoChip { .. })), "{error:?}");
    }
}

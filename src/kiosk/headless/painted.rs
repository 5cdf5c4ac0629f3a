//! The window on a frame buffer in memory, painted as on the panel: by the software renderer, and
//! only where something changed. Time is real and can be skipped; calls from other threads arrive.
//!
//! What a touch costs is measured here, where neither a display nor a mocked clock is in the way.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use i_slint_backend_testing::{AccessibleRole, ElementRoot};
use slint::platform::software_renderer::{
    MinimalSoftwareWindow, PremultipliedRgbaColor, RepaintBufferType, TargetPixel,
};
use slint::platform::{
    EventLoopProxy, Platform, PointerEventButton, SetPlatformError, WindowAdapter, WindowEvent,
    update_timers_and_animations,
};
use slint::{EventLoopError, LogicalPosition, LogicalSize, PlatformError};

use crate::kiosk::Panel;
use crate::kiosk::window::{Kiosk, KioskError};

type Call = Box<dyn FnOnce() + Send>;

/// The window of this thread, in memory.
pub struct Painted {
    window: Rc<MinimalSoftwareWindow>,
    skipped: Rc<Cell<Duration>>,
    calls: Receiver<Call>,
    frame: RefCell<Vec<Pixel>>,
    panel: Panel,
}

/// What one turn of the event loop painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// When its last pixel was in the buffer.
    pub done: Instant,
    /// How long the renderer took.
    pub took: Duration,
    /// Pixels that were painted anew.
    pub pixels: u64,
}

/// Somewhere a finger can be put, in pixels from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Pixels from the left.
    pub x: f32,
    /// Pixels from the top.
    pub y: f32,
}

impl Painted {
    /// Makes a frame buffer of the panel's pixels the display of this thread. A thread that has a
    /// backend already keeps it, and this fails.
    pub fn install(panel: Panel) -> Result<Self, SetPlatformError> {
        // The buffer is kept from frame to frame, as X11's and a dumb buffer's is.
        let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
        let skipped = Rc::new(Cell::new(Duration::ZERO));
        let (sender, calls) = channel();
        slint::platform::set_platform(Box::new(InMemory {
            window: window.clone(),
            started: Instant::now(),
            skipped: skipped.clone(),
            calls: sender,
        }))?;
        let pixels = panel.width_px as usize * panel.height_px as usize;
        let frame = RefCell::new(vec![Pixel::background(); pixels]);
        Ok(Self { window, skipped, calls, frame, panel })
    }

    /// Shows a kiosk that was made on this thread, at the panel's size.
    pub fn show(&self, kiosk: &Kiosk) -> Result<(), KioskError> {
        kiosk.show(false)?;
        let size = LogicalSize::new(self.panel.width_px as f32, self.panel.height_px as f32);
        kiosk.window().dispatch_event(WindowEvent::Resized { size });
        kiosk.window().dispatch_event(WindowEvent::WindowActiveChanged(true));
        Ok(())
    }

    /// One turn of the event loop: timers, calls that have arrived, and a frame if one is due.
    pub fn turn(&self) -> Option<Frame> {
        update_timers_and_animations();
        // What a call leads to waits for the next turn: a turn always ends.
        let arrived: Vec<Call> = self.calls.try_iter().collect();
        for call in arrived {
            call();
        }
        let mut frame = None;
        self.window.draw_if_needed(|renderer| {
            let started = Instant::now();
            let region =
                renderer.render(&mut self.frame.borrow_mut(), self.panel.width_px as usize);
            let pixels =
                region.iter().map(|(_, size)| u64::from(size.width) * u64::from(size.height)).sum();
            frame = Some(Frame { done: Instant::now(), took: started.elapsed(), pixels });
        });
        frame
    }

    /// Waits for a call of another thread for at most so long, and lets it happen.
    pub fn wait(&self, most: Duration) -> bool {
        let call = self.calls.recv_timeout(most);
        match call {
            Ok(call) => {
                call();
                true
            }
            Err(_) => false,
        }
    }

    /// Puts the window's clock forward without waiting.
    pub fn skip(&self, time: Duration) {
        self.skipped.set(self.skipped.get() + time);
    }

    /// The middle of what has this accessible label and can be touched now.
    pub fn spot(&self, kiosk: &Kiosk, label: &str) -> Option<Spot> {
        let key = self.elements(kiosk).into_iter().find(|(found, _)| found == label)?;
        Some(key.1)
    }

    /// The labels of what can be touched now, in order.
    pub fn labels(&self, kiosk: &Kiosk) -> Vec<String> {
        self.elements(kiosk).into_iter().map(|(label, _)| label).collect()
    }

    /// Puts a finger down.
    pub fn press(&self, at: Spot) {
        let (position, button) = (LogicalPosition::new(at.x, at.y), PointerEventButton::Left);
        self.window.dispatch_event(WindowEvent::PointerMoved { position });
        self.window.dispatch_event(WindowEvent::PointerPressed { position, button });
    }

    /// Lifts it.
    pub fn release(&self, at: Spot) {
        let (position, button) = (LogicalPosition::new(at.x, at.y), PointerEventButton::Left);
        self.window.dispatch_event(WindowEvent::PointerReleased { position, button });
        self.window.dispatch_event(WindowEvent::PointerExited);
    }

    fn elements(&self, kiosk: &Kiosk) -> Vec<(String, Spot)> {
        let inside = 0.0..self.panel.width_px as f32;
        kiosk
            .component()
            .root_element()
            .query_descendants()
            .match_accessible_role(AccessibleRole::Button)
            .find_all()
            .into_iter()
            .filter(|element| element.accessible_enabled() != Some(false))
            .filter_map(|element| {
                let (at, size) = (element.absolute_position(), element.size());
                let spot = Spot { x: at.x + size.width / 2.0, y: at.y + size.height / 2.0 };
                let there = inside.contains(&spot.x) && size.width > 0.0;
                there.then(|| Some((element.accessible_label()?.into(), spot)))?
            })
            .collect()
    }
}

/// Slint's platform behind it.
struct InMemory {
    window: Rc<MinimalSoftwareWindow>,
    started: Instant,
    skipped: Rc<Cell<Duration>>,
    calls: Sender<Call>,
}

impl Platform for InMemory {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        Ok(self.window.clone())
    }

    fn duration_since_start(&self) -> Duration {
        self.started.elapsed() + self.skipped.get()
    }

    fn new_event_loop_proxy(&self) -> Option<Box<dyn EventLoopProxy>> {
        Some(Box::new(Caller(self.calls.clone())))
    }
}

/// Brings calls of other threads.
struct Caller(Sender<Call>);

impl EventLoopProxy for Caller {
    fn quit_event_loop(&self) -> Result<(), EventLoopError> {
        Ok(())
    }

    fn invoke_from_event_loop(&self, event: Call) -> Result<(), EventLoopError> {
        self.0.send(event).map_err(|_| EventLoopError::EventLoopTerminated)
    }
}

/// A pixel as X11 and the kernel's dumb buffers want it: blue in the lowest byte, four bytes.
#[derive(Debug, Clone, Copy)]
struct Pixel(u32);

impl TargetPixel for Pixel {
    fn blend(&mut self, color: PremultipliedRgbaColor) {
        let [blue, green, red, alpha] = self.0.to_le_bytes();
        let mut mixed = PremultipliedRgbaColor { red, green, blue, alpha };
        mixed.blend(color);
        *self = Self(u32::from_le_bytes([mixed.blue, mixed.green, mixed.red, mixed.alpha]));
    }

    fn from_rgb(red: u8, green: u8, blue: u8) -> Self {
        Self(u32::from_le_bytes([blue, green, red, 0xff]))
    }

    fn background() -> Self {
        Self(0)
    }
}

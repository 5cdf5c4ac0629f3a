//! A finger in slow motion: down, along, up, with as little time between as a tremor leaves.

use std::time::Duration;

use i_slint_backend_testing::mock_elapsed_time;
use slint::LogicalPosition;
use slint::platform::{PointerEventButton, WindowEvent};

use super::Headless;

impl Headless {
    /// Puts a finger down, in millimetres from the upper left corner.
    pub fn finger_down(&self, at: [f32; 2]) {
        let position = self.pixel(at);
        let button = PointerEventButton::Left;
        self.kiosk.window().dispatch_event(WindowEvent::PointerMoved { position });
        self.kiosk.window().dispatch_event(WindowEvent::PointerPressed { position, button });
    }

    /// Moves the finger that is down.
    pub fn finger_moves(&self, to: [f32; 2]) {
        let position = self.pixel(to);
        self.kiosk.window().dispatch_event(WindowEvent::PointerMoved { position });
    }

    /// Lifts the finger.
    pub fn finger_up(&self, at: [f32; 2]) {
        let position = self.pixel(at);
        let button = PointerEventButton::Left;
        self.kiosk.window().dispatch_event(WindowEvent::PointerReleased { position, button });
        self.kiosk.window().dispatch_event(WindowEvent::PointerExited);
    }

    /// Lets time pass that is too short for the clock of the screen.
    pub fn pass(&self, time: Duration) {
        mock_elapsed_time(time);
    }

    fn pixel(&self, [x, y]: [f32; 2]) -> LogicalPosition {
        LogicalPosition::new(
            x * self.panel.width_px as f32 / self.panel.width_mm,
            y * self.panel.height_px as f32 / self.panel.height_mm,
        )
    }
}

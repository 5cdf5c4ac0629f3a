//! A panel on the bench: its inputs can be switched, its outputs seen.

pub mod stories;

use clubhouse_hardware::panel::{Lamp, Panel, PanelEvents};
use std::time::{Duration, Instant};

/// What happens sooner or later happens within this.
pub const SOON: Duration = Duration::from_secs(20);

/// An input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    Help,
    Presence,
    Ready,
    PowerFail,
}

/// A panel with everything wired and nothing on.
pub trait Bench {
    /// Opens it.
    fn open(&self) -> (Box<dyn Panel>, PanelEvents);
    /// Switches an input; `true` is pressed, present or failing.
    fn put(&self, input: Input, on: bool);
    /// Whether the lamp comes to show this, blinking included.
    fn shows(&self, lamp: Lamp) -> bool;
    /// How many sounds are heard from when `play` is called until it is silent.
    fn sounds(&self, play: &mut dyn FnMut()) -> u32;
    /// Lets everything fail from now on.
    fn break_it(&self);
}

/// Waits until something is so.
pub fn comes(mut so: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + SOON;
    while !so() {
        if Instant::now() > until {
            return false;
        }
        std::thread::yield_now();
    }
    true
}

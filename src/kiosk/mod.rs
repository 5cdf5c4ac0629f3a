//! The touchscreen: its mind ([`controller`]), its words, and the window it is shown in.
//!
//! Only [`window`], the adapters and the headless window know Slint; the controller is tested bare.

mod adapters;
pub mod controller;
pub mod desk;
#[cfg(feature = "rehearsal")]
pub mod gallery;
pub(crate) mod generated;
#[cfg(feature = "rehearsal")]
pub mod headless;
mod panel;
pub mod plate;
pub mod protocol;
pub mod start_failure;
pub mod updates;
pub mod window;
pub mod words;
pub mod worker;
mod worker_desk;

pub use panel::Panel;
pub use window::{Kiosk, KioskError, KioskHandle, Light, Mouth};

//! Bytes and devices of a small printing kiosk, nothing of what is sold.
//!
//! [`printer`] puts a [`printer::Document`] on paper and says what became of it;
//! [`panel`] drives a lamp, a buzzer and a few buttons. Each has a simulated twin that is
//! steered from outside while the program runs. A device that is not there is a state
//! ([`printer::Status::Disconnected`]), never a crash.

pub mod panel;
pub mod printer;

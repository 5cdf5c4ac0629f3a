//! The same stories over every way to a printer: in memory, over real TCP, and, where one
//! can be told there, in a file.
//!
//! Nothing sleeps: each story ends by an event or by a short deadline.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
#[path = "../bench/mod.rs"]
mod bench;
mod broken_line;
mod common;
mod device;
mod fault_file;
mod hostile;
mod paths;
mod peer;
mod printing;
mod serial;
mod terminal;
mod troubles;
#[path = "../watching/mod.rs"]
mod watching;
mod ways;

//! A printer that exists in this program only: it reads the bytes as a device does, and fails as one fails.
//!
//! What it prints can be looked at, its faults are set from outside while the program runs,
//! and it can be served on a TCP port so that real sockets are in play.

mod commands;
mod fault;
mod fault_file;
mod interpreter;
mod line;
mod link;
mod machine;
mod paper;
mod port;
mod printer;
mod serve;

pub use fault::{Fault, ReplyFault, UnknownFault};
pub use line::GlyphRequest;
pub use paper::Receipt;
pub use printer::SimulatedPrinter;
pub use serve::ServedPrinter;

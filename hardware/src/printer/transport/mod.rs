//! The way of bytes to a printer: one conversation, one deadline, nothing unbounded.

mod connection;
mod device;
mod error;
mod fd;
mod file;
mod serial;
mod tcp;
#[cfg(all(feature = "usb", target_os = "linux"))]
mod usb;

pub use connection::Connection;
pub(super) use connection::Input;
pub use error::TransportError;
pub(super) use fd::{EmptyRead, FdLink};

use super::Target;
use std::time::Instant;

/// What a link can do without waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Readiness {
    /// Bytes (or an end) can be read.
    pub readable: bool,
    /// Bytes can be written, or writing will say why not.
    pub writable: bool,
}

/// A non-blocking two-way byte stream; [`Connection`] does all waiting and counting above it.
pub(super) trait Link {
    /// Waits until something can be done or `until` has come; then neither flag is set.
    fn wait(&mut self, want_write: bool, until: Instant) -> Result<Readiness, TransportError>;

    /// Writes what the device takes at once; 0 means: not now. The device may have begun with the
    /// bytes nonetheless, so the next call offers the same again, unless [`Link::call_back`] comes first.
    fn try_write(&mut self, bytes: &[u8]) -> Result<usize, TransportError>;

    /// Reads what is there; 0 means: nothing now. The end of the stream is [`TransportError::Lost`].
    fn try_read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError>;

    /// Whether a device at the other end could answer at all.
    fn can_answer(&self) -> bool {
        true
    }

    /// Takes back what is under way and not yet counted; answers with the bytes of it that the
    /// device has taken nonetheless.
    fn call_back(&mut self) -> usize {
        0
    }

    /// Ends the conversation in order, by `deadline` at the latest.
    fn finish(&mut self, _deadline: Instant) -> Result<(), TransportError> {
        Ok(())
    }
}

/// Opens a new conversation with a printer; `deadline` holds for all of it.
pub(super) fn open(target: &Target, deadline: Instant) -> Result<Connection, TransportError> {
    let link: Box<dyn Link> = match target {
        Target::Tcp { host, port } => Box::new(tcp::connect(host, *port, deadline)?),
        Target::Device(path) => Box::new(device::open(path)?),
        Target::Serial { path, baud, flow } => Box::new(serial::open(path, *baud, *flow)?),
        #[cfg(all(feature = "usb", target_os = "linux"))]
        Target::Usb(address) => Box::new(usb::open(address)?),
        #[cfg(not(all(feature = "usb", target_os = "linux")))]
        Target::Usb(_) => return Err(TransportError::WithoutUsb),
        Target::File(path) => Box::new(file::open(path)?),
        Target::Simulated(printer) => Box::new(printer.connect(deadline)?),
    };
    Ok(Connection::new(target.to_string(), link, deadline))
}

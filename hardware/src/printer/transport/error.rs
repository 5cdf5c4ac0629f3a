//! Why bytes did not reach a printer, as sentences for the person who looks after it.

use crate::printer::{Baud, UsbAddress};
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why a conversation with a printer failed.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum TransportError {
    /// The network knows no such name.
    #[error("the network knows no printer by the name {host}: {detail}")]
    UnknownHost {
        /// The name that was looked up.
        host: String,
        /// The system's words.
        detail: String,
    },
    /// No connection came about.
    #[error("the printer at {address} cannot be reached: {detail}")]
    Unreachable {
        /// Host and port.
        address: String,
        /// The system's words.
        detail: String,
    },
    /// The device node is not there.
    #[error("{} is not there: is the printer switched on and its cable plugged in?", path.display())]
    NoDevice {
        /// The device node.
        path: PathBuf,
    },
    /// The system does not let this program write there.
    #[error("this program may not write to {}: its user has to be in the group lp for a USB printer, in dialout for a serial line", path.display())]
    NotPermitted {
        /// Device node or file.
        path: PathBuf,
    },
    /// No such USB printer is plugged in.
    #[error("no USB printer {address} is plugged in: is it switched on and its cable plugged in?")]
    UsbNotFound {
        /// The printer that was looked for.
        address: UsbAddress,
    },
    /// Several USB printers match.
    #[error(
        "several USB printers match {address}: add the serial number of one of them ({serials})"
    )]
    UsbAmbiguous {
        /// The printer that was looked for.
        address: UsbAddress,
        /// Their serial numbers.
        serials: String,
    },
    /// The system does not let this program use the USB device.
    #[error(
        "this program may not use the USB printer {address}: its user has to be in the group lp, and if that is not enough, a udev rule has to say \
         SUBSYSTEM==\"usb\", ATTR{{idVendor}}==\"{:04x}\", ATTR{{idProduct}}==\"{:04x}\", GROUP=\"lp\", MODE=\"0660\"",
        address.vendor,
        address.product
    )]
    UsbNotPermitted {
        /// The printer.
        address: UsbAddress,
    },
    /// A USB device without a pipe that print data could go into.
    #[error("the USB device {address} is no printer")]
    UsbNoPrinter {
        /// The device.
        address: UsbAddress,
    },
    /// This build can't do it.
    #[error("this program was built without USB printers: use device:/dev/usb/lp0")]
    WithoutUsb,
    /// A path that should be a device is none, or the other way round.
    #[error("{} is not a {expected}", path.display())]
    WrongKind {
        /// The path.
        path: PathBuf,
        /// What it should have been.
        expected: &'static str,
    },
    /// The line's hardware cannot be set to this speed.
    #[error("{} cannot be set to {baud} baud: set printer and configuration to another speed", path.display())]
    Baud {
        /// The device node.
        path: PathBuf,
        /// The speed that was asked for.
        baud: Baud,
    },
    /// Somebody else is talking to the printer.
    #[error("another program is using the printer")]
    Busy,
    /// The connection broke.
    #[error("the connection to the printer broke off: {detail}")]
    Lost {
        /// What was noticed.
        detail: String,
    },
    /// The device takes no more bytes.
    #[error("the printer took {accepted} of {total} bytes and then no more until the time was up")]
    Stalled {
        /// Bytes taken in the whole conversation.
        accepted: usize,
        /// Bytes that were to be sent by then.
        total: usize,
    },
    /// All was taken, but the line could not pass it on.
    #[error("the printer has held up the line's last bytes until the time was up")]
    HeldUp,
    /// The disk is full.
    #[error("there is no room left to write the print file")]
    DiskFull,
    /// The other end says far more than a printer ever would.
    #[error("what answers there is no printer: it sent more than {limit} bytes of its own")]
    Babbling {
        /// The bound in bytes.
        limit: usize,
    },
    /// More bytes than any document of ours has.
    #[error("a document of {bytes} bytes is more than the {limit} that one job may have")]
    TooLong {
        /// Bytes of the document.
        bytes: usize,
        /// The bound in bytes.
        limit: usize,
    },
    /// Anything else the system says.
    #[error("the printer cannot be used: {detail}")]
    System {
        /// The system's words.
        detail: String,
    },
}

impl TransportError {
    /// The error for a path that could not be opened.
    pub(super) fn opening(path: &std::path::Path, error: &io::Error) -> Self {
        let path = path.to_path_buf();
        match error.kind() {
            io::ErrorKind::NotFound => Self::NoDevice { path },
            io::ErrorKind::PermissionDenied => Self::NotPermitted { path },
            io::ErrorKind::ResourceBusy => Self::Busy,
            io::ErrorKind::StorageFull => Self::DiskFull,
            // ENODEV and ENXIO: the node outlives its printer by a moment.
            _ if matches!(error.raw_os_error(), Some(6 | 19)) => Self::NoDevice { path },
            _ => Self::System { detail: error.to_string() },
        }
    }

    /// The error for reading or writing that failed.
    pub(super) fn talking(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Lost { detail: error.to_string() },
        }
    }
}

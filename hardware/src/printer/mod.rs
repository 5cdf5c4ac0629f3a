//! ESC/POS receipt printers: a document becomes bytes, the bytes reach paper, the paper is proven.

mod bitmap;
mod document;
mod encode;
mod job;
mod outcome;
mod profile;
mod progress;
mod proof;
mod recovery;
mod reply;
mod serial_line;
mod session;
mod simulated;
mod status;
mod target;
mod transport;
mod usb_address;

pub use bitmap::{Bitmap, BitmapError, DOTS_PER_MM};
pub use document::{Align, Cut, Document, Feed, Item, PaperWidth, TextLine};
pub use encode::{BAND_ROWS, EncodeError, MAX_PRINT_WIDTH_DOTS, can_encode, encode};
pub use job::{print, print_with_progress, status, status_watched, status_with};
pub use outcome::{JobOptions, Outcome, PrintError, Proof};
pub use profile::{Profile, UnknownProfile};
pub use progress::Progress;
pub use reply::{Reply, ReplyParser};
pub use serial_line::{Baud, FlowControl};
pub use simulated::{
    Fault, GlyphRequest, Receipt, ReplyFault, ServedPrinter, SimulatedPrinter, UnknownFault,
};
pub use status::{RealTimeStatus, Status, paper_from_gs_r};
pub use target::{Target, TargetError};
pub use transport::{Connection, TransportError};
pub use usb_address::UsbAddress;

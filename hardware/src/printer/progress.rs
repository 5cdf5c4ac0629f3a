//! What is known of a job while it is under way.

use super::status::Status;
use std::ops::ControlFlow;

/// What the one who watches a job is told, at least about twice a second from the first answer
/// of the printer on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// How the printer is. While bytes are being sent it cannot be asked: one that takes none
    /// for two seconds then counts as [`Status::Offline`], as one that answers none later on.
    Status(Status),
    /// Bytes were taken, or may still be: the printer (or a slow line before it) is at work.
    Sending {
        /// Bytes taken of what is being sent now.
        taken: usize,
        /// Bytes to be sent now: the document, or what clears up after a broken-off one.
        total: usize,
    },
}

/// Who is told, and may break the job off.
pub(super) type Watch<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

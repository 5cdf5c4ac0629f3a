//! The two directions of a USB printer, one transfer under way in each.

use crate::printer::transport::TransportError;
use nusb::transfer::{Buffer, Bulk, Completion, In, Out, TransferError};
use nusb::{Endpoint, transfer};
use std::collections::VecDeque;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// Bytes of one transfer: small enough that a printer at work shows progress.
const CHUNK: usize = 4 * 1024;
/// How long the system may take to call a transfer back; it takes microseconds.
const CALL_BACK: Duration = Duration::from_millis(200);
/// How long to look away from a printer that answers with nothing.
const EMPTY_READ_PAUSE: Duration = Duration::from_millis(5);

fn lost(error: TransferError) -> TransportError {
    let detail = match error {
        TransferError::Disconnected => "it was unplugged or switched off".to_owned(),
        // What is seen of an unplugged device first, before the system says that it has gone.
        TransferError::Fault => "it was unplugged or switched off, or the cable is bad".to_owned(),
        other => format!("USB transfer failed: {other}"),
    };
    TransportError::Lost { detail }
}

/// Calls back what is under way and waits for it, so that the endpoint is free again.
fn cancel<D: transfer::EndpointDirection>(end: &mut Endpoint<Bulk, D>) -> Option<Completion> {
    if end.pending() == 0 {
        return None;
    }
    end.cancel_all();
    end.wait_next_complete(CALL_BACK)
}

/// Bytes to the printer.
pub(super) struct Outgoing {
    end: Endpoint<Bulk, Out>,
    /// Bytes of the transfer under way.
    under_way: usize,
    /// Bytes the printer has taken that were not told yet.
    taken: usize,
    failure: Option<TransportError>,
}

impl Outgoing {
    pub(super) fn new(end: Endpoint<Bulk, Out>) -> Self {
        Self { end, under_way: 0, taken: 0, failure: None }
    }

    /// Whether writing would do something.
    pub(super) fn poll(&mut self, context: &mut Context) -> bool {
        if self.under_way > 0
            && let Poll::Ready(done) = self.end.poll_next_complete(context)
        {
            self.note(&done);
        }
        self.under_way == 0
    }

    fn note(&mut self, done: &Completion) {
        self.under_way = 0;
        self.taken += done.actual_len;
        self.failure = done.status.err().map(lost);
    }

    /// Begins a transfer, or tells what became of the one before: its bytes are the first of
    /// `bytes`, which stay the same until they are told as taken.
    pub(super) fn write(
        &mut self,
        bytes: &[u8],
        context: &mut Context,
    ) -> Result<usize, TransportError> {
        let idle = self.poll(context);
        if self.taken > 0 {
            return Ok(std::mem::take(&mut self.taken).min(bytes.len()));
        }
        if let Some(error) = &self.failure {
            return Err(error.clone());
        }
        if idle && !bytes.is_empty() {
            self.under_way = bytes.len().min(CHUNK);
            self.end.submit(Buffer::from(bytes[..self.under_way].to_vec()));
        }
        Ok(0)
    }

    /// Bytes taken that were never told; what the system does not call back counts as taken.
    pub(super) fn call_back(&mut self) -> usize {
        let under_way = self.under_way;
        if under_way > 0 {
            match cancel(&mut self.end) {
                Some(done) => self.note(&done),
                None => self.taken += under_way,
            }
        }
        self.under_way = 0;
        std::mem::take(&mut self.taken)
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        let _ = cancel(&mut self.end);
    }
}

/// Bytes from the printer.
pub(super) struct Incoming {
    end: Endpoint<Bulk, In>,
    held: VecDeque<u8>,
    /// When to ask again after an answer of no bytes.
    rests_until: Option<Instant>,
    failure: Option<TransportError>,
}

impl Incoming {
    pub(super) fn new(end: Endpoint<Bulk, In>) -> Self {
        Self { end, held: VecDeque::new(), rests_until: None, failure: None }
    }

    pub(super) fn rests_until(&self) -> Option<Instant> {
        self.rests_until
    }

    /// Whether reading would bring something. No more is asked for before all was read.
    pub(super) fn poll(&mut self, context: &mut Context) -> bool {
        if !self.held.is_empty() || self.failure.is_some() {
            return true;
        }
        if self.rests_until.is_some_and(|rested| Instant::now() < rested) {
            return false;
        }
        self.rests_until = None;
        if self.end.pending() == 0 {
            self.end.submit(Buffer::new(self.end.max_packet_size()));
        }
        let Poll::Ready(done) = self.end.poll_next_complete(context) else {
            return false;
        };
        self.held.extend(&done.buffer[..done.actual_len.min(done.buffer.len())]);
        self.failure = done.status.err().map(lost);
        if self.held.is_empty() && self.failure.is_none() {
            self.rests_until = Some(Instant::now() + EMPTY_READ_PAUSE);
        }
        !self.held.is_empty() || self.failure.is_some()
    }

    pub(super) fn read(
        &mut self,
        buffer: &mut [u8],
        context: &mut Context,
    ) -> Result<usize, TransportError> {
        self.poll(context);
        let count = buffer.len().min(self.held.len());
        for (slot, byte) in buffer.iter_mut().zip(self.held.drain(..count)) {
            *slot = byte;
        }
        match &self.failure {
            Some(error) if count == 0 => Err(error.clone()),
            _ => Ok(count),
        }
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        let _ = cancel(&mut self.end);
    }
}

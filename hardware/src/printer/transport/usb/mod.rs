//! A USB printer without the system's printer driver: its bulk endpoints, straight.
//!
//! The system's driver (usblp) is put aside while a job runs and comes back afterwards.

mod find;
mod pipe;

use super::{Link, Readiness, TransportError};
use crate::printer::UsbAddress;
use nusb::transfer::{Bulk, In, Out};
use pipe::{Incoming, Outgoing};
use std::sync::Arc;
use std::task::{Context, Wake, Waker};
use std::thread::Thread;
use std::time::Instant;

/// Wakes the thread that waits for a transfer.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// A printer's two bulk pipes.
struct UsbLink {
    outgoing: Outgoing,
    incoming: Option<Incoming>,
    waker: Waker,
}

/// Claims the printer, away from the system's driver.
pub(super) fn open(address: &UsbAddress) -> Result<impl Link + use<>, TransportError> {
    let (interface, ends) = find::claim(address)?;
    let out = interface.endpoint::<Bulk, Out>(ends.out).map_err(|error| find::error(&error))?;
    let incoming = match ends.input {
        None => None,
        Some(input) => {
            let end = interface.endpoint::<Bulk, In>(input).map_err(|error| find::error(&error))?;
            Some(Incoming::new(end))
        }
    };
    let waker = Arc::new(Unpark(std::thread::current())).into();
    Ok(UsbLink { outgoing: Outgoing::new(out), incoming, waker })
}

impl Link for UsbLink {
    fn wait(&mut self, want_write: bool, until: Instant) -> Result<Readiness, TransportError> {
        loop {
            let mut context = Context::from_waker(&self.waker);
            let writable = want_write && self.outgoing.poll(&mut context);
            let mut next = until;
            let readable = self.incoming.as_mut().is_some_and(|incoming| {
                let readable = incoming.poll(&mut context);
                next = incoming.rests_until().map_or(next, |rested| next.min(rested));
                readable
            });
            let now = Instant::now();
            if writable || readable || now >= until {
                return Ok(Readiness { readable, writable });
            }
            std::thread::park_timeout(next.saturating_duration_since(now));
        }
    }

    fn try_write(&mut self, bytes: &[u8]) -> Result<usize, TransportError> {
        self.outgoing.write(bytes, &mut Context::from_waker(&self.waker))
    }

    fn try_read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError> {
        match &mut self.incoming {
            Some(incoming) => incoming.read(buffer, &mut Context::from_waker(&self.waker)),
            None => Ok(0),
        }
    }

    fn can_answer(&self) -> bool {
        self.incoming.is_some()
    }

    fn call_back(&mut self) -> usize {
        self.outgoing.call_back()
    }
}

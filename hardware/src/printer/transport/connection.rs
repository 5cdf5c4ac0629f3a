//! One conversation with a printer, as the `escpos` crate's driver.

use super::{Link, TransportError};
use escpos::driver::Driver;
use escpos::errors::{PrinterError, Result as EscposResult};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Instant;

/// Bytes offered to the device at once.
const CHUNK: usize = 8 * 1024;
/// Bytes of one job; a ticket of half a metre has about 300,000.
const MAX_OUTGOING: usize = 8 * 1024 * 1024;
/// Bytes a printer may say in one conversation; a real one says about ten.
const MAX_INCOMING: usize = 64 * 1024;

/// What becomes of what a printer says while something is sent to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::printer) enum Input {
    /// It may be an answer that is waited for.
    Kept,
    /// Nothing that comes now can be an answer to what is being sent.
    Discarded,
}

/// A conversation with a printer: gathers what is written, sends it on flush, counts what was taken.
///
/// Each attempt to print opens a new one, since a broken conversation cannot be continued
/// without the danger of printing twice. Clones are the same conversation.
#[derive(Clone)]
pub struct Connection {
    inner: Rc<RefCell<Inner>>,
}

struct Inner {
    name: String,
    link: Box<dyn Link>,
    deadline: Instant,
    outgoing: Vec<u8>,
    /// How much of `outgoing` has been taken.
    taken: usize,
    /// What came in while something was being sent, and is kept.
    incoming: VecDeque<u8>,
    accepted: usize,
    received: usize,
    input_ended: bool,
    failure: Option<TransportError>,
}

impl Connection {
    pub(super) fn new(name: String, link: Box<dyn Link>, deadline: Instant) -> Self {
        let inner = Inner {
            name,
            link,
            deadline,
            outgoing: Vec::new(),
            taken: 0,
            incoming: VecDeque::new(),
            accepted: 0,
            received: 0,
            input_ended: false,
            failure: None,
        };
        Self { inner: Rc::new(RefCell::new(inner)) }
    }

    /// Bytes the device (or the kernel before it) has taken so far.
    pub fn accepted(&self) -> usize {
        self.inner.borrow().accepted
    }

    /// Why the conversation failed, if it did: the driver trait can only say it as text.
    pub fn failure(&self) -> Option<TransportError> {
        self.inner.borrow().failure.clone()
    }

    /// Whether a device at the other end could answer at all.
    pub fn can_answer(&self) -> bool {
        self.inner.borrow().link.can_answer()
    }

    /// Whether the device has said anything so far.
    pub fn has_received(&self) -> bool {
        self.inner.borrow().received > 0
    }

    /// Sends on what was written until all of it is taken (`true`) or `until` has come.
    ///
    /// What the printer says meanwhile is kept for [`Connection::receive`] or thrown away, as
    /// `input` says.
    pub(in crate::printer) fn advance(
        &self,
        until: Instant,
        input: Input,
    ) -> Result<bool, TransportError> {
        let mut inner = self.inner.borrow_mut();
        let result = inner.advance(until, input);
        inner.remember(result)
    }

    /// Gives up sending: what has not been taken never will be. The conversation is over.
    pub(in crate::printer) fn give_up(&self) -> TransportError {
        let mut inner = self.inner.borrow_mut();
        let error = inner.give_up();
        let result: Result<(), _> = inner.remember(Err(error.clone()));
        result.err().unwrap_or(error)
    }

    /// Reads what is there, waiting until `until` at most; 0 bytes mean that the time is up.
    pub fn receive(&self, buffer: &mut [u8], until: Instant) -> Result<usize, TransportError> {
        let mut inner = self.inner.borrow_mut();
        let result = inner.receive(buffer, until);
        inner.remember(result)
    }

    /// Throws away what has come so far without being asked for.
    pub fn discard_input(&self) -> Result<(), TransportError> {
        let mut inner = self.inner.borrow_mut();
        inner.incoming.clear();
        let result = inner.take_input(Input::Discarded);
        inner.remember(result)
    }

    /// Ends the conversation in order, waiting until `until` at most for what was accepted to
    /// reach the device.
    pub fn finish(&self, until: Instant) -> Result<(), TransportError> {
        let mut inner = self.inner.borrow_mut();
        let until = until.min(inner.deadline);
        let result = inner.link.finish(until);
        inner.remember(result)
    }
}

impl Inner {
    fn remember<T>(&mut self, result: Result<T, TransportError>) -> Result<T, TransportError> {
        if let Err(error) = &result {
            self.failure.get_or_insert_with(|| error.clone());
        }
        result
    }

    fn advance(&mut self, until: Instant, input: Input) -> Result<bool, TransportError> {
        let until = until.min(self.deadline);
        let result = self.send_on(until, input);
        if matches!(result, Ok(false)) && Instant::now() >= self.deadline {
            return Err(self.give_up());
        }
        if !matches!(result, Ok(false)) {
            // After a failure, too: a second flush must not send anything again.
            self.outgoing.clear();
            self.taken = 0;
        }
        result
    }

    fn send_on(&mut self, until: Instant, input: Input) -> Result<bool, TransportError> {
        while self.taken < self.outgoing.len() {
            // A printer that sends while nobody reads may stop taking bytes.
            if !self.input_ended {
                self.take_input(input)?;
            }
            let rest = &self.outgoing[self.taken..];
            let count = self.link.try_write(&rest[..rest.len().min(CHUNK)])?;
            self.taken += count;
            self.accepted += count;
            if self.taken == self.outgoing.len() {
                break;
            }
            if Instant::now() >= until {
                return Ok(false);
            }
            if count == 0 {
                self.link.wait(true, until)?;
            }
        }
        Ok(true)
    }

    fn give_up(&mut self) -> TransportError {
        let total = self.accepted + self.outgoing.len() - self.taken;
        self.accepted += self.link.call_back();
        self.outgoing.clear();
        self.taken = 0;
        TransportError::Stalled { accepted: self.accepted, total }
    }

    fn receive(&mut self, buffer: &mut [u8], until: Instant) -> Result<usize, TransportError> {
        let kept = buffer.len().min(self.incoming.len());
        if kept > 0 {
            for (slot, byte) in buffer.iter_mut().zip(self.incoming.drain(..kept)) {
                *slot = byte;
            }
            return Ok(kept);
        }
        let until = until.min(self.deadline);
        loop {
            let count = self.link.try_read(buffer)?;
            self.count_input(count)?;
            if count > 0 || buffer.is_empty() || Instant::now() >= until {
                return Ok(count);
            }
            self.link.wait(false, until)?;
        }
    }

    /// Reads all that is there; what is kept is bounded by what a printer may say at all.
    fn take_input(&mut self, input: Input) -> Result<(), TransportError> {
        let mut buffer = [0; 512];
        loop {
            match self.link.try_read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(count) => {
                    self.count_input(count)?;
                    if input == Input::Kept {
                        self.incoming.extend(&buffer[..count]);
                    }
                }
                // The other end may close its half and still take bytes; writing will tell.
                Err(TransportError::Lost { .. }) => {
                    self.input_ended = true;
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn count_input(&mut self, count: usize) -> Result<(), TransportError> {
        self.received += count;
        if self.received > MAX_INCOMING {
            return Err(TransportError::Babbling { limit: MAX_INCOMING });
        }
        Ok(())
    }
}

fn as_text(error: &TransportError) -> PrinterError {
    PrinterError::Io(error.to_string())
}

impl Driver for Connection {
    fn name(&self) -> String {
        self.inner.borrow().name.clone()
    }

    /// Gathers bytes; [`Driver::flush`] sends them.
    fn write(&self, data: &[u8]) -> EscposResult<()> {
        let mut inner = self.inner.borrow_mut();
        let bytes = inner.outgoing.len() - inner.taken + data.len();
        if bytes > MAX_OUTGOING {
            let result = Err(TransportError::TooLong { bytes, limit: MAX_OUTGOING });
            return inner.remember(result).map_err(|error| as_text(&error));
        }
        inner.outgoing.extend_from_slice(data);
        Ok(())
    }

    fn read(&self, buffer: &mut [u8]) -> EscposResult<usize> {
        let deadline = self.inner.borrow().deadline;
        self.receive(buffer, deadline).map_err(|error| as_text(&error))
    }

    fn flush(&self) -> EscposResult<()> {
        let deadline = self.inner.borrow().deadline;
        self.advance(deadline, Input::Kept).map(|_| ()).map_err(|error| as_text(&error))
    }
}

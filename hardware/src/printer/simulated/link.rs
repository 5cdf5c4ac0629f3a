//! The cable to the simulated printer, without a cable.

use super::printer::Shared;
use crate::printer::transport::{Link, Readiness, TransportError};
use std::sync::Arc;
use std::time::Instant;

/// A connection to the simulated printer; dropping it hangs up.
pub(in crate::printer) struct SimulatedLink {
    shared: Arc<Shared>,
    id: u64,
}

impl SimulatedLink {
    /// Connects; while somebody else is connected it waits until `deadline`.
    pub(super) fn connect(shared: &Arc<Shared>, deadline: Instant) -> Result<Self, TransportError> {
        let mut machine = shared.lock();
        loop {
            if !machine.can_connect() {
                let (address, detail) = (
                    "the simulator".to_owned(),
                    "it is switched off or its cable is out".to_owned(),
                );
                return Err(TransportError::Unreachable { address, detail });
            }
            if !machine.is_taken() {
                let id = machine.open_session();
                return Ok(Self { shared: Arc::clone(shared), id });
            }
            if Instant::now() >= deadline {
                return Err(TransportError::Busy);
            }
            machine = shared.wait(machine, deadline);
        }
    }

    fn lost() -> TransportError {
        TransportError::Lost { detail: "the cable is out or the power is off".into() }
    }
}

impl Link for SimulatedLink {
    fn wait(&mut self, want_write: bool, until: Instant) -> Result<Readiness, TransportError> {
        let mut machine = self.shared.lock();
        loop {
            let now = Instant::now();
            let next = machine.next_output();
            let closed = !machine.is_open(self.id);
            let readiness = Readiness {
                readable: closed || next.is_some_and(|at| at <= now),
                writable: want_write && (closed || machine.has_room()),
            };
            if readiness != Readiness::default() || now >= until {
                return Ok(readiness);
            }
            machine = self.shared.wait(machine, next.unwrap_or(until).min(until));
        }
    }

    fn try_write(&mut self, bytes: &[u8]) -> Result<usize, TransportError> {
        let taken = self.shared.lock().receive(self.id, bytes);
        self.shared.tell();
        taken.ok_or_else(Self::lost)
    }

    fn try_read(&mut self, buffer: &mut [u8]) -> Result<usize, TransportError> {
        self.shared.lock().read_output(self.id, buffer).ok_or_else(Self::lost)
    }
}

impl Drop for SimulatedLink {
    fn drop(&mut self) {
        self.shared.lock().close_session(self.id);
        self.shared.tell();
    }
}

//! The simulated printer on a TCP port, one connection at a time as real ones have it.

use super::link::SimulatedLink;
use super::printer::SimulatedPrinter;
use crate::printer::transport::{EmptyRead, FdLink, Link, TransportError};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a wait lasts before the server looks whether it shall end.
const TICK: Duration = Duration::from_millis(5);
/// Bytes moved at a time.
const CHUNK: usize = 4096;

/// A simulated printer's TCP port; dropping it closes the port.
#[derive(Debug)]
pub struct ServedPrinter {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl ServedPrinter {
    pub(super) fn start(
        printer: SimulatedPrinter,
        address: impl ToSocketAddrs,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("simulated-printer".into())
            .spawn(move || listen(&printer, &listener, &seen))?;
        Ok(Self { address, stop, thread: Some(thread) })
    }

    /// Where the printer listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for ServedPrinter {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            // The thread only ends; what it might have panicked with is no news to the owner.
            let _ = thread.join();
        }
    }
}

fn listen(printer: &SimulatedPrinter, listener: &TcpListener, stop: &AtomicBool) {
    while !stop.load(Ordering::SeqCst) {
        let timeout = Timespec { tv_sec: 0, tv_nsec: i64::from(TICK.subsec_nanos()) };
        let _ = poll(&mut [PollFd::new(listener, PollFlags::IN)], Some(&timeout));
        if let Ok((stream, _)) = listener.accept() {
            serve(printer, stream, stop);
        }
    }
}

/// Moves bytes both ways until either side has had enough.
fn serve(printer: &SimulatedPrinter, stream: TcpStream, stop: &AtomicBool) {
    if stream.set_nonblocking(true).and_then(|()| stream.set_nodelay(true)).is_err() {
        return;
    }
    let Some(mut inside) = connect(printer, stop) else {
        return;
    };
    let mut outside = FdLink::new(stream.into(), EmptyRead::IsTheEnd, |_| ());
    let (mut incoming, mut outgoing) = (Vec::new(), Vec::new());
    while !stop.load(Ordering::SeqCst) {
        match move_bytes(&mut inside, &mut outside, &mut incoming, &mut outgoing) {
            Ok(true) => {}
            Ok(false) => {
                let until = Instant::now() + TICK;
                let waited = if incoming.is_empty() {
                    outside.wait(!outgoing.is_empty(), until)
                } else {
                    // The printer takes nothing: leave the rest in the socket, so that the sender feels it.
                    inside.wait(true, until)
                };
                if waited.is_err() {
                    return;
                }
            }
            Err(_) => return,
        }
    }
}

fn connect(printer: &SimulatedPrinter, stop: &AtomicBool) -> Option<SimulatedLink> {
    while !stop.load(Ordering::SeqCst) {
        match printer.connect(Instant::now() + TICK) {
            Ok(link) => return Some(link),
            Err(TransportError::Busy) => {}
            Err(_) => return None,
        }
    }
    None
}

/// One round of moving; whether anything moved.
fn move_bytes(
    inside: &mut SimulatedLink,
    outside: &mut FdLink,
    incoming: &mut Vec<u8>,
    outgoing: &mut Vec<u8>,
) -> Result<bool, TransportError> {
    let mut buffer = [0; CHUNK];
    let mut moved = false;
    if incoming.is_empty() {
        let count = outside.try_read(&mut buffer)?;
        incoming.extend_from_slice(&buffer[..count]);
        moved |= count > 0;
    }
    if !incoming.is_empty() {
        let count = inside.try_write(incoming)?;
        incoming.drain(..count);
        moved |= count > 0;
    }
    if outgoing.is_empty() {
        let count = inside.try_read(&mut buffer)?;
        outgoing.extend_from_slice(&buffer[..count]);
        moved |= count > 0;
    }
    if !outgoing.is_empty() {
        let count = outside.try_write(outgoing)?;
        outgoing.drain(..count);
        moved |= count > 0;
    }
    Ok(moved)
}

//! A printer on the network, port 9100 as a rule.

use super::TransportError;
use super::fd::{EmptyRead, FdLink};
use std::io;
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Names being looked up at once: the system's look-up cannot be called off, only be left behind.
const MAX_LOOK_UPS: usize = 4;
static LOOK_UPS: AtomicUsize = AtomicUsize::new(0);

/// Connects to the first address of the host that answers before the deadline.
pub(super) fn connect(host: &str, port: u16, deadline: Instant) -> Result<FdLink, TransportError> {
    let address = format!("{host}:{port}");
    let mut last = "the time was up".to_owned();
    for socket_address in addresses(host, port, deadline)? {
        let Some(left) = time_left(deadline) else {
            break;
        };
        match TcpStream::connect_timeout(&socket_address, left) {
            Ok(stream) => {
                let ready = stream.set_nodelay(true).and_then(|()| stream.set_nonblocking(true));
                return match ready {
                    Ok(()) => Ok(FdLink::new(stream.into(), EmptyRead::IsTheEnd, close_writing)),
                    Err(error) => Err(TransportError::System { detail: error.to_string() }),
                };
            }
            Err(error) => last = error.to_string(),
        }
    }
    Err(TransportError::Unreachable { address, detail: last })
}

fn time_left(deadline: Instant) -> Option<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    (!left.is_zero()).then_some(left)
}

/// Says that no more bytes come, so that the printer's stack does not take the close for a break.
fn close_writing(fd: &rustix::fd::OwnedFd) {
    if let Ok(copy) = fd.try_clone() {
        // A printer that has closed first is no error any more.
        let _ = TcpStream::from(copy).shutdown(Shutdown::Write);
    }
}

fn addresses(host: &str, port: u16, deadline: Instant) -> Result<Vec<SocketAddr>, TransportError> {
    if let Ok(ip) = host.trim_matches(['[', ']']).parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(ip, port)]);
    }
    let unknown = |detail: String| TransportError::UnknownHost { host: host.to_owned(), detail };
    let found = look_up(host, port, deadline).map_err(|error| unknown(error.to_string()))?;
    if found.is_empty() {
        return Err(unknown("it has no address".into()));
    }
    Ok(found)
}

/// Looks a name up on a thread of its own, since the system may take half a minute to say no.
fn look_up(host: &str, port: u16, deadline: Instant) -> io::Result<Vec<SocketAddr>> {
    if LOOK_UPS.fetch_add(1, Ordering::SeqCst) >= MAX_LOOK_UPS {
        LOOK_UPS.fetch_sub(1, Ordering::SeqCst);
        return Err(io::Error::other("earlier look-ups are still waiting for the network"));
    }
    let (answer, answered) = mpsc::sync_channel(1);
    let host = host.to_owned();
    let thread = std::thread::Builder::new().name("printer-name".into()).spawn(move || {
        let found = (host.as_str(), port).to_socket_addrs().map(|all| all.take(8).collect());
        LOOK_UPS.fetch_sub(1, Ordering::SeqCst);
        // Nobody listens any more once the deadline has passed.
        let _ = answer.try_send(found);
    });
    if let Err(error) = thread {
        LOOK_UPS.fetch_sub(1, Ordering::SeqCst);
        return Err(error);
    }
    let left = deadline.saturating_duration_since(Instant::now());
    answered
        .recv_timeout(left)
        .unwrap_or_else(|_| Err(io::Error::other("the network did not answer in time")))
}

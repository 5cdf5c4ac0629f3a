//! A printer on the network, port 9100 as a rule.

use super::TransportError;
use super::fd::{EmptyRead, FdLink};
use std::io;
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

/// Names being looked up at once: the system's look-up cannot be called off, only be left behind.
const MAX_LOOK_UPS: usize = 4;
static LOOK_UPS: Mutex<usize> = Mutex::new(0);
static LOOK_UP_ENDED: Condvar = Condvar::new();

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

/// A place among the look-ups under way; dropped, it is free for the next.
struct Place;

impl Place {
    /// Waits for a place, until the deadline at most.
    fn take(deadline: Instant) -> io::Result<Self> {
        let under_way = LOOK_UPS.lock().unwrap_or_else(PoisonError::into_inner);
        let left = deadline.saturating_duration_since(Instant::now());
        let (mut under_way, _) = LOOK_UP_ENDED
            .wait_timeout_while(under_way, left, |count| *count >= MAX_LOOK_UPS)
            .unwrap_or_else(PoisonError::into_inner);
        if *under_way >= MAX_LOOK_UPS {
            return Err(io::Error::other("earlier look-ups are still waiting for the network"));
        }
        *under_way += 1;
        Ok(Self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *LOOK_UPS.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        LOOK_UP_ENDED.notify_one();
    }
}

/// Looks a name up on a thread of its own, since the system may take half a minute to say no.
fn look_up(host: &str, port: u16, deadline: Instant) -> io::Result<Vec<SocketAddr>> {
    let place = Place::take(deadline)?;
    let (answer, answered) = mpsc::sync_channel(1);
    let host = host.to_owned();
    std::thread::Builder::new().name("printer-name".into()).spawn(move || {
        let found = (host.as_str(), port).to_socket_addrs().map(|all| all.take(8).collect());
        drop(place);
        // Nobody listens any more once the deadline has passed.
        let _ = answer.try_send(found);
    })?;
    let left = deadline.saturating_duration_since(Instant::now());
    answered
        .recv_timeout(left)
        .unwrap_or_else(|_| Err(io::Error::other("the network did not answer in time")))
}

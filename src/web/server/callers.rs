//! How many connections each machine has, so that none of them takes all.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Connections of one machine; a browser has six, and one for each page that follows what happens.
const MOST: usize = 64;

/// Who has how many connections; cheap to clone.
#[derive(Clone, Default)]
pub struct Callers(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// A connection's place, until it is dropped.
pub struct Place {
    callers: Callers,
    from: Option<IpAddr>,
}

impl Callers {
    /// A place for one more connection, unless that machine has enough. This machine itself is not
    /// counted: a proxy on it speaks for everybody.
    pub fn enter(&self, from: IpAddr) -> Option<Place> {
        let from = machine(from);
        if from.is_loopback() {
            return Some(Place { callers: self.clone(), from: None });
        }
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(from).or_default();
        if *count >= MOST {
            return None;
        }
        *count += 1;
        Some(Place { callers: self.clone(), from: Some(from) })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(from) = self.from else { return };
        let mut counts = self.callers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&from) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&from);
            }
        }
    }
}

/// What stands for a machine: its IPv4 address, or the network of its IPv6 addresses, of which it
/// may choose any number.
fn machine(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(six) if !six.is_loopback() => {
            let [a, b, c, d, ..] = six.segments();
            std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_machine_takes_its_share_and_gives_it_back() {
        let callers = Callers::default();
        let greedy = |nth: usize| format!("fd00:0:0:1::{nth:x}").parse().unwrap();
        let places: Vec<_> = (0..MOST).map(|nth| callers.enter(greedy(nth)).unwrap()).collect();
        assert!(callers.enter(greedy(MOST)).is_none());
        assert!(callers.enter("192.168.1.7".parse().unwrap()).is_some());
        assert!(callers.enter("::1".parse().unwrap()).is_some());
        drop(places);
        assert!(callers.enter(greedy(0)).is_some());
        assert!(callers.0.lock().unwrap().is_empty(), "nobody is remembered");
    }
}

//! Connections of pages that follow what happens. They never end by themselves, so each session has
//! only so many.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Pages that one session has open and followed at once.
const EACH: usize = 24;
/// All of them; the other connections are for pages that come and go.
const ALL: usize = 128;

/// Who follows with how many pages; cheap to clone.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<String, usize>>>);

/// A page that follows, until it is dropped.
#[derive(Debug)]
pub struct Following {
    streams: Streams,
    who: String,
}

impl std::fmt::Debug for Streams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Streams")
    }
}

impl Streams {
    /// A place for one more page of somebody, unless there are enough.
    pub fn follow(&self, who: String) -> Option<Following> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.values().sum::<usize>() >= ALL {
            return None;
        }
        let count = counts.entry(who.clone()).or_default();
        if *count >= EACH {
            return None;
        }
        *count += 1;
        Some(Following { streams: self.clone(), who })
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let mut counts = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.who) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_has_so_many_and_all_together_have_so_many() {
        let streams = Streams::default();
        let mut open: Vec<_> = (0..EACH).map(|_| streams.follow("chen".into()).unwrap()).collect();
        assert!(streams.follow("chen".into()).is_none());
        open.pop();
        assert!(streams.follow("chen".into()).is_some());
        let many: Vec<_> = (0..2 * ALL).filter_map(|n| streams.follow(n.to_string())).collect();
        assert_eq!(many.len() + open.len(), ALL);
        drop((open, many));
        assert!(streams.0.lock().unwrap().is_empty());
    }
}

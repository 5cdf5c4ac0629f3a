//! What was asked for and what was told, each with its moment: so that it can be said of any moment
//! what must be on disk, what may be, and what can't.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use clubhouse_kiosk::domain::{Fulfilment, ServiceDate};

/// Nanoseconds since 1970, as the layer below the program counts them.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64
}

/// An order as it may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub portions: u8,
    pub note: String,
    pub total_fen: Option<i64>,
    pub cancelled: bool,
}

/// One wish about an order: the first places it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub version: Version,
    pub asked: u64,
    /// When it was told that it is done.
    pub told: Option<u64>,
}

/// Where an order came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// Another program, with this key and body.
    Program {
        key: String,
        body: String,
    },
    Screen,
}

/// An order and everything that was said about it.
#[derive(Debug, Clone)]
pub struct Promise {
    pub from: From,
    pub date: ServiceDate,
    pub way: Fulfilment,
    pub resident: Option<String>,
    /// Its id and number, once they were told.
    pub told: Option<(String, u32)>,
    pub refused: bool,
    /// Oldest first; nothing new is asked before the last one is settled.
    pub wishes: Vec<Wish>,
}

impl Promise {
    /// The versions that may be on disk after a cut at `cut`, and whether the order may be missing.
    pub fn may_be(&self, cut: u64) -> (Vec<&Version>, bool) {
        let asked: Vec<&Wish> = self.wishes.iter().filter(|w| w.asked <= cut).collect();
        let sure = asked.iter().rposition(|w| w.told.is_some_and(|told| told <= cut));
        let from = sure.unwrap_or(0);
        (asked[from..].iter().map(|w| &w.version).collect(), sure.is_none())
    }

    pub fn last(&self) -> &Wish {
        self.wishes.last().unwrap()
    }

    /// Whether the last wish is not answered.
    pub fn is_open(&self) -> bool {
        !self.refused && self.last().told.is_none()
    }
}

/// All promises of a club.
#[derive(Default)]
pub struct Promises {
    all: Mutex<Vec<Promise>>,
    /// Days that it was told are closed.
    closed: Mutex<BTreeMap<ServiceDate, u64>>,
    /// Doors at which it was told what happened: the orders.
    visited: Mutex<BTreeMap<String, u64>>,
}

impl Promises {
    /// Looks or changes under the lock.
    pub fn with<T>(&self, work: impl FnOnce(&mut Vec<Promise>) -> T) -> T {
        work(&mut self.all.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Something was asked for that nobody was told of yet; where it stands in the list.
    pub fn ask(&self, promise: Promise) -> usize {
        self.with(|all| {
            all.push(promise);
            all.len() - 1
        })
    }

    pub fn close(&self, date: ServiceDate) {
        self.closed.lock().unwrap().entry(date).or_insert_with(now);
    }

    pub fn closed(&self, cut: u64) -> Vec<ServiceDate> {
        let closed = self.closed.lock().unwrap();
        closed.iter().filter(|(_, told)| **told <= cut).map(|(date, _)| *date).collect()
    }

    pub fn visit(&self, order: String) {
        self.visited.lock().unwrap().entry(order).or_insert_with(now);
    }

    pub fn visited(&self, cut: u64) -> Vec<String> {
        let visited = self.visited.lock().unwrap();
        visited.iter().filter(|(_, told)| **told <= cut).map(|(order, _)| order.clone()).collect()
    }
}

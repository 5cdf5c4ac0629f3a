//! What is known of each printer, and which printer serves which queue now.

use clubhouse_hardware::printer::{PaperWidth, SimulatedPrinter, Status, Target, TargetError};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::config::Settings;
use crate::domain::PrintQueue;

/// How long a printer may fail before its queues move to their fall-back.
const PATIENCE: Duration = Duration::from_secs(30);

/// A printer with its paper.
#[derive(Debug, Clone)]
pub struct Press {
    /// Its name in the settings.
    pub name: String,
    /// Where it is.
    pub target: Target,
    /// The paper in it.
    pub width: PaperWidth,
}

#[derive(Debug, Clone, Copy)]
struct Health {
    status: Status,
    /// When it stopped printing, if it has.
    down_since: Option<Instant>,
}

/// The printers' states, shared by workers, screen and lamp.
#[derive(Debug, Clone)]
pub struct Board {
    presses: Arc<Vec<Press>>,
    settings: Arc<Settings>,
    health: Arc<Mutex<BTreeMap<String, Health>>>,
}

impl Board {
    /// Reads the printers of the settings; `simulated` ones all are the given twin.
    pub fn new(settings: Arc<Settings>, simulated: &SimulatedPrinter) -> Result<Self, TargetError> {
        let presses = settings
            .printers
            .iter()
            .map(|(name, printer)| {
                Ok(Press {
                    name: name.clone(),
                    target: Target::parse(&printer.target, simulated)?,
                    width: width(printer.width_dots),
                })
            })
            .collect::<Result<Vec<_>, TargetError>>()?;
        Ok(Self { presses: Arc::new(presses), settings, health: Arc::default() })
    }

    /// The paper width of the simulated printer in these settings.
    pub fn simulated_width(settings: &Settings) -> PaperWidth {
        match settings.printers.values().find(|p| p.target == "simulated") {
            Some(printer) => width(printer.width_dots),
            None => PaperWidth::Mm80,
        }
    }

    /// Every printer.
    pub fn presses(&self) -> &[Press] {
        &self.presses
    }

    /// Notes how a printer is.
    pub fn note(&self, name: &str, status: Status) {
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        let before = health.get(name).and_then(|h| h.down_since);
        let down_since = (!status.prints()).then(|| before.unwrap_or_else(Instant::now));
        health.insert(name.to_owned(), Health { status, down_since });
    }

    /// How a printer is, as last seen; ready until it was seen otherwise.
    pub fn status(&self, name: &str) -> Status {
        let health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        health.get(name).map_or(Status::Ready, |h| h.status)
    }

    /// How the printer that serves a queue is.
    pub fn queue_status(&self, queue: PrintQueue) -> Status {
        self.status(&self.serving(queue))
    }

    /// The worst state of all printers in use.
    pub fn worst(&self) -> Status {
        let states = PrintQueue::ALL.iter().map(|q| self.queue_status(*q));
        let rank = |s: &Status| Status::ALL.iter().position(|a| a == s);
        states.max_by_key(rank).unwrap_or(Status::Ready)
    }

    /// The name of the printer that serves a queue now: its own, or the fall-back once its own has
    /// failed for a while and the other has not.
    pub fn serving(&self, queue: PrintQueue) -> String {
        let wanted = self.settings.queue(queue);
        let health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        let down = |name: &str| health.get(name).and_then(|h| h.down_since);
        let given_up = down(&wanted.printer).is_some_and(|since| since.elapsed() >= PATIENCE);
        if given_up && !wanted.fallback.is_empty() && down(&wanted.fallback).is_none() {
            wanted.fallback.clone()
        } else {
            wanted.printer.clone()
        }
    }

    /// The queues a printer serves now.
    pub fn queues_of(&self, name: &str) -> Vec<PrintQueue> {
        PrintQueue::ALL.iter().copied().filter(|q| self.serving(*q) == name).collect()
    }
}

fn width(dots: u32) -> PaperWidth {
    if dots == PaperWidth::Mm58.dots() { PaperWidth::Mm58 } else { PaperWidth::Mm80 }
}

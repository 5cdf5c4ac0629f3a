//! What is known of each printer, and which printer serves which queue now.

use clubhouse_hardware::printer::{
    PaperWidth, Profile, SimulatedPrinter, Status, Target, TargetError,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::config::{self, Settings};
use crate::domain::PrintQueue;
use crate::tickets::Letters;

/// A printer with its paper.
#[derive(Debug, Clone)]
pub struct Press {
    /// Its name in the settings.
    pub name: String,
    /// Where it is.
    pub target: Target,
    /// The paper in it.
    pub width: PaperWidth,
    /// What its model answers.
    pub profile: Profile,
    /// Whether papers are drawn or set in its own letters.
    pub letters: Letters,
    /// Metres of paper on a new roll.
    pub roll_m: u16,
}

#[derive(Debug, Clone, Copy)]
struct Health {
    /// What is shown.
    status: Status,
    /// When it stopped printing, if it has.
    down_since: Option<Instant>,
    /// Whether the last look found nobody there, while `status` still says otherwise.
    missed: bool,
}

/// The printers' states, shared by workers, screen and lamp.
#[derive(Debug, Clone)]
pub struct Board {
    presses: Arc<Vec<Press>>,
    settings: Arc<Settings>,
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    health: BTreeMap<String, Health>,
    /// Queues that a person sent elsewhere.
    moves: BTreeMap<PrintQueue, String>,
    /// Papers of today that need a person.
    doubtful: u32,
}

impl Board {
    /// Reads the printers of the settings; `simulated` ones all are the given twin.
    pub fn new(settings: Arc<Settings>, simulated: &SimulatedPrinter) -> Result<Self, TargetError> {
        let press = |(name, printer): (&String, &config::Printer)| {
            Ok(Press {
                name: name.clone(),
                target: Target::parse(&printer.target, simulated)?,
                width: width(printer.width_dots),
                profile: printer.profile,
                letters: printer.letters,
                roll_m: printer.roll_m,
            })
        };
        let presses =
            settings.printers.iter().map(press).collect::<Result<Vec<_>, TargetError>>()?;
        Ok(Self { presses: Arc::new(presses), settings, known: Arc::default() })
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

    /// Notes how a printer is. That nobody answered counts from the second time on: one missed
    /// look is not a fault.
    pub fn note(&self, name: &str, status: Status) {
        let mut known = self.lock();
        let unseen = Health { status: Status::Ready, down_since: None, missed: false };
        let before = known.health.get(name).copied().unwrap_or(unseen);
        let gone = matches!(status, Status::Offline | Status::Disconnected);
        let health = if gone && before.status.prints() && !before.missed {
            Health { missed: true, ..before }
        } else {
            let since = || before.down_since.unwrap_or_else(Instant::now);
            Health { status, down_since: (!status.prints()).then(since), missed: false }
        };
        known.health.insert(name.to_owned(), health);
    }

    /// Takes over which queues a person has sent to which printer; names that no settings know
    /// any more count for nothing.
    pub fn follow(&self, moves: BTreeMap<PrintQueue, String>) {
        let is_known = |name: &String| self.settings.printers.contains_key(name);
        self.lock().moves = moves.into_iter().filter(|(_, name)| is_known(name)).collect();
    }

    /// Notes how many papers of today need a person.
    pub fn note_doubtful(&self, papers: u32) {
        self.lock().doubtful = papers;
    }

    /// How many papers of today need a person.
    pub fn doubtful(&self) -> u32 {
        self.lock().doubtful
    }

    /// How a printer is, as last seen; ready until it was seen otherwise.
    pub fn status(&self, name: &str) -> Status {
        self.lock().health.get(name).map_or(Status::Ready, |h| h.status)
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

    /// The name of the printer that serves a queue now: its own (or where a person sent it), or the
    /// fall-back once that has failed for a while and the other has not.
    pub fn serving(&self, queue: PrintQueue) -> String {
        let settings = self.settings.queue(queue);
        let patience = Duration::from_secs(u64::from(self.settings.printing.fallback_after_s));
        let known = self.lock();
        let wanted = known.moves.get(&queue).unwrap_or(&settings.printer);
        let other =
            if *wanted == settings.fallback { &settings.printer } else { &settings.fallback };
        let down = |name: &str| known.health.get(name).and_then(|h| h.down_since);
        let given_up = down(wanted).is_some_and(|since| since.elapsed() >= patience);
        if given_up && !other.is_empty() && down(other).is_none() {
            other.clone()
        } else {
            wanted.clone()
        }
    }

    /// The queues a printer serves now.
    pub fn queues_of(&self, name: &str) -> Vec<PrintQueue> {
        PrintQueue::ALL.iter().copied().filter(|q| self.serving(*q) == name).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn width(dots: u32) -> PaperWidth {
    if dots == PaperWidth::Mm58.dots() { PaperWidth::Mm58 } else { PaperWidth::Mm80 }
}

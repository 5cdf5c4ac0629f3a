//! `[printers]`, `[printing]` and `[queues]`: where papers come out, and what becomes of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{between, values};
use crate::domain::PrintQueue;
use crate::tickets::Letters;
use clubhouse_hardware::printer::Profile;

/// A printer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printer {
    /// Where it is: `tcp:HOST:PORT`, `device:/dev/usb/lp0`, `file:PATH` or `simulated`.
    #[serde(deserialize_with = "values::target")]
    pub target: String,
    /// Paper width in dots: 576 (80 mm) or 384 (58 mm).
    #[serde(default = "values::wide", deserialize_with = "values::width")]
    pub width_dots: u32,
    /// What its model answers: `generic`, `epson-tm` or `write-only`.
    #[serde(default, deserialize_with = "values::profile")]
    pub profile: Profile,
    /// `picture` (everything is drawn) or `gb18030` (its own letters where it has them).
    #[serde(default = "values::drawn", deserialize_with = "values::letters")]
    pub letters: Letters,
    /// Metres of paper on a new roll, for the forecast of the morning.
    #[serde(default = "values::roll")]
    pub roll_m: u16,
}

/// What becomes of papers.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Printing {
    /// Whether a paper that may or may not have come out is printed again by itself, with
    /// 可能重复 above it; otherwise it waits for a person.
    pub reprint_uncertain: bool,
    /// Seconds that a printer may fail before its queues move to their fall-back.
    pub fallback_after_s: u16,
}

/// Which printer serves which queue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Queues {
    /// By the stove.
    pub kitchen: Queue,
    /// At the kiosk.
    pub counter: Queue,
    /// Where volunteers leave.
    pub rounds: Queue,
}

/// A queue's printer and the one it falls back to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// The name of a printer.
    pub printer: String,
    /// The name of the printer used when the first one can't; empty for none.
    #[serde(default)]
    pub fallback: String,
}

impl Default for Printing {
    fn default() -> Self {
        Self { reprint_uncertain: true, fallback_after_s: 30 }
    }
}

impl Default for Queues {
    fn default() -> Self {
        let window = || Queue { printer: "window".into(), fallback: String::new() };
        Self { kitchen: window(), counter: window(), rounds: window() }
    }
}

impl Printer {
    /// The printer of a clubhouse that has only one, in memory.
    pub(super) fn simulated() -> Self {
        Self {
            target: "simulated".into(),
            width_dots: values::wide(),
            profile: Profile::Generic,
            letters: Letters::Picture,
            roll_m: values::roll(),
        }
    }

    /// Checks the numbers of the printer of this name.
    pub(super) fn check(&self, name: &str) -> Result<(), String> {
        between(&format!("printers.{name}.roll_m"), u32::from(self.roll_m), 1, 500)
    }
}

impl Printing {
    /// Checks the numbers.
    pub(super) fn check(self) -> Result<(), String> {
        between("printing.fallback_after_s", self.fallback_after_s.into(), 0, 3600)
    }
}

impl Queues {
    /// A queue's settings.
    pub(super) fn of(&self, queue: PrintQueue) -> &Queue {
        match queue {
            PrintQueue::Kitchen => &self.kitchen,
            PrintQueue::Counter => &self.counter,
            PrintQueue::Rounds => &self.rounds,
        }
    }

    /// Checks that the printers are there.
    pub(super) fn check(&self, printers: &BTreeMap<String, Printer>) -> Result<(), String> {
        for queue in PrintQueue::ALL {
            let Queue { printer, fallback } = self.of(*queue);
            for name in [printer, fallback].into_iter().filter(|n| !n.is_empty()) {
                if !printers.contains_key(name) {
                    let known = printers.keys().cloned().collect::<Vec<_>>().join(", ");
                    return Err(format!(
                        "queues.{queue} names the printer “{name}”, but [printers] has only: {known}"
                    ));
                }
            }
        }
        Ok(())
    }
}

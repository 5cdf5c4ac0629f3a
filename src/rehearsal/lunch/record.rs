//! What is kept of a played lunch: each paper as a picture and as bytes, and the figures.

use std::fmt;

use super::stage::{LunchError, Stage};
use crate::dispatch::Closing;
use crate::domain::Fulfilment;
use crate::store::print_jobs;
use crate::tickets::Ticket;

impl Stage {
    /// Takes the papers out of the simulated printer and keeps each as PNG and as its bytes.
    pub(super) fn keep_papers(&mut self) -> Result<(), LunchError> {
        let house = &self.machine.house;
        let since = self.last_attempt;
        let printed = house
            .store
            .read(|db| Ok::<_, crate::error::Error>(print_jobs::printed_since(db, since)?))?;
        let receipts = self.machine.printer.take_paper();
        if receipts.len() != printed.len() {
            let (papers, said) = (receipts.len(), printed.len());
            return Err(LunchError::Astray(format!(
                "{papers} papers came out, but {said} are confirmed"
            )));
        }
        for (receipt, (attempt, job)) in receipts.iter().zip(printed) {
            self.last_attempt = attempt;
            self.printed += 1;
            let name = match (&job.ticket, job.ticket.number()) {
                (Ticket::RoundSlip(slip), _) => format!("{:03}-round-{}", self.printed, slip.round),
                (ticket, Some(number)) => format!("{:03}-{}-{number}", self.printed, ticket.kind()),
                (ticket, None) => format!("{:03}-{}", self.printed, ticket.kind()),
            };
            let picture = receipt.bitmap.to_png().map_err(|e| LunchError::Astray(e.to_string()))?;
            self.write(&format!("tickets/{name}.png"), &picture)?;
            self.write(&format!("tickets/{name}.bin"), &receipt.bytes)?;
            if let Ticket::RoundSlip(slip) = &job.ticket {
                self.write(&format!("slips/round-{}.png", slip.round), &picture)?;
            }
        }
        Ok(())
    }

    /// Writes a file below the output folder.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), LunchError> {
        let path = self.out.join(name);
        std::fs::write(&path, bytes).map_err(|source| LunchError::File { path, source })
    }
}

/// The figures of a played lunch.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The closed day.
    pub closing: Closing,
    /// Touches on the screen.
    pub touches: u32,
    /// Papers that came out.
    pub papers: u32,
    /// Rounds walked.
    pub rounds: usize,
    /// Doors visited.
    pub doors: usize,
    /// Buildings visited.
    pub buildings: usize,
    /// Sum of all rounds, in minutes.
    pub minutes: u32,
    /// The last lunch carried reached its door this many minutes after leaving the kitchen.
    pub longest_way_min: i64,
    /// The backup that was made at the close.
    pub backup: std::path::PathBuf,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = &self.closing;
        writeln!(
            f,
            "Lunch of {}: {} orders, numbers 1 to {} without a gap",
            c.date, c.last_number, c.last_number
        )?;
        let of = |way| c.served.of(way);
        writeln!(
            f,
            "  served      {} portions: {} eaten in, {} taken away, {} carried to the door",
            c.served.total(),
            of(Fulfilment::EatIn),
            of(Fulfilment::TakeAway),
            of(Fulfilment::Delivery)
        )?;
        writeln!(
            f,
            "  not served  {} cancelled, {} came back from the door, {} not collected",
            c.cancelled.len(),
            c.returned.len(),
            c.not_collected.len()
        )?;
        writeln!(
            f,
            "  delivery    {} doors in {} buildings on {} rounds, {} minutes on foot, longest way {} minutes",
            self.doors, self.buildings, self.rounds, self.minutes, self.longest_way_min
        )?;
        writeln!(
            f,
            "  money       {} yuan in cash, {} from accounts; the ledger adds up",
            c.cash, c.account
        )?;
        writeln!(
            f,
            "  paper       {} papers, {} printed again, {} uncertain",
            self.papers,
            c.reprinted,
            c.uncertain.len()
        )?;
        write!(f, "  screen      {} touches", self.touches)
    }
}

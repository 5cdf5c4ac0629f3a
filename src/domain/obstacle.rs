//! What stands in the way of closing a day: facts, from which each surface makes its own words.

use jiff::civil::Time;

/// One thing to settle before the day can be closed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// Lunch is still being served.
    #[error("lunch is served until {}", until.strftime("%H:%M"))]
    StillServing {
        /// The end of service, local.
        until: Time,
    },
    /// A round is out.
    #[error("round {round} has not been handed in")]
    RoundOut {
        /// Its number on that date.
        round: u32,
    },
    /// Deliveries of which nobody said what happened.
    #[error("no visit is recorded for {}", listed(numbers))]
    NotVisited {
        /// Their pick-up numbers.
        numbers: Vec<u32>,
    },
    /// Doors that did not open, and nobody said what they found.
    #[error("a welfare check is open for {}", listed(numbers))]
    CheckOpen {
        /// Their pick-up numbers.
        numbers: Vec<u32>,
    },
    /// The same after a knock: these have no number.
    #[error("a welfare check is open for {}", doors.join(", "))]
    KnockOpen {
        /// Their doors, `7-1203`.
        doors: Vec<String>,
    },
    /// A pick-up number was given and is not there.
    #[error("the numbers 1 to {last} have a gap; keep the database and call for help")]
    NumbersGap {
        /// The last number given.
        last: u32,
    },
    /// The ledger is broken.
    #[error("{postings} postings of the ledger do not add up; keep the database and call for help")]
    Unbalanced {
        /// Postings whose amounts do not add up to zero.
        postings: u32,
    },
}

/// All of them in one line.
pub(super) fn sentences(what: &[Obstacle]) -> String {
    what.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn listed(numbers: &[u32]) -> String {
    let list = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    format!("number {list}")
}

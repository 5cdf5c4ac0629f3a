//! The table of legs: seconds between any two spots.

use std::sync::Arc;

use super::measure::Seconds;

/// Times between spots, row by row; spot 0 is the kitchen.
#[derive(Debug, Clone)]
pub struct Legs {
    spots: usize,
    /// Shared with the instance it was read from: a full matrix is large.
    seconds: Arc<Vec<i32>>,
}

impl Legs {
    /// Fills the table from a function of two spots.
    pub fn tabulate(spots: usize, mut leg: impl FnMut(usize, usize) -> i32) -> Self {
        let mut seconds = Vec::with_capacity(spots * spots);
        for from in 0..spots {
            seconds.extend((0..spots).map(|to| leg(from, to)));
        }
        Self { spots, seconds: Arc::new(seconds) }
    }

    /// Takes a table that is already laid out row by row.
    pub(super) fn from_rows(spots: usize, seconds: Arc<Vec<i32>>) -> Self {
        debug_assert_eq!(seconds.len(), spots * spots);
        Self { spots, seconds }
    }

    /// Number of spots, the kitchen included.
    pub fn spots(&self) -> usize {
        self.spots
    }

    /// Time from one spot to another.
    pub fn between(&self, from: usize, to: usize) -> Seconds {
        Seconds(i64::from(self.seconds[from * self.spots + to]))
    }

    /// The whole table, row by row.
    pub(super) fn rows(&self) -> &[i32] {
        &self.seconds
    }
}

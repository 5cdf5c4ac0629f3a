//! What the buzzer plays: so many sounds of one length, which an ear can tell apart.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Longest that one call of the buzzer lasts, pauses included.
pub const LONGEST_BUZZ: Duration = Duration::from_secs(5);

/// A pattern: `times` sounds of `on`, with `off` between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Buzz {
    /// Length of a sound.
    pub on: Duration,
    /// Length of the pause between two.
    pub off: Duration,
    /// How many sounds; none counts as one.
    pub times: u8,
}

impl Buzz {
    /// One sound.
    pub const fn once(on: Duration) -> Self {
        Self { on, off: Duration::ZERO, times: 1 }
    }

    /// `times` sounds.
    pub const fn times(times: u8, on: Duration, off: Duration) -> Self {
        Self { on, off, times }
    }

    /// The same within [`LONGEST_BUZZ`]: fewer sounds, and never a longer one.
    #[must_use]
    pub fn bounded(self) -> Self {
        let on = self.on.min(LONGEST_BUZZ);
        let mut buzz = Self { on, off: self.off.min(LONGEST_BUZZ), times: self.times.max(1) };
        while buzz.times > 1 && buzz.length() > LONGEST_BUZZ {
            buzz.times -= 1;
        }
        buzz
    }

    /// From the first sound to the end of the last.
    pub fn length(self) -> Duration {
        let times = u32::from(self.times.max(1));
        self.on * times + self.off * (times - 1)
    }

    /// How long it sounds in all, without the pauses.
    pub fn sounding(self) -> Duration {
        self.on * u32::from(self.times.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pattern_goes_on_for_ever() {
        let long = Buzz::once(Duration::from_mins(1)).bounded();
        assert_eq!((long.length(), long.times), (LONGEST_BUZZ, 1));
        let many = Buzz::times(200, Duration::from_millis(600), Duration::from_millis(400));
        assert_eq!(many.bounded(), Buzz { times: 5, ..many });
        let none = Buzz::times(0, Duration::from_millis(80), Duration::ZERO).bounded();
        assert_eq!(none.sounding(), Duration::from_millis(80));
    }
}

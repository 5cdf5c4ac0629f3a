//! The closed set of states a printer can be in, and how its status bytes say them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a printer is like just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Prints.
    Ready,
    /// Prints, but the roll is nearly at its end.
    PaperLow,
    /// No paper: what is sent waits in the printer.
    PaperOut,
    /// The cover is open: what is sent waits in the printer.
    CoverOpen,
    /// The knife is stuck, the head too hot, or worse.
    Error,
    /// Connected, but it does not print (feed key held, other program, no answer).
    Offline,
    /// Cannot be reached: switched off, cable out, network away.
    Disconnected,
}

impl Status {
    /// Every state, the worst last.
    pub const ALL: [Self; 7] = [
        Self::Ready,
        Self::PaperLow,
        Self::PaperOut,
        Self::CoverOpen,
        Self::Error,
        Self::Offline,
        Self::Disconnected,
    ];

    /// Whether a document sent now would come out.
    pub const fn prints(self) -> bool {
        matches!(self, Self::Ready | Self::PaperLow)
    }

    /// The state's name as configuration and database write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::PaperLow => "paper_low",
            Self::PaperOut => "paper_out",
            Self::CoverOpen => "cover_open",
            Self::Error => "error",
            Self::Offline => "offline",
            Self::Disconnected => "disconnected",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready => "ready",
            Self::PaperLow => "paper nearly at its end",
            Self::PaperOut => "out of paper",
            Self::CoverOpen => "cover open",
            Self::Error => "printer error",
            Self::Offline => "offline",
            Self::Disconnected => "not connected",
        })
    }
}

/// Answers to `DLE EOT` 1 to 4 (Transmit real-time status), each where one came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RealTimeStatus {
    answers: [Option<u8>; 4],
}

impl RealTimeStatus {
    /// Whether a byte can be an answer to `DLE EOT`: bits 1 and 4 are set, bits 0 and 7 are not.
    pub const fn is_answer(byte: u8) -> bool {
        byte & 0b1001_0011 == 0b0001_0010
    }

    /// Notes the answer to `DLE EOT n` (n = 1..=4); any other byte or number is not noted.
    pub fn note(&mut self, n: u8, byte: u8) {
        if let Some(slot) =
            n.checked_sub(1).and_then(|index| self.answers.get_mut(usize::from(index)))
            && Self::is_answer(byte)
        {
            *slot = Some(byte);
        }
    }

    /// The state that the answers mean; without any answer the printer counts as offline.
    ///
    /// The cover comes before the paper, as changing paper opens the cover, and closing it is
    /// the next thing to do.
    pub fn status(self) -> Status {
        let has = |index: usize, bits: u8| self.answers[index].is_some_and(|byte| byte & bits != 0);
        let (printer, offline, error, paper) = (0, 1, 2, 3);
        if self.answers == [None; 4] {
            Status::Offline
        } else if has(offline, 0x04) {
            Status::CoverOpen
        } else if has(paper, 0x60) || has(offline, 0x20) {
            Status::PaperOut
        } else if has(error, 0x6C) || has(offline, 0x40) {
            // Recoverable, knife, unrecoverable, recovers by itself (0x04, 0x08, 0x20, 0x40).
            Status::Error
        } else if has(printer, 0x08) {
            Status::Offline
        } else if has(paper, 0x0C) {
            Status::PaperLow
        } else {
            Status::Ready
        }
    }
}

/// The four questions of status, asked while something else is waited for.
#[derive(Default)]
pub(super) struct StatusRound {
    asked: u8,
    answers: RealTimeStatus,
    answered: bool,
}

impl StatusRound {
    /// All four at once; their answers come in the same order.
    pub(super) fn question(&mut self) -> [u8; 12] {
        *self = Self::default();
        [0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 3, 0x10, 0x04, 4]
    }

    /// Takes the next answer.
    pub(super) fn note(&mut self, byte: u8) {
        self.asked = self.asked.saturating_add(1);
        self.answers.note(self.asked, byte);
        self.answered |= self.asked == 4;
    }

    /// The status, once all four have been answered.
    pub(super) fn finished(&mut self) -> Option<Status> {
        std::mem::take(&mut self.answered).then(|| self.answers.status())
    }
}

/// What an answer to `GS r 1` (Transmit status, paper sensor) says; `None` if the byte is no such answer.
///
/// Bits 0 and 1 are the near-end sensor, bits 2 and 3 the end sensor, all others are nought.
/// Bit 4 tells it from `DLE EOT` answers, where it is always set.
pub const fn paper_from_gs_r(byte: u8) -> Option<Status> {
    match byte {
        0x00 => Some(Status::Ready),
        0x03 => Some(Status::PaperLow),
        0x0C | 0x0F => Some(Status::PaperOut),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn status(answers: [u8; 4]) -> Status {
        let mut noted = RealTimeStatus::default();
        for (n, byte) in (1..).zip(answers) {
            noted.note(n, byte);
        }
        noted.status()
    }

    #[test]
    fn answers_as_the_reference_has_them() {
        assert_eq!(status([0x16, 0x12, 0x12, 0x12]), Status::Ready);
        assert_eq!(status([0x16, 0x12, 0x12, 0x1E]), Status::PaperLow);
        assert_eq!(status([0x1E, 0x32, 0x12, 0x7E]), Status::PaperOut);
        assert_eq!(status([0x1E, 0x16, 0x12, 0x72]), Status::CoverOpen);
        assert_eq!(status([0x1E, 0x52, 0x1A, 0x12]), Status::Error);
        assert_eq!(status([0x1E, 0x12, 0x12, 0x12]), Status::Offline);
        assert_eq!(RealTimeStatus::default().status(), Status::Offline);
    }

    #[test]
    fn names_are_those_of_serde() {
        for state in Status::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
    }

    #[test]
    fn no_byte_is_both_kinds_of_answer() {
        for byte in 0..=u8::MAX {
            assert!(paper_from_gs_r(byte).is_none() || !RealTimeStatus::is_answer(byte));
        }
    }

    proptest! {
        #[test]
        fn rubbish_never_makes_a_printer_ready(answers in any::<[u8; 4]>()) {
            let valid = answers.iter().filter(|byte| RealTimeStatus::is_answer(**byte)).count();
            prop_assert!(valid > 0 || status(answers) == Status::Offline);
        }

        #[test]
        fn a_printer_prints_when_it_has_answered_and_no_answer_says_otherwise(
            noted in prop::collection::vec((any::<u8>(), any::<u8>()), 0..12),
        ) {
            // Half of the bytes made into answers, half of the numbers into questions that there are.
            let noted = noted.into_iter().map(|(n, byte)| {
                let n = if n % 2 == 0 { n / 2 % 4 + 1 } else { n };
                (n, if byte % 2 == 0 { byte & 0x6C | 0x12 } else { byte })
            });
            let (mut answers, mut last) = (RealTimeStatus::default(), [None; 5]);
            for (n, byte) in noted {
                answers.note(n, byte);
                if (1..=4).contains(&n) && byte & 0x93 == 0x12 {
                    last[usize::from(n)] = Some(byte);
                }
            }
            // Offline; cover, end of paper, error; knife and errors; end of paper.
            let stops = [0, 0x08, 0x64, 0x6C, 0x60];
            let fine = last.iter().zip(stops).all(|(byte, bits)| byte.unwrap_or(0) & bits == 0);
            let answered = last.iter().any(Option::is_some);
            prop_assert_eq!(answers.status().prints(), answered && fine);
        }
    }
}

//! What is needed to serve lunch with the kiosk dead.

use crate::domain::{Door, Fen, Fulfilment, ServiceDate};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Every order and every telephone number of a lunch, or what came after such a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlackoutList {
    /// The service date.
    pub date: ServiceDate,
    /// When it was written, local.
    pub at: DateTime,
    /// The highest number on the list before; 0 for a whole list.
    pub after: u32,
    /// The highest number given so far.
    pub last: u32,
    /// Orders to hand over, by number.
    pub lines: Vec<BlackoutLine>,
    /// Numbers on the list before that are off or different; what holds of the latter is in `lines`.
    pub void: Vec<u32>,
    /// Whom to call.
    pub contacts: Vec<Contact>,
    /// Which page of how many; a whole compound is more than one paper can hold.
    #[serde(default = "one_page")]
    pub page: (u32, u32),
}

const fn one_page() -> (u32, u32) {
    (1, 1)
}

/// One order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlackoutLine {
    /// The pick-up number.
    pub number: u32,
    /// The way it reaches its eater.
    pub fulfilment: Fulfilment,
    /// Portions.
    pub portions: u8,
    /// Wishes and allergies in Chinese; empty for a plain one.
    pub words: String,
    /// Still to be paid.
    pub due: Fen,
    /// Where it goes, for a delivery.
    pub door: Option<Door>,
    /// The round that carries it, if one does.
    pub round: Option<u32>,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// What for, in Chinese: `第 2 轮`, `7号楼 楼组长`.
    pub role: String,
    /// The surname.
    pub surname: String,
    /// The telephone number.
    pub phone: String,
}

impl BlackoutList {
    /// Orders on one paper: about a metre and a half.
    const A_PAGE: usize = 80;

    /// The list as papers that can be drawn: what is off on the first, whom to call on the last.
    pub fn pages(mut self) -> Vec<Self> {
        let mut lines = std::mem::take(&mut self.lines);
        let mut contacts = std::mem::take(&mut self.contacts);
        let mut void = std::mem::take(&mut self.void);
        let pages = lines.len().div_ceil(Self::A_PAGE).max(1);
        let mut all = Vec::with_capacity(pages);
        for number in 1..=pages {
            let rest = lines.split_off(lines.len().min(Self::A_PAGE));
            all.push(Self {
                lines: std::mem::replace(&mut lines, rest),
                void: std::mem::take(&mut void),
                contacts: if number == pages { std::mem::take(&mut contacts) } else { Vec::new() },
                page: (number as u32, pages as u32),
                ..self.clone()
            });
        }
        all
    }

    /// Portions of the lines that leave in one of these ways.
    pub fn portions(&self, ways: &[Fulfilment]) -> u32 {
        let wanted = self.lines.iter().filter(|line| ways.contains(&line.fulfilment));
        wanted.map(|line| u32::from(line.portions)).sum()
    }

    /// All that is still to be paid.
    pub fn due(&self) -> Fen {
        self.lines.iter().map(|line| line.due).sum()
    }
}

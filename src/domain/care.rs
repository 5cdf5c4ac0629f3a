//! What is known of a resident beyond lunch: who may be told, days away, and whether neighbours may
//! knock.

use jiff::Timestamp;

use super::calendar::ServiceDate;

/// Somebody who may be told when nobody answers a resident's door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyContact {
    /// Full name.
    pub name: String,
    /// What they are to the resident: `女儿`; may be empty.
    pub relation: String,
    /// Telephone number, as it is dialled.
    pub phone: String,
}

impl FamilyContact {
    /// The most that one resident has.
    pub const MOST: usize = 4;
    /// The most characters of a name or a relation.
    pub const TEXT_MAX: usize = 24;

    /// Whether it can be kept: a name, and a number that can be dialled.
    pub fn is_whole(&self) -> bool {
        let short = |text: &str| text.chars().count() <= Self::TEXT_MAX;
        let dials = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ');
        let digits = self.phone.chars().filter(char::is_ascii_digit).count();
        !self.name.is_empty()
            && short(&self.name)
            && short(&self.relation)
            && (3..=20).contains(&digits)
            && self.phone.chars().all(dials)
    }
}

crate::text_enum!(
    /// Why a resident is not expected.
    PauseKind, "reason of a pause" {
        /// With family, on a journey.
        Away = "away",
        /// In hospital.
        Hospital = "hospital",
        /// Something else, as the note says.
        Other = "other",
    }
);

/// Days on which a resident is not expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Its row.
    pub id: i64,
    /// The first day.
    pub from: ServiceDate,
    /// The last day; none until somebody knows.
    pub until: Option<ServiceDate>,
    /// Why.
    pub kind: PauseKind,
    /// More of it; may be empty.
    pub note: String,
}

impl Pause {
    /// The most characters of a note.
    pub const NOTE_MAX: usize = 60;

    /// Whether it covers a day.
    pub fn covers(&self, date: ServiceDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }

    /// Whether the two have a day in common.
    pub fn meets(&self, from: ServiceDate, until: Option<ServiceDate>) -> bool {
        let begins_before = until.is_none_or(|until| self.from <= until);
        begins_before && self.until.is_none_or(|own| from <= own)
    }
}

/// What was said about knocking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Whether neighbours may knock.
    pub agreed: bool,
    /// Who said so: the resident, or who speaks for them.
    pub said_by: String,
    /// When it was written down.
    pub at: Timestamp,
}

crate::text_enum!(
    /// Why somebody is on the knock list.
    KnockReason, "reason on the knock list" {
        /// They eat here on this weekday, and did not order.
        NotOrdered = "not_ordered",
        /// They ordered to eat in or to collect, and did not come.
        NotCome = "not_come",
    }
);

crate::text_enum!(
    /// What a knock found.
    KnockOutcome, "outcome of a knock" {
        /// They are well, or it is known where they are.
        Fine = "fine",
        /// Nobody answered: a welfare check is open now.
        NoAnswer = "no_answer",
    }
);

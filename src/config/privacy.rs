//! `[privacy]`: how many months what is kept of people keeps their names.

use serde::Deserialize;

use super::between;

/// How long names are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// Months after which orders, their papers and their texts lose names and doors.
    pub orders_months: u32,
    /// Months after which visits, checks, knocks and slips of rounds lose names, doors and notes.
    pub visits_months: u32,
    /// Months after which it is forgotten who looked at whose data.
    pub audit_months: u32,
    /// Months after which it is forgotten who changed what at the desk.
    pub history_months: u32,
}

impl Default for Privacy {
    fn default() -> Self {
        Self { orders_months: 12, visits_months: 12, audit_months: 24, history_months: 24 }
    }
}

impl Privacy {
    pub(super) fn check(self) -> Result<(), String> {
        between("privacy.orders_months", self.orders_months, 1, 120)?;
        between("privacy.visits_months", self.visits_months, 1, 120)?;
        between("privacy.audit_months", self.audit_months, 1, 120)?;
        between("privacy.history_months", self.history_months, 1, 120)
    }
}

//! Other programs that talk to the clubhouse.

use jiff::Timestamp;

use super::ids::ProgramId;

crate::text_enum!(
    /// What a program may do.
    Scope, "scope" {
        /// See menus and what is left; nothing of anybody.
        Menu = "menu",
        /// That, find residents, and order for them.
        Orders = "orders",
    }
);

impl Scope {
    /// Whether a program with this scope may do what needs the other one.
    pub fn covers(self, needed: Scope) -> bool {
        self >= needed
    }
}

/// A program that may talk to the clubhouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Identity.
    pub id: ProgramId,
    /// What it is called in the history.
    pub name: String,
    /// What it may do.
    pub scope: Scope,
    /// When it was let in.
    pub created_at: Timestamp,
    /// When it last asked for something, to the minute.
    pub used_at: Option<Timestamp>,
}

impl Program {
    /// Who did it, in the history of an order. No account's name has a colon.
    pub fn actor(&self) -> String {
        format!("api:{}", self.name)
    }
}

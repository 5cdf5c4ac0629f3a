//! What a use case answers when it can't do what was asked.

use crate::domain::{CareRefusal, Refusal};
use crate::store::StoreError;

/// A refusal with its facts, or a failure of the database; either way nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The wish can't be granted.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The rounds could not be planned.
    #[error("the rounds could not be planned: {0}")]
    Planning(String),
}

impl From<CareRefusal> for Error {
    fn from(refusal: CareRefusal) -> Self {
        Self::Refused(Refusal::Care(refusal))
    }
}

impl Error {
    /// The refusal, if it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

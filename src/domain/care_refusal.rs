//! Why something about looking after a person can't be done.

use super::money::Fen;

/// A typed “no” of the ladder, the care record, the knock list and the erasing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CareRefusal {
    /// Somebody else took this step of the ladder meanwhile.
    #[error("somebody has taken this step meanwhile; nothing was written down twice")]
    StepTaken,
    /// What is known of this resident was changed since the page was shown.
    #[error("somebody changed this page meanwhile; nothing was changed, look at it again")]
    PageOutdated,
    /// A family contact without a name, or without a number that can be dialled.
    #[error("each family contact needs a name and a telephone number, four at most")]
    ContactNotWhole,
    /// A pause that ends before it begins.
    #[error("a pause can't end before it begins")]
    PauseEndsFirst,
    /// A pause that has a day in common with another.
    #[error("another pause has some of these days already")]
    PauseMeets,
    /// Nobody is named who spoke for the resident.
    #[error("write down who said so")]
    SpeakerMissing,
    /// The person is not on the knock list, or somebody has written down what was found.
    #[error("this door is not on the knock list any more")]
    NotOnKnockList,
    /// A resident can't be erased while money stands on the account.
    #[error(
        "{balance} yuan stand on the account (below zero: are owed); settle it first, then erase"
    )]
    MoneyOnAccount {
        /// What the account holds; below zero if the resident owes it.
        balance: Fen,
    },
    /// A resident can't be erased while something of theirs is under way.
    #[error("an order or a check of this resident is still open; finish it first, then erase")]
    StillOpen,
}

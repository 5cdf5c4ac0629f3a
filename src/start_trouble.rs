//! Why a start failed, in words for whoever stands before the screen: what happened, what is safe,
//! what to do, in both languages and without anybody's data.

mod cause;
mod offer;
mod words;

use std::sync::Arc;

pub use cause::Cause;
pub use offer::offer;

/// The same words in both languages of the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Both {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Both {
    /// These words.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// A start that failed.
#[derive(Debug, Clone)]
pub struct StartTrouble {
    /// What kind of trouble it is.
    pub cause: Cause,
    /// What residents do now.
    pub title: Both,
    /// What happened.
    pub what: Both,
    /// What is safe.
    pub safe: Both,
    /// What the staff do, and whom they call.
    pub todo: Both,
    /// The short detail for whoever mends it; no personal data, no PIN.
    pub detail: String,
    /// What the staff can do on the screen, behind their PIN.
    pub offer: Option<RestoreOffer>,
}

/// Puts a good copy in the place of the damaged database.
#[derive(Clone)]
pub struct RestoreOffer {
    /// Which copy, and where what came after it can be found.
    pub words: Both,
    /// The PIN that allows it.
    pub pin: String,
    /// Does it; waits for the disk. Says what went wrong.
    pub restore: Arc<dyn Fn() -> Result<(), String> + Send + Sync>,
}

impl std::fmt::Debug for RestoreOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The PIN stays out of every log.
        write!(f, "RestoreOffer({})", self.words.en)
    }
}

impl StartTrouble {
    /// The trouble behind a failed start; `said` is the whole message for the journal.
    pub fn new(cause: Cause, said: &str) -> Self {
        let words = words::of(cause);
        Self {
            cause,
            title: words::title(),
            what: words.what,
            safe: words.safe,
            todo: words.todo,
            detail: words::detail(cause, said),
            offer: None,
        }
    }

    /// The same with a way to mend it on the screen.
    #[must_use]
    pub fn with_offer(mut self, offer: Option<RestoreOffer>) -> Self {
        self.offer = offer;
        self
    }
}

/// The text for a console or the journal.
impl std::fmt::Display for StartTrouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { title, what, safe, todo, .. } = self;
        writeln!(f, "{}。{}{}{}", title.zh, what.zh, safe.zh, todo.zh)?;
        write!(f, "{}. {} {} {}", title.en, what.en, safe.en, todo.en)
    }
}

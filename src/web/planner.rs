//! The planner at the desk: one change of a plan at a time, off the threads that serve, and what
//! each of them brought for everybody to read.

use jiff::Timestamp;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

use super::error::WebError;
use super::state::Web;
use crate::domain::ServiceDate;
use crate::kiosk::words::Lang;

/// How long a form waits for its change before the page says that it is under way.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How many answers are kept.
const KEPT: usize = 12;

/// Somebody else's change is under way.
pub const BUSY: WebError = WebError::Input(
    "正在排路线，请等它好了再做。这一次什么也没有做。",
    "The rounds are being planned; wait for that. Nothing was done now.",
);

/// One thing that a change brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether somebody should think about it.
    pub warns: bool,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Line {
    /// Something that is well.
    pub fn good(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { warns: false, zh: zh.into(), en: en.into() }
    }

    /// Something to think about.
    pub fn warning(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { warns: true, zh: zh.into(), en: en.into() }
    }

    /// In one language.
    pub fn words(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// What a change brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Whether it was refused; nothing was changed then.
    pub refused: bool,
    /// Whether it was a question, which changes nothing.
    pub asked: bool,
    /// What it brought, or why not.
    pub lines: Vec<Line>,
}

/// What a change of a date brought, when and whose it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The date of the plan.
    pub date: ServiceDate,
    /// When.
    pub at: Timestamp,
    /// Whose account.
    pub who: String,
    /// What it brought.
    pub told: Told,
}

/// How far a change has come when its form is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// Another one is under way; this one was not begun.
    Busy,
    /// It is under way.
    UnderWay,
    /// It is done.
    Done(Told),
}

/// The one place at the planner.
#[derive(Clone)]
pub struct Planner {
    state: Arc<Mutex<State>>,
    told: watch::Sender<u64>,
}

#[derive(Default)]
struct State {
    at_work: Option<(ServiceDate, String)>,
    answers: VecDeque<Answer>,
}

impl Default for Planner {
    fn default() -> Self {
        Self { state: Arc::default(), told: watch::channel(0).0 }
    }
}

/// Whoever has the place; it is given back when this goes.
struct Place(Planner);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.with(|state| state.at_work = None);
        self.0.tell();
    }
}

impl Planner {
    fn with<T>(&self, what: impl FnOnce(&mut State) -> T) -> T {
        what(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tell(&self) {
        self.told.send_modify(|n| *n = n.wrapping_add(1));
    }

    /// Counts up whenever a change begins or ends.
    pub fn follow(&self) -> watch::Receiver<u64> {
        self.told.subscribe()
    }

    /// The date and the account of the change that is under way.
    pub fn at_work(&self) -> Option<(ServiceDate, String)> {
        self.with(|state| state.at_work.clone())
    }

    /// What the last changes of a date brought, the newest first.
    pub fn answers(&self, date: ServiceDate) -> Vec<Answer> {
        self.with(|state| state.answers.iter().rev().filter(|a| a.date == date).cloned().collect())
    }

    fn take(&self, date: ServiceDate, who: &str) -> Option<Place> {
        let taken = self.with(|state| {
            if state.at_work.is_some() {
                return false;
            }
            state.at_work = Some((date, who.to_owned()));
            true
        });
        taken.then(|| {
            self.tell();
            Place(self.clone())
        })
    }

    fn keep(&self, answer: Answer) {
        self.with(|state| {
            state.answers.push_back(answer);
            if state.answers.len() > KEPT {
                state.answers.pop_front();
            }
        });
    }
}

impl Web {
    /// Has a plan changed, or asked about, by one at a time; what takes long goes on when this
    /// returns.
    pub async fn plan(
        &self,
        date: ServiceDate,
        who: &str,
        change: impl FnOnce(&Self) -> Told + Send + 'static,
    ) -> Result<Came, WebError> {
        let Some(place) = self.planner.take(date, who) else { return Ok(Came::Busy) };
        let (web, who) = (self.clone(), who.to_owned());
        let work = tokio::task::spawn_blocking(move || {
            let told = change(&web);
            web.wake_printers();
            let at = web.house.clock.now();
            web.planner.keep(Answer { date, at, who, told: told.clone() });
            drop(place);
            told
        });
        match tokio::time::timeout(PATIENCE, work).await {
            Ok(Ok(told)) => Ok(Came::Done(told)),
            Ok(Err(error)) => Err(WebError::Broken(error.to_string())),
            Err(_) => Ok(Came::UnderWay),
        }
    }
}

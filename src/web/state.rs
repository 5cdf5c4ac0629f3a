//! What every page works with.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

use super::error::WebError;
use super::planner::Planner;
use crate::accounts::Accounts;
use crate::care::Care;
use crate::counter::Counter;
use crate::dispatch::Dispatch;
use crate::domain::ServiceDate;
use crate::error::Error;
use crate::house::House;
use crate::panel_watch::Alarm;
use crate::printing::{Bell, Board};
use crate::programs::Programs;
use crate::registry::Registry;
use crate::store::Watcher;

/// How often it is looked whether anything changed.
const LOOK: Duration = Duration::from_millis(500);

/// Requests of other programs that are served at once; further ones are asked to come again.
const AT_ONCE: usize = 8;

/// Tells every open page that something changed, whoever changed it: kiosk, page or command.
pub type Changes = watch::Receiver<u64>;

/// The clubhouse as the pages see it; cheap to clone.
#[derive(Clone)]
pub struct Web(Arc<Parts>);

/// The parts.
pub struct Parts {
    /// The house.
    pub house: House,
    /// Ordering.
    pub counter: Counter,
    /// Delivery.
    pub dispatch: Dispatch,
    /// Compound and people.
    pub registry: Registry,
    /// Looking after people.
    pub care: Care,
    /// Who may sign in.
    pub accounts: Accounts,
    /// Which programs may come in.
    pub programs: Programs,
    /// How many of their requests are served at once.
    pub programs_at_once: Semaphore,
    /// How the printers are.
    pub board: Board,
    /// Calls the staff.
    pub alarm: Alarm,
    /// Something changed.
    pub changes: Changes,
    /// Changes plans, one at a time.
    pub planner: Planner,
    bell: Bell,
}

impl std::ops::Deref for Web {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Web {
    /// The pages of a house.
    pub fn new(house: House, board: Board, bell: Bell, alarm: Alarm, changes: Changes) -> Self {
        Self(Arc::new(Parts {
            counter: Counter::new(house.clone()),
            dispatch: Dispatch::new(house.clone()),
            registry: Registry::new(house.clone()),
            care: Care::new(house.clone()),
            accounts: Accounts::new(house.clone()),
            programs: Programs::new(house.clone()),
            programs_at_once: Semaphore::new(AT_ONCE),
            house,
            board,
            alarm,
            changes,
            planner: Planner::default(),
            bell,
        }))
    }

    /// Asks or changes something, off the threads that serve; the printers are woken afterwards.
    pub async fn work<T, E>(
        &self,
        what: impl FnOnce(&Self) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WebError>
    where
        T: Send + 'static,
        E: Into<WebError> + Send + 'static,
    {
        let web = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let result = what(&web);
            web.bell.ring();
            result
        })
        .await
        .map_err(|e| WebError::Broken(e.to_string()))?;
        done.map_err(Into::into)
    }

    /// Has the printers look for new papers.
    pub(super) fn wake_printers(&self) {
        self.bell.ring();
    }

    /// Today's date.
    pub fn today(&self) -> Result<ServiceDate, Error> {
        Ok(self.counter.calendar()?.today(self.house.clock.now()))
    }

    /// The local time of a moment, `9:40`.
    pub fn clock(&self, at: jiff::Timestamp) -> String {
        self.house.settings.calendar().local(at).strftime("%-H:%M").to_string()
    }
}

/// Follows the database, and counts up with each change of it until nobody listens any more.
pub async fn follow(path: &Path, told: watch::Sender<u64>) {
    let mut watcher = match Watcher::open(path) {
        Ok(watcher) => watcher,
        Err(error) => {
            tracing::error!(%error, "open pages do not follow what changes; they can be reloaded");
            return;
        }
    };
    let mut beat = tokio::time::interval(LOOK);
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !told.is_closed() {
        beat.tick().await;
        let looked = tokio::task::spawn_blocking(move || {
            let changed = watcher.changed();
            (watcher, changed)
        });
        let Ok((back, changed)) = looked.await else { return };
        watcher = back;
        match changed {
            Ok(true) => told.send_modify(|n| *n = n.wrapping_add(1)),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "it can't be told whether anything changed"),
        }
    }
}

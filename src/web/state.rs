//! What every page works with.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::error::WebError;
use super::hosts::Hosts;
use super::planner::Planner;
use super::streams::Streams;
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
/// Pages that ask the database at once; further ones wait. The screen in the clubhouse comes first.
const ASKING: usize = 24;
/// How long somebody who signs in waits for those before.
const SIGNING_IN: Duration = Duration::from_secs(15);

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
    /// The names under which the pages answer.
    pub(super) hosts: Hosts,
    /// Pages that follow what happens.
    pub(super) streams: Streams,
    asking: Arc<Semaphore>,
    signing_in: Arc<Semaphore>,
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
            hosts: Hosts::new(&house.settings.web),
            streams: Streams::default(),
            asking: Arc::new(Semaphore::new(ASKING)),
            signing_in: Arc::new(Semaphore::new(1)),
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
        let place = self.asking.clone().acquire_owned().await;
        let place = place.map_err(|e| WebError::Broken(e.to_string()))?;
        let done = tokio::task::spawn_blocking(move || {
            let result = what(&web);
            web.bell.ring();
            // It is given back once the work is done, even if whoever asked has gone.
            drop(place);
            result
        })
        .await
        .map_err(|e| WebError::Broken(e.to_string()))?;
        done.map_err(Into::into)
    }

    /// One after the other: a password takes 19 MiB and a moment to check, and tries that come all
    /// at once would all be looked at before the first wrong one is counted.
    pub(super) async fn turn_to_sign_in(&self) -> Result<OwnedSemaphorePermit, WebError> {
        let turn = tokio::time::timeout(SIGNING_IN, self.signing_in.clone().acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or(WebError::Input(
            "同时登录的人太多，请过一会儿再试。",
            "Too many people sign in at once. Try again in a moment.",
        ))
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

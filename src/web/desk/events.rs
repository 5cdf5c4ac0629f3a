//! Tells open pages that something changed (server-sent events, WHATWG HTML 9.2).

use axum::response::sse::{Event, KeepAlive};
use std::convert::Infallible;
use std::time::Duration;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use crate::web::state::Web;

/// How often a silent connection is shown to be alive.
const ALIVE: Duration = Duration::from_secs(15);

/// An event for each change; changes while the page is slow become one.
pub fn changes(web: &Web) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    WatchStream::from_changes(web.changes.clone())
        .map(|count| Ok(Event::default().event("changed").data(count.to_string())))
}

/// Keeps proxies and sleepy routers from closing a silent connection.
pub fn alive() -> KeepAlive {
    KeepAlive::new().interval(ALIVE)
}

/// The same, and an event whenever a change of a plan begins or ends.
pub fn changes_and_plans(web: &Web) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let plans = WatchStream::from_changes(web.planner.follow())
        .map(|count| Ok(Event::default().event("changed").data(format!("plan {count}"))));
    changes(web).merge(plans)
}

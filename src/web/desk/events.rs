//! Tells open pages that something changed (server-sent events, WHATWG HTML 9.2).

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::time::Duration;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use crate::web::error::WebError;
use crate::web::state::Web;

/// How often a silent connection is shown to be alive.
const ALIVE: Duration = Duration::from_secs(15);

/// An event for each change; changes while the page is slow become one. `who` has only so many of
/// these connections; a page beyond them asks now and then instead.
pub fn changes(web: &Web, who: String) -> Response {
    follow(web, who, changed(web))
}

/// The same, and an event whenever a change of a plan begins or ends.
pub fn changes_and_plans(web: &Web, who: String) -> Response {
    let plans = WatchStream::from_changes(web.planner.follow())
        .map(|count| Ok(Event::default().event("changed").data(format!("plan {count}"))));
    follow(web, who, changed(web).merge(plans))
}

fn changed(web: &Web) -> impl Stream<Item = Result<Event, Infallible>> + Send + use<> {
    WatchStream::from_changes(web.changes.clone())
        .map(|count| Ok(Event::default().event("changed").data(count.to_string())))
}

fn follow(
    web: &Web,
    who: String,
    events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static,
) -> Response {
    let Some(following) = web.streams.follow(who) else {
        return WebError::Full.into_response();
    };
    // The place is given back with the stream.
    let events = events.map(move |event| {
        let _ = &following;
        event
    });
    // Keeps proxies and sleepy routers from closing a silent connection.
    Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}

//! The page for a television: numbers that stand at the window. It shows nobody's name.

use askama::Template;
use axum::Extension;
use axum::extract::{ConnectInfo, State};
use axum::response::{Html, Response};
use std::net::SocketAddr;

use super::desk::events::changes;
use super::error::WebError;
use super::routes::{Route, Who, get};
use super::state::Web;
use super::view::{View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/display", Who::Anybody, page),
        get("/display/numbers", Who::Anybody, numbers),
        get("/display/events", Who::Anybody, events),
    ]
}

#[derive(Template)]
#[template(path = "display.html")]
struct Page {
    v: View,
    numbers: Vec<u32>,
}

#[derive(Template)]
#[template(path = "display_numbers.html")]
struct Numbers {
    v: View,
    numbers: Vec<u32>,
}

/// The page.
pub async fn page(State(web): State<Web>, v: View) -> Result<Html<String>, WebError> {
    let numbers = called(&web).await?;
    html(&Page { v, numbers })
}

/// The part of it that changes.
pub async fn numbers(State(web): State<Web>, v: View) -> Result<Html<String>, WebError> {
    let numbers = called(&web).await?;
    html(&Numbers { v, numbers })
}

/// Tells the page that something changed.
pub async fn events(
    State(web): State<Web>,
    from: Option<Extension<ConnectInfo<SocketAddr>>>,
) -> Response {
    let from = from.map(|Extension(ConnectInfo(from))| from.ip().to_string());
    changes(&web, format!("display {}", from.unwrap_or_default()))
}

/// The newest first.
async fn called(web: &Web) -> Result<Vec<u32>, WebError> {
    let mut numbers = web.work(|web| web.counter.called_today()).await?;
    numbers.reverse();
    Ok(numbers)
}

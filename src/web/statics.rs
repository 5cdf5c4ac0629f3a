//! Style and script, compiled in.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::error::WebError;
use super::routes::{Route, Who, get};

const STYLE: &str = include_str!("assets/desk.css");
const SCRIPT: &str = include_str!("assets/desk.js");

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![get("/static/{file}", Who::Anybody, file)]
}

/// A file that pages name.
pub async fn file(Path(name): Path<String>) -> Result<Response, WebError> {
    let (kind, text) = match name.as_str() {
        "desk.css" => ("text/css; charset=utf-8", STYLE),
        "phone.js" => ("text/javascript; charset=utf-8", include_str!("assets/phone.js")),
        "phone.css" => ("text/css; charset=utf-8", include_str!("assets/phone.css")),
        "desk.js" => ("text/javascript; charset=utf-8", SCRIPT),
        _ => return Err(WebError::NotFound),
    };
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text).into_response())
}

//! Style and script, compiled in.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::error::WebError;
use super::routes::{Route, Who, get};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![get("/static/{file}", Who::Anybody, file)]
}

/// How long a browser may use a file without asking. The phone's own have to be there in a lift; their
/// address names the program's version.
const ASKED_EACH_TIME: &str = "no-cache";
const FOR_THE_DAY: &str = "private, max-age=86400";

/// A file that pages name.
pub async fn file(Path(name): Path<String>) -> Result<Response, WebError> {
    let (css, js) = ("text/css; charset=utf-8", "text/javascript; charset=utf-8");
    let (kind, kept, text) = match name.as_str() {
        "desk.css" => (css, ASKED_EACH_TIME, include_str!("assets/desk.css")),
        "desk.js" => (js, ASKED_EACH_TIME, include_str!("assets/desk.js")),
        "compound.js" => (js, ASKED_EACH_TIME, include_str!("assets/compound.js")),
        "phone.css" => (css, FOR_THE_DAY, include_str!("assets/phone.css")),
        "phone.js" => (js, FOR_THE_DAY, include_str!("assets/phone.js")),
        _ => return Err(WebError::NotFound),
    };
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], text).into_response())
}

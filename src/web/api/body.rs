//! What a program sends: a body in JSON, an id or a date in the path. Whatever does not fit is
//! answered with a problem that says how it should be.

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;

use super::Problem;
use crate::web::error::WebError;

/// A body, read and checked, with its digest.
pub struct Sent<T> {
    /// What it says.
    pub body: T,
    /// What tells it from another.
    pub digest: String,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::NotJson);
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Problem::TooLarge)?;
        let body = serde_json::from_slice(&bytes).map_err(|e| Problem::Input(e.to_string()))?;
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        Ok(Self { body, digest: crate::accounts::hashed(text) })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// The one thing that varies in a path.
pub struct Named<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        // What can't be an id is the id of nothing.
        let nothing = || Problem::Page(WebError::NotFound);
        let Path(text) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| nothing())?;
        text.parse().map(Self).map_err(|_| nothing())
    }
}

/// What is asked for after the question mark.
pub struct Asked<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(asked)| Self(asked)).map_err(|e| Problem::Input(e.body_text()))
    }
}

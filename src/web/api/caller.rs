//! Which program asks: a bearer token (RFC 6750), nothing else. A session of the desk is no way in,
//! so no page of another site can use one.

use axum::extract::{FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Problem;
use crate::domain::{Program, Scope};
use crate::web::state::Web;

/// A program that showed its token, and is allowed to be here.
#[derive(Debug, Clone)]
pub struct Caller(pub Program);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Unknown)
    }
}

/// Lets a program pass whose scope covers what it asks for. A few at a time are served; the screen
/// in the clubhouse comes first.
pub async fn admit(web: Web, needed: Scope, mut request: Request, next: Next) -> Response {
    let Ok(_slot) = web.programs_at_once.try_acquire() else {
        return Problem::Busy.into_response();
    };
    let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(token) = shown.and_then(bearer).map(ToOwned::to_owned) else {
        return Problem::Unknown.into_response();
    };
    match web.work(move |web| web.programs.of_token(&token)).await {
        Err(error) => Problem::from(error).into_response(),
        Ok(None) => Problem::Unknown.into_response(),
        Ok(Some(program)) if !program.scope.covers(needed) => Problem::Scope.into_response(),
        Ok(Some(program)) => {
            request.extensions_mut().insert(Caller(program));
            next.run(request).await
        }
    }
}

/// The token of `Bearer <token>`; the scheme's case does not matter.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

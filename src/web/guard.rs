//! Who may see a page.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::api;
use super::error::WebError;
use super::routes::Who;
use super::state::Web;
use crate::accounts::Session;
use crate::domain::Account;

/// The cookie of a session. Over TLS its name has browsers refuse one that came unencrypted or from
/// another machine of the same domain (RFC 6265bis, 4.1.3.2).
pub fn session_cookie(web: &Web) -> &'static str {
    if web.house.settings.web.is_encrypted() { "__Host-desk" } else { "desk" }
}

/// Somebody who is signed in, and allowed to be here.
#[derive(Debug, Clone)]
pub struct Signed(pub Session);

impl Signed {
    /// Who.
    pub fn account(&self) -> &Account {
        &self.0.account
    }

    /// What tells this session from every other, and opens nothing.
    pub fn session(&self) -> String {
        crate::accounts::hashed(&self.0.form_token)
    }
}

impl<S: Sync> FromRequestParts<S> for Signed {
    type Rejection = WebError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        parts.extensions.get::<Self>().cloned().ok_or(WebError::Forbidden)
    }
}

/// Lets pass whom the table of routes names; others are asked to sign in, or refused.
pub async fn guard(
    State((web, who)): State<(Web, Who)>,
    mut request: Request,
    next: Next,
) -> Response {
    let roles = match who {
        Who::Anybody => return next.run(request).await,
        Who::Program(scope) => return api::admit(web, scope, request, next).await,
        Who::Roles(roles) => roles,
    };
    let session = match cookie(request.headers(), session_cookie(&web)).map(ToOwned::to_owned) {
        Some(token) => match web.work(move |web| web.accounts.session(&token)).await {
            Ok(session) => session,
            Err(error) => return error.into_response(),
        },
        None => None,
    };
    let Some(session) = session else {
        if request.method() == Method::GET {
            return Redirect::to("/sign-in").into_response();
        }
        return WebError::Stale.into_response();
    };
    if !roles.contains(&session.account.role) {
        return WebError::Forbidden.into_response();
    }
    request.extensions_mut().insert(Signed(session));
    next.run(request).await
}

/// A cookie's value.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(n, _)| *n == name).map(|(_, v)| v))
}

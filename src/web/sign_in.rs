//! Signing in and out, and the language of the pages.

use askama::Template;
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use serde::Deserialize;
use std::net::SocketAddr;

use super::error::WebError;
use super::guard::{cookie, session_cookie};
use super::routes::{ALL, Route, Who, get, post};
use super::state::Web;
use super::view::{LANGUAGE, View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    use Who::{Anybody, Roles};
    vec![
        get("/", Anybody, front),
        get("/sign-in", Anybody, form),
        post("/sign-in", Anybody, sign_in),
        post("/sign-out", Roles(ALL), sign_out),
        get("/language/{to}", Anybody, language),
    ]
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page {
    v: View,
    name: String,
    wrong: Option<String>,
}

/// What is typed to sign in.
#[derive(Deserialize)]
pub struct Typed {
    name: String,
    password: String,
}

/// Where a change of language leads back to.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

/// The way to the first page.
pub async fn front() -> Redirect {
    Redirect::to("/today")
}

/// The page to sign in at.
pub async fn form(v: View) -> Result<Html<String>, WebError> {
    html(&Page { v, name: String::new(), wrong: None })
}

/// Signs in, or says why not.
pub async fn sign_in(
    State(web): State<Web>,
    v: View,
    address: Option<Extension<ConnectInfo<SocketAddr>>>,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let from = address.map(|Extension(ConnectInfo(a))| a.ip().to_string()).unwrap_or_default();
    let (name, password) = (typed.name.trim().to_owned(), typed.password);
    let tried = name.clone();
    let turn = web.turn_to_sign_in().await?;
    let signed = web
        .work(move |web| {
            let signed = web.accounts.sign_in(&tried, &password, &from);
            drop(turn);
            signed
        })
        .await;
    match signed {
        Ok((token, _)) => {
            let hours = web.house.settings.web.session_hours;
            let name = session_cookie(&web);
            let kept = set_cookie(&web, name, &token, i64::from(hours) * 3600, true);
            Ok(([(header::SET_COOKIE, kept)], Redirect::to("/today")).into_response())
        }
        Err(error @ WebError::Input(..)) => {
            let wrong = Some(error.words(v.lang));
            let page = html(&Page { v, name, wrong })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Signs out.
pub async fn sign_out(State(web): State<Web>, headers: HeaderMap) -> Result<Response, WebError> {
    if let Some(token) = cookie(&headers, session_cookie(&web)).map(ToOwned::to_owned) {
        web.work(move |web| web.accounts.sign_out(&token)).await?;
    }
    let gone = set_cookie(&web, session_cookie(&web), "", 0, true);
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/sign-in")).into_response())
}

/// Changes the language and leads back.
pub async fn language(
    State(web): State<Web>,
    Path(to): Path<String>,
    Query(Back { back }): Query<Back>,
) -> Response {
    let to = if to == "en" { "en" } else { "zh" };
    // Only to a page of this server: “//elsewhere” would be another one, and so would “/<tab>/elsewhere”,
    // for browsers leave out what can't be seen.
    let own = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains(|c: char| c == '\\' || c.is_control());
    let back = if own { back } else { "/".to_owned() };
    let kept = set_cookie(&web, LANGUAGE, to, 365 * 24 * 3600, false);
    ([(header::SET_COOKIE, kept)], Redirect::to(&back)).into_response()
}

fn set_cookie(web: &Web, name: &str, value: &str, seconds: i64, secret: bool) -> String {
    let secret = if secret { "; HttpOnly" } else { "" };
    let sealed = if web.house.settings.web.is_encrypted() { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Strict{secret}{sealed}")
}

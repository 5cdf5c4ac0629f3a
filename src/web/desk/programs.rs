//! Other programs that may talk to the clubhouse. A token is shown once, on the page that answers
//! the form.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Redirect};
use serde::Deserialize;

use crate::domain::{Program, Scope};
use crate::programs::ProgramError;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{OFFICE, Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/programs", Roles(OFFICE), page),
        post("/programs", Roles(OFFICE), add),
        post("/programs/off", Roles(OFFICE), off),
    ]
}

#[derive(Template)]
#[template(path = "programs.html")]
struct Page {
    v: View,
    programs: Vec<Row>,
    /// The name and token of one that was just let in.
    fresh: Option<(String, String)>,
}

struct Row {
    name: String,
    scope: Scope,
    since: String,
    used: Option<String>,
}

/// The page.
pub async fn page(State(web): State<Web>, v: View) -> Result<Html<String>, WebError> {
    show(&web, v, None).await
}

async fn show(
    web: &Web,
    v: View,
    fresh: Option<(String, String)>,
) -> Result<Html<String>, WebError> {
    let programs = web.work(|web| web.programs.list()).await?;
    let calendar = web.house.settings.calendar();
    let at = |at| calendar.local(at).strftime("%Y-%m-%d %H:%M").to_string();
    let row = |Program { name, scope, created_at, used_at, .. }| Row {
        name,
        scope,
        since: at(created_at),
        used: used_at.map(at),
    };
    let programs = programs.into_iter().map(row).collect();
    html(&Page { v, programs, fresh })
}

/// A program to let in.
#[derive(Deserialize)]
pub struct New {
    name: String,
    scope: String,
}

/// Lets a program in, and shows its token.
pub async fn add(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Posted(New { name, scope }): Posted<New>,
) -> Result<Html<String>, WebError> {
    let scope: Scope = scope
        .parse()
        .map_err(|_| WebError::Input("请选它可以做什么。", "Choose what it may do."))?;
    let name = name.trim().to_owned();
    let asked = name.clone();
    let add = move |web: &Web| web.programs.add(&who.account().name, &asked, scope);
    let token = web.work::<_, ProgramError>(add).await?;
    show(&web, v, Some((name, token))).await
}

/// Which.
#[derive(Deserialize)]
pub struct Name {
    name: String,
}

/// Lets a program in no more.
pub async fn off(
    State(web): State<Web>,
    who: Signed,
    Posted(Name { name }): Posted<Name>,
) -> Result<Redirect, WebError> {
    web.work(move |web| web.programs.revoke(&who.account().name, &name)).await?;
    Ok(Redirect::to("/programs"))
}

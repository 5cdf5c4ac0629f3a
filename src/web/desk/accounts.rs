//! The accounts at the desk, and the own password.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use crate::domain::{Account, Role};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{ALL, OFFICE, Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/accounts", Roles(OFFICE), page),
        post("/accounts", Roles(OFFICE), add),
        post("/accounts/password", Roles(OFFICE), password),
        post("/accounts/off", Roles(OFFICE), off),
        get("/password", Roles(ALL), own),
        post("/password", Roles(ALL), change_own),
    ]
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct Page {
    v: View,
    accounts: Vec<Account>,
    buildings: Vec<String>,
    me: String,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "password.html")]
struct Own {
    v: View,
}

/// What was just done, and to whom.
#[derive(Deserialize, Default)]
pub struct Done {
    done: Option<String>,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(Done { done }): Query<Done>,
) -> Result<Html<String>, WebError> {
    let (accounts, buildings) = web
        .work(|web| Ok::<_, WebError>((web.accounts.list()?, web.registry.buildings()?)))
        .await?;
    let buildings = buildings.into_iter().map(|b| b.number).collect();
    let done = done.filter(|name| accounts.iter().any(|a| a.name == *name));
    html(&Page { v, accounts, buildings, me: who.account().name.clone(), done })
}

/// Somebody new.
#[derive(Deserialize)]
pub struct New {
    name: String,
    role: String,
    #[serde(default)]
    building: String,
    password: String,
}

/// Adds an account.
pub async fn add(
    State(web): State<Web>,
    who: Signed,
    Posted(new): Posted<New>,
) -> Result<Redirect, WebError> {
    let role: Role = new
        .role
        .parse()
        .map_err(|_| WebError::Input("请选做什么工作。", "Choose what this person does."))?;
    let added = web
        .work(move |web| {
            let building = Some(new.building.as_str()).filter(|b| !b.is_empty());
            web.accounts.add_by(who.account(), new.name.trim(), role, building, &new.password)
        })
        .await?;
    Ok(done(&added.name))
}

/// A new password for somebody.
#[derive(Deserialize)]
pub struct NewPassword {
    name: String,
    password: String,
}

/// Sets somebody's password.
pub async fn password(
    State(web): State<Web>,
    who: Signed,
    Posted(NewPassword { name, password }): Posted<NewPassword>,
) -> Result<Redirect, WebError> {
    let of = name.clone();
    web.work(move |web| web.accounts.set_password_by(who.account(), &of, &password)).await?;
    Ok(done(&name))
}

/// Whom.
#[derive(Deserialize)]
pub struct Name {
    name: String,
}

/// Switches an account off.
pub async fn off(
    State(web): State<Web>,
    who: Signed,
    Posted(Name { name }): Posted<Name>,
) -> Result<Redirect, WebError> {
    web.work(move |web| web.accounts.disable_by(who.account(), &name)).await?;
    Ok(Redirect::to("/accounts"))
}

fn done(name: &str) -> Redirect {
    let query = serde_urlencoded::to_string([("done", name)]).unwrap_or_default();
    Redirect::to(&format!("/accounts?{query}"))
}

/// The form for the own password.
pub async fn own(v: View) -> Result<Html<String>, WebError> {
    html(&Own { v })
}

/// The old password and the new one, twice.
#[derive(Deserialize)]
pub struct Change {
    old: String,
    new: String,
    again: String,
}

/// Changes the own password; then one signs in with it.
pub async fn change_own(
    State(web): State<Web>,
    who: Signed,
    Posted(Change { old, new, again }): Posted<Change>,
) -> Result<Redirect, WebError> {
    if new != again {
        return Err(WebError::Input(
            "两次新密码不一样，没有改。",
            "The new password was not typed twice alike; nothing was changed.",
        ));
    }
    web.work(move |web| web.accounts.change_own(who.account(), &old, &new)).await?;
    Ok(Redirect::to("/sign-in"))
}

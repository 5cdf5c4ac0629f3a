//! The day as it stands: what is ordered, what is left, what needs a person, and its close.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use super::checks;
use super::day::Day;
use super::events;
use crate::backup;
use crate::domain::{CheckId, PrintJobId};
use crate::error::Error;
use crate::house::House;
use crate::printing;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{ALL, HOUSE, OFFICE, Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/today", Roles(ALL), page),
        get("/today/live", Roles(ALL), live),
        get("/today/events", Roles(ALL), events),
        post("/today/help/{id}", Roles(HOUSE), help_answered),
        post("/today/unfinished/{id}", Roles(HOUSE), followed_up),
        post("/today/paper/{id}/again", Roles(HOUSE), paper_again),
        post("/today/paper/{id}/found", Roles(HOUSE), paper_found),
        post("/today/check/{id}", Roles(ALL), check_closed),
        post("/today/selling", Roles(HOUSE), selling),
        post("/today/close", Roles(OFFICE), close_day),
    ]
}

#[derive(Template)]
#[template(path = "today.html")]
struct Page {
    v: View,
    day: Day,
}

#[derive(Template)]
#[template(path = "today_live.html")]
struct Live {
    v: View,
    day: Day,
}

/// The page.
pub async fn page(State(web): State<Web>, v: View, who: Signed) -> Result<Html<String>, WebError> {
    let account = who.account().clone();
    let lang = v.lang;
    let day = web
        .work(move |web| {
            web.accounts.looked(&account, "today", None)?;
            Day::read(web, lang, account.building.as_deref())
        })
        .await?;
    html(&Page { v, day })
}

/// The part of it that changes. Its path is not the page's, so that the menu stays as it is.
pub async fn live(State(web): State<Web>, v: View, who: Signed) -> Result<Html<String>, WebError> {
    let (building, lang) = (who.account().building.clone(), v.lang);
    let day = web.work(move |web| Day::read(web, lang, building.as_deref())).await?;
    html(&Live { v, day })
}

/// Tells the page that something changed.
pub async fn events(State(web): State<Web>, who: Signed) -> Response {
    events::changes(&web, who.session())
}

/// A form with nothing but its token.
#[derive(Deserialize)]
pub struct Nothing {}

/// Somebody went to whoever called for help.
pub async fn help_answered(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<i64>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    web.work(move |web| web.counter.answer_help(id, &who.account().name)).await?;
    Ok(back())
}

/// Somebody asked after an order that was left half done.
pub async fn followed_up(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<i64>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    web.work(move |web| {
        web.counter.followed_up(id)?;
        web.accounts.changed(who.account(), "unfinished.followed_up", &id.to_string(), &json!({}))
    })
    .await?;
    Ok(back())
}

/// A paper that may not have come out is printed again, marked.
pub async fn paper_again(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    doubtful(&web, who, id, "paper.reprinted", |house, job| {
        printing::reprint(house, job).map(|_| ())
    })
    .await
}

/// A paper that may not have come out was found.
pub async fn paper_found(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    doubtful(&web, who, id, "paper.found", printing::found).await
}

/// Settles a paper that may not have come out, and writes down who did.
async fn doubtful(
    web: &Web,
    who: Signed,
    id: String,
    what: &'static str,
    settle: impl FnOnce(&House, PrintJobId) -> Result<(), Error> + Send + 'static,
) -> Result<Redirect, WebError> {
    let job: PrintJobId = id.parse().map_err(|_| WebError::NotFound)?;
    web.work(move |web| {
        settle(&web.house, job)?;
        web.accounts.changed(who.account(), what, &id, &json!({}))
    })
    .await?;
    Ok(back())
}

/// Closes a welfare check with what was found; a building leader those of the own building.
pub async fn check_closed(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(checks::Finding { finding }): Posted<checks::Finding>,
) -> Result<Redirect, WebError> {
    let check: CheckId = id.parse().map_err(|_| WebError::NotFound)?;
    checks::close_check(&web, who, check, finding).await?;
    Ok(back())
}

/// Whether to sell.
#[derive(Deserialize)]
pub struct Selling {
    sell: bool,
}

/// Stops selling for today, or goes on.
pub async fn selling(
    State(web): State<Web>,
    who: Signed,
    Posted(Selling { sell }): Posted<Selling>,
) -> Result<Redirect, WebError> {
    web.work(move |web| {
        let date = web.today()?;
        if sell {
            web.counter.sell_again(date)?;
        } else {
            web.counter.sell_out(date)?;
        }
        let what = if sell { "menu.sell_again" } else { "menu.sold_out" };
        web.accounts.changed(who.account(), what, &date.to_string(), &json!({}))
    })
    .await?;
    Ok(back())
}

/// Closes the day and copies the database; refused with what still stands in the way.
pub async fn close_day(
    State(web): State<Web>,
    who: Signed,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    web.work(move |web| {
        let date = web.today()?;
        web.dispatch.close_day(date)?;
        web.accounts.changed(who.account(), "day.closed", &date.to_string(), &json!({}))?;
        // A copy that failed shows on the page until there is one.
        backup::after_closing(&web.house);
        Ok::<_, Error>(())
    })
    .await?;
    Ok(back())
}

fn back() -> Redirect {
    Redirect::to("/today")
}

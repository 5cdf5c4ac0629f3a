//! Doors that did not open: what to do next, how long it has been standing, and who did what.

mod card;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use serde_json::json;

pub(super) use self::card::next_words;
use self::card::{CheckCard, card};
use crate::dispatch::Standing;
use crate::domain::{Account, CheckId, Role, StepOutcome};
use crate::error::Error;
use crate::kiosk::words::Lang;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{ALL, Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/checks", Roles(ALL), page),
        get("/checks/live", Roles(ALL), live),
        post("/checks/{id}/step", Roles(ALL), step),
        post("/checks/{id}/close", Roles(ALL), close),
    ]
}

#[derive(Template)]
#[template(path = "checks.html")]
struct Page {
    v: View,
    doors: Doors,
}

#[derive(Template)]
#[template(path = "checks_live.html")]
struct Live {
    v: View,
    doors: Doors,
}

/// The doors as they stand.
struct Doors {
    clock: String,
    open: Vec<CheckCard>,
    done: Vec<CheckCard>,
}

/// The page.
pub async fn page(State(web): State<Web>, v: View, who: Signed) -> Result<Html<String>, WebError> {
    let lang = v.lang;
    let doors = web
        .work(move |web| {
            let doors = Doors::read(web, lang, who.account())?;
            for seen in doors.open.iter().chain(&doors.done).filter_map(|card| card.lives) {
                web.accounts.looked(who.account(), "checks", Some(seen))?;
            }
            Ok::<_, Error>(doors)
        })
        .await?;
    html(&Page { v, doors })
}

/// The part of it that changes.
pub async fn live(State(web): State<Web>, v: View, who: Signed) -> Result<Html<String>, WebError> {
    let lang = v.lang;
    let doors = web.work(move |web| Doors::read(web, lang, who.account())).await?;
    html(&Live { v, doors })
}

impl Doors {
    fn read(web: &Web, lang: Lang, who: &Account) -> Result<Self, Error> {
        let building = who.building.as_deref();
        let cards = |found: Vec<Standing>| -> Vec<_> {
            found.into_iter().map(|standing| card(web, lang, who, standing)).collect()
        };
        Ok(Self {
            clock: web.clock(web.house.clock.now()),
            open: cards(web.dispatch.ladders(building)?),
            done: cards(web.dispatch.looked_in(web.today()?, building)?),
        })
    }
}

/// A step as a form has it.
#[derive(Deserialize)]
pub struct Step {
    seen: u32,
    outcome: String,
    #[serde(default)]
    note: String,
}

/// Writes down the next step of a check.
pub async fn step(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Step { seen, outcome, note }): Posted<Step>,
) -> Result<Redirect, WebError> {
    let check: CheckId = id.parse().map_err(|_| WebError::NotFound)?;
    let outcome: StepOutcome = outcome.parse().map_err(|_| NOT_RIGHT)?;
    short(&note)?;
    web.work(move |web| {
        let account = who.account();
        own(web, account, check)?;
        let taken = web.dispatch.take_step(check, seen, outcome, &note, &account.name)?;
        let detail = json!({ "step": taken.step, "outcome": taken.outcome });
        web.accounts.changed(account, "check.step", &id, &detail)?;
        Ok::<_, WebError>(())
    })
    .await?;
    Ok(Redirect::to("/checks"))
}

/// What was found.
#[derive(Deserialize)]
pub struct Finding {
    /// In the words of whoever was there.
    pub finding: String,
}

/// Closes a check with what was found.
pub async fn close(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Finding { finding }): Posted<Finding>,
) -> Result<Redirect, WebError> {
    let check: CheckId = id.parse().map_err(|_| WebError::NotFound)?;
    close_check(&web, who, check, finding).await?;
    Ok(Redirect::to("/checks"))
}

/// Closes a check for whoever may; a building leader those of the own building.
pub(super) async fn close_check(
    web: &Web,
    who: Signed,
    check: CheckId,
    finding: String,
) -> Result<(), WebError> {
    short(&finding)?;
    web.work(move |web| {
        let account = who.account();
        own(web, account, check)?;
        web.dispatch.close_check(check, &finding, &account.name)?;
        web.accounts.changed(account, "check.closed", &check.to_string(), &json!({}))?;
        Ok::<_, WebError>(())
    })
    .await
}

const NOT_RIGHT: WebError =
    WebError::Input("表格没有填对，请返回再填。", "The form is not right. Go back and fill it in.");

fn short(text: &str) -> Result<(), WebError> {
    if text.chars().count() > crate::dispatch::NOTE_MAX {
        return Err(WebError::Input(
            "写得太长了，最多 200 字。",
            "Too long: 200 characters at most.",
        ));
    }
    Ok(())
}

/// Refuses a check of another building to a building leader.
fn own(web: &Web, account: &Account, check: CheckId) -> Result<(), WebError> {
    if account.role != Role::BuildingLeader {
        return Ok(());
    }
    let building = account.building.as_deref();
    let open = web.dispatch.open_checks()?;
    // One that is closed meanwhile is said to be so by the use case.
    let elsewhere =
        open.iter().any(|c| c.id == check && Some(c.door.building.as_str()) != building);
    if elsewhere { Err(WebError::Forbidden) } else { Ok(()) }
}

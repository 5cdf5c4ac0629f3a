//! A delivery ordered after the plan: somebody is found, the order placed, the plan put right.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::change::{after, busy};
use super::said::refused;
use super::typed_date;
use crate::counter::{Deadline, NewOrder};
use crate::domain::{
    Account, Fulfilment, Payment, Portions, Preferences, Resident, ResidentId, RoundChange,
    ServiceDate,
};
use crate::error::Error;
use crate::kiosk::words;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::planner::{Came, Line, Told};
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

/// The most residents that a search lists.
const LISTED: usize = 20;

#[derive(Template)]
#[template(path = "rounds_late.html")]
struct Page {
    v: View,
    date: ServiceDate,
    day: String,
    version: String,
    find: String,
    found: Vec<Resident>,
    more: usize,
    portions: u8,
    substitute: bool,
    said: Vec<String>,
}

/// Who is looked for.
#[derive(Deserialize, Default)]
pub struct Find {
    #[serde(default)]
    find: String,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(date): Path<String>,
    Query(Find { find }): Query<Find>,
) -> Result<Response, WebError> {
    let order = Typed { find, portions: 1, ..Typed::default() };
    let account = who.account().clone();
    show(&web, v, account, typed_date(&date)?, order, StatusCode::OK, &[]).await
}

async fn show(
    web: &Web,
    v: View,
    account: Account,
    date: ServiceDate,
    typed: Typed,
    status: StatusCode,
    lines: &[Line],
) -> Result<Response, WebError> {
    let find = typed.find.clone();
    let (version, mut found) = web
        .work(move |web| {
            let version = web.dispatch.plan_version(date)?;
            let found = web.registry.find_residents(&find)?;
            if !found.is_empty() {
                web.accounts.looked(&account, "rounds.late", None)?;
            }
            Ok::<_, Error>((version, found))
        })
        .await?;
    let more = found.len().saturating_sub(LISTED);
    found.truncate(LISTED);
    let page = Page {
        date,
        day: words::date(v.lang, date),
        version,
        find: typed.find,
        found,
        more,
        portions: typed.portions,
        substitute: typed.substitute,
        said: lines.iter().map(|l| l.words(v.lang).to_owned()).collect(),
        v,
    };
    Ok((status, html(&page)?).into_response())
}

/// A late order as the form has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    seen: String,
    find: String,
    resident: String,
    portions: u8,
    substitute: bool,
}

/// Places the order and puts the plan right.
pub async fn add(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(date): Path<String>,
    Posted(typed): Posted<Typed>,
) -> Result<Response, WebError> {
    let date = typed_date(&date)?;
    let resident: ResidentId = typed.resident.parse().map_err(|_| WebError::NotFound)?;
    let portions =
        Portions::new(typed.portions).map_err(|refusal| WebError::Refused(Box::new(refusal)))?;
    let (account, wish) = (who.account().clone(), typed.clone());
    let place = move |web: &Web| {
        placed(web, &account, date, resident, portions, &wish).unwrap_or_else(|e| refused(&e))
    };
    let lines = match web.plan(date, &who.account().name, place).await? {
        Came::Busy => vec![busy()],
        Came::Done(Told { refused: true, lines, .. }) => lines,
        Came::Done(_) | Came::UnderWay => {
            return Ok(Redirect::to(&format!("/rounds?date={date}")).into_response());
        }
    };
    show(&web, v, who.account().clone(), date, typed, StatusCode::CONFLICT, &lines).await
}

fn placed(
    web: &Web,
    account: &Account,
    date: ServiceDate,
    resident: ResidentId,
    portions: Portions,
    wish: &Typed,
) -> Result<Told, Error> {
    web.dispatch.having_seen(&wish.seen).refuse_unseen(date)?;
    let resident = web.counter.resident(resident)?.resident;
    let order = NewOrder {
        date,
        fulfilment: Fulfilment::Delivery,
        portions,
        preferences: Preferences { substitute: wish.substitute, ..Preferences::default() },
        category: resident.category,
        resident: Some(resident.id),
        door: None,
        payment: Payment::Later,
    };
    let order = web.counter.place_by(&order, Deadline::Waived, &account.name)?;
    let (number, door) = (order.number, resident.door);
    let lead = Line::good(
        format!("加上了：{number} 号，{}，{} 份。", door, portions.get()),
        format!(
            "Added: No. {number}, {}, {} meal(s).",
            words::door(words::Lang::En, &door),
            portions.get()
        ),
    );
    after(web, date, RoundChange::LateOrder, lead)
}

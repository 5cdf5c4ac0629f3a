//! The rounds of a date: where they are, what was delivered, and every change of them.

pub(super) mod change;
mod door;
mod late;
pub(super) mod read;
pub(super) mod said;
mod wish;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use serde::Deserialize;

use self::read::Plan;
use super::events;
use crate::domain::{Role, ServiceDate};
use crate::error::Error;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::routes::{Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Who sends volunteers out.
pub const SENDS: &[Role] = &[Role::Office, Role::Dispatcher];

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/rounds", Roles(SENDS), page),
        get("/rounds/live", Roles(SENDS), live),
        get("/rounds/events", Roles(SENDS), events),
        get("/rounds/{date}/change", Roles(SENDS), change::page),
        post("/rounds/{date}/change/{verb}", Roles(SENDS), change::change),
        get("/rounds/{date}/door/{number}", Roles(SENDS), door::page),
        get("/rounds/{date}/late", Roles(SENDS), late::page),
        post("/rounds/{date}/late", Roles(SENDS), late::add),
    ]
}

#[derive(Template)]
#[template(path = "rounds.html")]
struct Page {
    v: View,
    plan: Plan,
}

#[derive(Template)]
#[template(path = "rounds_live.html")]
struct Live {
    v: View,
    plan: Plan,
}

/// Which date; today if none is said.
#[derive(Deserialize, Default)]
pub struct Which {
    #[serde(default)]
    date: String,
}

impl Which {
    /// The date meant.
    pub fn date(&self, web: &Web) -> Result<ServiceDate, WebError> {
        if self.date.is_empty() { Ok(web.today()?) } else { typed_date(&self.date) }
    }
}

/// A date as it stands in a path or a form.
pub fn typed_date(text: &str) -> Result<ServiceDate, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(which): Query<Which>,
) -> Result<Html<String>, WebError> {
    let lang = v.lang;
    let plan = web
        .work(move |web| {
            web.accounts.looked(who.account(), "rounds", None)?;
            Ok::<_, WebError>(Plan::read(web, lang, which.date(web)?)?)
        })
        .await?;
    html(&Page { v, plan })
}

/// The part of it that changes.
pub async fn live(
    State(web): State<Web>,
    v: View,
    Query(which): Query<Which>,
) -> Result<Html<String>, WebError> {
    let lang = v.lang;
    let read = move |web: &Web| Ok::<_, WebError>(Plan::read(web, lang, which.date(web)?)?);
    let plan = web.work(read).await?;
    html(&Live { v, plan })
}

/// Tells the page that something changed, or that a change is under way.
pub async fn events(State(web): State<Web>, who: Signed) -> Response {
    events::changes_and_plans(&web, who.session())
}

/// Badge and name, as volunteers are called at the desk.
fn names(web: &Web) -> Result<std::collections::BTreeMap<String, String>, Error> {
    let all = web.registry.volunteers()?;
    Ok(all.into_iter().map(|v| (v.badge.to_string(), v.name)).collect())
}

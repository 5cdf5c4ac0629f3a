//! Buildings: floors, flats, lifts, how many live there, who leads them.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::listing::{Tab, tabs};
use crate::domain::{Role, Volunteer};
use crate::import::one_line;
use crate::registry::{BUILDING_NAME_MAX, Saved, Staffed};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Where the list is.
const PATH: &str = "/people/buildings";

#[derive(Template)]
#[template(path = "buildings.html")]
struct List {
    v: View,
    tabs: Vec<Tab>,
    buildings: Vec<Staffed>,
    residents: usize,
    office: bool,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "building.html")]
struct Page {
    v: View,
    staffed: Staffed,
    /// Who may lead it: nobody who leads another.
    candidates: Vec<Volunteer>,
}

/// Which building was just saved.
#[derive(Deserialize, Default)]
pub struct Done {
    done: Option<String>,
}

/// The list.
pub async fn list(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(Done { done }): Query<Done>,
) -> Result<Html<String>, WebError> {
    let office = who.account().role == Role::Office;
    let buildings = web.work(|web| web.registry.staffed(web.today()?)).await?;
    let residents = buildings.iter().map(|b| b.residents).sum();
    let done = done.filter(|done| buildings.iter().any(|b| b.building.number == *done));
    html(&List { tabs: tabs(&v, PATH), v, buildings, residents, office, done })
}

/// One building, to set its name and its leader.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(number): Path<String>,
) -> Result<Html<String>, WebError> {
    let (staffed, candidates) = web
        .work(move |web| {
            web.accounts.looked(who.account(), "building", None)?;
            let all = web.registry.staffed(web.today()?)?;
            let staffed = all.into_iter().find(|b| b.building.number == number);
            let mut candidates = web.registry.volunteers()?;
            candidates.retain(|v| v.leads.as_ref().is_none_or(|b| *b == number));
            Ok::<_, WebError>((staffed.ok_or(WebError::NotFound)?, candidates))
        })
        .await?;
    html(&Page { v, staffed, candidates })
}

/// A building's form.
#[derive(Deserialize)]
pub struct Form {
    version: String,
    name: String,
    leader: String,
}

/// Keeps a building's name and leader.
pub async fn save(
    State(web): State<Web>,
    who: Signed,
    Path(number): Path<String>,
    Posted(Form { version, name, leader }): Posted<Form>,
) -> Result<Redirect, WebError> {
    let name = one_line(&name);
    if name.chars().count() > BUILDING_NAME_MAX || name.chars().any(char::is_control) {
        return Err(WebError::Input(
            "楼名最多 40 个字，没有保存。",
            "A building's name has at most 40 characters; nothing was kept.",
        ));
    }
    let leader = match leader.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| WebError::NotFound)?),
    };
    let of = number.clone();
    let saved = web
        .work(move |web| web.registry.save_building(who.account(), &of, &name, leader, &version))
        .await?;
    if saved != Saved::Done {
        return Err(WebError::Input(
            "别人刚改过这幢楼或它的楼组长，您的修改没有保存。请返回，刷新后再改。",
            "Somebody else changed this building or its leader meanwhile; yours was not kept. Go back, reload and change it again.",
        ));
    }
    let query = serde_urlencoded::to_string([("done", &number)]).unwrap_or_default();
    Ok(Redirect::to(&format!("{PATH}?{query}")))
}

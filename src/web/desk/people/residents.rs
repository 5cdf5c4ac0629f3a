//! Residents: found by name, door or telephone; one resident's page.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use serde_json::json;

use super::words;
use crate::domain::{Account, Category, Resident, ResidentId, Role};
use crate::import::{ResidentText, resident_from_text};
use crate::registry::{Saved, version_of};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Residents on one page of the list.
const PER_PAGE: usize = 50;

/// What is looked for.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
pub struct Search {
    q: String,
    page: usize,
    archived: bool,
}

#[derive(Template)]
#[template(path = "residents.html")]
struct List {
    v: View,
    search: Search,
    found: usize,
    pages: usize,
    residents: Vec<Resident>,
    office: bool,
}

#[derive(Template)]
#[template(path = "resident.html")]
struct Page {
    v: View,
    id: String,
    title: String,
    version: String,
    text: ResidentText,
    categories: Vec<(&'static str, &'static str)>,
    archived: bool,
    is_new: bool,
    has_card: bool,
    office: bool,
    saved: bool,
}

/// Whether this account may see what belongs to a building.
fn own(account: &Account, building: &str) -> bool {
    account.role != Role::BuildingLeader || account.building.as_deref() == Some(building)
}

/// Whether a resident is meant: a part of the name, `7-1203`, a building, digits of a telephone.
fn meant(resident: &Resident, wanted: &str) -> bool {
    let (door, room) = (&resident.door, resident.door.room());
    let number = wanted.trim_end_matches(['号', '楼', '栋']);
    if let Some((building, flat)) = wanted.split_once(['-', '－', '/']) {
        return door.building == building && room.starts_with(flat.trim_end_matches('室'));
    }
    wanted.is_empty()
        || resident.name.contains(wanted)
        || door.building == number
        || room == wanted
        || (wanted.len() >= 4 && resident.phone.contains(wanted))
}

/// The list.
pub async fn list(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(search): Query<Search>,
) -> Result<Html<String>, WebError> {
    let account = who.account().clone();
    let office = account.role == Role::Office;
    let (archived, wanted) = (search.archived && office, search.q.trim().to_owned());
    let mut all = web
        .work(move |web| {
            web.accounts.looked(&account, "residents", None)?;
            let everybody = if archived {
                web.registry.archived_residents()?
            } else {
                web.registry.residents()?
            };
            let fits = |r: &Resident| own(&account, &r.door.building) && meant(r, &wanted);
            Ok::<_, WebError>(everybody.into_iter().filter(fits).collect::<Vec<_>>())
        })
        .await?;
    let (found, pages) = (all.len(), all.len().div_ceil(PER_PAGE).max(1));
    let page = search.page.clamp(1, pages);
    let residents = all.drain(..).skip((page - 1) * PER_PAGE).take(PER_PAGE).collect();
    let search = Search { q: search.q, page, archived };
    html(&List { v, search, found, pages, residents, office })
}

/// Whether something was just saved.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    saved: bool,
}

/// A resident's page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
    Query(Done { saved }): Query<Done>,
) -> Result<Html<String>, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    let account = who.account().clone();
    let office = account.role == Role::Office;
    let (resident, archived, has_card) = web
        .work(move |web| {
            let (resident, archived) = own_resident(web, &account, id)?;
            web.accounts.looked(&account, "resident", Some(id))?;
            Ok::<_, WebError>((resident, archived, web.counter.current_card(id)?.is_some()))
        })
        .await?;
    html(&Page {
        id: id.to_string(),
        title: format!("{} · {}", resident.name, resident.door),
        version: version_of(&resident),
        text: ResidentText::of(&resident),
        categories: categories(&v),
        archived,
        is_new: false,
        has_card,
        office,
        saved,
        v,
    })
}

/// An empty form.
pub async fn new(State(web): State<Web>, v: View) -> Result<Html<String>, WebError> {
    html(&Page {
        id: web.registry.new_resident_id().to_string(),
        title: v.t("新居民", "New resident").to_owned(),
        version: String::new(),
        text: ResidentText { category: Category::Senior.zh().to_owned(), ..Default::default() },
        categories: categories(&v),
        archived: false,
        is_new: true,
        has_card: false,
        office: true,
        saved: false,
        v,
    })
}

fn categories(v: &View) -> Vec<(&'static str, &'static str)> {
    let en = |c: &Category| match c {
        Category::Senior => "Senior meal",
        Category::Hardship => "Hardship support",
        Category::Volunteer => "Volunteer",
        Category::Guest => "Guest",
    };
    Category::ALL.iter().map(|c| (c.zh(), v.lang.pick(c.zh(), en(c)))).collect()
}

/// A resident whom this account may see.
fn own_resident(
    web: &Web,
    account: &Account,
    id: ResidentId,
) -> Result<(Resident, bool), WebError> {
    let found = web.registry.resident(id)?.ok_or(WebError::NotFound)?;
    if own(account, &found.0.door.building) { Ok(found) } else { Err(WebError::Forbidden) }
}

/// A resident's form; the version is empty for a new one.
#[derive(Deserialize)]
pub struct Form {
    version: String,
    #[serde(flatten)]
    text: ResidentText,
}

/// Keeps a resident as the form says.
pub async fn save(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Form { version, text }): Posted<Form>,
) -> Result<Redirect, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    web.work(move |web| {
        let buildings = web.registry.buildings()?;
        let resident = resident_from_text(&text, id, &buildings).map_err(|e| words::form(&e))?;
        let version = Some(version.as_str()).filter(|v| !v.is_empty());
        kept(web.registry.save_resident(&resident, version)?)?;
        let what = if version.is_some() { "resident.changed" } else { "resident.added" };
        web.accounts.changed(who.account(), what, &id.to_string(), &json!({}))?;
        Ok::<_, WebError>(())
    })
    .await?;
    Ok(Redirect::to(&format!("/people/residents/{id}?saved=true")))
}

/// The note for whoever stands at the door.
#[derive(Deserialize)]
pub struct DoorNote {
    version: String,
    door_note: String,
}

/// Keeps the note at the door; a building leader those of the own building.
pub async fn door_note(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(DoorNote { version, door_note }): Posted<DoorNote>,
) -> Result<Redirect, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    web.work(move |web| {
        let (resident, _) = own_resident(web, who.account(), id)?;
        let text = ResidentText { door_note, ..ResidentText::of(&resident) };
        let resident = resident_from_text(&text, id, &web.registry.buildings()?)
            .map_err(|e| words::form(&e))?;
        kept(web.registry.save_resident(&resident, Some(&version))?)?;
        let what = "resident.door_note";
        web.accounts.changed(who.account(), what, &id.to_string(), &json!({}))?;
        Ok::<_, WebError>(())
    })
    .await?;
    Ok(Redirect::to(&format!("/people/residents/{id}?saved=true")))
}

/// Whether to archive.
#[derive(Deserialize)]
pub struct Archive {
    archive: bool,
}

/// Archives a resident, or brings them back.
pub async fn archive(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Archive { archive }): Posted<Archive>,
) -> Result<Redirect, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    web.work(move |web| {
        web.registry.archive_resident(id, archive)?;
        let what = if archive { "resident.archived" } else { "resident.brought_back" };
        web.accounts.changed(who.account(), what, &id.to_string(), &json!({}))
    })
    .await?;
    Ok(Redirect::to(&format!("/people/residents/{id}?saved=true")))
}

/// What was stale is told.
fn kept(saved: Saved) -> Result<(), WebError> {
    match saved {
        Saved::Done => Ok(()),
        Saved::Stale => Err(WebError::Input(
            "别人刚改过这位居民，您的修改没有保存。请返回，记下您写的，刷新后再改。",
            "Somebody else changed this resident meanwhile; yours was not kept. Go back, note what you wrote, reload and change it again.",
        )),
    }
}

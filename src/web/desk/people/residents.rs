//! Residents: found by name, door or telephone; one resident's page.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::listing::{Tab, page_of, tabs};
use super::resident_form::{ResidentForm, categories};
use crate::counter::card_version;
use crate::domain::{Account, Resident, ResidentId, Role};
use crate::registry::{Saved, version_of};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Where the list is.
const PATH: &str = "/people/residents";
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
    tabs: Vec<Tab>,
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
    text: ResidentForm,
    buildings: Vec<String>,
    categories: Vec<(&'static str, &'static str)>,
    /// What the card looked like; empty for a new resident.
    card_version: String,
    has_card: bool,
    archived: bool,
    office: bool,
    done: Option<&'static str>,
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
    let all = web
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
    let (found, page, pages, residents) = page_of(all, search.page, PER_PAGE);
    let search = Search { q: search.q, page, archived };
    html(&List { tabs: tabs(&v, PATH), v, search, found, pages, residents, office })
}

/// What was just done.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    saved: bool,
    printed: bool,
    blocked: bool,
}

impl Done {
    fn word(&self, v: &View) -> Option<&'static str> {
        let words = [
            (self.saved, "已保存", "Saved"),
            (self.printed, "饭卡在打印", "The card is printing"),
            (self.blocked, "卡已停用", "The card is blocked"),
        ];
        words.into_iter().find(|(done, ..)| *done).map(|(_, zh, en)| v.lang.pick(zh, en))
    }
}

/// A resident's page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    let account = who.account().clone();
    let office = account.role == Role::Office;
    let (resident, archived, card, buildings) = web
        .work(move |web| {
            let (resident, archived) = own_resident(web, &account, id)?;
            web.accounts.looked(&account, "resident", Some(id))?;
            let card = web.counter.current_card(id)?;
            Ok::<_, WebError>((resident, archived, card, numbers(web)?))
        })
        .await?;
    html(&Page {
        id: id.to_string(),
        title: format!("{} · {}", resident.name, resident.door),
        text: ResidentForm::of(&resident, version_of(&resident)),
        buildings,
        categories: categories(&v),
        card_version: card_version(card.as_deref()),
        has_card: card.is_some(),
        archived,
        office,
        done: done.word(&v),
        v,
    })
}

/// The buildings' numbers.
fn numbers(web: &Web) -> Result<Vec<String>, WebError> {
    Ok(web.registry.buildings()?.into_iter().map(|b| b.number).collect())
}

/// An empty form.
pub async fn new(State(web): State<Web>, v: View) -> Result<Html<String>, WebError> {
    let buildings = web.work(numbers).await?;
    html(&Page {
        id: web.registry.new_resident_id().to_string(),
        title: v.t("新居民", "New resident").to_owned(),
        text: ResidentForm::empty(),
        buildings,
        categories: categories(&v),
        archived: false,
        card_version: String::new(),
        has_card: false,
        office: true,
        done: None,
        v,
    })
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

/// Keeps a resident as the form says.
pub async fn save(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(form): Posted<ResidentForm>,
) -> Result<Redirect, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    web.work(move |web| {
        let version = form.version.clone();
        let resident = form.resident(id, &web.registry.buildings()?)?;
        let version = Some(version.as_str()).filter(|v| !v.is_empty());
        let what = if version.is_some() { "resident.changed" } else { "resident.added" };
        kept(web.registry.save_resident(who.account(), what, &resident, version)?)
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
        let form = ResidentForm { door_note, ..ResidentForm::of(&resident, String::new()) };
        let resident = form.resident(id, &web.registry.buildings()?)?;
        let what = "resident.door_note";
        kept(web.registry.save_resident(who.account(), what, &resident, Some(&version))?)
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
    web.work(move |web| web.registry.archive_resident(who.account(), id, archive)).await?;
    Ok(Redirect::to(&format!("/people/residents/{id}?saved=true")))
}

/// What was stale is told.
fn kept(saved: Saved) -> Result<(), WebError> {
    match saved {
        Saved::Done => Ok(()),
        _ => Err(WebError::Input(
            "别人刚改过这位居民，您的修改没有保存。请返回，记下您写的，刷新后再改。",
            "Somebody else changed this resident meanwhile; yours was not kept. Go back, note what you wrote, reload and change it again.",
        )),
    }
}

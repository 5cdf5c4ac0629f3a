//! Volunteers: found by name, badge, telephone or building; one volunteer's page.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::listing::{Tab, page_of, tabs};
use super::volunteer_form::{VolunteerForm, kind, kinds};
use crate::domain::{Role, Volunteer, VolunteerId};
use crate::registry::{Saved, drawn_pin, version_of};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Where the list is.
const PATH: &str = "/people/volunteers";
/// Volunteers on one page of the list.
const PER_PAGE: usize = 50;

/// What is looked for.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
pub struct Search {
    q: String,
    page: usize,
    archived: bool,
}

/// A volunteer in the list.
struct Line {
    volunteer: Volunteer,
    kind: &'static str,
}

#[derive(Template)]
#[template(path = "volunteers.html")]
struct List {
    v: View,
    tabs: Vec<Tab>,
    search: Search,
    found: usize,
    pages: usize,
    lines: Vec<Line>,
    office: bool,
}

#[derive(Template)]
#[template(path = "volunteer.html")]
struct Page {
    v: View,
    id: String,
    title: String,
    text: VolunteerForm,
    kinds: Vec<(&'static str, &'static str)>,
    buildings: Vec<String>,
    archived: bool,
    is_new: bool,
    saved: bool,
    pin: Option<String>,
}

/// Whether a volunteer is meant: a part of the name, the badge, digits of a telephone, a building
/// they lead or live in (`7号楼`).
fn meant(volunteer: &Volunteer, wanted: &str) -> bool {
    let building = wanted.trim_end_matches(['号', '楼', '栋']);
    let lives = building != wanted && volunteer.home() == Some(building);
    wanted.is_empty()
        || lives
        || volunteer.name.contains(wanted)
        || volunteer.badge.to_string() == wanted
        || (wanted.len() >= 4 && volunteer.phone.contains(wanted))
}

/// The list.
pub async fn list(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(search): Query<Search>,
) -> Result<Html<String>, WebError> {
    let office = who.account().role == Role::Office;
    let (archived, wanted) = (search.archived && office, search.q.trim().to_owned());
    let all = web
        .work(move |web| {
            web.accounts.looked(who.account(), "volunteers", None)?;
            let mut all = if archived {
                web.registry.archived_volunteers()?
            } else {
                web.registry.volunteers()?
            };
            all.retain(|volunteer| meant(volunteer, &wanted));
            Ok::<_, WebError>(all)
        })
        .await?;
    let (found, page, pages, here) = page_of(all, search.page, PER_PAGE);
    let line = |volunteer: Volunteer| Line { kind: kind(&v, volunteer.kind), volunteer };
    let lines = here.into_iter().map(line).collect();
    let search = Search { q: search.q, page, archived };
    html(&List { tabs: tabs(&v, PATH), v, search, found, pages, lines, office })
}

/// Whether something was just saved.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    saved: bool,
}

/// A volunteer's page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
    Query(Done { saved }): Query<Done>,
) -> Result<Html<String>, WebError> {
    shown(&web, v, who, parsed(&id)?, saved, None).await
}

async fn shown(
    web: &Web,
    v: View,
    who: Signed,
    id: VolunteerId,
    saved: bool,
    pin: Option<String>,
) -> Result<Html<String>, WebError> {
    let (volunteer, archived, buildings) = web
        .work(move |web| {
            let (volunteer, archived) = web.registry.volunteer(id)?.ok_or(WebError::NotFound)?;
            web.accounts.looked(who.account(), "volunteer", None)?;
            Ok::<_, WebError>((volunteer, archived, numbers(web)?))
        })
        .await?;
    html(&Page {
        id: id.to_string(),
        title: format!("{} · {}", volunteer.badge, volunteer.name),
        text: VolunteerForm::of(&volunteer, version_of(&volunteer)),
        kinds: kinds(&v),
        buildings,
        archived,
        is_new: false,
        saved,
        pin,
        v,
    })
}

fn parsed(id: &str) -> Result<VolunteerId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

/// The buildings' numbers.
fn numbers(web: &Web) -> Result<Vec<String>, WebError> {
    Ok(web.registry.buildings()?.into_iter().map(|b| b.number).collect())
}

/// An empty form.
pub async fn new(State(web): State<Web>, v: View) -> Result<Html<String>, WebError> {
    let (badge, buildings) =
        web.work(|web| Ok::<_, WebError>((web.registry.free_badge()?, numbers(web)?))).await?;
    html(&Page {
        id: web.registry.new_volunteer_id().to_string(),
        title: v.t("新志愿者", "New volunteer").to_owned(),
        text: VolunteerForm::empty(badge),
        kinds: kinds(&v),
        buildings,
        archived: false,
        is_new: true,
        saved: false,
        pin: None,
        v,
    })
}

/// Keeps a volunteer as the form says. Somebody new gets a PIN, which is shown this once.
pub async fn save(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
    Posted(form): Posted<VolunteerForm>,
) -> Result<Html<String>, WebError> {
    let id = parsed(&id)?;
    let account = who.account().clone();
    let pin = web
        .work(move |web| {
            let before = web.registry.volunteer(id)?;
            let fresh = before.is_none();
            let pin = before.map_or_else(drawn_pin, |(volunteer, _)| volunteer.pin);
            let version = form.version.clone();
            let volunteer = form.volunteer(id, pin.clone(), &web.registry.buildings()?)?;
            let version = Some(version.as_str()).filter(|v| !v.is_empty());
            kept(web.registry.save_volunteer(&account, &volunteer, version)?)?;
            Ok::<_, WebError>(fresh.then_some(pin))
        })
        .await?;
    shown(&web, v, who, id, true, pin).await
}

/// A form with nothing but its token.
#[derive(Deserialize)]
pub struct Nothing {}

/// Draws another PIN and shows it this once.
pub async fn pin(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Html<String>, WebError> {
    let id = parsed(&id)?;
    let account = who.account().clone();
    let pin = web.work(move |web| web.registry.reset_pin(&account, id)).await?;
    let pin = pin.ok_or(WebError::NotFound)?;
    shown(&web, v, who, id, true, Some(pin)).await
}

/// Whether to archive.
#[derive(Deserialize)]
pub struct Archive {
    archive: bool,
}

/// Archives a volunteer, or brings them back.
pub async fn archive(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Archive { archive }): Posted<Archive>,
) -> Result<Redirect, WebError> {
    let id = parsed(&id)?;
    web.work(move |web| {
        let today = web.today()?;
        kept(web.registry.archive_volunteer(who.account(), id, archive, today)?)
    })
    .await?;
    Ok(Redirect::to(&format!("{PATH}/{id}?saved=true")))
}

/// What was not kept is told.
fn kept(saved: Saved) -> Result<(), WebError> {
    let (zh, en) = match saved {
        Saved::Done => return Ok(()),
        Saved::Stale => (
            "别人刚改过这位志愿者，您的修改没有保存。请返回，记下您写的，刷新后再改。",
            "Somebody else changed this volunteer meanwhile; yours was not kept. Go back, note what you wrote, reload and change it again.",
        ),
        Saved::BadgeWorn => (
            "这个编号已经是另一位志愿者的（也可能是已归档的）。没有保存，请返回换一个编号。",
            "Another volunteer wears this badge (or wore it, if archived). Nothing was kept; go back and take another one.",
        ),
        Saved::OnDuty => (
            "这位志愿者今天值班，没有归档。请先从今天的值班里去掉。",
            "This volunteer is on duty today and was not archived. Take them off today's duty first.",
        ),
    };
    Err(WebError::Input(zh, en))
}

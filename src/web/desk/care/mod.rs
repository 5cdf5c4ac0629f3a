//! Looking after one resident: who may be told, days away, and whether neighbours may knock.

mod forms;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use self::forms::{Away, Contacts};
use crate::care::CareRecord;
use crate::domain::{Account, FamilyContact, Pause, PauseKind, ResidentId, Role, ServiceDate};
use crate::kiosk::words::{self, Lang};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Who may see and change this.
pub const CARERS: &[Role] = &[Role::Office, Role::BuildingLeader];

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/people/residents/{id}/care", Roles(CARERS), page),
        post("/people/residents/{id}/care/contacts", Roles(CARERS), contacts),
        post("/people/residents/{id}/care/pause", Roles(CARERS), pause),
        post("/people/residents/{id}/care/back", Roles(CARERS), back),
        post("/people/residents/{id}/care/knock", Roles(CARERS), knock),
    ]
}

#[derive(Template)]
#[template(path = "care.html")]
struct Page {
    v: View,
    id: String,
    name: String,
    door: String,
    version: String,
    today: String,
    contacts: Vec<FamilyContact>,
    pauses: Vec<PauseLine>,
    agreed: Option<bool>,
    said: String,
    kinds: Vec<(&'static str, &'static str)>,
}

struct PauseLine {
    id: i64,
    days: String,
    why: &'static str,
    note: String,
    now: bool,
    ends: bool,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Html<String>, WebError> {
    let (record, today) = web
        .work(move |web| {
            let record = own(web, who.account(), &id)?;
            web.accounts.looked(who.account(), "care", Some(record.resident.id))?;
            Ok::<_, WebError>((record, web.today()?))
        })
        .await?;
    let lang = v.lang;
    let mut contacts = record.contacts.clone();
    while contacts.len() < FamilyContact::MOST {
        let (name, relation, phone) = (String::new(), String::new(), String::new());
        contacts.push(FamilyContact { name, relation, phone });
    }
    let said = record.consent.as_ref().map(|c| {
        let day = web.house.settings.calendar().today(c.at);
        format!("{} · {}", c.said_by, words::date(lang, day))
    });
    html(&Page {
        id: record.resident.id.to_string(),
        name: record.resident.name.clone(),
        door: words::door(lang, &record.resident.door),
        version: record.version(),
        today: today.to_string(),
        contacts,
        pauses: record.pauses.iter().map(|p| pause_line(lang, today, p)).collect(),
        agreed: record.consent.as_ref().map(|c| c.agreed),
        said: said.unwrap_or_default(),
        kinds: PauseKind::ALL.iter().map(|k| (k.as_str(), pause_words(lang, *k))).collect(),
        v,
    })
}

fn pause_line(lang: Lang, today: ServiceDate, pause: &Pause) -> PauseLine {
    let until = pause.until.map(|until| words::date(lang, until));
    let until = until.unwrap_or_else(|| lang.pick("还不知道", "open").to_owned());
    PauseLine {
        id: pause.id,
        days: format!("{} – {until}", words::date(lang, pause.from)),
        why: pause_words(lang, pause.kind),
        note: pause.note.clone(),
        now: pause.covers(today),
        ends: pause.until.is_none_or(|until| until >= today),
    }
}

/// Replaces the list of who may be told.
pub async fn contacts(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(form): Posted<Contacts>,
) -> Result<Redirect, WebError> {
    let to = back_to(&id);
    web.work(move |web| {
        let account = who.account();
        let resident = own(web, account, &id)?.resident.id;
        Ok::<_, WebError>(web.care.keep_contacts(
            resident,
            &form.seen,
            &form.list(),
            &account.name,
        )?)
    })
    .await?;
    Ok(to)
}

/// Writes down days away.
pub async fn pause(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(form): Posted<Away>,
) -> Result<Redirect, WebError> {
    let to = back_to(&id);
    let wanted = form.wanted()?;
    web.work(move |web| {
        let account = who.account();
        let resident = own(web, account, &id)?.resident.id;
        Ok::<_, WebError>(web.care.pause(resident, &form.seen, &wanted, &account.name)?)
    })
    .await?;
    Ok(to)
}

/// Who is back.
#[derive(Deserialize)]
pub struct Back {
    seen: String,
    pause: i64,
}

/// Ends days away.
pub async fn back(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(form): Posted<Back>,
) -> Result<Redirect, WebError> {
    let to = back_to(&id);
    web.work(move |web| {
        let account = who.account();
        let resident = own(web, account, &id)?.resident.id;
        Ok::<_, WebError>(web.care.end_pause(resident, &form.seen, form.pause, &account.name)?)
    })
    .await?;
    Ok(to)
}

/// What was said about knocking.
#[derive(Deserialize)]
pub struct Knock {
    seen: String,
    agreed: bool,
    said_by: String,
}

/// Writes down whether neighbours may knock.
pub async fn knock(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(form): Posted<Knock>,
) -> Result<Redirect, WebError> {
    let to = back_to(&id);
    web.work(move |web| {
        let account = who.account();
        let resident = own(web, account, &id)?.resident.id;
        let Knock { seen, agreed, said_by } = &form;
        Ok::<_, WebError>(web.care.agree(resident, seen, *agreed, said_by, &account.name)?)
    })
    .await?;
    Ok(to)
}

fn back_to(id: &str) -> Redirect {
    Redirect::to(&format!("/people/residents/{id}/care"))
}

/// The record of an id, if this account may see it: a building leader those of the own building.
fn own(web: &Web, account: &Account, id: &str) -> Result<CareRecord, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    let record = web.care.of(id)?;
    let building = account.building.as_deref();
    let theirs = account.role != Role::BuildingLeader
        || building == Some(record.resident.door.building.as_str());
    if theirs { Ok(record) } else { Err(WebError::Forbidden) }
}

/// Why somebody is not expected, in words.
pub(super) const fn pause_words(lang: Lang, kind: PauseKind) -> &'static str {
    let (zh, en) = match kind {
        PauseKind::Away => ("外出", "away"),
        PauseKind::Hospital => ("住院", "in hospital"),
        PauseKind::Other => ("其他", "other"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

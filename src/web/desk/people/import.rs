//! A list of residents comes in: uploaded, shown, applied as shown.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::Html;
use serde::Deserialize;
use serde_json::json;

use super::words;
use crate::domain::Resident;
use crate::import::{ResidentText, TableError};
use crate::kiosk::words::Lang;
use crate::registry::{Import, ImportError, Saved};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Bad rows that are listed; the rest is counted.
const LISTED: usize = 500;

/// A person of whom something changes: who, and what from what to what.
type Change = (String, Vec<(&'static str, String, String)>);

#[derive(Template)]
#[template(path = "resident_import.html")]
struct Page {
    v: View,
    refused: Option<String>,
    bad: Vec<(usize, String)>,
    more: usize,
    shown: Option<Shown>,
    done: Option<(usize, usize)>,
}

struct Shown {
    token: String,
    added: Vec<String>,
    changed: Vec<Change>,
    unchanged: usize,
}

impl Page {
    fn empty(v: View) -> Self {
        Self { v, refused: None, bad: Vec::new(), more: 0, shown: None, done: None }
    }
}

/// The page, before anything is uploaded.
pub async fn page(v: View) -> Result<Html<String>, WebError> {
    html(&Page::empty(v))
}

/// Reads the list and shows what it would change; nothing is changed yet.
pub async fn show(
    State(web): State<Web>,
    v: View,
    who: Signed,
    mut form: Multipart,
) -> Result<Html<String>, WebError> {
    let (mut token, mut file) = (None, None);
    while let Some(field) = form.next_field().await.map_err(|_| TOO_LARGE)? {
        match field.name() {
            Some("form_token") => token = Some(field.text().await.map_err(|_| TOO_LARGE)?),
            // The token comes first, so that a file from elsewhere is not even taken in.
            Some("file") if token.as_ref() == Some(&who.0.form_token) => {
                file = Some(field.bytes().await.map_err(|_| TOO_LARGE)?);
            }
            _ => return Err(WebError::Stale),
        }
    }
    let Some(file) = file else { return Err(WebError::Stale) };
    let account = who.account().clone();
    let result = web
        .work(move |web| {
            web.accounts.looked(&account, "residents.import", None)?;
            Ok::<_, WebError>(web.registry.show_import(&account.name, &file))
        })
        .await?;
    let mut page = Page::empty(v);
    match result {
        Ok((token, import)) => page.shown = Some(shown(token, &import, &page.v)),
        Err(ImportError::Failed(error)) => return Err(error.into()),
        Err(error) => {
            let (zh, mut en) = words::list(&error);
            if let ImportError::Table(TableError::Rows(rows)) = &error {
                let lang = page.v.lang;
                let told = |r: &crate::import::RowError| (r.row, words::row(lang, &r.problem));
                page.bad = rows.iter().take(LISTED).map(told).collect();
                page.more = rows.len().saturating_sub(LISTED);
                en = format!("{} rows are not right.", rows.len());
            }
            page.refused = Some(if page.v.lang == Lang::Zh { zh } else { en });
        }
    }
    html(&page)
}

/// Which list to apply.
#[derive(Deserialize)]
pub struct Apply {
    list: String,
}

/// Does what was shown, all of it or nothing.
pub async fn apply(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Posted(Apply { list }): Posted<Apply>,
) -> Result<Html<String>, WebError> {
    let import = web
        .work(move |web| {
            let account = who.account();
            let (saved, import) = web.registry.apply_import(&account.name, &list)?;
            if saved == Saved::Stale {
                return Err(STALE);
            }
            let detail = json!({ "added": import.added.len(), "changed": import.changed.len() });
            web.accounts.changed(account, "residents.imported", "", &detail)?;
            Ok(import)
        })
        .await?;
    html(&Page { done: Some((import.added.len(), import.changed.len())), ..Page::empty(v) })
}

const TOO_LARGE: WebError = WebError::Input(
    "文件没有收全，或者超过 10 MB。什么也没有改。",
    "The file did not arrive whole, or has more than 10 MB. Nothing was changed.",
);

const STALE: WebError = WebError::Input(
    "等得太久，或者别人刚改过名单。什么也没有改，请重新上传。",
    "It waited too long, or somebody changed the residents meanwhile. Nothing was changed; upload it again.",
);

fn shown(token: String, import: &Import, v: &View) -> Shown {
    let who = |r: &Resident| format!("{} · {}", r.door, r.name);
    Shown {
        token,
        added: import.added.iter().map(who).collect(),
        changed: import.changed.iter().map(|(a, b)| (who(a), differences(v, a, b))).collect(),
        unchanged: import.unchanged,
    }
}

fn differences(v: &View, old: &Resident, new: &Resident) -> Vec<(&'static str, String, String)> {
    let (old, new) = (ResidentText::of(old), ResidentText::of(new));
    let pick = |zh, en| v.lang.pick(zh, en);
    [
        (pick("楼号", "building"), old.building, new.building),
        (pick("室号", "room"), old.room, new.room),
        (pick("姓名", "name"), old.name, new.name),
        (pick("电话", "phone"), old.phone, new.phone),
        (pick("类别", "category"), old.category, new.category),
        (pick("忌口", "allergies"), old.allergies, new.allergies),
        (pick("口味", "usual"), old.usual, new.usual),
        (pick("厨房备注", "kitchen note"), old.kitchen_note, new.kitchen_note),
        (pick("门口备注", "door note"), old.door_note, new.door_note),
        (pick("最晚用餐", "eat by"), old.eat_by, new.eat_by),
    ]
    .into_iter()
    .filter(|(_, old, new)| old != new)
    .collect()
}

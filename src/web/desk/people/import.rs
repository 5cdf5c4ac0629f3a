//! A list of people comes in: uploaded, shown, applied as shown.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::Html;
use serde::Deserialize;

use super::listing::{Listing, Tab, tabs};
use super::words;
use crate::import::TableError;
use crate::kiosk::words::Lang;
use crate::registry::{Change, Import, ImportError, Saved};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::uploaded::file_of;
use crate::web::view::{View, html};

/// Bad rows that are listed; the rest is counted.
const LISTED: usize = 500;

/// A row that changes somebody: its number, who, and of each column what it was and would be.
struct Changed {
    row: usize,
    who: String,
    what: Vec<(&'static str, String, String)>,
}

/// A list that was understood.
struct Shown {
    token: String,
    added: Vec<(usize, String)>,
    changed: Vec<Changed>,
    returned: Vec<Changed>,
    unchanged: usize,
    kept: usize,
}

/// What was done: how many are new, changed, back.
struct Done {
    added: usize,
    changed: usize,
    returned: usize,
}

#[derive(Template)]
#[template(path = "people_import.html")]
struct Page {
    v: View,
    tabs: Vec<Tab>,
    path: &'static str,
    title: &'static str,
    needed: &'static str,
    refused: Option<String>,
    bad: Vec<(usize, String)>,
    more: usize,
    shown: Option<Shown>,
    done: Option<Done>,
}

impl Page {
    fn empty<T: Listing>(v: View) -> Self {
        Self {
            tabs: tabs(&v, T::PATH),
            path: T::PATH,
            title: v.lang.pick(T::TITLE.0, T::TITLE.1),
            needed: v.lang.pick(T::NEEDED.0, T::NEEDED.1),
            refused: None,
            bad: Vec::new(),
            more: 0,
            shown: None,
            done: None,
            v,
        }
    }
}

/// The page, before anything is uploaded.
pub async fn page<T: Listing>(v: View) -> Result<Html<String>, WebError> {
    html(&Page::empty::<T>(v))
}

/// Reads the list and shows what it would change; nothing is changed yet.
pub async fn show<T: Listing>(
    State(web): State<Web>,
    v: View,
    who: Signed,
    form: Multipart,
) -> Result<Html<String>, WebError> {
    let (file, _) = file_of(form, &who, TOO_LARGE).await?;
    let account = who.account().clone();
    let result = web
        .work(move |web| {
            web.accounts.looked(&account, &format!("{}.import", T::LIST), None)?;
            Ok::<_, WebError>(web.registry.show_import::<T>(&account, &file))
        })
        .await?;
    let mut page = Page::empty::<T>(v);
    let lang = page.v.lang;
    match result {
        Ok((token, import)) => page.shown = Some(shown(token, &import, lang)),
        Err(ImportError::Failed(error)) => return Err(error.into()),
        Err(error) => {
            if let ImportError::Table(TableError::Rows(rows)) = &error {
                let told = |r: &crate::import::RowError| (r.row, words::row(lang, &r.problem));
                page.bad = rows.iter().take(LISTED).map(told).collect();
                page.more = rows.len().saturating_sub(LISTED);
            }
            page.refused = Some(words::list(lang, &error));
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
pub async fn apply<T: Listing>(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Posted(Apply { list }): Posted<Apply>,
) -> Result<Html<String>, WebError> {
    let import = web
        .work(move |web| match web.registry.apply_import::<T>(who.account(), &list)? {
            (Saved::Done, Some(import)) => Ok(import),
            _ => Err(STALE),
        })
        .await?;
    let done = Done {
        added: import.added.len(),
        changed: import.changed.len(),
        returned: import.returned.len(),
    };
    html(&Page { done: Some(done), ..Page::empty::<T>(v) })
}

const TOO_LARGE: WebError = WebError::Input(
    "文件没有收全，或者超过 10 MB。什么也没有改。",
    "The file did not arrive whole, or has more than 10 MB. Nothing was changed.",
);

const STALE: WebError = WebError::Input(
    "等得太久，或者别人刚改过名单。什么也没有改，请重新上传。",
    "It waited too long, or somebody changed the list meanwhile. Nothing was changed; upload it again.",
);

fn shown<T: Listing>(token: String, import: &Import<T>, lang: Lang) -> Shown {
    let changes = |list: &[Change<T>]| list.iter().map(|c| changed(lang, c)).collect();
    Shown {
        token,
        added: import.added.iter().map(|l| (l.row, l.person.who())).collect(),
        changed: changes(&import.changed),
        returned: changes(&import.returned),
        unchanged: import.unchanged,
        kept: import.kept,
    }
}

fn changed<T: Listing>(lang: Lang, Change { row, old, new }: &Change<T>) -> Changed {
    let cells = old.cells().into_iter().zip(new.cells());
    let what = T::headings().into_iter().zip(cells).filter(|(_, (old, new))| old != new);
    let said = |(heading, (old, new)): (crate::import::Heading, (String, String))| {
        let name = lang.pick(heading.zh, heading.en);
        if heading.secret {
            return (name, "••••".to_owned(), lang.pick("新的", "a new one").to_owned());
        }
        (name, old, new)
    };
    Changed { row: *row, who: old.who(), what: what.map(said).collect() }
}

//! The ledger of a day, and the cash counted at its close.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;

use super::{account_word, note_word};
use crate::domain::{Fen, ServiceDate};
use crate::kiosk::words;
use crate::till::{LedgerDay, Till, TillError};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

#[derive(Template)]
#[template(path = "money_day.html")]
struct Page {
    v: View,
    day: LedgerDay,
    name: String,
    cash: String,
    before: ServiceDate,
    after: ServiceDate,
    totals: Vec<(&'static str, String)>,
    sum: Fen,
    postings: Vec<PostingShown>,
    counts: Vec<CountShown>,
}

/// A posting as the page shows it.
struct PostingShown {
    at: String,
    what: String,
    sides: Vec<(&'static str, String)>,
    fault: Option<String>,
}

/// A count as the page shows it.
struct CountShown {
    at: String,
    by: String,
    counted: String,
    expected: String,
    difference: Fen,
    reason: String,
}

/// Which day.
#[derive(Deserialize, Default)]
pub struct Which {
    date: Option<String>,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Query(Which { date }): Query<Which>,
) -> Result<Html<String>, WebError> {
    let asked = date.and_then(|text| text.parse().ok());
    let day = web
        .work(move |web| Till::new(web.house.clone()).day(asked.unwrap_or(web.today()?)))
        .await?;
    let calendar = web.house.settings.calendar();
    let lang = v.lang;
    let posting = |p: &crate::till::Posting| PostingShown {
        at: web.clock(p.at),
        what: match p.lunch {
            Some((date, number)) => format!(
                "{} {number}{}",
                v.t("号码", "No."),
                if date == day.date { String::new() } else { format!(" ({date})") }
            ),
            None => note_word(&v, &p.note),
        },
        sides: p.sides.iter().map(|(a, fen)| (account_word(&v, *a), fen.to_string())).collect(),
        fault: (p.sum() != Fen::ZERO).then(|| p.sum().to_string()),
    };
    let count = |c: &crate::store::cash_counts::CashCount| CountShown {
        at: calendar.local(c.at).strftime("%m-%d %H:%M").to_string(),
        by: c.account.clone(),
        counted: c.counted.to_string(),
        expected: c.expected.to_string(),
        difference: c.difference(),
        reason: c.reason.clone(),
    };
    let page = Page {
        name: words::date(lang, day.date),
        cash: words::money(lang, day.cash),
        before: day.date.plus_days(-1),
        after: day.date.next(),
        totals: day.totals.iter().map(|(a, f)| (account_word(&v, *a), f.to_string())).collect(),
        sum: day.totals.iter().map(|(_, fen)| *fen).sum(),
        postings: day.postings.iter().map(posting).collect(),
        counts: day.counts.iter().map(count).collect(),
        day,
        v,
    };
    html(&page)
}

/// What was counted.
#[derive(Deserialize)]
pub struct Counted {
    date: String,
    #[serde(rename = "counted")]
    yuan: String,
    reason: String,
    /// The ledger's cash that the page showed, in fen.
    seen: i64,
}

/// Writes down what was counted.
pub async fn count(
    State(web): State<Web>,
    who: Signed,
    Posted(form): Posted<Counted>,
) -> Result<Redirect, WebError> {
    let date: ServiceDate = form.date.parse().map_err(|_| WebError::NotFound)?;
    let counted = Fen::parse_yuan(&form.yuan).ok_or(WebError::Input(
        "数到的现金要写成 120 或 120.50。没有记录。",
        "The cash is written 120 or 120.50. Nothing was kept.",
    ))?;
    web.work(move |web| {
        let till = Till::new(web.house.clone());
        till.count(date, counted, &form.reason, Fen(form.seen), who.account())?;
        Ok::<_, TillError>(())
    })
    .await?;
    Ok(Redirect::to(&format!("/money/day?date={date}")))
}

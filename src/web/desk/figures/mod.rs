//! Lunch in figures, for a span of dates: as a page, as files for Excel, and a volunteer's
//! certificate of hours.

mod chart;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::domain::ServiceDate;
use crate::figures::{self, Figures, FileError, Span, Table, Walked};
use crate::kiosk::words::Lang;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::routes::{OFFICE, Route, Who::Roles, get};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/figures", Roles(OFFICE), page),
        get("/figures/table/{file}", Roles(OFFICE), file),
        get("/figures/certificate/{id}", Roles(OFFICE), certificate),
    ]
}

impl From<FileError> for WebError {
    fn from(error: FileError) -> Self {
        Self::Broken(error.to_string())
    }
}

#[derive(Template)]
#[template(path = "figures.html")]
struct Page {
    v: View,
    span: Span,
    tables: Vec<(Table, chart::Chart)>,
    walked: Vec<Walked>,
    tiles: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "certificate.html")]
struct Certificate {
    v: View,
    walked: Walked,
    hours: String,
    from: String,
    until: String,
    today: String,
}

/// A span as it was asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    from: Option<String>,
    until: Option<String>,
}

/// The span that was asked for; this month up to today if none was.
fn span(asked: &Asked, today: ServiceDate) -> Result<Span, WebError> {
    let wrong = WebError::Input(
        "日期不对：先写开始，再写结束，最多一年。",
        "These dates are not right: the first one, then the last one, a year at most.",
    );
    let date = |text: &Option<String>, usual: ServiceDate| match text.as_deref() {
        None | Some("") => Some(usual),
        Some(text) => text.parse().ok(),
    };
    let from = date(&asked.from, ServiceDate(today.0.first_of_month()));
    let until = date(&asked.until, today);
    from.zip(until).and_then(|(from, until)| Span::new(from, until)).ok_or(wrong)
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let lang = v.lang;
    let (span, tables, walked) = web
        .work(move |web| {
            let span = span(&asked, web.today()?)?;
            // It names volunteers.
            web.accounts.looked(who.account(), "figures", None)?;
            let figures = Figures::read(&web.house, span, lang)?;
            Ok::<_, WebError>((span, figures.tables(), figures.walked()))
        })
        .await?;
    let tiles = tiles(&tables);
    let tables =
        tables.into_iter().map(|t| (chart::Chart::of(&t), t)).map(|(c, t)| (t, c)).collect();
    html(&Page { v, span, tables, walked, tiles })
}

/// The sums that are read first: meals, served, came back, not collected.
fn tiles(tables: &[Table]) -> Vec<(String, String)> {
    let Some(ways) = tables.iter().find(|t| t.name == "ways") else { return Vec::new() };
    let sum = |column: usize| -> i64 {
        let count = |row: &Vec<figures::Cell>| match row.get(column) {
            Some(figures::Cell::Count(n)) => *n,
            _ => 0,
        };
        ways.rows.iter().map(count).sum()
    };
    let named = ways.headings.iter().enumerate().skip(1);
    named.map(|(column, heading)| (heading.clone(), sum(column).to_string())).collect()
}

/// A table as a file, `days.csv` or `days.xlsx`.
pub async fn file(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let lang = v.lang;
    let (word, ending) = name.rsplit_once('.').ok_or(WebError::NotFound)?;
    let (word, excel) = match ending {
        "csv" => (word.to_owned(), false),
        "xlsx" => (word.to_owned(), true),
        _ => return Err(WebError::NotFound),
    };
    let (span, bytes) = web
        .work(move |web| {
            let span = span(&asked, web.today()?)?;
            let tables = Figures::read(&web.house, span, lang)?.tables();
            let table = tables.iter().find(|t| t.name == word).ok_or(WebError::NotFound)?;
            web.accounts.looked(who.account(), &format!("figures/{word}"), None)?;
            let bytes = if excel { figures::xlsx(table)? } else { figures::csv(table)? };
            Ok::<_, WebError>((span, bytes))
        })
        .await?;
    let kind = if excel {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    } else {
        "text/csv; charset=utf-8"
    };
    let (word, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let called = format!("attachment; filename=\"{word}_{}_{}.{ending}\"", span.from, span.until);
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, called)], bytes)
        .into_response())
}

/// A volunteer's certificate of hours, to be printed and stamped.
pub async fn certificate(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, WebError> {
    let volunteer = id.parse().map_err(|_| WebError::NotFound)?;
    let lang = v.lang;
    let (span, today, walked) = web
        .work(move |web| {
            let today = web.today()?;
            let span = span(&asked, today)?;
            web.accounts.looked(who.account(), "certificate", None)?;
            let walked = Figures::read(&web.house, span, lang)?.walked();
            let own = walked.into_iter().find(|w| w.volunteer == volunteer);
            Ok::<_, WebError>((span, today, own.ok_or(WebError::NotFound)?))
        })
        .await?;
    let day = |date: ServiceDate| match lang {
        Lang::Zh => format!("{}年{}月{}日", date.0.year(), date.0.month(), date.0.day()),
        Lang::En => date.0.strftime("%-d %B %Y").to_string(),
    };
    let hours = format!("{}.{}", walked.minutes / 60, walked.minutes % 60 / 6);
    html(&Certificate {
        hours,
        from: day(span.from),
        until: day(span.until),
        today: day(today),
        walked,
        v,
    })
}

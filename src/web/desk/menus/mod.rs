//! The menu, a week on one page; days are copied forward, closed and opened here.

mod edit;
mod picture;
mod typed;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use jiff::civil::Weekday;
use serde::Deserialize;

use crate::domain::{Dish, ServiceDate};
use crate::kiosk::words::{self, Lang};
use crate::menu_book::{BookDay, BookError, MenuBook, PICTURE_MAX};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{COOKS, Route, Who::Roles, get, post, upload};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    // The file with what a form wraps around it.
    let most = PICTURE_MAX + 64 * 1024;
    vec![
        get("/menus", Roles(COOKS), page),
        get("/menus/picture", Roles(COOKS), picture::show),
        upload("/menus/picture", Roles(COOKS), picture::keep, most),
        post("/menus/copy-week", Roles(COOKS), copy_week),
        get("/menus/{id}", Roles(COOKS), edit::page),
        post("/menus/{id}", Roles(COOKS), edit::save),
        post("/menus/{id}/copy", Roles(COOKS), copy),
        post("/menus/{id}/close", Roles(COOKS), close),
        post("/menus/{id}/open", Roles(COOKS), open),
        post("/menus/{id}/cooked", Roles(COOKS), cooked),
    ]
}

impl From<BookError> for WebError {
    fn from(error: BookError) -> Self {
        match error {
            BookError::ChangedMeanwhile => Self::Stale,
            BookError::Over(_) => {
                Self::Input("这一天已经过去，菜单不再改。", "That day is over; its menu stays.")
            }
            BookError::NotAMenu => Self::Input(
                "菜单没有填全，或者数字不对。什么也没有改。",
                "The menu is not complete, or a figure is not right. Nothing was changed.",
            ),
            BookError::Standing { .. } => Self::Input(
                "这一天还有订单。请先告诉订餐的人并取消订单，再停餐。",
                "Orders stand for that day. Tell these people and cancel their orders first.",
            ),
            BookError::Reason => Self::Input(
                "请写停餐的原因（60 字以内），屏幕上会显示。",
                "Say why, in at most 60 letters: the screen shows it.",
            ),
            BookError::Taken(_) => Self::Input(
                "那一天已经有菜单、已停餐或已过去，没有复制。",
                "That day has a menu already, is closed or is over; nothing was copied.",
            ),
            BookError::Other(error) => error.into(),
        }
    }
}

#[derive(Template)]
#[template(path = "menus.html")]
struct Page {
    v: View,
    days: Vec<DayCard>,
    from: ServiceDate,
    before: ServiceDate,
    after: ServiceDate,
    said: Option<String>,
}

/// A day as the week shows it.
struct DayCard {
    day: BookDay,
    name: String,
    today: bool,
    dishes: Vec<DishLine>,
    prices: Vec<(String, String)>,
    clashes: String,
    next: ServiceDate,
}

/// A dish as the week shows it.
struct DishLine {
    zh: String,
    en: String,
    contains: String,
    substitute: String,
}

/// Which week, and what was just done.
#[derive(Deserialize, Default)]
pub struct Week {
    #[serde(rename = "week")]
    from: Option<String>,
    written: Option<u32>,
    kept: Option<u32>,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Query(week): Query<Week>,
) -> Result<Html<String>, WebError> {
    let asked = week.from.as_deref().and_then(|text| text.parse().ok());
    let (days, from, today) = web
        .work(move |web| {
            let today = web.today()?;
            let from = monday(asked.unwrap_or(today));
            Ok::<_, WebError>((MenuBook::new(web.house.clone()).week(from)?, from, today))
        })
        .await?;
    let lang = v.lang;
    let said = week.written.map(|written| {
        let kept = week.kept.unwrap_or(0);
        match lang {
            Lang::Zh => format!("复制了 {written} 天；{kept} 天已有菜单、停餐或已过去，没有动。"),
            Lang::En => format!("{written} days copied; {kept} kept as they were."),
        }
    });
    let days = days.into_iter().map(|day| card(lang, day, today)).collect();
    html(&Page { v, days, from, before: from.plus_days(-7), after: from.plus_days(7), said })
}

/// The Monday of a date's week.
fn monday(date: ServiceDate) -> ServiceDate {
    date.plus_days(-i64::from(date.0.weekday().since(Weekday::Monday)))
}

fn card(lang: Lang, day: BookDay, today: ServiceDate) -> DayCard {
    let menu = day.menu.as_ref();
    DayCard {
        name: words::date(lang, day.date),
        today: day.date == today,
        dishes: menu.map(|m| m.dishes.iter().map(|d| dish(lang, d)).collect()).unwrap_or_default(),
        prices: menu
            .map(|m| {
                let price = |(who, fen): (&crate::domain::Category, &crate::domain::Fen)| {
                    (words::category(lang, *who).to_owned(), words::short_money(lang, *fen))
                };
                m.prices.iter().map(price).collect()
            })
            .unwrap_or_default(),
        clashes: day.clashes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        next: day.date.plus_days(7),
        day,
    }
}

fn dish(lang: Lang, dish: &Dish) -> DishLine {
    DishLine {
        zh: dish.zh.clone(),
        en: dish.en.clone(),
        contains: words::allergens(lang, &dish.allergens),
        substitute: dish.substitute.as_ref().map_or_else(String::new, |other| {
            let contains = words::allergens(lang, &other.allergens);
            let name = format!("{} {}", other.zh, other.en);
            if contains.is_empty() { name } else { format!("{name} ({contains})") }
        }),
    }
}

/// A date in a path.
fn date(id: &str) -> Result<ServiceDate, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

fn typed_date(text: &str) -> Result<ServiceDate, WebError> {
    text.trim().parse().map_err(|_| {
        WebError::Input("这不是日期，请写 2026-11-24。", "This is no date; write 2026-11-24.")
    })
}

fn back(date: ServiceDate) -> Redirect {
    Redirect::to(&format!("/menus?week={}#d{date}", monday(date)))
}

/// Where to.
#[derive(Deserialize)]
pub struct To {
    to: String,
}

/// Copies a day.
pub async fn copy(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(To { to }): Posted<To>,
) -> Result<Redirect, WebError> {
    let (from, to) = (date(&id)?, typed_date(&to)?);
    web.work(move |web| MenuBook::new(web.house.clone()).copy(from, to, who.account())).await?;
    Ok(back(to))
}

/// From which week to which.
#[derive(Deserialize)]
pub struct Weeks {
    from: String,
    to: String,
}

/// Copies a week.
pub async fn copy_week(
    State(web): State<Web>,
    who: Signed,
    Posted(Weeks { from, to }): Posted<Weeks>,
) -> Result<Redirect, WebError> {
    let (from, to) = (monday(typed_date(&from)?), monday(typed_date(&to)?));
    let copied = web
        .work(move |web| MenuBook::new(web.house.clone()).copy_week(from, to, who.account()))
        .await?;
    let (written, kept) = (copied.written.len(), copied.kept.len());
    Ok(Redirect::to(&format!("/menus?week={to}&written={written}&kept={kept}")))
}

/// Why there is no lunch.
#[derive(Deserialize)]
pub struct Reason {
    reason: String,
}

/// Closes a day.
pub async fn close(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Reason { reason }): Posted<Reason>,
) -> Result<Redirect, WebError> {
    let date = date(&id)?;
    web.work(move |web| MenuBook::new(web.house.clone()).close(date, &reason, who.account()))
        .await?;
    Ok(back(date))
}

/// A form with nothing but its token.
#[derive(Deserialize)]
pub struct Nothing {}

/// Opens a day again.
pub async fn open(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    let date = date(&id)?;
    web.work(move |web| MenuBook::new(web.house.clone()).open(date, who.account())).await?;
    Ok(back(date))
}

/// What was cooked.
#[derive(Deserialize)]
pub struct Cooked {
    portions: u32,
    /// The figure that the page showed; empty if there was none.
    #[serde(default)]
    seen: String,
}

/// Notes what was cooked.
pub async fn cooked(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Cooked { portions, seen }): Posted<Cooked>,
) -> Result<Redirect, WebError> {
    let date = date(&id)?;
    web.work(move |web| {
        let book = MenuBook::new(web.house.clone());
        book.cooked(date, portions, seen.parse().ok(), who.account())
    })
    .await?;
    Ok(back(date))
}

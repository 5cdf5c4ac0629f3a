//! One day of the menu, to be changed. What was typed is never lost: a form that is not right, or
//! that somebody else was quicker than, comes back as it was sent.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::typed::Typed;
use super::{DayCard, back, card, date};
use crate::domain::{Allergen, Category, ServiceDate};
use crate::kiosk::words;
use crate::menu_book::{BookDay, BookError, MenuBook};
use crate::pictures::{dish_file, dishes_folder};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

#[derive(Template)]
#[template(path = "menu_day.html")]
struct Page {
    v: View,
    now: DayCard,
    typed: Typed,
    wrong: Option<&'static str>,
    stale: bool,
    /// Dishes with whether the screen has a picture of them.
    pictures: Vec<(String, bool)>,
}

impl Page {
    fn allergens(&self) -> Vec<(Allergen, &'static str)> {
        let word = |a: &Allergen| (*a, self.v.lang.pick(a.zh(), a.as_str()));
        Allergen::ALL.iter().map(word).collect()
    }

    // A template hands over references.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    fn category(&self, category: &Category) -> &'static str {
        words::category(self.v.lang, *category)
    }
}

/// The form of a day.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Path(id): Path<String>,
) -> Result<Html<String>, WebError> {
    let date = date(&id)?;
    let (day, usual, today) = web
        .work(move |web| {
            let book = MenuBook::new(web.house.clone());
            Ok::<_, WebError>((book.day(date)?, book.usual_prices()?, web.today()?))
        })
        .await?;
    let typed = Typed::of(day.menu.as_ref(), &usual, day.version.clone());
    html(&whole(&web, v, day, today, typed, None, false))
}

/// Saves a day, or shows the form again with what is wrong.
pub async fn save(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let date = date(&id)?;
    let mut typed = Typed::read(&fields);
    let menu = match typed.menu(date) {
        Ok(menu) => menu,
        Err((zh, en)) => {
            let wrong = v.lang.pick(zh, en);
            let (day, today) = again(&web, date).await?;
            let page = html(&whole(&web, v, day, today, typed, Some(wrong), false))?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let seen = typed.version.clone();
    let saved = web
        .work(move |web| match MenuBook::new(web.house.clone()).save(&menu, &seen, who.account()) {
            Err(BookError::ChangedMeanwhile) => Ok(None),
            other => other.map(Some),
        })
        .await?;
    if saved.is_some() {
        return Ok(back(date).into_response());
    }
    let (day, today) = again(&web, date).await?;
    typed.version.clone_from(&day.version);
    let page = html(&whole(&web, v, day, today, typed, None, true))?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn again(web: &Web, date: ServiceDate) -> Result<(BookDay, ServiceDate), WebError> {
    web.work(move |web| {
        Ok::<_, WebError>((MenuBook::new(web.house.clone()).day(date)?, web.today()?))
    })
    .await
}

fn whole(
    web: &Web,
    v: View,
    day: BookDay,
    today: ServiceDate,
    typed: Typed,
    wrong: Option<&'static str>,
    stale: bool,
) -> Page {
    let folder = dishes_folder(web.house.folder());
    let pictured = |name: &str| (name.to_owned(), dish_file(&folder, name).is_some());
    let shown = day
        .menu
        .iter()
        .flat_map(|m| &m.dishes)
        .flat_map(|d| [Some(d.zh.as_str()), d.substitute.as_ref().map(|s| s.zh.as_str())])
        .flatten()
        .map(pictured)
        .collect();
    Page { now: card(v.lang, day, today), v, typed, wrong, stale, pictures: shown }
}

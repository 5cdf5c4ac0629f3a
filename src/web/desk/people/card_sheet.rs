//! The cards of a building: who has none, issued to all at once, printed on A4 sheets.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::cards::picture;
use super::listing::{Tab, tabs};
use crate::counter::CardHolder;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

/// Where the page is.
const PATH: &str = "/people/cards";
/// Cards on an A4 page: two columns of five, each as large as a bank card (ISO/IEC 7810 ID-1).
const PER_SHEET: usize = 10;

/// Which building, and how many cards were just issued.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
pub struct Which {
    building: String,
    issued: Option<usize>,
}

#[derive(Template)]
#[template(path = "cards.html")]
struct Page {
    v: View,
    tabs: Vec<Tab>,
    buildings: Vec<String>,
    building: String,
    holders: Vec<CardHolder>,
    with: usize,
    issued: Option<usize>,
}

/// A card as it is cut out.
struct Cut {
    name: String,
    door: String,
    picture: String,
}

#[derive(Template)]
#[template(path = "card_sheet.html")]
struct Sheet {
    v: View,
    building: String,
    sheets: Vec<Vec<Cut>>,
    cards: usize,
}

/// The page: choose a building, see who has a card.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(Which { building, issued }): Query<Which>,
) -> Result<Html<String>, WebError> {
    let wanted = building.clone();
    let (buildings, holders) = web
        .work(move |web| {
            let all = web.registry.buildings()?;
            if !wanted.is_empty() {
                web.accounts.looked(who.account(), "cards", None)?;
            }
            Ok::<_, WebError>((all, web.counter.cards_of(&wanted)?))
        })
        .await?;
    let buildings: Vec<String> = buildings.into_iter().map(|b| b.number).collect();
    let building = if buildings.contains(&building) { building } else { String::new() };
    let with = holders.iter().filter(|h| h.code.is_some()).count();
    html(&Page { tabs: tabs(&v, PATH), v, buildings, building, holders, with, issued })
}

/// Which building.
#[derive(Deserialize)]
pub struct Building {
    building: String,
}

/// Issues a card to everybody of a building who has none.
pub async fn issue(
    State(web): State<Web>,
    who: Signed,
    Posted(Building { building }): Posted<Building>,
) -> Result<Redirect, WebError> {
    let wanted = building.clone();
    let issued = web
        .work(move |web| web.counter.issue_missing_cards(who.account(), &wanted))
        .await?
        .to_string();
    let query = serde_urlencoded::to_string([("building", &building), ("issued", &issued)]);
    Ok(Redirect::to(&format!("{PATH}?{}", query.unwrap_or_default())))
}

/// The cards of a building, to print and cut out; without a building, the page to choose one.
pub async fn sheet(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(Which { building, .. }): Query<Which>,
) -> Result<Response, WebError> {
    if building.is_empty() {
        return Ok(Redirect::to(PATH).into_response());
    }
    let wanted = building.clone();
    let holders = web
        .work(move |web| {
            web.accounts.looked(who.account(), "cards.sheet", None)?;
            web.counter.cards_of(&wanted)
        })
        .await?;
    let mut cuts = Vec::new();
    for CardHolder { resident, code } in &holders {
        let Some(code) = code else { continue };
        cuts.push(Cut {
            name: resident.masked_name(),
            door: format!("{}-{}", resident.door.building, resident.door.room()),
            picture: picture(code)?,
        });
    }
    if cuts.is_empty() {
        return Err(NO_CARDS);
    }
    let cards = cuts.len();
    let mut sheets: Vec<Vec<Cut>> = Vec::new();
    for cut in cuts {
        match sheets.last_mut() {
            Some(sheet) if sheet.len() < PER_SHEET => sheet.push(cut),
            _ => sheets.push(vec![cut]),
        }
    }
    Ok(html(&Sheet { v, building, sheets, cards })?.into_response())
}

const NO_CARDS: WebError = WebError::Input(
    "这幢楼还没有能用的卡。请返回，先发卡。",
    "Nobody of this building has a card that works. Go back and issue cards first.",
);

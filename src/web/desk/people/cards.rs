//! A resident's card: issued, shown to print, blocked.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::Deserialize;
use serde_json::json;

use crate::domain::ResidentId;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

/// The smallest side of the code, in units of the drawing.
const SIDE: u32 = 240;

#[derive(Template)]
#[template(path = "resident_card.html")]
struct Page {
    v: View,
    id: String,
    name: String,
    picture: String,
}

/// A form with nothing but its token.
#[derive(Deserialize)]
pub struct Nothing {}

/// The card with which a resident orders now, to print and cut out.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Html<String>, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    let (name, code) = web
        .work(move |web| {
            let (resident, _) = web.registry.resident(id)?.ok_or(WebError::NotFound)?;
            web.accounts.looked(who.account(), "card", Some(id))?;
            let code = web.counter.current_card(id)?.ok_or(WebError::NotFound)?;
            Ok::<_, WebError>((resident.masked_name(), code))
        })
        .await?;
    let qr = QrCode::with_error_correction_level(code.as_bytes(), EcLevel::M)
        .map_err(|e| WebError::Broken(e.to_string()))?;
    let drawn = qr.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).build();
    // The declaration belongs to a file, not into a page.
    let picture = drawn.split_once("?>").map_or(drawn.as_str(), |(_, svg)| svg).to_owned();
    html(&Page { v, id: id.to_string(), name, picture })
}

/// Issues a card; an older one stops working.
pub async fn issue(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    web.work(move |web| {
        web.counter.issue_card(id)?;
        web.accounts.changed(who.account(), "card.issued", &id.to_string(), &json!({}))
    })
    .await?;
    Ok(Redirect::to(&format!("/people/residents/{id}/card")))
}

/// Blocks the card.
pub async fn block(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Redirect, WebError> {
    let id: ResidentId = id.parse().map_err(|_| WebError::NotFound)?;
    web.work(move |web| {
        web.counter.block_cards(id)?;
        web.accounts.changed(who.account(), "card.blocked", &id.to_string(), &json!({}))
    })
    .await?;
    Ok(Redirect::to(&format!("/people/residents/{id}?saved=true")))
}

//! A resident's card: issued, replaced, blocked, shown, printed as a slip.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::Deserialize;

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

/// The card that the page showed.
#[derive(Deserialize)]
pub struct Seen {
    seen: String,
}

/// A card's text as a QR code (ISO/IEC 18004) in SVG.
pub fn picture(code: &str) -> Result<String, WebError> {
    let qr = QrCode::with_error_correction_level(code.as_bytes(), EcLevel::M)
        .map_err(|e| WebError::Broken(e.to_string()))?;
    let drawn = qr.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).build();
    // The declaration belongs to a file, not into a page.
    Ok(drawn.split_once("?>").map_or(drawn.as_str(), |(_, svg)| svg).to_owned())
}

fn parsed(id: &str) -> Result<ResidentId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

/// The card with which a resident orders now, to print and cut out.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Html<String>, WebError> {
    let id = parsed(&id)?;
    let (name, code) = web
        .work(move |web| {
            let (resident, _) = web.registry.resident(id)?.ok_or(WebError::NotFound)?;
            web.accounts.looked(who.account(), "card", Some(id))?;
            let code = web.counter.current_card(id)?.ok_or(WebError::NotFound)?;
            Ok::<_, WebError>((resident.masked_name(), code))
        })
        .await?;
    html(&Page { v, id: id.to_string(), name, picture: picture(&code)? })
}

/// Issues a card; an older one stops working.
pub async fn issue(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Seen { seen }): Posted<Seen>,
) -> Result<Redirect, WebError> {
    let id = parsed(&id)?;
    web.work(move |web| same(web.counter.replace_card(who.account(), id, &seen)?)).await?;
    Ok(Redirect::to(&format!("/people/residents/{id}/card")))
}

/// Blocks the card.
pub async fn block(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Seen { seen }): Posted<Seen>,
) -> Result<Redirect, WebError> {
    let id = parsed(&id)?;
    web.work(move |web| same(web.counter.block_card(who.account(), id, &seen)?)).await?;
    Ok(Redirect::to(&format!("/people/residents/{id}?blocked=true")))
}

/// Prints the card as a slip at the counter.
pub async fn print(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(_): Posted<Seen>,
) -> Result<Redirect, WebError> {
    let id = parsed(&id)?;
    web.work(move |web| same(web.counter.print_card(who.account(), id)?)).await?;
    Ok(Redirect::to(&format!("/people/residents/{id}?printed=true")))
}

/// What was done to another card than the one that was seen, was not done.
fn same(done: bool) -> Result<(), WebError> {
    if done { Ok(()) } else { Err(STALE) }
}

const STALE: WebError = WebError::Input(
    "这张卡刚被别人换了或停用了，您的操作没有做。请返回，刷新后再看。",
    "Somebody else just replaced or blocked this card; yours was not done. Go back, reload and look again.",
);

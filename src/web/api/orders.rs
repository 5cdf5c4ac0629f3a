//! Orders on a resident's behalf.
//!
//! `Idempotency-Key` keeps an order whose answer was lost from being placed twice; `If-Match` with
//! the entity tag of what was seen keeps two programs from undoing each other's changes (RFC 9110).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Problem;
use super::body::{Named, Sent};
use super::caller::Caller;
use super::refusals::{Denied, HeaderMissing, KeyMissing, Missing, Refused, Stale, Unfit};
use super::wire::{AmendIn, OrderIn, OrderOut, PayWire};
use crate::accounts::hashed;
use crate::counter::{Amendment, NewOrder, Once};
use crate::domain::{Category, Order, OrderId, Payment, ResidentId, ServiceDate};
use crate::error::Error;
use crate::web::state::Web;

/// The header that keeps a request from counting twice.
const KEY: &str = "idempotency-key";
/// The longest key, in characters.
const KEY_MAX: usize = 64;

/// Places an order. The same key with the same body, within a week, answers with the order that was
/// placed before.
#[utoipa::path(post, path = "/api/v1/orders", operation_id = "place_order", tag = "orders", security(("token" = [])), request_body = OrderIn,
    params(("Idempotency-Key" = String, Header, description = "made up anew for each wish; 1 to 64 visible ASCII characters", min_length = 1, max_length = 64, pattern = "^[!-~]+$")),
    responses((status = 201, description = "placed", body = OrderOut, headers(("etag" = String)), links(
            ("get" = (operation_id = "get_order", parameters(("id" = "$response.body#/id")))),
            ("amend" = (operation_id = "amend_order", parameters(("id" = "$response.body#/id"), ("If-Match" = "$response.header.etag")))),
            ("cancel" = (operation_id = "cancel_order", parameters(("id" = "$response.body#/id"))))
        )), (status = 200, description = "placed before, by the same request", body = OrderOut), Missing, Refused, KeyMissing, Denied, Unfit))]
pub async fn place(
    State(web): State<Web>,
    Caller(program): Caller,
    headers: HeaderMap,
    Sent { body, digest }: Sent<OrderIn>,
) -> Result<Response, Problem> {
    let key = headers.get(KEY).ok_or(Problem::NoKey)?;
    let key = key.to_str().ok().filter(|key| {
        (1..=KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic())
    });
    let key = key
        .ok_or_else(|| {
            Problem::Input(format!("Idempotency-Key: 1 to {KEY_MAX} visible ASCII characters"))
        })?
        .to_owned();
    let wish = wish(body)?;
    let once = web.work(move |web| web.counter.place_once(&wish, &program, &key, &digest)).await?;
    match once {
        Once::Placed(order) => Ok((StatusCode::CREATED, tagged(&order)).into_response()),
        Once::Before(order) => Ok(tagged(&order).into_response()),
        Once::OtherWish => Err(Problem::OtherWish),
    }
}

/// One order.
#[utoipa::path(get, path = "/api/v1/orders/{id}", operation_id = "get_order", tag = "orders", security(("token" = [])),
    params(("id" = String, Path, description = "the order's id", format = Uuid)),
    responses((status = 200, description = "with its entity tag", body = OrderOut, headers(("etag" = String))), Missing, Denied))]
pub async fn one(
    State(web): State<Web>,
    Caller(program): Caller,
    Named(id): Named<OrderId>,
) -> Result<Response, Problem> {
    let order = web
        .work(move |web| {
            let order = web.counter.order(id)?;
            web.programs.looked(&program, "api.order", order.resident)?;
            Ok::<_, Error>(order)
        })
        .await?;
    Ok(tagged(&order).into_response())
}

/// Changes an order until its cut-off; money and papers follow.
#[utoipa::path(patch, path = "/api/v1/orders/{id}", operation_id = "amend_order", tag = "orders", security(("token" = [])), request_body = AmendIn,
    params(("id" = String, Path, description = "the order's id", format = Uuid), ("If-Match" = String, Header, description = "the entity tag of the order as it was seen, or * for however it is now")),
    responses((status = 200, body = OrderOut), Missing, Refused, Stale, HeaderMissing, Denied, Unfit))]
pub async fn amend(
    State(web): State<Web>,
    Caller(program): Caller,
    Named(id): Named<OrderId>,
    headers: HeaderMap,
    Sent { body, .. }: Sent<AmendIn>,
) -> Result<Response, Problem> {
    let seen = matched(&headers)?.ok_or(Problem::NotConditional)?;
    let changed = web
        .work(move |web| {
            let order = web.counter.order(id)?;
            if !seen.fits(&order) {
                return Ok(None);
            }
            let change = Amendment {
                fulfilment: body.way,
                portions: body.portions,
                preferences: body.preferences.map(Into::into),
                seen: matches!(seen, Seen::Tags(_)).then(|| order.version()),
            };
            web.counter.amend(id, &change, &program.actor()).map(Some)
        })
        .await?;
    Ok(tagged(&changed.ok_or(Problem::Stale)?).into_response())
}

/// Takes an order back until its cut-off; money and papers follow.
#[utoipa::path(post, path = "/api/v1/orders/{id}/cancel", operation_id = "cancel_order", tag = "orders", security(("token" = [])),
    params(("id" = String, Path, description = "the order's id", format = Uuid)),
    responses((status = 200, description = "taken back", body = OrderOut), Missing, Refused, Denied))]
pub async fn cancel(
    State(web): State<Web>,
    Caller(program): Caller,
    Named(id): Named<OrderId>,
) -> Result<Response, Problem> {
    let order = web.work(move |web| web.counter.cancel(id, &program.actor())).await?;
    Ok(tagged(&order).into_response())
}

fn wish(body: OrderIn) -> Result<NewOrder, Problem> {
    let date: ServiceDate =
        body.date.parse().map_err(|_| Problem::Input("date: a date such as 2026-11-24".into()))?;
    let resident: ResidentId =
        body.resident.parse().map_err(|_| Problem::Input("resident: a resident's id".into()))?;
    Ok(NewOrder {
        date,
        fulfilment: body.way,
        portions: body.portions,
        preferences: body.preferences.into(),
        // A known resident has a price group of their own.
        category: Category::Guest,
        resident: Some(resident),
        door: None,
        payment: match body.pay {
            PayWire::Later => Payment::Later,
            PayWire::Account => Payment::FromAccount,
        },
    })
}

/// An order with its entity tag.
fn tagged(order: &Order) -> impl IntoResponse + use<> {
    ([(header::ETAG, tag(order))], Json(OrderOut::from(order)))
}

fn tag(order: &Order) -> String {
    format!("\"{}\"", &hashed(&order.version())[..16])
}

/// What `If-Match` says was seen.
enum Seen {
    Whatever,
    Tags(String),
}

impl Seen {
    fn fits(&self, order: &Order) -> bool {
        let tag = tag(order);
        match self {
            Self::Whatever => true,
            Self::Tags(tags) => tags.split(',').any(|one| one.trim() == tag),
        }
    }
}

fn matched(headers: &HeaderMap) -> Result<Option<Seen>, Problem> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().map_err(|_| Problem::Stale)?.trim();
    Ok(Some(if text == "*" { Seen::Whatever } else { Seen::Tags(text.to_owned()) }))
}

//! At the window: a number is ready, then collected; cash for it; who has not come.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use serde_json::json;

use crate::domain::{Fulfilment, Order, OrderState, PaymentMethod, PaymentState};
use crate::error::Error;
use crate::kiosk::controller::scan::{self, Scanned};
use crate::kiosk::words;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::routes::{HOUSE, Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html, wishes};

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/hand-over", Roles(HOUSE), page),
        post("/hand-over", Roles(HOUSE), step),
        post("/hand-over/paid", Roles(HOUSE), paid),
    ]
}

#[derive(Template)]
#[template(path = "hand_over.html")]
struct Page {
    v: View,
    done: Option<(u32, OrderState)>,
    waiting: Vec<Line>,
    ready: Vec<Line>,
    missing: Vec<Line>,
}

/// A number at the window.
struct Line {
    number: u32,
    way: Fulfilment,
    what: String,
    due: Option<String>,
}

/// What was just done.
#[derive(Deserialize, Default)]
pub struct Done {
    #[serde(default)]
    done: Option<u32>,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Query(Done { done }): Query<Done>,
) -> Result<Html<String>, WebError> {
    let (orders, away) = web
        .work(|web| {
            let today = web.today()?;
            Ok::<_, Error>((web.counter.orders(today)?, web.care.away(today)?))
        })
        .await?;
    let calendar = web.house.settings.calendar();
    let now = calendar.local(web.house.clock.now()).time();
    let late = now >= calendar.times.service_from;
    let line = |o: &Order| {
        let wishes = wishes(v.lang, &o.preferences);
        let count = words::count(v.lang, o.portions);
        Line {
            number: o.number,
            way: o.fulfilment,
            what: if wishes.is_empty() { count } else { format!("{count} · {wishes}") },
            due: (o.payment == PaymentState::Due).then(|| words::money(v.lang, o.total)),
        }
    };
    let in_state = |state| orders.iter().filter(move |o| o.state == state);
    // Who is noted as away is not waited for.
    let at_window = |o: &&Order| {
        o.fulfilment != Fulfilment::Delivery && o.resident.is_none_or(|id| !away.contains(&id))
    };
    let page = Page {
        done: done.and_then(|n| orders.iter().find(|o| o.number == n)).map(|o| (o.number, o.state)),
        waiting: in_state(OrderState::Placed).map(line).collect(),
        ready: in_state(OrderState::Ready).map(line).collect(),
        missing: if late {
            in_state(OrderState::Ready).filter(at_window).map(line).collect()
        } else {
            Vec::new()
        },
        v,
    };
    html(&page)
}

/// A number that was typed, or a code that was scanned.
#[derive(Deserialize)]
pub struct Step {
    code: String,
}

/// The next step of a number: ready, then collected.
pub async fn step(
    State(web): State<Web>,
    who: Signed,
    Posted(Step { code }): Posted<Step>,
) -> Result<Redirect, WebError> {
    let number = web
        .work(move |web| {
            let number = number(web, &code)?;
            web.counter.advance(web.today()?, number, &who.account().name)?;
            Ok::<_, WebError>(number)
        })
        .await?;
    Ok(Redirect::to(&format!("/hand-over?done={number}")))
}

/// Cash for a number.
pub async fn paid(
    State(web): State<Web>,
    who: Signed,
    Posted(Step { code }): Posted<Step>,
) -> Result<Redirect, WebError> {
    let number = web
        .work(move |web| {
            let account = who.account();
            let number = number(web, &code)?;
            let order = web.counter.by_number(web.today()?, number)?;
            web.counter.pay(order.id, PaymentMethod::Cash, &account.name)?;
            web.accounts.changed(account, "order.paid_cash", &number.to_string(), &json!({}))?;
            Ok::<_, WebError>(number)
        })
        .await?;
    Ok(Redirect::to(&format!("/hand-over?done={number}")))
}

/// A number as it was typed, or a kitchen ticket or an order slip as it was scanned, of today.
fn number(web: &Web, code: &str) -> Result<u32, WebError> {
    let today = web.today()?;
    let found = match scan::parse(code) {
        Scanned::Ticket(date, number) if date == today => Some(number),
        Scanned::Slip(code) => {
            let order = web.counter.by_code(&code)?;
            (order.date == today).then_some(order.number)
        }
        Scanned::Unknown => code.trim().parse().ok(),
        _ => None,
    };
    found.ok_or(WebError::Input(
        "这不是今天的号码。请输入小票上的号码，或者扫小票。",
        "This is no number of today. Type the number on the slip, or scan the slip.",
    ))
}

//! A resident's prepaid account: what it holds, money onto it and out of it, and the month.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::note_word;
use crate::domain::{Fen, PaymentMethod, ResidentId, ServiceDate};
use crate::kiosk::words;
use crate::till::{Statement, Till, TillError};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

#[derive(Template)]
#[template(path = "money_account.html")]
struct Page {
    v: View,
    statement: Statement,
    door: String,
    balance: String,
    before: String,
    after: String,
    month_name: String,
    earlier: String,
    later: String,
    lines: Vec<LineShown>,
    done: bool,
    id: String,
}

/// A movement as the page shows it.
struct LineShown {
    at: String,
    what: String,
    amount: String,
    balance: String,
}

/// Which month, and whether something was just booked.
#[derive(Deserialize, Default)]
pub struct Which {
    month: Option<String>,
    done: Option<u8>,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Html<String>, WebError> {
    let resident = resident(&id)?;
    let lang = v.lang;
    let today = web.work(Web::today).await?;
    let first = month_of(which.month.as_deref(), today);
    let last = ServiceDate(first.0.last_of_month());
    let statement = web
        .work(move |web| {
            web.accounts.looked(who.account(), "account", Some(resident))?;
            Till::new(web.house.clone()).statement(resident, first, last)
        })
        .await?;
    let calendar = web.house.settings.calendar();
    let line = |line: &crate::till::Line| LineShown {
        at: calendar.local(line.at).strftime("%m-%d %H:%M").to_string(),
        what: match line.lunch {
            Some((date, number)) => format!(
                "{} {} · {} {number}",
                v.t("午餐", "Lunch"),
                words::date(lang, date),
                v.t("号码", "No.")
            ),
            None => note_word(&v, &line.note),
        },
        amount: signed(line.amount),
        balance: line.balance.to_string(),
    };
    let lines = statement.lines.iter().map(line).collect();
    let money = |fen| words::money(lang, fen);
    let step =
        |by: i64| first.0.checked_add(by.months()).unwrap_or(first.0).strftime("%Y-%m").to_string();
    html(&Page {
        door: words::door(lang, &statement.resident.door),
        balance: money(statement.balance),
        before: statement.before.to_string(),
        after: statement.after.to_string(),
        month_name: match lang {
            words::Lang::Zh => format!("{}年{}月", first.0.year(), first.0.month()),
            words::Lang::En => first.0.strftime("%B %Y").to_string(),
        },
        earlier: step(-1),
        later: step(1),
        lines,
        done: which.done.is_some(),
        statement,
        v,
        id,
    })
}

/// `+20`, `-20.50`.
fn signed(amount: Fen) -> String {
    if amount > Fen::ZERO { format!("+{amount}") } else { amount.to_string() }
}

/// The first day of a month that was asked for, or of this one.
fn month_of(asked: Option<&str>, today: ServiceDate) -> ServiceDate {
    let asked = asked.and_then(|text| format!("{text}-01").parse::<Date>().ok());
    ServiceDate(asked.unwrap_or(today.0).first_of_month())
}

fn resident(id: &str) -> Result<ResidentId, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

/// Money that came.
#[derive(Deserialize)]
pub struct TopUp {
    amount: String,
    method: String,
    seen: usize,
}

/// Puts money on the account, and prints the slip.
pub async fn top_up(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(TopUp { amount, method, seen }): Posted<TopUp>,
) -> Result<Redirect, WebError> {
    let resident = resident(&id)?;
    let amount = Fen::parse_yuan(&amount).ok_or(TillError::Amount)?;
    let method = match method.as_str() {
        "cash" => PaymentMethod::Cash,
        _ => PaymentMethod::Other,
    };
    web.work(move |web| {
        Till::new(web.house.clone()).top_up(resident, amount, method, seen, who.account())
    })
    .await?;
    Ok(Redirect::to(&format!("/money/account/{resident}?done=1")))
}

/// What was seen of the account.
#[derive(Deserialize)]
pub struct Seen {
    seen: usize,
}

/// Pays out what is left.
pub async fn refund(
    State(web): State<Web>,
    who: Signed,
    Path(id): Path<String>,
    Posted(Seen { seen }): Posted<Seen>,
) -> Result<Redirect, WebError> {
    let resident = resident(&id)?;
    web.work(move |web| Till::new(web.house.clone()).refund(resident, seen, who.account())).await?;
    Ok(Redirect::to(&format!("/money/account/{resident}?done=1")))
}

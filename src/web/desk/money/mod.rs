//! The office's money: accounts, the cash of a day, what lunch costs on new days.

mod account;
mod day;
mod prices;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::domain::Resident;
use crate::kiosk::words;
use crate::store::ledger::Account;
use crate::till::TillError;
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::routes::{OFFICE, Route, Who::Roles, get, post};
use crate::web::state::Web;
use crate::web::view::{View, html};

/// The most people that a search shows.
const MOST_FOUND: usize = 50;

/// Its part of the table.
pub(in crate::web) fn routes() -> Vec<Route> {
    vec![
        get("/money", Roles(OFFICE), page),
        get("/money/account/{id}", Roles(OFFICE), account::page),
        post("/money/account/{id}/top-up", Roles(OFFICE), account::top_up),
        post("/money/account/{id}/refund", Roles(OFFICE), account::refund),
        get("/money/day", Roles(OFFICE), day::page),
        post("/money/day", Roles(OFFICE), day::count),
        get("/money/prices", Roles(OFFICE), prices::page),
        post("/money/prices", Roles(OFFICE), prices::save),
    ]
}

impl From<TillError> for WebError {
    fn from(error: TillError) -> Self {
        match error {
            TillError::ChangedMeanwhile => Self::Input(
                "刚才已经有人记了账，这一次没有记。请返回刷新，看清余额再做。",
                "Something was booked in the meantime; nothing was booked now. Go back, reload and look again.",
            ),
            TillError::Amount => Self::Input(
                "金额要大于 0，最多 10000 元，写成 20 或 20.50。没有记账。",
                "The amount must be more than 0 and at most 10000 yuan, written 20 or 20.50. Nothing was booked.",
            ),
            TillError::Empty => Self::Input(
                "账户里没有余额，没有可退的钱。",
                "There is nothing left on this account.",
            ),
            TillError::ReasonMissing(_) => Self::Input(
                "数出来的现金和账上不一样，请写明原因。没有记录。",
                "The cash differs from the ledger; write down why. Nothing was kept.",
            ),
            TillError::NotYet(_) => Self::Input("这一天还没有到。", "That day has not come yet."),
            TillError::Other(error) => error.into(),
        }
    }
}

#[derive(Template)]
#[template(path = "money.html")]
struct Page {
    v: View,
    q: String,
    asked: bool,
    found: Vec<Found>,
    more: bool,
}

/// Somebody who was found.
struct Found {
    id: String,
    name: String,
    door: String,
    balance: String,
}

/// Whom to look for.
#[derive(Deserialize, Default)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// The page: finds an account, and leads to the day and the prices.
pub async fn page(
    State(web): State<Web>,
    v: View,
    who: Signed,
    Query(Search { q }): Query<Search>,
) -> Result<Html<String>, WebError> {
    let q: String = q.trim().chars().take(40).collect();
    let (sought, lang) = (q.clone(), v.lang);
    let mut found = web
        .work(move |web| {
            if sought.is_empty() {
                return Ok(Vec::new());
            }
            web.accounts.looked(who.account(), "money", None)?;
            let all = web.registry.residents()?;
            let fitting = all.iter().filter(|r| fits(r, &sought)).take(MOST_FOUND + 1);
            fitting
                .map(|r| {
                    Ok::<_, WebError>(Found {
                        id: r.id.to_string(),
                        name: r.name.clone(),
                        door: words::door(lang, &r.door),
                        balance: words::money(lang, web.counter.balance(r.id)?),
                    })
                })
                .collect()
        })
        .await?;
    let more = found.len() > MOST_FOUND;
    found.truncate(MOST_FOUND);
    html(&Page { v, asked: !q.is_empty(), q, found, more })
}

/// Whether a resident is meant by a name, or by a door such as `7-1203` or `7号楼1203室`.
fn fits(resident: &Resident, sought: &str) -> bool {
    let door = &resident.door;
    let parts: Vec<&str> =
        sought.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()).collect();
    let by_door = match parts.as_slice() {
        [building] => door.building == *building,
        [building, room] => door.building == *building && door.room().starts_with(room),
        _ => false,
    };
    by_door || resident.name.contains(sought)
}

/// A ledger account in words.
pub fn account_word(v: &View, account: Account) -> &'static str {
    let (zh, en) = match account {
        Account::Cash => ("现金", "Cash"),
        Account::Other => ("其他收款", "Other means"),
        Account::Sales => ("餐费收入", "Sales"),
        Account::Receivable => ("待收", "Receivable"),
        Account::Prepaid => ("预存款", "Prepaid"),
    };
    v.lang.pick(zh, en)
}

/// The ledger's word on a posting, in the page's language.
pub fn note_word(v: &View, note: &str) -> String {
    match note {
        "top-up" => v.t("充值", "Top-up").to_owned(),
        "refund" => v.t("退款", "Refund").to_owned(),
        other => other.to_owned(),
    }
}

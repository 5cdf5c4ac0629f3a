//! What lunch costs on new days, by who buys.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::domain::{Category, Fen};
use crate::kiosk::words;
use crate::store::price_rules::PriceRule;
use crate::till::{Till, TillError};
use crate::web::error::WebError;
use crate::web::guard::Signed;
use crate::web::posted::Posted;
use crate::web::state::Web;
use crate::web::view::{View, html};

#[derive(Template)]
#[template(path = "money_prices.html")]
struct Page {
    v: View,
    version: String,
    rows: Vec<Row>,
    done: bool,
}

/// A group.
struct Row {
    category: Category,
    word: &'static str,
    price: String,
    subsidy: String,
    whole: String,
}

/// Whether something was just saved.
#[derive(Deserialize, Default)]
pub struct Done {
    done: Option<u8>,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    v: View,
    Query(Done { done }): Query<Done>,
) -> Result<Html<String>, WebError> {
    let (rules, version) = web.work(|web| Till::new(web.house.clone()).prices()).await?;
    let row = |category: &Category| {
        let rule = rules.get(category);
        let text =
            |fen: fn(&PriceRule) -> Fen| rule.map(fen).map_or(String::new(), |f| f.to_string());
        Row {
            category: *category,
            word: words::category(v.lang, *category),
            price: text(|r| r.price),
            subsidy: text(|r| r.subsidy),
            whole: rule.map_or(String::new(), |r| words::money(v.lang, r.price + r.subsidy)),
        }
    };
    let rows = Category::ALL.iter().map(row).collect();
    html(&Page { rows, version, done: done.is_some(), v })
}

/// Saves the prices.
pub async fn save(
    State(web): State<Web>,
    who: Signed,
    Posted(fields): Posted<Vec<(String, String)>>,
) -> Result<Redirect, WebError> {
    let one = |name: &str| {
        let found = fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let mut rules = BTreeMap::new();
    for category in Category::ALL {
        let (price, subsidy) =
            (one(&format!("price_{category}")), one(&format!("subsidy_{category}")));
        if price.is_empty() && subsidy.is_empty() {
            continue;
        }
        let yuan = |text: &str| {
            if text.is_empty() { Some(Fen::ZERO) } else { Fen::parse_yuan(text) }
        };
        let wrong = WebError::Input(
            "价格和补贴要写成 20 或 20.50；不卖给这类人就两格都空着。什么也没有改。",
            "Price and subsidy are written 20 or 20.50; leave both empty for a group that is not sold to. Nothing was changed.",
        );
        let (Some(paid), Some(added)) =
            (yuan(&price).filter(|_| !price.is_empty()), yuan(&subsidy))
        else {
            return Err(wrong);
        };
        rules.insert(*category, PriceRule { price: paid, subsidy: added });
    }
    let seen = one("version");
    web.work(move |web| {
        Till::new(web.house.clone()).set_prices(&rules, &seen, who.account())?;
        Ok::<_, TillError>(())
    })
    .await?;
    Ok(Redirect::to("/money/prices?done=1"))
}

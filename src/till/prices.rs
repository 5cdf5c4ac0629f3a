//! What lunch costs on new days, by who buys.

use serde_json::json;
use std::collections::BTreeMap;

use super::{Till, TillError};
use crate::accounts::hashed;
use crate::domain::{Account as Person, Category, Fen};
use crate::error::Error;
use crate::menu_book::HIGHEST;
use crate::store::audit;
use crate::store::price_rules::{self, PriceRule};

impl Till {
    /// The rules as they stand, and which state of them that is.
    pub fn prices(&self) -> Result<(BTreeMap<Category, PriceRule>, String), Error> {
        self.house.store.read(|db| {
            let rules = price_rules::all(db)?;
            let version = version(&rules);
            Ok((rules, version))
        })
    }

    /// Puts these rules in the place of those that stood when the page was shown.
    pub fn set_prices(
        &self,
        rules: &BTreeMap<Category, PriceRule>,
        seen: &str,
        who: &Person,
    ) -> Result<(), TillError> {
        let sound = |fen: Fen| (Fen::ZERO..=HIGHEST).contains(&fen);
        if !rules.values().all(|rule| sound(rule.price) && sound(rule.subsidy)) {
            return Err(TillError::Amount);
        }
        self.house.store.write(|tx| {
            let now = self.house.writing_time(tx)?;
            let before = price_rules::all(tx)?;
            if version(&before) != seen {
                return Err(TillError::ChangedMeanwhile);
            }
            price_rules::replace(tx, rules, now)?;
            let plain = |rules: &BTreeMap<Category, PriceRule>| -> BTreeMap<String, [Fen; 2]> {
                rules.iter().map(|(c, r)| (c.to_string(), [r.price, r.subsidy])).collect()
            };
            let detail = json!({ "before": plain(&before), "now": plain(rules) });
            Ok(audit::changed(tx, &who.name, "prices.set", "", &detail, now)?)
        })
    }
}

fn version(rules: &BTreeMap<Category, PriceRule>) -> String {
    hashed(&format!("{rules:?}")).chars().take(16).collect()
}

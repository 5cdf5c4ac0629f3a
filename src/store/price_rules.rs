//! What lunch costs on new days, by who buys.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeMap;

use super::StoreError;
use super::convert::{millis, parsed};
use crate::domain::{Category, Fen};

/// What a portion costs a group on new days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRule {
    /// What the eater pays.
    pub price: Fen,
    /// What whoever subsidises lunch adds.
    pub subsidy: Fen,
}

/// All rules; a group without one is not sold to on new days.
pub fn all(db: &Connection) -> Result<BTreeMap<Category, PriceRule>, StoreError> {
    let mut statement = db.prepare_cached("SELECT * FROM price_rules")?;
    let rows = statement.query_map([], |row| {
        let rule =
            PriceRule { price: Fen(row.get("price_fen")?), subsidy: Fen(row.get("subsidy_fen")?) };
        Ok((parsed(row, "category")?, rule))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts these rules in the place of all others.
pub fn replace(
    tx: &Transaction<'_>,
    rules: &BTreeMap<Category, PriceRule>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM price_rules")?.execute([])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO price_rules (category, price_fen, subsidy_fen, changed_at) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (category, rule) in rules {
        insert.execute(params![category.as_str(), rule.price.0, rule.subsidy.0, millis(now)])?;
    }
    Ok(())
}

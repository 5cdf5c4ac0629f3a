//! The set menu of a service date.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::calendar::ServiceDate;
use super::money::Fen;
use super::resident::Category;

crate::text_enum!(
    /// What a dish contains that some residents must not or will not eat.
    Allergen, "allergen" {
        /// Pork, for faith as much as for allergy.
        Pork = "pork",
        /// Beef.
        Beef = "beef",
        /// Fish.
        Fish = "fish",
        /// Shrimps, crabs and other shellfish.
        Shellfish = "shellfish",
        /// Eggs.
        Egg = "egg",
        /// Milk.
        Milk = "milk",
        /// Soya, soy sauce and bean curd.
        Soya = "soya",
        /// Wheat and other gluten.
        Gluten = "gluten",
        /// Peanuts.
        Peanut = "peanut",
        /// Sesame.
        Sesame = "sesame",
    }
);

impl Allergen {
    /// The word a cook reads.
    pub const fn zh(self) -> &'static str {
        match self {
            Allergen::Pork => "猪肉",
            Allergen::Beef => "牛肉",
            Allergen::Fish => "鱼",
            Allergen::Shellfish => "虾蟹",
            Allergen::Egg => "鸡蛋",
            Allergen::Milk => "牛奶",
            Allergen::Soya => "大豆",
            Allergen::Gluten => "麸质",
            Allergen::Peanut => "花生",
            Allergen::Sesame => "芝麻",
        }
    }
}

/// A dish that stands in for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitute {
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// What it contains.
    pub allergens: Vec<Allergen>,
}

/// One dish of the set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dish {
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// What it contains.
    pub allergens: Vec<Allergen>,
    /// The dish served instead on request.
    pub substitute: Option<Substitute>,
}

/// The set menu of one service date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Menu {
    /// The date it is served on.
    pub date: ServiceDate,
    /// The dishes of the set, the main one first.
    pub dishes: Vec<Dish>,
    /// Portions the kitchen will cook.
    pub portions: u32,
    /// Price of a portion by who buys; a category without a price is not sold to.
    pub prices: BTreeMap<Category, Fen>,
}

impl Menu {
    /// The dish names in Chinese, as on a ticket.
    pub fn zh(&self) -> String {
        self.dishes.iter().map(|d| d.zh.as_str()).collect::<Vec<_>>().join("、")
    }

    /// The dish that can be replaced, with its substitute.
    pub fn substitutable(&self) -> Option<(&Dish, &Substitute)> {
        self.dishes.iter().find_map(|d| d.substitute.as_ref().map(|s| (d, s)))
    }

    /// What of `allergies` a person would still be served, with or without the substitutes.
    pub fn clashes(&self, allergies: &[Allergen], substitute: bool) -> Vec<Allergen> {
        let mut found: Vec<Allergen> = self
            .dishes
            .iter()
            .flat_map(|dish| match (&dish.substitute, substitute) {
                (Some(other), true) => other.allergens.iter(),
                _ => dish.allergens.iter(),
            })
            .copied()
            .filter(|a| allergies.contains(a))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

//! The form of a day: what a menu looks like in it, and what was typed as a menu.

use std::collections::BTreeMap;

use crate::domain::{Allergen, Category, Dish, Fen, Menu, ServiceDate, Substitute};
use crate::menu_book::MOST_DISHES;

/// What is wrong with a form, in Chinese and English.
pub type Wrong = (&'static str, &'static str);

/// The fields of a day.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The state of the menu that the form was made from.
    pub version: String,
    /// The dishes, with one more place than there are.
    pub dishes: Vec<TypedDish>,
    /// How many portions.
    pub portions: String,
    /// The prices by who buys; empty for a group that is not sold to.
    pub prices: Vec<(Category, String)>,
}

/// The fields of a dish.
#[derive(Debug, Clone, Default)]
pub struct TypedDish {
    /// The dish.
    pub dish: TypedName,
    /// The dish instead of it.
    pub other: TypedName,
}

/// The fields of one name.
#[derive(Debug, Clone, Default)]
pub struct TypedName {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// What it contains.
    pub allergens: Vec<Allergen>,
}

impl TypedName {
    fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    fn half(&self) -> bool {
        self.zh.is_empty() != self.en.is_empty()
    }

    /// Whether an allergen is ticked.
    // A template hands over references.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub fn has(&self, allergen: &Allergen) -> bool {
        self.allergens.contains(allergen)
    }
}

impl Typed {
    /// The form of a menu; of a day without one, with the usual prices.
    pub fn of(menu: Option<&Menu>, usual: &BTreeMap<Category, Fen>, version: String) -> Self {
        let prices = menu.map_or(usual, |m| &m.prices);
        let price = |c: &Category| (*c, prices.get(c).map(ToString::to_string).unwrap_or_default());
        let name = |zh: &str, en: &str, allergens: &[Allergen]| TypedName {
            zh: zh.to_owned(),
            en: en.to_owned(),
            allergens: allergens.to_vec(),
        };
        let dish = |d: &Dish| TypedDish {
            dish: name(&d.zh, &d.en, &d.allergens),
            other: d
                .substitute
                .as_ref()
                .map(|s| name(&s.zh, &s.en, &s.allergens))
                .unwrap_or_default(),
        };
        let typed = Self {
            version,
            dishes: menu.map(|m| m.dishes.iter().map(dish).collect()).unwrap_or_default(),
            portions: menu.map(|m| m.portions.to_string()).unwrap_or_default(),
            prices: Category::ALL.iter().map(price).collect(),
        };
        typed.with_room()
    }

    /// What was sent.
    pub fn read(fields: &[(String, String)]) -> Self {
        let all = |name: &str| {
            let found: Vec<&str> = fields
                .iter()
                .filter(|(key, _)| key == name)
                .map(|(_, value)| value.trim())
                .collect();
            found
        };
        let one = |name: &str| all(name).first().copied().unwrap_or_default().to_owned();
        let name = |before: &str, n: usize| TypedName {
            zh: one(&format!("{before}zh{n}")),
            en: one(&format!("{before}en{n}")),
            allergens: all(&format!("{before}has{n}"))
                .iter()
                .filter_map(|word| word.parse().ok())
                .collect(),
        };
        let dishes = (0..MOST_DISHES)
            .map(|n| TypedDish { dish: name("", n), other: name("other_", n) })
            .filter(|d| !d.dish.is_empty() || !d.other.is_empty())
            .collect();
        let price = |c: &Category| (*c, one(&format!("price_{c}")));
        let typed = Self {
            version: one("version"),
            dishes,
            portions: one("portions"),
            prices: Category::ALL.iter().map(price).collect(),
        };
        typed.with_room()
    }

    /// Room for one more dish, and for three in a form that is new.
    fn with_room(mut self) -> Self {
        let places = (self.dishes.len() + 1).clamp(3, MOST_DISHES);
        self.dishes.resize_with(places, TypedDish::default);
        self
    }

    /// The menu that was typed, or what is wrong with it.
    pub fn menu(&self, date: ServiceDate) -> Result<Menu, Wrong> {
        let filled: Vec<&TypedDish> =
            self.dishes.iter().filter(|d| !d.dish.is_empty() || !d.other.is_empty()).collect();
        if filled.iter().any(|d| d.dish.half() || d.other.half() || d.dish.is_empty()) {
            return Err((
                "每道菜要有中文名和英文名，替换的菜也是。",
                "Each dish needs a Chinese and an English name, and so does its substitute.",
            ));
        }
        if filled.is_empty() {
            return Err(("至少要有一道菜。", "There must be a dish."));
        }
        let portions = self.portions.parse().map_err(|_| {
            ("份数要写整数，比如 120。", "Portions are a whole number, such as 120.")
        })?;
        let mut prices = BTreeMap::new();
        for (category, text) in self.prices.iter().filter(|(_, text)| !text.is_empty()) {
            let price = Fen::parse_yuan(text).ok_or((
                "价格要写成 20 或 20.50；不卖给这类人就空着。",
                "A price is written 20 or 20.50; leave it empty for a group that is not sold to.",
            ))?;
            prices.insert(*category, price);
        }
        if prices.is_empty() {
            return Err(("至少要有一个价格。", "There must be a price."));
        }
        let dishes = filled.into_iter().map(dish).collect();
        Ok(Menu { date, dishes, portions, prices })
    }
}

fn dish(typed: &TypedDish) -> Dish {
    let sorted = |list: &[Allergen]| {
        let mut list = list.to_vec();
        list.sort_unstable();
        list.dedup();
        list
    };
    let other = &typed.other;
    Dish {
        zh: typed.dish.zh.clone(),
        en: typed.dish.en.clone(),
        allergens: sorted(&typed.dish.allergens),
        substitute: (!other.is_empty()).then(|| Substitute {
            zh: other.zh.clone(),
            en: other.en.clone(),
            allergens: sorted(&other.allergens),
        }),
    }
}

//! From TOML to menus.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;

use super::{DayMenu, MenuError, WEEKDAY_WORDS, WeekTemplate};
use crate::domain::{Allergen, Category, Dish, Fen, Substitute};
use crate::import::MAX_BYTES;

/// The most portions of a day.
const MAX_PORTIONS: i64 = 20_000;
/// The highest price of a portion, in yuan.
const MAX_YUAN: i64 = 1000;
/// The most dishes of a set, and the most characters of a dish's name: both must fit on a ticket.
const MAX_DISHES: usize = 8;
const MAX_NAME: usize = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    mon: Option<Day>,
    tue: Option<Day>,
    wed: Option<Day>,
    thu: Option<Day>,
    fri: Option<Day>,
    sat: Option<Day>,
    sun: Option<Day>,
    #[serde(default)]
    date: BTreeMap<String, Day>,
    #[serde(default)]
    closed: Vec<Closed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Day {
    dishes: Option<Vec<RawDish>>,
    portions: Option<i64>,
    prices: Option<BTreeMap<String, Price>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDish {
    zh: String,
    en: String,
    #[serde(default)]
    allergens: Vec<String>,
    substitute: Option<RawSubstitute>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSubstitute {
    zh: String,
    en: String,
    #[serde(default)]
    allergens: Vec<String>,
}

/// Yuan: `20`, `20.5` or `"20.50"`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Price {
    Whole(i64),
    Decimal(f64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Closed {
    date: String,
    reason: String,
}

/// Reads menus from the text of a TOML file.
///
/// A dated menu may leave out what it has in common with its weekday.
pub fn read_menu(text: &str) -> Result<WeekTemplate, MenuError> {
    if text.len() > MAX_BYTES {
        return Err(MenuError::TooLarge { bytes: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: File = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
    let mut template = WeekTemplate::default();
    let week = [file.mon, file.tue, file.wed, file.thu, file.fri, file.sat, file.sun];
    for ((slot, day), word) in template.week.iter_mut().zip(week).zip(WEEKDAY_WORDS) {
        *slot = day.map(|day| whole(day, None, word)).transpose()?;
    }
    for entry in file.closed {
        let date = date(&entry.date)?;
        let reason = entry.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(MenuError::NoReason { date });
        }
        if template.closed.insert(date, reason).is_some() {
            return Err(MenuError::ClosedTwice { date });
        }
    }
    for (key, day) in file.date {
        let date = date(&key)?;
        if let Some(reason) = template.closed.get(&date) {
            return Err(MenuError::ClosedWithMenu { date, reason: reason.clone() });
        }
        let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        let usual = template.week.get(weekday).and_then(Option::as_ref);
        let day = whole(day, usual, &key)?;
        template.dates.insert(date, day);
    }
    if template.week.iter().all(Option::is_none) && template.dates.is_empty() {
        return Err(MenuError::NoMenus);
    }
    Ok(template)
}

/// A day's menu with everything it needs, filled up from the usual one of its weekday.
fn whole(day: Day, usual: Option<&DayMenu>, place: &str) -> Result<DayMenu, MenuError> {
    let missing = |what| MenuError::Missing { place: place.to_owned(), what };
    let dishes = match (day.dishes, usual) {
        (Some(raw), _) => dishes(raw, place)?,
        (None, Some(usual)) => usual.dishes.clone(),
        (None, None) => return Err(missing("dishes")),
    };
    let prices = match (day.prices, usual) {
        (Some(raw), _) => prices(raw, place)?,
        (None, Some(usual)) => usual.prices.clone(),
        (None, None) => return Err(missing("price")),
    };
    let portions = match (day.portions, usual) {
        (Some(portions), _) => u32::try_from(portions)
            .ok()
            .filter(|p| (1..=MAX_PORTIONS).contains(&i64::from(*p)))
            .ok_or_else(|| {
                let wanted = format!("1 to {MAX_PORTIONS}");
                wrong(place, "portions", &portions.to_string(), &wanted)
            })?,
        (None, Some(usual)) => usual.portions,
        (None, None) => return Err(missing("portions")),
    };
    if dishes.is_empty() {
        return Err(missing("dishes"));
    }
    if prices.is_empty() {
        return Err(missing("price"));
    }
    Ok(DayMenu { dishes, portions, prices })
}

fn dishes(raw: Vec<RawDish>, place: &str) -> Result<Vec<Dish>, MenuError> {
    if raw.len() > MAX_DISHES {
        let wanted = format!("at most {MAX_DISHES}");
        return Err(wrong(place, "the number of dishes", &raw.len().to_string(), &wanted));
    }
    let mut names = BTreeSet::new();
    let mut dishes = Vec::with_capacity(raw.len());
    for dish in raw {
        let zh = name(&dish.zh, "the Chinese name of a dish", place)?;
        if !names.insert(zh.clone()) {
            return Err(MenuError::DishTwice { place: place.to_owned(), dish: zh });
        }
        dishes.push(Dish {
            en: name(&dish.en, &format!("the English name of {zh}"), place)?,
            allergens: allergens(&dish.allergens, &zh, place)?,
            substitute: dish.substitute.map(|s| substitute(&s, &zh, place)).transpose()?,
            zh,
        });
    }
    Ok(dishes)
}

fn substitute(raw: &RawSubstitute, dish: &str, place: &str) -> Result<Substitute, MenuError> {
    let zh = name(&raw.zh, &format!("the substitute of {dish}"), place)?;
    Ok(Substitute {
        en: name(&raw.en, &format!("the English name of {zh}"), place)?,
        allergens: allergens(&raw.allergens, &zh, place)?,
        zh,
    })
}

fn name(text: &str, what: &str, place: &str) -> Result<String, MenuError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MAX_NAME || text.chars().any(char::is_control) {
        let found: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
        let wanted = format!("1 to {MAX_NAME} characters on one line");
        return Err(wrong(place, what, &format!("“{found}”"), &wanted));
    }
    Ok(text.to_owned())
}

fn allergens(words: &[String], dish: &str, place: &str) -> Result<Vec<Allergen>, MenuError> {
    let mut found = Vec::with_capacity(words.len());
    for word in words {
        let known = Allergen::ALL.iter().find(|a| a.as_str() == word || a.zh() == word);
        found.push(*known.ok_or_else(|| {
            let all: Vec<&str> = Allergen::ALL.iter().map(|a| a.as_str()).collect();
            let wanted = format!("one of {}", all.join(", "));
            wrong(place, &format!("an allergen of {dish}"), &format!("“{word}”"), &wanted)
        })?);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn prices(raw: BTreeMap<String, Price>, place: &str) -> Result<BTreeMap<Category, Fen>, MenuError> {
    let mut prices = BTreeMap::new();
    for (word, price) in raw {
        let category: Category = word.parse().map_err(|_| {
            let all: Vec<&str> = Category::ALL.iter().map(|c| c.as_str()).collect();
            let wanted = format!("one of {}", all.join(", "));
            wrong(place, "a price group", &format!("“{word}”"), &wanted)
        })?;
        let text = match price {
            Price::Whole(yuan) => yuan.to_string(),
            Price::Decimal(yuan) => yuan.to_string(),
            Price::Text(text) => text,
        };
        let fen = Fen::parse_yuan(&text).filter(|fen| *fen <= Fen::yuan(MAX_YUAN));
        let fen = fen.ok_or_else(|| {
            let wanted = format!("yuan from 0 to {MAX_YUAN}, with at most two decimals");
            wrong(place, &format!("the price for {word}"), &text, &wanted)
        })?;
        prices.insert(category, fen);
    }
    Ok(prices)
}

fn date(text: &str) -> Result<Date, MenuError> {
    let shape = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = if shape { text.parse().ok() } else { None };
    date.ok_or_else(|| MenuError::Date { found: text.chars().take(40).collect() })
}

fn wrong(place: &str, what: &str, found: &str, wanted: &str) -> MenuError {
    MenuError::Value {
        place: place.to_owned(),
        what: what.to_owned(),
        found: found.chars().take(60).collect(),
        wanted: wanted.to_owned(),
    }
}

fn unreadable(text: &str, error: &toml::de::Error) -> MenuError {
    let at = error.span().map_or(0, |span| span.start);
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    let reason = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
    MenuError::Unreadable { line, column, reason }
}

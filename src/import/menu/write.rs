//! From menus to TOML.

use std::fmt::Write as _;

use super::{DayMenu, WEEKDAY_WORDS, WeekTemplate};
use crate::domain::{Allergen, Fen};

/// Writes menus as a TOML file; reading it back gives the same menus.
pub fn write_menu(template: &WeekTemplate) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail. Plain keys must come before the first table.
    if !template.closed.is_empty() {
        let _ = writeln!(text, "closed = [");
        for (date, reason) in &template.closed {
            let _ = writeln!(text, "  {{ date = \"{date}\", reason = {} }},", quoted(reason));
        }
        let _ = writeln!(text, "]\n");
    }
    for (day, word) in template.week.iter().zip(WEEKDAY_WORDS) {
        if let Some(day) = day {
            let _ = writeln!(text, "[{word}]");
            write_day(&mut text, day);
        }
    }
    for (date, day) in &template.dates {
        let _ = writeln!(text, "[date.\"{date}\"]");
        write_day(&mut text, day);
    }
    text
}

fn write_day(text: &mut String, day: &DayMenu) {
    let _ = writeln!(text, "portions = {}", day.portions);
    let prices: Vec<String> =
        day.prices.iter().map(|(group, fen)| format!("{group} = {}", yuan(*fen))).collect();
    let _ = writeln!(text, "prices = {{ {} }}", prices.join(", "));
    let _ = writeln!(text, "dishes = [");
    for dish in &day.dishes {
        let dish_text = dish_fields(&dish.zh, &dish.en, &dish.allergens);
        let substitute = dish.substitute.as_ref().map_or(String::new(), |s| {
            format!(", substitute = {{ {} }}", dish_fields(&s.zh, &s.en, &s.allergens))
        });
        let _ = writeln!(text, "  {{ {dish_text}{substitute} }},");
    }
    let _ = writeln!(text, "]\n");
}

fn dish_fields(zh: &str, en: &str, allergens: &[Allergen]) -> String {
    let words: Vec<String> = allergens.iter().map(|a| format!("\"{a}\"")).collect();
    format!("zh = {}, en = {}, allergens = [{}]", quoted(zh), quoted(en), words.join(", "))
}

/// A price with decimals goes as text, which keeps its fen exactly.
fn yuan(fen: Fen) -> String {
    let text = fen.to_string();
    if text.contains('.') { quoted(&text) } else { text }
}

/// A basic string of TOML; its escapes are those of JSON, and DEL besides.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string().replace('\u{7f}', "\\u007F")
}

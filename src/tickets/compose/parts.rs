//! Words and groups that several papers share.

use crate::domain::{Allergen, Fen, Fulfilment, Preferences};
use crate::tickets::content::{OrderContent, avoid, wishes};
use crate::tickets::paper::{Block, Cell, Paper, Shape, Stand, Text};
use jiff::civil::{DateTime, Time};

/// Small print that is still read without glasses: 3.5 mm.
pub(super) const SMALL: u16 = 28;
/// Plain words: 4.5 mm.
pub(super) const BODY: u16 = 36;
/// Words that are looked for: 6 mm.
pub(super) const LARGE: u16 = 48;
/// Wishes and allergies by the stove: 9 mm.
pub(super) const STOVE: u16 = 72;

/// `10:05`.
pub(super) fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `11月24日 10:05`.
pub(super) fn day_clock(at: DateTime) -> String {
    format!("{}月{}日 {}", at.month(), at.day(), clock(at.time()))
}

/// `￥20`: the full-width sign, which every printer's font has.
pub(super) fn price(amount: Fen) -> String {
    format!("￥{amount}")
}

/// Whether there is nothing to pay or collect.
pub(super) fn nothing(amount: Fen) -> bool {
    amount == Fen::ZERO
}

/// The shape that goes with a way of eating.
pub(super) const fn shape(fulfilment: Fulfilment) -> Shape {
    match fulfilment {
        Fulfilment::EatIn => Shape::Bowl,
        Fulfilment::TakeAway => Shape::Bag,
        Fulfilment::Delivery => Shape::House,
    }
}

/// All of an order in words, for comparing: `外送 ×2  少盐  忌花生`, and its note below.
pub(super) fn in_words(paper: &mut Paper, before: &str, content: &OrderContent, size: u16) {
    let mut parts = vec![format!("{} ×{}", content.fulfilment.zh(), content.portions.get())];
    parts.extend(wishes(&content.preferences));
    parts.extend(avoid(&content.allergies));
    paper.add(Text::bold(format!("{before}{}", parts.join("  ")), size).whole());
    let note = content.preferences.note.trim();
    if !note.is_empty() {
        paper.add(Text::new(format!("备注：{note}"), size * 3 / 4));
    }
}

/// The way of eating as shape and word, and how many, `size` dots tall.
pub(super) fn way_and_portions(paper: &mut Paper, content: &OrderContent, size: u16) {
    let way = content.fulfilment;
    paper.add(Block::Row(
        vec![
            Cell::fit(Block::Shape(shape(way), size)),
            Cell::fit(Text::bold(way.zh(), size).into()),
            Cell::push(),
            Cell::fit(Text::bold("×", size * 2 / 3).into()),
            Cell::fit(Text::bold(content.portions.get().to_string(), size * 3 / 2).into()),
        ],
        Stand::Middle,
    ));
}

/// What must and what should be different, white on black; what must comes first.
pub(super) fn different(
    paper: &mut Paper,
    preferences: &Preferences,
    allergies: &[Allergen],
    size: u16,
) {
    let band = |words: String| Block::Band(Text::bold(words, size).whole());
    paper.add_if(avoid(allergies).map(band));
    paper.add_if(wishes(preferences).map(band));
    let note = preferences.note.trim();
    if !note.is_empty() {
        paper.add(Block::Band(Text::bold(note, size * 2 / 3)));
    }
}

/// Everything the kitchen does for an order.
pub(super) fn to_cook(paper: &mut Paper, content: &OrderContent) {
    way_and_portions(paper, content, 104);
    paper.add(Block::Space(8));
    different(paper, &content.preferences, &content.allergies, STOVE);
    if content.preferences.substitute
        && let Some(dish) = &content.substitute
    {
        paper.add(Text::bold(format!("换菜：{dish}"), LARGE));
    }
}

/// A label at the left and a value at the right.
pub(super) fn pair(label: &str, value: String, size: u16) -> Block {
    Block::Row(
        vec![
            Cell::fill(
                u16::from(label.chars().count() as u8) * size,
                vec![Text::new(label, size).into()],
            ),
            Cell::fit(Text::bold(value, size).right().into()),
        ],
        Stand::Top,
    )
}

/// `12、40、77`.
pub(super) fn numbers(list: &[u32]) -> String {
    list.iter().map(u32::to_string).collect::<Vec<_>>().join("、")
}

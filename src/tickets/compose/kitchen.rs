//! Papers by the stove about one order: read from the top, at arm's length, in steam.

use super::parts::{BODY, LARGE, STOVE, clock, in_words, to_cook};
use crate::tickets::content::{ChangedStrip, KitchenTicket, VoidStrip};
use crate::tickets::paper::{Block, Cell, Paper, Stand, Text};

/// Dots a module of the ready code: 0.5 mm, which every hand scanner reads.
const READY_MODULE: u16 = 4;

/// The ticket of one order.
pub(super) fn ticket(paper: &mut Paper, t: &KitchenTicket) {
    paper.add(Block::Row(
        vec![
            number_cell(t.number, 60),
            Cell::fit(Block::Qr(format!("R1.{}.{}", t.date, t.number), READY_MODULE)),
        ],
        Stand::Top,
    ));
    paper.add(Block::Space(8));
    to_cook(paper, &t.content);
    let ordered = if t.placed_at.date() == t.date.0 {
        clock(t.placed_at.time())
    } else {
        format!("预订 {}月{}日", t.placed_at.month(), t.placed_at.day())
    };
    paper.add(Text::new(format!("{}  {ordered}", t.date.zh()), BODY).shrinking());
}

/// The strip for an order that changed.
pub(super) fn changed(paper: &mut Paper, t: &ChangedStrip) {
    paper.add(headed("改单", t.number));
    paper.add(Block::Space(8));
    in_words(paper, "原单：", &t.old, LARGE);
    paper.add(Block::Rule(4));
    paper.add(Text::bold("现在改为", LARGE));
    to_cook(paper, &t.new);
    paper.add(Text::new(format!("{}  {} 改", t.date.zh(), clock(t.at)), BODY).shrinking());
}

/// The strip for an order that is off.
pub(super) fn void(paper: &mut Paper, t: &VoidStrip) {
    paper.add(headed("作废", t.number));
    paper.add(Block::Space(8));
    paper.add(Text::bold("不要做", STOVE));
    in_words(paper, "原单：", &t.old, LARGE);
    paper.add(Text::new(format!("{}  {} 取消", t.date.zh(), clock(t.at)), BODY).shrinking());
}

/// The number and, beside it, what has become of its ticket.
fn headed(word: &str, number: u32) -> Block {
    Block::Row(
        vec![number_cell(number, 76), Cell::fit(Block::Band(Text::bold(word, 88)))],
        Stand::Middle,
    )
}

/// The number, squeezed to at least `least` dots a digit so that it shares its line.
fn number_cell(number: u32, least: u16) -> Cell {
    let digits = number.to_string();
    Cell::fill(least * digits.len() as u16, vec![Block::Digits(digits)])
}

//! A resident's card as a slip.

use super::parts::{BODY, LARGE, SMALL, day_clock};
use crate::tickets::content::CardSlip;
use crate::tickets::paper::{Block, Cell, Paper, Stand, Text};

/// Dots a module of the card's code: 1 mm, for a paper that is folded and carried.
const CARD_MODULE: u16 = 8;

/// The slip.
pub(super) fn slip(paper: &mut Paper, t: &CardSlip) {
    paper.add(Text::bold("饭卡", LARGE).shrinking());
    paper.add(Text::new(t.house.as_str(), BODY).shrinking());
    paper.add(Block::Rule(3));
    paper.add(Block::Row(
        vec![
            Cell::fit(Block::Qr(t.code.clone(), CARD_MODULE)),
            Cell::fill(
                120,
                vec![
                    Text::bold(t.name.as_str(), LARGE).shrinking().into(),
                    Text::new("点餐时扫此码", SMALL).into(),
                ],
            ),
        ],
        Stand::Middle,
    ));
    paper.add(Block::Rule(3));
    paper.add(Text::new("丢了请马上到会所停用。捡到请交会所。", SMALL));
    paper.add(Text::new(format!("打印 {}", day_clock(t.at)), SMALL).shrinking());
}

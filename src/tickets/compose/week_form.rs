//! The form for ordering several days by pen: large boxes, few words.

use super::parts::{BODY, LARGE, SMALL, clock};
use crate::domain::Portions;
use crate::tickets::content::{FormDay, WeekForm};
use crate::tickets::paper::{Block, Cell, Paper, Shape, Stand, Text};

/// Side of a box in dots: 5.5 mm, for a pen in a shaking hand.
const BOX: u16 = 44;
/// Height of the words beside a box.
const CHOICE: u16 = 32;
/// Width of a box with a word of two characters; four stand side by side on 80 mm.
const WORD: u16 = 130;
/// Width of a box with a count.
const COUNT: u16 = 122;

/// The form.
pub(super) fn form(paper: &mut Paper, t: &WeekForm) {
    paper.add(Block::Band(Text::bold("订餐填写单", 64).shrinking()));
    paper.add(Text::bold(format!("{}  {}", t.name, t.door), LARGE).shrinking());
    paper.add(Text::new("要哪天，在那天勾一种，再勾几份。", BODY).whole());
    for day in &t.days {
        one_day(paper, day);
    }
    paper.add(Block::Rule(6));
    paper.add(Text::bold("口味（每天一样）", 40));
    let mut wishes = vec!["少盐", "软食", "少饭"];
    if t.substitute {
        wishes.push("换菜");
    }
    paper.add(boxes(wishes, WORD));
    paper.add(Block::Space(12));
    paper.add(Block::WriteLine(Text::new("签名", 40)));
    paper.add(Block::Rule(6));
    paper.add(Text::bold(format!("填好交到：{}", t.leave_at), LARGE).shrinking());
    paper.add(Text::new("也可以请楼组长带来。", BODY));
    paper.add(Text::new(
        format!(
            "当天的饭：外送 {} 前、堂食和自取 {} 前交。",
            clock(t.delivery_by),
            clock(t.collection_by)
        ),
        BODY,
    ));
    paper.add(Text::new(format!("{} 打印", t.date.zh()), SMALL));
}

fn one_day(paper: &mut Paper, day: &FormDay) {
    paper.add(Block::Rule(4));
    paper.add(Text::bold(day.date.zh(), LARGE).shrinking());
    paper.add(Text::new(day.dishes.join("、"), BODY).whole());
    for order in &day.ordered {
        let words = format!(
            "已订 {} 号  {} ×{}",
            order.number,
            order.fulfilment.zh(),
            order.portions.get()
        );
        paper.add(Block::Band(Text::bold(words, 40).shrinking()));
    }
    if day.ways.is_empty() {
        if day.ordered.is_empty() {
            paper.add(Text::bold("这一天不能订了。", BODY));
        }
        return;
    }
    paper.add(boxes(day.ways.iter().map(|way| way.zh()).collect(), WORD));
    paper.add(Block::Space(8));
    let counts = (1..=Portions::MAX).map(|n| format!("{n}份"));
    paper.add(boxes(counts.collect(), COUNT));
    paper.add(Block::Space(8));
}

/// Boxes beside each other, each with its word in a column `width` dots wide, so that a box never
/// parts from its word.
fn boxes<T: Into<String>>(words: Vec<T>, width: u16) -> Block {
    let cells = words.into_iter().map(|word| {
        let pair = vec![
            Cell::fit(Block::Shape(Shape::TickBox, BOX)),
            Cell::fit(Text::bold(word, CHOICE).into()),
        ];
        Cell::dots(width, Block::Row(pair, Stand::Middle))
    });
    Block::Row(cells.collect(), Stand::Middle)
}

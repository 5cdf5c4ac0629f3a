//! The slip in the volunteer's hand: enough on its own in a lift without a signal.

use super::parts::{BODY, LARGE, SMALL, clock, nothing};
use crate::tickets::content::{RoundSlip, SlipStop, avoid};
use crate::tickets::paper::{Block, Cell, Paper, Shape, Stand, Text};

/// Dots a module of the hand-in code.
const HAND_IN_MODULE: u16 = 5;
/// Width in dots of the column where the stops are counted.
const ORDER: u16 = 44;

/// The round slip.
pub(super) fn slip(paper: &mut Paper, t: &RoundSlip) {
    paper.add(Block::Row(
        vec![
            Cell::fit(Text::bold(format!("第 {} 轮", t.round), 80).into()),
            Cell::push(),
            Cell::fit(Text::bold(format!("{}  {} 号", t.surname, t.badge), LARGE).into()),
        ],
        Stand::Middle,
    ));
    if t.trip > 1 {
        paper.add(Block::Band(
            Text::bold(format!("你的第 {} 趟：回到食堂后再出发", t.trip), 40).shrinking(),
        ));
    }
    paper.add(Text::new(edition(t), BODY).shrinking());
    whole(paper, t);
}

/// The date, and which edition of the slip it is if it is not the first.
fn edition(t: &RoundSlip) -> String {
    let date = t.date.zh();
    if t.revision > 1 { format!("{date}   第 {} 版", t.revision) } else { date }
}

/// Whose round it is, with its edition, in one line.
pub(super) fn who(t: &RoundSlip) -> Text {
    let trip = if t.trip > 1 { format!("  第 {} 趟", t.trip) } else { String::new() };
    let edition = if t.revision > 1 { format!("  第 {} 版", t.revision) } else { String::new() };
    Text::bold(format!("{}  {} 号{trip}{edition}", t.surname, t.badge), LARGE).shrinking()
}

/// Times, doors in walking order, sums, and what is done at hand-in.
pub(super) fn whole(paper: &mut Paper, t: &RoundSlip) {
    paper.add(
        Text::bold(format!("{} 出发   {} 回到食堂", clock(t.depart), clock(t.back)), 40)
            .shrinking(),
    );
    paper.add(Block::Band(Text::bold(sums(t), LARGE).shrinking()));
    for (index, stop) in t.stops.iter().enumerate() {
        door(paper, index + 1, stop);
    }
    paper.add(Block::Rule(6));
    paper.add(Text::bold(format!("合计  {}", sums(t)), LARGE).shrinking());
    paper.add(Block::Row(
        vec![
            Cell::fit(Block::Qr(t.hand_in_code(), HAND_IN_MODULE)),
            Cell::fill(
                200,
                vec![
                    Text::new("回来后到屏幕上交单：", SMALL).into(),
                    Text::new("扫码，或按“值班”登录", SMALL).into(),
                    Text::bold(t.round.to_string(), 80).into(),
                ],
            ),
        ],
        Stand::Middle,
    ));
    if !t.link.is_empty() {
        paper.add(Block::Row(
            vec![
                Cell::fit(Block::Qr(t.link.clone(), HAND_IN_MODULE)),
                Cell::fill(
                    200,
                    vec![
                        Text::new("想用手机记：扫这个码", SMALL).into(),
                        Text::new("没有信号也能用；", SMALL).into(),
                        Text::new("不用手机，纸就够了", SMALL).into(),
                    ],
                ),
            ],
            Stand::Middle,
        ));
    }
    paper.add(Block::WriteLine(Text::new("交回现金", BODY)));
    paper.add(Block::WriteLine(Text::new("带回餐数", BODY)));
}

/// `共 14 份  9 家  收 60 元`.
fn sums(t: &RoundSlip) -> String {
    let mut said = format!("{} 份  {} 家", t.meals(), t.stops.len());
    if nothing(t.cash()) {
        said.push_str("  不收款");
    } else {
        said = format!("{said}  收 {} 元", t.cash());
    }
    said
}

/// One door, its place on the walk at the edge where the thumb runs down.
fn door(paper: &mut Paper, order: usize, stop: &SlipStop) {
    paper.add(Block::Rule(3));
    let place = Text::bold(format!("{order}."), 40).shrinking();
    paper.add(Block::Row(
        vec![Cell::dots(ORDER, place.into()), Cell::fill(200, at_door(stop))],
        Stand::Top,
    ));
}

/// Where and when, what to hand over, what to know, what happened.
fn at_door(stop: &SlipStop) -> Vec<Block> {
    let mut blocks = vec![Block::Row(
        vec![
            Cell::fit(Text::bold(format!("{}号楼", stop.door.building), 56).into()),
            Cell::fit(Text::bold(format!("{}室", stop.door.room()), 46).into()),
            Cell::push(),
            Cell::fit(Text::bold(clock(stop.arrive), 40).into()),
        ],
        Stand::Middle,
    )];
    let mut what = vec![
        Cell::fit(Text::bold(stop.surname.as_str(), 44).into()),
        Cell::fit(Text::bold(format!("{}份", stop.meals), 44).into()),
        Cell::fit(Text::new(format!("{}号餐", stop.number), 30).into()),
    ];
    if !nothing(stop.collect) {
        what.push(Cell::push());
        what.push(Cell::fit(Block::Band(Text::bold(format!("收 {} 元", stop.collect), 40))));
    }
    blocks.push(Block::Row(what, Stand::Middle));
    let mut marks: Vec<String> = avoid(&stop.allergies).into_iter().collect();
    marks.extend(stop.preferences.words_zh().into_iter().map(str::to_owned));
    if !marks.is_empty() {
        let chip = |word| Cell::fit(Block::Band(Text::bold(word, 34)));
        blocks.push(Block::Row(marks.into_iter().map(chip).collect(), Stand::Middle));
    }
    for note in [&stop.preferences.note, &stop.door_note] {
        if !note.trim().is_empty() {
            blocks.push(Text::bold(note.trim(), BODY).into());
        }
    }
    let tick = |word| {
        [Cell::fit(Block::Shape(Shape::TickBox, 40)), Cell::fit(Text::new(word, SMALL).into())]
    };
    let mut outcome: Vec<Cell> = [tick("送到"), tick("没人")].into_iter().flatten().collect();
    outcome.push(Cell::fill(160, vec![Block::WriteLine(Text::new("", 40))]));
    blocks.push(Block::Row(outcome, Stand::Middle));
    blocks.push(Block::Space(8));
    blocks
}

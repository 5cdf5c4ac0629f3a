//! Papers of a change: read in a hurry, with a bag in one hand.

use super::parts::{BODY, LARGE, SMALL, clock, nothing};
use super::round::{who, whole};
use crate::tickets::content::{BagVoid, DeltaDoor, RoundDelta, RoundEnd};
use crate::tickets::paper::{Block, Cell, Paper, Stand, Text};

/// The round's number and what has become of it.
const HEAD: u16 = 80;
/// What to do with the bag.
const CALL: u16 = 56;

/// The delta slip: what is different, then the whole round.
pub(super) fn slip(paper: &mut Paper, t: &RoundDelta) {
    let word = match t.end {
        None => "改",
        Some(RoundEnd::Withdrawn) => "作废",
        Some(RoundEnd::BrokenOff) => "停送",
    };
    paper.add(Block::Row(
        vec![
            Cell::fit(Text::bold(format!("第 {} 轮", t.slip.round), HEAD).into()),
            Cell::fit(Block::Band(Text::bold(word, HEAD))),
        ],
        Stand::Middle,
    ));
    paper.add(who(&t.slip));
    if let Some((surname, badge)) = &t.before {
        let words = format!("换人：原来是 {surname} {badge} 号");
        paper.add(Block::Band(Text::bold(words, LARGE).shrinking()));
    }
    paper.add(Text::bold(summary(t), CALL));
    let why = format!("{}，{}  {}", t.reason.zh(), clock(t.at), t.slip.date.zh());
    paper.add(Text::new(why, BODY).shrinking());
    list(paper, "加进袋子", &t.added, |round| match round {
        Some(round) => format!("来自第 {round} 轮"),
        None => "新单".to_owned(),
    });
    let off = if t.end == Some(RoundEnd::BrokenOff) { "带回食堂" } else { "拿出袋子" };
    list(paper, off, &t.removed, |round| match round {
        Some(round) => format!("去第 {round} 轮"),
        None => "不送了".to_owned(),
    });
    list(paper, "份数或收款变了", &t.altered, |_| String::new());
    if t.end.is_some() {
        paper.add(Block::Rule(6));
        paper.add(Text::bold("旧送餐单作废，请丢掉。", LARGE));
        return;
    }
    paper.add(Block::Space(8));
    paper.add(Block::Band(Text::bold("旧送餐单请丢掉，照下面走", LARGE).shrinking().centred()));
    if t.reordered || !(t.added.is_empty() && t.removed.is_empty()) {
        paper.add(Text::new("餐袋条上的“第几家”以下面为准。", SMALL));
    }
    whole(paper, &t.slip);
}

/// `你多 3 户，少 1 户`.
fn summary(t: &RoundDelta) -> String {
    match t.end {
        Some(RoundEnd::Withdrawn) => return "这一轮不用送了".to_owned(),
        Some(RoundEnd::BrokenOff) => return format!("剩下的 {} 户由别人送", t.removed.len()),
        None => {}
    }
    let mut said = Vec::new();
    if !t.added.is_empty() {
        said.push(format!("多 {} 户", t.added.len()));
    }
    if !t.removed.is_empty() {
        said.push(format!("少 {} 户", t.removed.len()));
    }
    if !t.altered.is_empty() {
        said.push(format!("{} 户份数或收款变了", t.altered.len()));
    }
    if t.reordered {
        said.push("顺序变了".to_owned());
    }
    if said.is_empty() {
        return "户数不变".to_owned();
    }
    format!("你{}", said.join("，"))
}

/// The doors of one kind, each with what is in the bag for it.
fn list(paper: &mut Paper, call: &str, doors: &[DeltaDoor], from: impl Fn(Option<u32>) -> String) {
    if doors.is_empty() {
        return;
    }
    let meals: u32 = doors.iter().map(|d| u32::from(d.meals)).sum();
    paper.add(Block::Rule(6));
    paper.add(Text::bold(format!("{call}：{} 户 {meals} 份", doors.len()), LARGE).shrinking());
    for door in doors {
        paper.add(Block::Rule(2));
        paper.add(Block::Row(
            vec![
                Cell::fit(Text::bold(format!("{} 号", door.number), CALL).into()),
                Cell::fit(Text::bold(format!("×{}", door.meals), CALL).into()),
                Cell::push(),
                Cell::fit(Text::new(from(door.round), BODY).into()),
            ],
            Stand::Middle,
        ));
        let mut where_to = vec![Cell::fit(Text::bold(door.door.to_string(), 44).into())];
        if !nothing(door.collect) {
            where_to.push(Cell::push());
            where_to
                .push(Cell::fit(Block::Band(Text::bold(format!("收 {} 元", door.collect), 40))));
        }
        paper.add(Block::Row(where_to, Stand::Middle));
    }
}

/// The strip over a strip that no longer holds.
pub(super) fn bag_void(paper: &mut Paper, t: &BagVoid) {
    paper.add(Block::Band(Text::bold("餐袋条作废", HEAD).shrinking().centred()));
    paper.add(Block::Row(
        vec![
            Cell::fit(Text::bold(format!("{} 号", t.number), HEAD).into()),
            Cell::fit(Text::bold(format!("×{}", t.portions.get()), HEAD).into()),
        ],
        Stand::Middle,
    ));
    paper.add(Text::bold(t.door.to_string(), LARGE).shrinking());
    paper.add(Text::bold(format!("从第 {} 轮的袋子拿出来", t.round), LARGE).shrinking());
    let then = match t.to {
        Some(round) if round == t.round => "换上新的餐袋条，放回同一袋".to_owned(),
        Some(round) => format!("换上新条，放进第 {round} 轮"),
        None => "不送了，交给厨房".to_owned(),
    };
    paper.add(Block::Band(Text::bold(then, LARGE).shrinking()));
    paper.add(Text::new(format!("{}  {}", t.date.zh(), clock(t.at)), BODY).shrinking());
}

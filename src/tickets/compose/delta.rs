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
    paper.add(Text::bold(summary(t), CALL).shrinking());
    if t.end.is_none() {
        paper.add_if(besides(t).map(|words| Text::bold(words, LARGE).shrinking().into()));
    }
    let why = format!("{}，{}  {}", t.reason.zh(), clock(t.at), t.slip.date.zh());
    paper.add(Text::new(why, BODY).shrinking());
    list(paper, "加进袋子", &t.added, collected, |round| match round {
        Some(round) => format!("来自第 {round} 轮"),
        None => "新单".to_owned(),
    });
    let off = if t.end == Some(RoundEnd::BrokenOff) { "带回食堂" } else { "拿出袋子" };
    list(paper, off, &t.removed, not_collected, |round| match round {
        Some(round) => format!("去第 {round} 轮"),
        None => "不送了".to_owned(),
    });
    list(paper, "份数或收款变了", &t.altered, settled, |_| String::new());
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
    match (t.added.len(), t.removed.len()) {
        (0, 0) => "户数不变".to_owned(),
        (more, 0) => format!("你多 {more} 户"),
        (0, fewer) => format!("你少 {fewer} 户"),
        (more, fewer) => format!("你多 {more} 户，少 {fewer} 户"),
    }
}

/// What else is different about doors that stay; or nothing.
fn besides(t: &RoundDelta) -> Option<String> {
    let said: Vec<&str> = [
        (t.reordered, "顺序变了"),
        // With other doors the times are other ones anyway.
        (t.retimed && t.added.is_empty() && t.removed.is_empty(), "时间变了"),
        (!t.altered.is_empty(), "份数或收款变了"),
    ]
    .into_iter()
    .filter_map(|(is_so, words)| is_so.then_some(words))
    .collect();
    (!said.is_empty()).then(|| said.join("，"))
}

/// The doors of one kind, each with what is in the bag for it and what becomes of its money.
fn list(
    paper: &mut Paper,
    call: &str,
    doors: &[DeltaDoor],
    money: impl Fn(&DeltaDoor) -> Option<Block>,
    from: impl Fn(Option<u32>) -> String,
) {
    if doors.is_empty() {
        return;
    }
    let meals: u32 = doors.iter().map(|d| u32::from(d.meals)).sum();
    paper.add(Block::Rule(6));
    paper.add(Text::bold(format!("{call}：{} 户 {meals} 份", doors.len()), LARGE).shrinking());
    for door in doors {
        paper.add(Block::Rule(2));
        let from = from(door.round);
        let mut what = vec![
            Cell::fit(Text::bold(format!("{} 号", door.number), CALL).into()),
            Cell::fit(Text::bold(format!("×{}", door.meals), CALL).into()),
        ];
        if !from.is_empty() {
            what.push(Cell::push());
            what.push(Cell::fit(Text::new(from, BODY).into()));
        }
        paper.add(Block::Row(what, Stand::Middle));
        let mut place = vec![Cell::fit(Text::bold(door.door.to_string(), 44).into())];
        if let Some(money) = money(door) {
            place.push(Cell::push());
            place.push(Cell::fit(money));
        }
        paper.add(Block::Row(place, Stand::Middle));
    }
}

/// Money to collect, white on black as on the slip.
fn collected(door: &DeltaDoor) -> Option<Block> {
    (!nothing(door.collect)).then(|| Block::Band(Text::bold(format!("收 {} 元", door.collect), 40)))
}

/// Money that is no longer this volunteer's to collect.
fn not_collected(door: &DeltaDoor) -> Option<Block> {
    (!nothing(door.collect)).then(|| Text::new(format!("不收 {} 元了", door.collect), BODY).into())
}

/// Money at a door that stays: said even if there is none any more.
fn settled(door: &DeltaDoor) -> Option<Block> {
    collected(door).or_else(|| Some(Text::bold("不收款", BODY).into()))
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

//! The note that a building's leader takes to a door that did not open.

use super::parts::{BODY, LARGE, clock};
use crate::tickets::content::WelfareNote;
use crate::tickets::paper::{Block, Paper, Text};

/// Lines to write on.
const LINES: usize = 3;

/// The welfare note.
pub(super) fn note(paper: &mut Paper, t: &WelfareNote) {
    paper.add(Block::Band(Text::bold("请上门看望", STRONG).shrinking().centred()));
    if !t.leader.is_empty() {
        paper.add(Text::new(format!("{}号楼 楼组长 {}", t.door.building, t.leader), 40).whole());
    }
    paper.add(Text::bold(t.door.to_string(), STRONG).shrinking());
    let meal = if t.number > 0 { format!("   {} 号餐", t.number) } else { String::new() };
    paper.add(Text::bold(format!("住户 {}{meal}", t.surname), LARGE).shrinking());
    paper.add(Block::Rule(3));
    paper.add(Text::new(format!("{}  {}", t.date.zh(), clock(t.at)), BODY));
    paper.add(Text::bold(t.happened.as_str(), 42));
    if !t.door_note.trim().is_empty() {
        paper.add(Text::new(format!("门上须知：{}", t.door_note.trim()), BODY));
    }
    paper.add(Block::Rule(3));
    paper.add(Text::bold("看到的情况：", BODY));
    for _ in 0..LINES {
        paper.add(Block::WriteLine(Text::new("", 60)));
    }
    paper.add(Block::WriteLine(Text::new("几点", BODY)));
    paper.add(Block::WriteLine(Text::new("签名", BODY)));
    paper.add(Text::new("看过后请告诉食堂；不登记，今天不能结束。", BODY));
}

/// The call and the door.
const STRONG: u16 = 72;

//! The knock list of one building, with room to write.

use super::parts::{BODY, LARGE, clock};
use crate::domain::KnockReason;
use crate::tickets::content::KnockSlip;
use crate::tickets::paper::{Block, Paper, Text};

/// The knock slip.
pub(super) fn slip(paper: &mut Paper, t: &KnockSlip) {
    paper.add(Block::Band(Text::bold("请敲门问候", 72).shrinking().centred()));
    let leader =
        if t.leader.is_empty() { String::new() } else { format!(" 楼组长 {}", t.leader) };
    paper.add(Text::new(format!("{}号楼{leader}", t.building), 40).whole());
    paper.add(Text::new(format!("{}  {}", t.date.zh(), clock(t.at)), BODY));
    for line in &t.doors {
        paper.add(Block::Rule(3));
        paper.add(Text::bold(format!("{}  {}", line.door.room(), line.surname), LARGE).shrinking());
        let why = match line.reason {
            KnockReason::NotOrdered => "常来吃饭，今天没有订",
            KnockReason::NotCome => "今天订了，没有来",
        };
        paper.add(Text::new(why, BODY));
        if !line.door_note.trim().is_empty() {
            paper.add(Text::new(format!("门上须知：{}", line.door_note.trim()), BODY));
        }
        paper.add(Block::WriteLine(Text::new("看到", BODY)));
    }
    paper.add(Block::Rule(3));
    paper.add(Text::new("没有人应，请马上告诉食堂。", BODY));
}

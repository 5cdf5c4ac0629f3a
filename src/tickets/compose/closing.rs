//! The tally at the end of a day.

use super::parts::{BODY, LARGE, SMALL, day_clock, nothing, numbers, pair, price};
use crate::tickets::content::{ClosingTally, UncertainPaper};
use crate::tickets::paper::{Block, Paper, Text};

/// The closing tally.
pub(super) fn tally(paper: &mut Paper, t: &ClosingTally) {
    paper.add(Block::Band(Text::bold(format!("日结  {}", t.date.zh()), LARGE).shrinking()));
    match (t.last_number, t.missing.is_empty()) {
        (0, _) => paper.add(Text::bold("今天没有订单", LARGE)),
        (last, true) => {
            paper.add(Text::bold(format!("001–{last:03} 号，号码不缺"), LARGE).shrinking())
        }
        (last, false) => {
            paper.add(Text::bold(format!("001–{last:03} 号"), LARGE));
            paper.add(Block::Band(Text::bold(format!("缺号：{}", numbers(&t.missing)), LARGE)))
        }
    };
    listed(paper, "作废", &t.void);
    listed(paper, "重印", &t.reprinted);
    paper.add(Block::Rule(3));
    let mut served = 0;
    for way in &t.served {
        served += way.portions;
        paper.add(pair(way.fulfilment.zh(), format!("{} 份", way.portions), 40));
    }
    paper.add(pair("送出合计", format!("{served} 份"), 40));
    for (label, portions) in [("送而退回", t.returned), ("没有来取", t.not_collected)] {
        if portions > 0 {
            paper.add(pair(label, format!("{portions} 份"), 40));
        }
    }
    paper.add(Block::Rule(3));
    paper.add(pair("现金", price(t.cash), LARGE));
    paper.add(pair("账户", price(t.account), 40));
    if !nothing(t.other) {
        paper.add(pair("其他方式", price(t.other), 40));
    }
    paper.add(pair("收入合计", price(t.income()), 40));
    if !nothing(t.due) {
        paper.add(pair("还没有付", price(t.due), 40));
    }
    paper.add(Block::Rule(3));
    if t.uncertain.is_empty() {
        paper.add(Text::new("没有不确定的单子", BODY));
    } else {
        papers(paper, "不确定", &t.uncertain);
    }
    if !t.unprinted.is_empty() {
        papers(paper, "没有打出来", &t.unprinted);
    }
    paper.add(Block::WriteLine(Text::new("点过现金，签名", BODY)));
    paper.add(Block::Space(8));
    paper.add(Text::new(format!("{} 结束", day_clock(t.closed_at)), SMALL));
}

/// What somebody has to look up, each paper on its line.
fn papers(paper: &mut Paper, word: &str, list: &[UncertainPaper]) {
    let head = format!("{word} {} 张，请核对", list.len());
    paper.add(Block::Band(Text::bold(head, 40).shrinking()));
    for one in list {
        let number = one.number.map_or_else(String::new, |n| format!("  {n} 号"));
        paper.add(Text::bold(format!("{}{number}", one.what), 40));
    }
}

/// `作废 3 张：12、40、77`.
fn listed(paper: &mut Paper, word: &str, list: &[u32]) {
    let said = if list.is_empty() {
        format!("{word} 0 张")
    } else {
        format!("{word} {} 张：{}", list.len(), numbers(list))
    };
    paper.add(Text::bold(said, 40));
}
